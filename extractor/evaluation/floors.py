"""Floors under the figures of a run: they are raised by one command, and lowered only with a reason that stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import EvaluationError

Figures = Mapping[str, Mapping[str, float]]
"""Row -> name of the figure -> share."""

SLACK = 0.005
"""How far under today's figure a new floor lies: a record of some hundred may come or go, no more."""

_SEEN = frozenset({"precision", "recall"})
"""F1 holds both; a floor under each would forbid to trade one for the other."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was lowered, and why."""

    figure: str
    before: float
    after: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors that were set on the gold of one digest."""

    digest: str
    floors: Figures
    lowered: tuple[Lowered, ...] = ()

    def below(self, figures: Figures) -> list[str]:
        """Every figure that is below its floor, in words."""
        faults = []
        for row, floors in self.floors.items():
            for name, floor in floors.items():
                figure = figures.get(row, {}).get(name)
                if figure is None:
                    faults.append(f"{row} {name} can't be told: the run gives no such figure; its floor is {floor:.4f}")
                elif figure < floor:
                    faults.append(f"{row} {name} is {figure:.4f}, below its floor {floor:.4f}")
        return faults

    def require(self, digest: str, path: Path) -> None:
        """Refuse figures of other gold than that which the floors were set on."""
        if digest != self.digest:
            raise EvaluationError(
                f"{path} was set on other gold (sha256 {self.digest[:12]}…, this one is {digest[:12]}…): "
                f"if the gold was changed on purpose, set the floors anew with --write-floors {path}"
            )


def raised(old: Floors | None, digest: str, figures: Figures, reason: str | None, slack: float = SLACK) -> Floors:
    """New floors, ``slack`` under ``figures``. A floor sinks only with a ``reason``, which is kept.

    On the same gold a floor that today's figure still clears never sinks. On changed gold all are set anew.
    """
    wanted = {
        row: {name: _floor(figure, slack) for name, figure in shares.items() if name not in _SEEN}
        for row, shares in figures.items()
        if ":" not in row or row == "count:core"
    }
    if old is None:
        return Floors(digest, wanted)
    if old.digest == digest:
        wanted = _kept(old.floors, wanted, figures)
    sunk = [
        (f"{row} {name}", floor, wanted.get(row, {}).get(name))
        for row, floors in old.floors.items()
        for name, floor in floors.items()
        if (now := wanted.get(row, {}).get(name)) is None or now < floor
    ]
    if sunk and not reason:
        listed = "; ".join(f"{figure} from {before} to {after}" for figure, before, after in sunk)
        raise EvaluationError(f'this would lower floors: {listed}; say why with --lower "reason", which the file keeps')
    noted = tuple(Lowered(figure, before, after, reason or "") for figure, before, after in sunk)
    return Floors(digest, wanted, (*old.lowered, *noted))


def _kept(old: Figures, wanted: Figures, figures: Figures) -> dict[str, dict[str, float]]:
    """``wanted`` with the old floor wherever it is higher and still cleared."""
    return {
        row: {
            name: max(floor, before) if (before := old.get(row, {}).get(name, 0.0)) <= figures[row][name] else floor
            for name, floor in floors.items()
        }
        for row, floors in wanted.items()
    }


def _floor(figure: float, slack: float) -> float:
    """Just under ``figure``; one over 1, as a row by measure can have by mistakes in it, counts as 1."""
    return max(0.0, int((min(figure, 1.0) - slack) * 1000 + 1e-6) / 1000)


def read_floors(path: Path) -> Floors:
    """The floors in the file ``path``."""
    try:
        stated: dict[str, Any] = json.loads(path.read_bytes())
        lowered = tuple(Lowered(**entry) for entry in stated["lowered"])
        return Floors(stated["gold_sha256"], stated["floors"], lowered)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EvaluationError(f"can't read {path}: {reason}; make it with --write-floors {path}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path} is no file of floors ({error}); make a new one with --write-floors") from error


def as_json(floors: Floors) -> str:
    """The floors as their file states them."""
    lowered = [
        {"figure": entry.figure, "before": entry.before, "after": entry.after, "reason": entry.reason}
        for entry in floors.lowered
    ]
    stated = {"gold_sha256": floors.digest, "floors": floors.floors, "lowered": lowered}
    return json.dumps(stated, ensure_ascii=False, indent=2) + "\n"
