"""The pattern files: read, validated, one laid over the other."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import PatternError
from extractor.patterns.expressions import PLACEHOLDER, beginning, expanded, one_of
from extractor.patterns.family import SHORT, Family, Rule
from extractor.patterns.portable import portable


class PatternFile(BaseModel):
    """One pattern file after validation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    needs: str | None = None
    starts: str | None = None
    words: dict[str, tuple[str, ...]] = {}
    fragments: dict[str, str] = {}
    tables: dict[str, dict[str, Any]] = {}
    rules: tuple[Rule, ...] = ()


class Patterns:
    """All pattern files, validated; families are compiled when first asked for.

    ``ours`` says that all of them are shipped ones, which are known to take no time in a short sentence.
    """

    def __init__(self, files: Mapping[str, PatternFile], digest: str, *, ours: bool = False) -> None:
        self.files = dict(files)
        self._untimed = SHORT if ours else 0
        self.digest = digest
        """SHA-256 over the files' names and bytes: two runs with the same digest used the same patterns."""
        self._expand: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        for name, file in self.files.items():
            for key in file.words:
                words = self._spelled_out(key)
                self._define(name, key, one_of(words))
                self._define(name, f"{key}_begins", beginning(words))
                self._words[key] = words
            for key, fragment in file.fragments.items():
                self._define(name, key, f"(?:{fragment})")
        self._compiled: dict[str, Family] = {}

    def _define(self, file: str, key: str, pattern: str) -> None:
        if key in self._expand:
            raise PatternError(f"patterns/{file}: the name {key!r} is defined twice; rename one of them")
        self._expand[key] = pattern

    def _spelled_out(self, key: str, depth: int = 0) -> tuple[str, ...]:
        """The word list ``key``, with the lists that it names as ``{other}`` in their place."""
        listed = next((file.words[key] for file in self.files.values() if key in file.words), None)
        if listed is None or depth > 4:
            raise PatternError(f"the word list {key!r} is named in another list but defined nowhere, or names itself")
        words: list[str] = []
        for word in listed:
            reference = PLACEHOLDER.fullmatch(word)
            words.extend(self._spelled_out(reference.group(1), depth + 1) if reference else (word,))
        return tuple(words)

    def family(self, name: str) -> Family:
        """The compiled rules of family ``name``."""
        if name not in self._compiled:
            files = [file for file in self.files.values() if file.family == name]
            rules = tuple(rule for file in files for rule in file.rules)
            if not rules:
                raise PatternError(f"no pattern file holds rules of the family {name!r}")
            starts = next((file.starts for file in files if file.starts), None)
            needs = next((file.needs for file in files if file.needs), None)
            self._compiled[name] = Family(name, rules, self._expand, starts=starts, needs=needs, untimed=self._untimed)
        return self._compiled[name]

    def families(self) -> list[str]:
        """Names of the families that have rules."""
        return sorted({file.family for file in self.files.values() if file.rules})

    def rules(self) -> list[tuple[str, Rule]]:
        """Every rule with the name of its family."""
        return [(file.family, rule) for file in self.files.values() for rule in file.rules]

    def words(self, name: str) -> tuple[str, ...]:
        """The word list ``name``."""
        try:
            return self._words[name]
        except KeyError:
            raise PatternError(f"no pattern file defines the word list {name!r}") from None

    def table(self, family: str, name: str) -> dict[str, Any]:
        """The mapping ``name`` of the first file of ``family`` that has it."""
        for file in self.files.values():
            if file.family == family and name in file.tables:
                return file.tables[name]
        raise PatternError(f"no pattern file of the family {family!r} holds the table {name!r}")

    def spelled_out(self, pattern: str) -> str:
        """A pattern with its ``{names}`` filled in, for `re`."""
        return portable(expanded(pattern, self._expand, pattern))


def shipped_folder() -> Path:
    """Where the shipped pattern files lie: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent.parent
    for folder in (package / "_patterns", package.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError("the pattern files are missing from this installation; install county-report-extractor again")


def load_patterns(overlay: Path | None = None) -> Patterns:
    """The shipped pattern files with those of the folder ``overlay`` laid over them; read once."""
    return _loaded(overlay)


@functools.lru_cache(maxsize=8)
def _loaded(overlay: Path | None) -> Patterns:
    digest = hashlib.sha256()
    files: dict[str, PatternFile] = {}
    for path in _pattern_files(overlay):
        content = path.read_bytes()
        _take_in(digest, path, content)
        files[path.name] = _parse(path, content)
    loaded = Patterns(files, digest.hexdigest(), ours=overlay is None)
    if overlay is not None:  # ours are compiled by our tests; a slip in the user's own is told before a run begins
        for name in loaded.families():
            loaded.family(name).compile()
    return loaded


def patterns_digest(overlay: Path | None = None) -> str:
    """The ``digest`` that the loaded patterns would have, without the time that loading takes."""
    digest = hashlib.sha256()
    for path in _pattern_files(overlay):
        _take_in(digest, path, path.read_bytes())
    return digest.hexdigest()


def _pattern_files(overlay: Path | None) -> list[Path]:
    paths = {path.name: path for path in sorted(shipped_folder().glob("*.yaml"))}
    if overlay is not None:
        own = {path.name: path for path in sorted(overlay.glob("*.yaml"))}
        if not own:
            raise PatternError(f"{overlay} holds no *.yaml pattern file; give the folder that holds yours")
        paths |= own
    return [path for _, path in sorted(paths.items())]


def _take_in(digest: Any, path: Path, content: bytes) -> None:
    digest.update(path.name.encode() + b"\0" + content + b"\0")


def _parse(path: Path, content: bytes) -> PatternFile:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return PatternFile.model_validate(yaml.load(content, Loader=loader))
    except yaml.YAMLError as error:
        raise PatternError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PatternError(f"{path}: {where}: {first['msg']} ({error.error_count()} problems in all)") from error
