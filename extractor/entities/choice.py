"""The recognizer that a name stands for: the one we ship, the rules alone, or any spaCy pipeline."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.entities.recognizer import Recognizer, RuleRecognizer
from extractor.errors import ModelError
from extractor.patterns import Patterns, load_patterns

if TYPE_CHECKING:
    from spacy.language import Language

BUILTIN, RULES = "builtin", "rules"
"""Names that are no pipelines: what we ship, and its rules alone."""


def recognizer_called(name: str | Path | None, patterns: Patterns) -> Recognizer:
    """The recognizer ``name``: None or ``builtin``, ``rules``, an installed spaCy pipeline or the folder of one.

    Raises ModelError when there is no such pipeline, or it finds no names.
    """
    if name is None or str(name) in (BUILTIN, RULES):
        return RuleRecognizer(patterns)
    from extractor.entities.model_recognizer import ModelRecognizer

    return ModelRecognizer(pipeline_called(name))


def pipeline_called(name: str | Path) -> Language:
    """The spaCy pipeline that is installed under ``name``, or saved in the folder of that name."""
    import spacy

    try:
        pipeline = spacy.load(name)
    except (OSError, ImportError) as problem:
        raise ModelError(
            f"there is no spaCy pipeline {str(name)!r}: no package of that name is installed, no folder holds one. "
            "Install it (python -m spacy download zh_core_web_sm), give its folder, or leave --ner-model out"
        ) from problem
    except Exception as problem:  # a broken file of a model raises whatever its reader raises
        raise ModelError(f"the spaCy pipeline {str(name)!r} does not load ({problem}); install it again") from problem
    if not any("doc.ents" in pipeline.get_pipe_meta(component).assigns for component in pipeline.pipe_names):
        raise ModelError(f"the spaCy pipeline {str(name)!r} finds no names: none of its components sets doc.ents")
    return pipeline


def facts_about(name: str | Path) -> dict[str, Any]:
    """What a model is: for a pipeline what its meta.json states, for the rules how many there are."""
    if str(name) in (BUILTIN, RULES):
        rules = RuleRecognizer(load_patterns()).rules()
        by_label = Counter(rule.id.partition(".")[0] for rule in rules)
        return {"name": RULES, "labels": ["place", "organization", "person"], "rules": dict(by_label)}
    return described(pipeline_called(name))


def described(pipeline: Language) -> dict[str, Any]:
    """What the meta.json of a pipeline states, without what it leaves empty, and the bytes of its folder."""
    stated = {key: value for key, value in pipeline.meta.items() if value}
    if pipeline.path is not None:
        files = [file for file in pipeline.path.rglob("*") if file.is_file()]
        stated |= {"path": str(pipeline.path), "bytes": sum(file.stat().st_size for file in files)}
    return stated
