"""The labelling configuration of a Label Studio project, made from the records' fields and codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from extractor.labelling.fields import (
    KIND,
    LABELS,
    LINKS,
    OPTIONAL,
    TEXT,
    codes_of,
    fields_with_kinds,
    holds_several,
    kind_of,
)
from extractor.labelling.wording import CODE_WORDS, FIELD_WORDS, LABEL_WORDS, LINK_WORDS, shown

_COLOURS = dict(
    zip(LABELS, ("#d9480f", "#1971c2", "#c2255c", "#2f9e44", "#5f3dc4", "#0c8599", "#e8590c", "#846358"), strict=True)
)
_STYLE = ".htx-text, .lsf-richtext__line { white-space: pre-wrap; }"
"""Without it the editor trims blanks."""

_LINE = "display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1em"
"""A field stands beside its heading, so that all of a figure fit on a screen."""


def labelling_config(kinds: Collection[str] | None = None) -> str:
    """The configuration as XML, for records of all kinds or of some.

    Values of results are our codes (``alias``); what is shown has Chinese words before them.
    """
    root = Element("View")
    SubElement(root, "Style").text = _STYLE
    asked = [label for label in LABELS if kinds is None or kind_of(label) in kinds]
    labels = SubElement(root, "Labels", name=KIND, toName=TEXT, choice="single")
    for label in asked:
        SubElement(labels, "Label", value=shown(label, LABEL_WORDS), alias=label, background=_COLOURS[label])
    links = dict.fromkeys(link for label in asked for link in LINKS.get(label, ()))
    if links:
        relations = SubElement(root, "Relations")
        for link in links:
            SubElement(relations, "Relation", value=shown(link, LINK_WORDS))
    SubElement(root, "Text", name=TEXT, value="$text", granularity="symbol")
    for name, having in fields_with_kinds():
        present = [kind for kind in having if kind in asked]
        if present:
            _field(root, name, present)
    _choices(_panel(root, OPTIONAL, asked), OPTIONAL, [OPTIONAL], asked)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def relation_label(field: str) -> str:
    """What the relation for a field is called; relations have no ``alias``."""
    return shown(field, LINK_WORDS)


def _field(root: Element, name: str, kinds: list[str]) -> None:
    panel = _panel(root, name, kinds)
    codes = dict.fromkeys(code for kind in kinds for code in codes_of(kind, name))
    if codes:
        _choices(panel, name, codes, kinds)
    else:
        several = any(holds_several(kind, name) for kind in kinds)
        limit = {} if several else {"maxSubmissions": "1"}
        SubElement(panel, "TextArea", {"name": name, **_of_region(kinds), "editable": "true", "rows": "1", **limit})


def _choices(panel: Element, name: str, codes: Iterable[str], labels: Iterable[str]) -> None:
    choices = SubElement(
        panel, "Choices", {"name": name, **_of_region(labels), "choice": "single", "showInline": "true"}
    )
    for code in codes:
        SubElement(choices, "Choice", value=shown(code, CODE_WORDS), alias=code)


def _of_region(labels: Iterable[str]) -> dict[str, str]:
    return {"toName": TEXT, "perRegion": "true", "whenLabelValue": ",".join(labels)}


def _panel(root: Element, name: str, labels: Iterable[str]) -> Element:
    """A heading that shows with regions of these labels only, and what stands under it."""
    panel = SubElement(
        root, "View", style=_LINE, visibleWhen="region-selected", whenTagName=KIND, whenLabelValue=",".join(labels)
    )
    SubElement(panel, "Header", value=shown(name, FIELD_WORDS), size="5", style="margin: 0")
    return panel
