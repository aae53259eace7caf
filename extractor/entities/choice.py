"""The recognizer that a name stands for: the one we ship, the rules alone, or any spaCy pipeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from extractor.entities.joined import JoinedRecognizer
from extractor.entities.recognizer import Recognizer, RuleRecognizer
from extractor.errors import ModelError
from extractor.patterns import Patterns, load_patterns
from extractor.records.codes import EntityLabel

if TYPE_CHECKING:
    from spacy.language import Language

BUILTIN, RULES, MODEL = "builtin", "rules", "model"
"""What we ship: rules and model joined, and each of them alone."""


def recognizer_called(name: str | Path | None, patterns: Patterns) -> Recognizer:
    """The recognizer ``name``: ours (None is ``builtin``), an installed spaCy pipeline or the folder of one.

    Raises ModelError when there is no such pipeline, or it finds no names.
    """
    if str(name) == RULES:
        return RuleRecognizer(patterns)
    if name is None or str(name) in (BUILTIN, MODEL):
        from extractor.entities.name_model import load_name_model  # thinc loads only where it is wanted

        model = load_name_model()
        return model if str(name) == MODEL else JoinedRecognizer(RuleRecognizer(patterns), model)
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
    """What a model is: of ours how many rules and what its meta.json states, of a pipeline the latter."""
    from extractor.entities.name_model import SHIPPED

    facts: dict[str, Any] = {"name": str(name), "labels": get_args(EntityLabel)}
    if str(name) in (BUILTIN, RULES):
        rules = RuleRecognizer(load_patterns()).rules()
        facts["rules"] = dict(Counter(rule.id.partition(".")[0] for rule in rules))
    if str(name) in (BUILTIN, MODEL):
        stated = json.loads((SHIPPED / "meta.json").read_text("utf-8"))
        facts["model"] = _told(stated, SHIPPED)
    if str(name) not in (BUILTIN, RULES, MODEL):
        pipeline = pipeline_called(name)
        facts |= _told(pipeline.meta, pipeline.path)
    return facts


def _told(meta: Mapping[str, Any], folder: Path | None) -> dict[str, Any]:
    """What a meta.json states, without what it leaves empty, and the bytes of the folder."""
    stated = {key: value for key, value in meta.items() if value and key != "labels"}
    if folder is not None:
        files = [file for file in folder.rglob("*") if file.is_file()]
        stated |= {"path": str(folder), "bytes": sum(file.stat().st_size for file in files)}
    return stated
