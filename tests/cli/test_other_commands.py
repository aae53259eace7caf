import json
from pathlib import Path

import jsonschema
import pytest

from extractor.cli.exits import ExitCode

DAMAGED = "投入資金505萬元，新政督?2011?4號文，比上年增長15.3%。北京时间8时。"


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_words_with_offsets(invoke) -> None:
    text = "新平县民政局下拨5.5万元"
    heading, *words = rows(invoke("tokenize", text).stdout)
    assert heading == ["start", "end", "word"]
    assert "".join(word for _, _, word in words) == text
    assert all(text[int(start) : int(end)] == word for start, end, word in words)


@pytest.mark.parametrize("backend", ["rjieba", "jieba"])
def test_words_as_json_with_parts_of_speech(invoke, backend: str) -> None:
    done = invoke("tokenize", "-", "--json", "--pos", "--backend", backend, stdin="新平县".encode())
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"text": "新平县", "start": 0, "end": 3, "pos": "ns"}
    ]


def test_words_of_a_file(invoke, tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_bytes("受灾".encode("gb18030") * 20)
    assert "受灾" in invoke("tokenize", file).stdout


@pytest.mark.parametrize("kind", [None, "amount", "error"])
def test_schema(invoke, kind: str | None) -> None:
    done = invoke("schema", *(["--kind", kind] if kind else []))
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.fixture(scope="module")
def told(invoke) -> dict:
    return json.loads(invoke("explain", DAMAGED, "--json").stdout)


def test_explain_tells_each_change_and_its_place(told: dict) -> None:
    assert told["repaired"].startswith("投入资金505万元，新政督〔2011〕4号文")
    for change in told["repairs"]:
        assert change["before"] != change["after"]
    assert {"brackets"} <= {change["step"] for change in told["repairs"]}


def test_explain_tells_what_decided_a_field(invoke) -> None:
    told = json.loads(invoke("explain", "1993年8月5日，石门县遭受冰雹袭击。", "--json").stdout)
    [place] = [decided for decided in told["decided"] if decided["field"] == "place"]
    assert (place["value"], place["confidence"], place["why"]) == ("石门县", "certain", "place.subject")
    assert place["means"]


def test_explain_tells_what_was_found_and_why(told: dict) -> None:
    amount = next(found for found in told["found"] if found["kind"] == "amount")
    assert DAMAGED[amount["start"] : amount["end"]] == amount["raw"] == "505萬元"
    assert "value=5050000" in amount["says"]
    assert amount["rule"]
    assert amount["reason"]


def test_explain_tells_what_lost_and_why(told: dict) -> None:
    assert {loser["kind"] for loser in told["lost"] if loser["rule"]} >= {"count", "entity"}
    assert "北京时间" in {loser["raw"] for loser in told["lost"] if loser["kind"] == "entity"}
    assert all(loser["why"] for loser in told["lost"])
    assert all(DAMAGED[loser["start"] : loser["end"]] == loser["raw"] for loser in told["lost"])


def test_explain_tells_of_candidates_that_overlap(invoke) -> None:
    told = json.loads(invoke("explain", "“8·14”滑坡的第3名", "--json", "--no-ner").stdout)
    assert all(loser["rule"] or loser["why"] for loser in told["lost"])


def test_explain_in_plain_lines(invoke, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(DAMAGED, encoding="utf-8")
    text = invoke("explain", file, "--no-ner").stdout
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Repairs 修复",
        "# Found 找到的",
        "# Decided 判断的",
        "# Lost 落选的",
    ]
    assert "505萬元" in text


def test_the_shipped_patterns_pass_their_own_check(invoke) -> None:
    done = invoke("patterns", "check")
    assert (done.stdout, done.exit_code) == ("", ExitCode.OK)
    assert "all as they say" in done.stderr


def test_a_rule_that_does_not_do_what_it_says_is_named(invoke, root: Path, tmp_path: Path) -> None:
    shipped = (root / "patterns" / "amounts.yaml").read_text(encoding="utf-8")
    rule = (
        "\n  - id: amount.broken\n    reason: to be found out\n    pattern: '人民币没有'\n"
        '    examples: ["⟦五元⟧"]\n    counterexamples: ["人民币没有"]\n'
    )
    (tmp_path / "amounts.yaml").write_text(shipped.rstrip() + rule, encoding="utf-8")
    done = invoke("patterns", "check", "--patterns", tmp_path)
    assert done.exit_code == ExitCode.FOUND_FAULTS
    assert done.stdout.count("amount.broken: ") == 2


def test_list_and_show(invoke) -> None:
    heading, *listed = rows(invoke("patterns", "list").stdout)
    assert heading == ["family", "id", "what", "reason"]
    assert {"amounts", "counts", "dates", "disasters", "document_numbers", "places"} <= {row[0] for row in listed}
    only = rows(invoke("patterns", "list", "--family", "dates").stdout)[1:]
    assert {row[0] for row in only} == {"dates"}
    shown = invoke("patterns", "show", only[0][1]).stdout
    assert shown.startswith(f"id: {only[0][1]}\nfamily: dates\n")
    assert "pattern: " in shown


def test_a_rule_that_does_not_exist_is_guessed(invoke) -> None:
    done = invoke("patterns", "show", "amount.figurs")
    assert "did you mean amount.figures" in done.stderr
