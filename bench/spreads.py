"""From the figures of all runs to rows: medians, how far the runs lie apart, and how the cost grows with the size."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.report import Line, Size


ITSELF = "itself"


@dataclass(frozen=True)
class Spread:
    """The median of some runs, the lowest and the highest."""

    middle: float
    lowest: float
    highest: float
    runs: int


def spread(values: Sequence[float]) -> Spread:
    """The spread of at least one value."""
    return Spread(median(values), min(values), max(values), len(values))


@dataclass(frozen=True)
class Cell:
    """One figure at one size: what all runs found. `ours` and `theirs` are None where there is nobody beside it."""

    line: Line
    measured: Spread
    ratio: Spread | None
    ours: Spread | None
    theirs: Spread | None

    @property
    def held(self) -> bool | None:
        """Whether the median is within the limit, the limit included; None where there is none."""
        if self.line.limit is None:
            return None
        if self.line.at_most:
            return self.measured.middle <= self.line.limit
        return self.measured.middle >= self.line.limit


@dataclass(frozen=True)
class Row:
    """One figure at all its sizes, smallest first; at least one."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def main(self) -> Cell:
        """The size that stands for the row: the largest of those that are meant to."""
        mains = [cell for cell in self.cells if cell.line.size is None or cell.line.size.main]
        return (mains or list(self.cells))[-1]

    @property
    def held(self) -> bool | None:
        """Whether it is within its limit at every size that has one; None where none has."""
        found = [cell.held for cell in self.cells if cell.held is not None]
        return all(found) if found else None

    @property
    def verdict(self) -> str:
        """`better` or `worse` where every run was on one side of the other's figure, else `even`.

        Empty where there is no other: what stands beside itself in another size only grows.
        """
        ratio, at_most, pair = self.main.ratio, self.main.line.at_most, self.main.line.pair
        if ratio is None or pair is None or pair.against.startswith(ITSELF):
            return ""
        if ratio.lowest > 1:
            return "worse" if at_most else "better"
        if ratio.highest < 1:
            return "better" if at_most else "worse"
        return "even"


def rows(lines: Iterable[Line]) -> list[Row]:
    """The rows of all runs' lines, in the order in which their names first came."""
    found: dict[tuple[str, str], dict[Size | None, list[Line]]] = {}
    for line in lines:
        key = (line.name, line.pair.against if line.pair else "")
        found.setdefault(key, {}).setdefault(line.size, []).append(line)
    return [
        Row(name, tuple(_cell(sizes[size]) for size in sorted(sizes, key=lambda size: size.number if size else 0)))
        for (name, _), sizes in found.items()
    ]


def _cell(lines: Sequence[Line]) -> Cell:
    pairs = [line.pair for line in lines if line.pair]
    return Cell(
        lines[-1],
        spread([line.measured for line in lines]),
        spread([pair.ratio for pair in pairs]) if pairs else None,
        spread([pair.ours for pair in pairs]) if pairs else None,
        spread([pair.theirs for pair in pairs]) if pairs else None,
    )
