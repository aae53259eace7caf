-- Documents with the full name of their division in their year. A copy has the same bytes as a document before it.
CREATE VIEW documents_named AS
SELECT
    d.* EXCLUDE (kind, id), year(d.issued_start) AS issued_year, n.division_name,
    row_number() OVER (PARTITION BY d.sha256 ORDER BY d.record_number) > 1 AS copy
FROM documents AS d
LEFT JOIN division_names AS n
    ON n.division_code = d.division_code AND n.issued_year IS NOT DISTINCT FROM year(d.issued_start);

-- Amounts and counts with what their document says of itself, as extractor table writes them. The year is that of the
-- fact where its own date is told (year_of says so), else that of its document.
CREATE VIEW facts AS
SELECT
    d.path, d.title, d.issuer, d.issued, d.issued_year, d.division_code, d.division_name, d.copy,
    coalesce(year(f.date_start), d.issued_year) AS year,
    CASE WHEN f.date_start IS NOT NULL THEN 'fact' WHEN d.issued_year IS NOT NULL THEN 'document' END AS year_of,
    f.* EXCLUDE (kind, record_number), f.kind,
    [r.field FOR r IN f.reasons IF r.confidence = 'guess'] AS guessed, c.failed_checks
FROM (SELECT * FROM amounts UNION ALL BY NAME SELECT * FROM counts) AS f
JOIN documents_named AS d USING (doc_id)
LEFT JOIN (
    SELECT id, list(DISTINCT name ORDER BY name) AS failed_checks
    FROM (SELECT name, unnest(records) AS id FROM checks WHERE NOT passed)
    GROUP BY id
) AS c USING (id);

-- How much of what, by division and year. Parts are left out, for their total is there, and so are copies. What has a
-- dimension has a row a unit (亩 and 公顷 are never summed), an indicator too (人 and 人次).
CREATE VIEW facts_by_division_year AS
SELECT
    division_code, division_name, year, kind, role, per, measure, status,
    CASE WHEN measure IN ('area', 'mass', 'length', 'volume') THEN unit END AS unit,
    indicator, indicator_unit, currency,
    count(*) AS facts, count(DISTINCT doc_id) AS documents, sum("value") AS total, sum(indicator_value) AS indicator_total
FROM facts
WHERE part_of IS NULL AND NOT copy
GROUP BY ALL
ORDER BY ALL;

-- A row for each figure that a disaster caused; one of several disasters together (shared) has a row for each of them.
CREATE VIEW disaster_impacts AS
SELECT
    d.path, d.division_code AS document_division_code, d.division_name AS document_division_name, d.copy,
    e.id AS disaster_id, e.name, e.date, e.date_start, e.date_end, e.hazards, e.categories, e.place, e.division_code,
    e.shared, f.id AS fact_id, f.kind, f.role, f.measure, f.status, f.indicator, f.indicator_value, f.indicator_unit,
    f."value", f.low, f.high, f.bound, f.unit, f.raw
FROM (SELECT *, unnest(impacts) AS impact FROM disasters) AS e
JOIN documents_named AS d USING (doc_id)
JOIN (SELECT * FROM amounts UNION ALL BY NAME SELECT * FROM counts) AS f ON f.id = e.impact;

-- Checks that did not hold, with the first record that each is about.
CREATE VIEW failed_checks AS
SELECT d.path, c.name, c.expected, c.found, c.records, f.raw, f.sentence, f.page, f.cell, f."start", f."end"
FROM checks AS c
JOIN documents AS d USING (doc_id)
LEFT JOIN (SELECT * FROM amounts UNION ALL BY NAME SELECT * FROM counts UNION ALL BY NAME SELECT * FROM dates) AS f
    ON f.id = c.records[1]
WHERE NOT c.passed;

-- Facts to look at before they are trusted: flagged, guessed in part, or named by a check that failed; with their place.
CREATE VIEW doubtful AS
SELECT
    path, page, cell, "start", "end", raw, sentence, kind, "value", unit, flags, guessed, failed_checks, rule, id
FROM facts
WHERE len(flags) > 0 OR len(guessed) > 0 OR failed_checks IS NOT NULL;
