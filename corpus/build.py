"""Turn corpus/marked/*.txt into corpus/reports/*.txt and corpus/gold.jsonl (README.md describes the markup).

python corpus/build.py            rewrite the outputs
python corpus/build.py --check    fail when the outputs differ from what would be written
"""

from __future__ import annotations

import argparse
import codecs
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from extractor.records.codes import Role, Status
from extractor.text.damage import damage

HERE = Path(__file__).resolve().parent
Record = dict[str, Any]

MARK = re.compile(r"⟦([^|⟦⟧]+)\|([^|⟦⟧]+)⟧")
FIGURE = re.compile(r"[~<>]?\d+(?:\.\d+)?|\d+(?:\.\d+)?\.\.\d+(?:\.\d+)?")
NUMBER_PART = re.compile(r"[\d０-９.．,，\s几数十百千万亿余多两半上一二三四五六七八九〇○零点至到～~—\-]+")
BOUNDS = {"~": "approx", ">": "over", "<": "under"}
KINDS = {"amount": "amount", "count": "count", "date": "date", "number": "document_number", "disaster": "disaster"}
LABELS = {"place": "place", "org": "organization", "person": "person"}
LINKS = {"of": "part_of", "for": "beneficiary", "by": "caused_by", "same": "same_as"}
ROLES = frozenset(get_args(Role))
STATUSES = frozenset(get_args(Status))
MEASURE_OF = {
    "households": "户 户次 农户",
    "persons": "人 人次 名 位 口",
    "rooms": "间 栋",
    "admin_units": "乡镇 乡 镇 村 社区 区 县 省",
    "area": "亩 公顷 平方米 平方公里",
    "livestock": "头 只 匹 羽",
    "mass": "吨 公斤 斤 石 担",
    "length": "公里 米 华里",
    "volume": "立方米 方",
    "items": (
        "个 项 处 座 所 家 条 件 起 次 架次 台 套 辆 部 架 艘 株 棵 根 眼 枚 批 类 种 张 床 顶 份 册 台（套） "
        "孔 例 箱 瓶 期 支 对 具"
    ),
}
UNITS = {unit: measure for measure, units in MEASURE_OF.items() for unit in units.split()}


@dataclass(frozen=True)
class Marked:
    """One report as authored: its header, plain text, and records with offsets into that text."""

    slug: str
    header: dict[str, str]
    text: str
    records: list[Record]


@dataclass
class Noise:
    """A text being damaged: what stands before each character, and what the character became."""

    text: str
    before: dict[int, str] = field(default_factory=dict)
    became: dict[int, str] = field(default_factory=dict)

    def apply(self) -> tuple[str, list[tuple[int, int]]]:
        """The damaged text, and where each source character stands in it."""
        out, spans, at = [], [], 0
        for i, char in enumerate(self.text):
            prefix, core = self.before.get(i, ""), self.became.get(i, char)
            at += len(prefix)
            spans.append((at, at + len(core)))
            at += len(core)
            out += [prefix, core]
        return "".join(out), spans


def figures(token: str) -> Record:
    """`12` `~12` `>12` `<12` `3..5` as value, bound, low and high."""
    if ".." in token:
        low, high = token.split("..")
        return {"value": None, "bound": "range", "low": low, "high": high}
    bound, digits = BOUNDS.get(token[0], "exact"), token.lstrip("~<>")
    Decimal(digits)
    return {
        "value": digits,
        "bound": bound,
        "low": digits if bound == "over" else None,
        "high": digits if bound == "under" else None,
    }


def split_count(surface: str) -> tuple[str | None, str | None]:
    """Unit and object of a counted surface: `11个乡镇` is 个, 乡镇."""
    head = NUMBER_PART.match(surface)
    rest = surface[head.end() if head else 0 :]
    unit = next((rest[:n] for n in range(min(5, len(rest)), 0, -1) if rest[:n] in UNITS), None)
    return unit, (rest[len(unit or "") :].lstrip("以上多左右") or None)


