"""``extractor divisions``: what a place's name can stand for, to check a link by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.options import AsJson
from extractor.cli.text import examples

if TYPE_CHECKING:
    from extractor.entities.gazetteer import Division, Gazetteer

NAME = "divisions"
HELP = """Look a place's name or code up in the division tables. 查行政区划代码。

One line a division that the name can stand for, whatever the year: code, full name, what it lies in, the years in which
the code held (townships: 2023 alone), the codes of its area since. Marked is the one that a document of --year about
--within would be linked to; where none is, that stays open.

Exit code 1 when no division is so called.
"""
EPILOG = examples(
    "extractor divisions 新平县 --year 1996",
    "extractor divisions 平掌 --year 2005 --within 530427",
    "extractor divisions 532428 --json",
)


def command(
    name: Annotated[str, typer.Argument(help="A name, a chain of names (玉溪市新平县), or a code. 名称或代码。")],
    year: Annotated[int | None, typer.Option(help="Year of the document. 文件年份。")] = None,
    within: Annotated[str | None, typer.Option(help="Code of the division it is about. 文件所属区划代码。")] = None,
    as_json: AsJson = False,
) -> None:
    """See HELP."""
    from extractor.entities.gazetteer import load_gazetteer
    from extractor.entities.linking import Linker

    gazetteer = load_gazetteer()
    home = _home(within, year, gazetteer) if within else None
    link = Linker(gazetteer, year, home).link(name)
    found = _called(name, gazetteer)
    if not found:
        display.error(
            f"no division is called {name!r}; give it as texts do: 新平县, 新平, 玉溪市新平县, 漠沙镇, 530427"
        )
        raise typer.Exit(ExitCode.FOUND_FAULTS)
    rows = [(division, link is not None and division == link.division) for division in found]
    if as_json:
        for division, linked in rows:
            stated = division._asdict() | {"linked": linked}
            del stated["rivals"]
            print(json.dumps(stated, ensure_ascii=False))
        return
    display.table(
        ["code", "name", "in", "years", "since", "linked"],
        [(d.code, d.name, d.parent, _years(d), " ".join(d.successors), "yes" if linked else "") for d, linked in rows],
    )


def _called(name: str, gazetteer: Gazetteer) -> list[Division]:
    """Every division and township that ``name`` can stand for, in the order of their codes."""
    from extractor.entities.townships import counties_with, townships_of

    if name.isdecimal():
        county = gazetteer.coded(name[:6])
        if len(name) == 6:
            return [*county]
        return [t for d in county[-1:] for t in townships_of(d, gazetteer).all if t.code == name]
    chain = gazetteer.chain(name)
    if chain.parts and chain.rest:
        found, counties, township_name = [], chain.last, chain.rest
    else:
        found, township_name = [*chain.last], name
        counties = tuple(d for code in counties_with(name) for d in gazetteer.coded(code)[-1:])
    townships = (townships_of(county, gazetteer).called(township_name) for county in counties if county.level > 1)
    found += [township for township in townships if township is not None]
    return sorted(dict.fromkeys(found))


def _home(code: str, year: int | None, gazetteer: Gazetteer) -> Division:
    held = gazetteer.coded(code)
    if not held:
        raise typer.BadParameter(f"no division has borne the code {code!r} since 1981; give six digits, such as 530427")
    return next((d for d in held if year is not None and d.held_in(year)), held[-1])


def _years(division: Division) -> str:
    if division.level == 4:
        return str(division.first)
    return f"{division.first}–{division.until - 1 if division.until else ''}"
