"""Made-up figures for the tests of the table."""

from __future__ import annotations

from bench.report import Line, Pair, Size, compared
from bench.results import Results, Run

BARE = "a bare command"


def card(ratio: float, *, size: Size | None = None, most: float | None = 1.5) -> Line:
    return compared("A card", Pair(2 * ratio, 2.0, "ms", BARE), most, size=size)


def results(*lines_of_runs: list[Line], quick: bool = False, bench: str = "answer_speed") -> Results:
    runs = [
        Run(bench, number, f"2026-11-23T21:{number:02}:00+00:00", 30.0, "0123456789ab", lines)
        for number, lines in enumerate(lines_of_runs, start=1)
    ]
    return Results("2 cores of a processor", "Python 3.11", quick, runs)