def record_of(surface: str, tag: str, where: str) -> tuple[Record, str | None, dict[str, list[str]]]:
    """One mark as a gold record, with the name it gives itself and the names of those it refers to, by field."""
    head, *tokens = tag.split()
    name, optional = head.rstrip("?"), head.endswith("?")
    given = dict(t.split("=", 1) for t in tokens if "=" in t)
    bare = [t for t in tokens if "=" not in t]
    rec: Record = {"kind": "entity" if name in LABELS else KINDS[name], "text": surface}
    if name in LABELS:
        rec["label"] = LABELS[name]
    elif name in ("amount", "count"):
        value, *bare = bare
        if not FIGURE.fullmatch(value):
            raise ValueError(f"{where}: not a figure: {value!r} in {tag!r}")
        rec |= figures(value)
        if name == "amount":
            currency = given.pop("currency", "CNY")
            rec |= {"currency": None if currency == "null" else currency, "role": bare.pop(0)}
            if rec["role"] == "unjudged":
                del rec["role"]
            elif rec["role"] not in ROLES:
                raise ValueError(f"{where}: unknown role {rec['role']!r} in {tag!r}")
        else:
            unit, noun = split_count(surface)
            measures = [t for t in bare if t in MEASURE_OF] or ([UNITS[unit]] if unit else [])
            statuses = [t for t in bare if t in STATUSES]
            if len(measures) != 1:
                raise ValueError(f"{where}: no measure for {surface!r}: {tag!r}")
            rec |= {"unit": unit, "measure": measures[0], "status": statuses[0] if statuses else None, "object": noun}
            if "unjudged" in bare:  # it can be read two ways: nothing to compare with
                del rec["status"]
            bare = [t for t in bare if t not in MEASURE_OF and t not in STATUSES and t != "unjudged"]
    elif name == "number":
        agency, year, serial = bare.pop(0).split("/")
        rec |= {"canonical": f"{agency}〔{year}〕{serial}号", "year": int(year), "serial": int(serial)}
    else:
        date = bare.pop(0)
        rec["date"] = None if date == "null" else date
        if name == "disaster":
            hazards = [h for h in given.pop("hazards", "").split(",") if h]
            rec |= {"name": given.pop("name", None), "hazards": hazards, "place": given.pop("place", None)}
            if "magnitude" in given:
                rec["magnitude"] = given.pop("magnitude")
    if "on" in given:
        rec["date"] = given.pop("on")
    own = given.pop("id", None)
    links = {field: given.pop(key).split(",") for key, field in LINKS.items() if key in given}
    if bare or set(given) - {"payer", "object", "place", "date", "purpose", "period"}:
        raise ValueError(f"{where}: not understood: {bare} {given} in {tag!r}")
    return rec | given | ({"optional": True} if optional else {}), own, links


def linked(records: list[Record], names: dict[str, int], links: list[tuple[int, dict[str, list[str]]]]) -> None:
    """Put the links into ``records``; a report that tells of what anything was caused by tells it of everything."""
    told = any("caused_by" in fields for _, fields in links)
    for rec in records:
        if told and rec["kind"] == "disaster":
            rec |= {"impacts": [], "shared": False, "same_as": None}
    for index, fields in links:
        for total in fields.get("part_of", ()):
            records[index]["part_of"] = names[total]
        if "beneficiary" in fields:
            records[index]["beneficiary"] = [names[name] for name in fields["beneficiary"]]
        for first in fields.get("same_as", ()):
            records[index]["same_as"] = names[first]
        causes = [records[names[name]] for name in fields.get("caused_by", ())]
        for cause in causes:
            cause["impacts"].append(index)
            cause["shared"] = cause["shared"] or len(causes) > 1


def parse(slug: str, source: str) -> Marked:
    """A marked file as plain text and records."""
    head, body = source.split("\n", 1)
    if not head.startswith("#!"):
        raise ValueError(f"{slug}: the first line must be `#! genre=… year=…`")
    out: list[str] = []
    records: list[Record] = []
    names: dict[str, int] = {}
    links: list[tuple[int, dict[str, list[str]]]] = []
    at = last = 0
    for mark in MARK.finditer(body):
        plain = body[last : mark.start()]
        rec, own, refers = record_of(mark[1], mark[2], slug)
        start = at + len(plain)
        at = start + len(mark[1])
        if own:
            names[own] = len(records)
        if refers:
            links.append((len(records), refers))
        records.append(rec | {"start": start, "end": at})
        out += [plain, mark[1]]
        last = mark.end()
    linked(records, names, links)
    text = "".join(out) + body[last:]
    if re.search(r"[⟦⟧|]", text):
        raise ValueError(f"{slug}: broken mark near {text[re.search(r'[⟦⟧|]', text).start() :][:30]!r}")  # type: ignore[union-attr]
    return Marked(slug, dict(t.split("=", 1) for t in head[2:].split()), text, records)


def wrapped(text: str) -> Noise:
    """Lines broken hard every 31 characters, inside words and numbers, and a page number after every 12 lines."""
    noise, column, lines = Noise(text), 0, 0
    for i, char in enumerate(text):
        if char == "\n":
            column = 0
        elif column >= 31 and text[i] not in "，。；：、）”》":
            column, lines = 0, lines + 1
            noise.before[i] = "\n" if lines % 12 else f"\n\n— {lines // 12} —\n\n"
        column += char != "\n"
    return noise


