"""What a benchmark hands back, and the plain table it is printed in."""

from __future__ import annotations

import math
import os
import platform
import sqlite3
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COLUMNS = ("name", "measured", "limit", "held", "note")
LIBRARIES = ("discord.py", "SQLAlchemy", "aiosqlite")


@dataclass(frozen=True)
class Options:
    """What the person who runs the benchmarks asked for.

    `questions` is a file of JSON lines for the retrieval benchmark, or None; `runs` is how many rounds, or starts,
    each comparison gets (at least 1).
    """

    questions: Path | None = None
    runs: int = 7


@dataclass(frozen=True)
class Line:
    """One figure; without a `limit` it is told for information, and if it is not a number it was not measured."""

    name: str
    measured: float
    unit: str
    limit: float | None
    at_most: bool
    note: str

    @property
    def held(self) -> bool:
        """True if the figure is within its limit, the limit included, or has none."""
        if self.limit is None:
            return True
        return self.measured <= self.limit if self.at_most else self.measured >= self.limit


class Benchmark(Protocol):
    """A module of this package that can be run."""

    NAME: str

    def run(self, options: Options) -> list[Line]:
        """Measure, and hand back the figures."""


def not_measured(name: str, reason: str) -> Line:
    """A line that says why there is no figure; it counts as neither held nor missed."""
    return Line(name, math.nan, "", None, at_most=True, note=reason)


def machine() -> str:
    """One sentence that names the machine and the versions that were measured."""
    known = [f"{library} {_version(library)}" for library in LIBRARIES]
    parts = [
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()})",
        f"Python {sys.version.split()[0]}",
        f"SQLite {sqlite3.sqlite_version}",
        *known,
    ]
    return ", ".join(parts)


def table(lines: Sequence[Line]) -> str:
    """The lines as a plain text table under a head."""
    rows = [COLUMNS, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _cells(line: Line) -> tuple[str, ...]:
    if math.isnan(line.measured):
        held = "-" if line.limit is None else "no"
        return (line.name, "not measured", "-", held, line.note)
    if line.limit is None:
        return (line.name, _figure(line.measured, line.unit), "-", "-", line.note)
    bound = "at most" if line.at_most else "at least"
    limit = f"{bound} {_figure(line.limit, line.unit)}"
    return (line.name, _figure(line.measured, line.unit), limit, "yes" if line.held else "no", line.note)


def _figure(value: float, unit: str) -> str:
    digits = 3 if abs(value) < 10 else 1
    return f"{value:.{digits}f} {unit}".rstrip()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "(not installed)"
