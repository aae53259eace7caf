import re

import pytest

from extractor.text.expression import expression


def test_it_does_what_the_compiled_pattern_does() -> None:
    late, compiled = expression("(?P<unit>[a-z]+)", re.IGNORECASE), re.compile("(?P<unit>[a-z]+)", re.IGNORECASE)
    text = "5 KM, 6 kg"
    assert late.pattern == compiled.pattern
    assert late.groupindex == compiled.groupindex
    assert [m.span("unit") for m in late.finditer(text, 2)] == [m.span("unit") for m in compiled.finditer(text, 2)]
    assert late.sub("-", text) == compiled.sub("-", text)
    assert late.fullmatch(text) is None


def test_it_is_compiled_when_it_is_first_used_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda *args: compiled.append(args[0]) or real(*args))
    late = expression("村")
    assert compiled == []
    assert late.search("甲村")
    assert late.search("乙") is None
    assert late.findall("村村") == ["村", "村"]
    assert compiled == ["村"]


def test_what_a_pattern_lacks_it_lacks() -> None:
    with pytest.raises(AttributeError):
        expression("村").replace  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(re.error):
        expression("(").search("村")