def fullwidth(text: str) -> Noise:
    """Digits and the decimal point between them in their full-width forms."""
    table = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}
    became = {i: c.translate(table) for i, c in enumerate(text) if c.isdigit()}
    became |= {m.start(): "．" for m in re.finditer(r"(?<=\d)\.(?=\d)", text)}
    return Noise(text, became=became)


def spaced(text: str) -> Noise:
    """A space before every digit and unit of a date (1 9 9 8 年 3 月 5 日), and 0 as O in Chinese years."""
    noise = Noise(text)
    for date in re.finditer(r"(?<!\d)\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?", text):
        noise.before |= dict.fromkeys(range(date.start() + 1, date.end()), " ")
    for zero in re.finditer(r"(?<=[一二三四五六七八九〇])〇|〇(?=[一二三四五六七八九])", text):
        noise.became[zero.start()] = "O"
    return noise


BY_HAND: dict[str, Callable[[str], Noise]] = {"wrapped": wrapped, "fullwidth": fullwidth, "spaced": spaced}


def scraped(report: Marked) -> tuple[str, list[Record]]:
    """The report as a document-sharing site would have mangled it (extractor.text.damage)."""
    damaged = damage(report.text)
    moved = []
    for rec in report.records:
        own = range(rec["start"], rec["end"])
        start, end = damaged.spans[own[0]][0], damaged.spans[own[-1]][1]
        lost = {"optional": True} if damaged.lost.intersection(own) else {}
        moved.append(rec | {"text": damaged.text[start:end], "start": start, "end": end} | lost)
    return damaged.text, moved


def twin(report: Marked, kind: str) -> tuple[str, list[Record]]:
    """The damaged text of a report, and its records moved there."""
    if kind == "damaged":
        return scraped(report)
    text, spans = BY_HAND[kind](report.text).apply()
    moved = []
    for rec in report.records:
        start, end = spans[rec["start"]][0], spans[rec["end"] - 1][1]
        moved.append(rec | {"text": text[start:end], "start": start, "end": end})
    return text, moved


def encode(text: str, encoding: str) -> bytes:
    """As written to disk: UTF-16 gets its byte order mark."""
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def outputs() -> Iterator[tuple[str, bytes]]:
    """Every file that the marked reports give, by its path under corpus/."""
    reports = [parse(p.stem, p.read_text("utf-8")) for p in sorted((HERE / "marked").glob("*.txt"))]
    gold, rows, tally = [], [], Counter[str]()
    for report in reports:
        twins = [name for name in report.header.get("twins", "").split(",") if name]
        for kind in ("", *twins):
            text, records = twin(report, kind) if kind else (report.text, report.records)
            pid = f"{report.slug}-{kind}" if kind else report.slug
            encoding = report.header.get("encoding", "utf-8") if not kind else "utf-8"
            yield f"reports/{pid}.txt", encode(text, encoding)
            line = {"pid": pid, "source": "written for this project", "text": text, "records": records}
            gold.append(json.dumps(line, ensure_ascii=False))
            tally.update(r["kind"] for r in records)
            cells = (
                f"`{pid}`",
                report.header["genre"],
                report.header["year"],
                kind,
                encoding,
                str(len(records)),
            )
            rows.append("| " + " | ".join(cells) + " |")
    yield "gold.jsonl", ("\n".join(gold) + "\n").encode()
    start, end = "<!-- table: written by build.py -->", "<!-- end of table -->"
    before, _, rest = (HERE / "README.md").read_text("utf-8").partition(start)
    head = ["| report | genre | year | damage | encoding | records |", "|---|---|---|---|---|--:|"]
    sums = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.items()))
    table = "\n".join([start, "", *head, *rows, "", f"Records by kind, twins included: {sums}.", "", end])
    yield "README.md", (before + table + rest.partition(end)[2]).encode()


def main() -> int:
    """Write what is out of date, or with --check only say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when an output would change")
    check = parser.parse_args().check
    wanted = dict(outputs())
    on_disk = {f"reports/{p.name}" for p in (HERE / "reports").glob("*.txt")}
    changed = [n for n, data in wanted.items() if not (HERE / n).is_file() or (HERE / n).read_bytes() != data]
    stale = sorted(on_disk - set(wanted))
    if check:
        for name in changed + stale:
            print(f"corpus/{name} differs from what build.py writes; run: python corpus/build.py", file=sys.stderr)
        return 1 if changed or stale else 0
    for name in changed:
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_bytes(wanted[name])
    for name in stale:
        (HERE / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
