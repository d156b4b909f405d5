"""The file of raw figures: every run of every benchmark as it was measured, so that a table can be made of them later.

A command that was stopped, or that was split in pieces, goes on from it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bench.machine import commit, machine, versions
from bench.report import Line

if TYPE_CHECKING:
    from pathlib import Path


class ResultsDiffer(RuntimeError):
    """The file's figures and those to come cannot stand in one table; the message says why."""


@dataclass(frozen=True)
class Run:
    """One benchmark in one fresh process: when it ended (UTC, ISO 8601), how long it took, what it found or why not."""

    bench: str
    number: int
    ended: str
    seconds: float
    commit: str
    lines: list[Line] = field(default_factory=list)
    failure: str = ""


@dataclass
class Results:
    """All runs so far, and what they have in common."""

    machine: str
    versions: str
    quick: bool
    runs: list[Run] = field(default_factory=list)

    def have(self, bench: str, number: int) -> bool:
        """True if that run has been measured and nothing was amiss."""
        return any((run.bench, run.number, run.failure) == (bench, number, "") for run in self.runs)

    def put(self, run: Run) -> None:
        """Keep a run, in place of the same one that failed before."""
        self.runs = [one for one in self.runs if (one.bench, one.number) != (run.bench, run.number)]
        self.runs.append(run)

    @property
    def lines(self) -> list[Line]:
        """All lines of all runs, each benchmark's together in the order in which they came."""
        return [line for run in self.runs for line in run.lines]

    @property
    def failures(self) -> list[str]:
        """What was amiss, in words."""
        return [f"{run.bench}, run {run.number}: {run.failure}" for run in self.runs if run.failure]

    @property
    def commits(self) -> list[str]:
        """What was measured: more than one where the pieces were measured at different commits."""
        return sorted({run.commit for run in self.runs})

    def save(self, file: Path) -> None:
        """Write everything; whoever stops the command meanwhile finds the file as it was before."""
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        partial.replace(file)


def empty(*, quick: bool) -> Results:
    """Nothing measured yet, on this machine."""
    return Results(machine(), versions(), quick)


def load(file: Path, *, quick: bool) -> Results:
    """What the file holds. Raises ResultsDiffer where it was measured elsewhere, otherwise, or in another size."""
    values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    here = empty(quick=quick)
    for what in ("machine", "versions", "quick"):
        if values[what] != getattr(here, what):
            raise ResultsDiffer(f"{file.name} was measured with another {what}: {values[what]}.")
    runs = [Run(**{**run, "lines": [Line.from_json(line) for line in run["lines"]]}) for run in values["runs"]]
    return Results(here.machine, here.versions, quick, runs)


def this_commit() -> str:
    """What is measured now."""
    return commit()
