import spacy


def test_records_become_spans_of_the_doc() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("extractor", config={"ner": True})
    doc = nlp("2008年7月15日，石门乡死亡3人，损失1.2亿元。")
    found = {span.text: span.label_ for span in doc.spans["extractor"]}
    assert found["1.2亿元"] == "amount"
    assert found["3人"] == "count"
    assert found["2008年7月15日"] == "date"
    span = next(span for span in doc.spans["extractor"] if span.text == "1.2亿元")
    assert span._.record.value == 120_000_000
    assert doc._.records[0].kind == "document"
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("石门乡", "place")]


def test_entities_of_others_stay() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "MINE", "pattern": "石门乡"}])  # type: ignore[attr-defined]
    nlp.add_pipe("extractor")
    assert [ent.label_ for ent in nlp("石门乡死亡3人。").ents] == ["MINE"]
