"""What decides the records of a batch, besides the archive: two batches with equal settings give equal bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from extractor._version import __version__
from extractor.archive.model_digest import model_digest
from extractor.archive.texts import TextFields
from extractor.patterns import patterns_digest
from extractor.readers.source import DEFAULT_LIMITS, MEGABYTE, Limits
from extractor.records.codes import Kind

if TYPE_CHECKING:
    from extractor.entities.scope import Scope
    from extractor.pipeline import Extractor

Packing = Literal["none", "gz", "zst"]
PACKINGS: tuple[Packing, ...] = get_args(Packing)


@dataclass(frozen=True, slots=True)
class Settings:
    """Plain values, so that they go to other processes and machines as JSON or pickled."""

    patterns: str | None = None
    """Folder of pattern files laid over ours; on a cluster every machine needs it at this path."""
    kinds: tuple[Kind, ...] | None = None
    ner: Scope | Literal[False] = "all"
    ner_model: str = "builtin"
    encoding: str | None = None
    limits: Limits = DEFAULT_LIMITS
    text_field: str | None = None
    """The field of JSON Lines that holds a text: files of them are read as so many documents."""
    id_field: str | None = None
    """The field that names such a document; without it the place of its line does."""
    pack: Packing = "none"
    """How files of records are packed."""
    shard_bytes: int = 4 * MEGABYTE
    document_seconds: float = 600
    """Time for one document from opening to records, after which its worker is ended."""
    version: str = __version__
    patterns_digest: str = ""
    model_digest: str = ""

    @classmethod
    def of(cls, patterns: Path | None = None, **stated: Any) -> Self:
        """Settings with the digests of the patterns and the model as they are now. Raises PatternError."""
        path = str(patterns.absolute()) if patterns else None
        made = cls(patterns=path, **stated)
        return replace(made, patterns_digest=patterns_digest(patterns), model_digest=made.model_digest_now())

    def model_digest_now(self) -> str:
        """What the model for names is on this machine; nothing where none is used."""
        return model_digest(self.ner_model) if self.ner else ""

    def extractor(self) -> Extractor:
        """The extractor that these settings ask for."""
        from extractor.pipeline import Extractor

        return Extractor(
            patterns=Path(self.patterns) if self.patterns else None,
            kinds=self.kinds,
            ner=self.ner,
            ner_model=self.ner_model,
            encoding=self.encoding,
            limits=self.limits,
        )

    @property
    def fields(self) -> TextFields | None:
        """Where lines of JSON hold their texts, if they are to be read as such."""
        return TextFields(self.text_field, self.id_field) if self.text_field else None

    def to_json(self) -> dict[str, Any]:
        """As JSON holds them."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The settings that ``to_json`` wrote down."""
        kinds = told["kinds"]
        return cls(**{**told, "limits": Limits(**told["limits"]), "kinds": tuple(kinds) if kinds is not None else None})

    @property
    def digest(self) -> str:
        """The same for equal settings; the folder of patterns counts by what is in it."""
        told = {**self.to_json(), "patterns": None}
        return hashlib.sha256(json.dumps(_plain(told), sort_keys=True).encode()).hexdigest()[:16]

    def changes_from(self, told: dict[str, Any]) -> list[str]:
        """What is different from settings written down earlier, in words a user knows from the options."""
        now = json.loads(json.dumps(self.to_json()))
        names = [one.name for one in fields(self) if one.name not in ("patterns", "limits")]
        changes = [(name, told.get(name), now[name]) for name in names]
        changes += [(f"max {name}", told.get("limits", {}).get(name), now["limits"][name]) for name in now["limits"]]
        return [
            f"{name.replace('_', ' ')}: {_in_words(before)} then, {_in_words(after)} now"
            for name, before, after in changes
            if before != after
        ]


def _in_words(value: Any) -> str:
    """A setting as people say it.

    >>> _in_words(None), _in_words(False), _in_words(["amount", "count"])
    ('none', 'none', 'amount, count')
    """
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in (None, False, "") else str(value)


def _plain(told: Any) -> Any:
    """What JSON holds, with equal numbers written alike: 600 s are 600.0 s."""
    if isinstance(told, dict):
        return {name: _plain(value) for name, value in told.items()}
    return int(told) if isinstance(told, float) and told.is_integer() else told
