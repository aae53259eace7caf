-- Amounts and counts with what their document says of itself.
CREATE VIEW facts AS
SELECT
    d.path, d.title, d.issuer, d.issued, year(d.issued_start) AS issued_year, d.division_code,
    f.* EXCLUDE (kind, record_number), f.kind
FROM (SELECT * FROM amounts UNION ALL BY NAME SELECT * FROM counts) AS f
JOIN documents AS d USING (doc_id);

-- How much of what, by division and year of the document. Parts are left out, for their total is there; an indicator
-- has a row a unit of its own (人 and 人次 are never summed).
CREATE VIEW facts_by_division_year AS
SELECT
    division_code, issued_year, kind, role, measure, status, indicator, indicator_unit, currency,
    count(*) AS facts, count(DISTINCT doc_id) AS documents, sum("value") AS total, sum(indicator_value) AS indicator_total
FROM facts
WHERE part_of IS NULL
GROUP BY ALL
ORDER BY ALL;

-- A row for each figure that a disaster caused; one of several disasters together (shared) has a row for each of them.
CREATE VIEW disaster_impacts AS
SELECT
    d.path, d.division_code AS document_division_code,
    e.id AS disaster_id, e.name, e.date, e.date_start, e.date_end, e.categories, e.place, e.division_code,
    e.shared, f.id AS fact_id, f.kind, f.role, f.measure, f.status, f.indicator, f.indicator_value, f.indicator_unit,
    f."value", f.low, f.high, f.bound, f.unit, f.raw
FROM (SELECT *, unnest(impacts) AS impact FROM disasters) AS e
JOIN documents AS d USING (doc_id)
JOIN (SELECT * FROM amounts UNION ALL BY NAME SELECT * FROM counts) AS f ON f.id = e.impact;

-- Checks that did not hold, with the first record that each is about.
CREATE VIEW failed_checks AS
SELECT d.path, c.name, c.expected, c.found, c.records, f.raw, f.sentence, f."start", f."end"
FROM checks AS c
JOIN documents AS d USING (doc_id)
LEFT JOIN (SELECT * FROM amounts UNION ALL BY NAME SELECT * FROM counts UNION ALL BY NAME SELECT * FROM dates) AS f
    ON f.id = c.records[1]
WHERE NOT c.passed;
