"""The report: what holds, what does not, and how it is printed."""

from __future__ import annotations

import math

from bench.report import Line, not_measured, table


def line(measured: float, limit: float | None, *, at_most: bool = True) -> Line:
    return Line("A card", measured, "ms", limit, at_most=at_most, note="median of 5")


def test_a_figure_on_its_limit_is_held() -> None:
    assert line(1.5, 1.5).held
    assert line(0.72, 0.72, at_most=False).held


def test_a_figure_past_its_limit_is_not_held() -> None:
    assert not line(1.51, 1.5).held
    assert not line(0.71, 0.72, at_most=False).held


def test_a_figure_that_is_no_number_never_holds_a_limit() -> None:
    assert not line(math.nan, 1.5).held
    assert not line(math.nan, 0.7, at_most=False).held


def test_a_benchmark_without_its_input_says_so_and_does_not_fail() -> None:
    missing = not_measured("Retrieval", "no file of questions was given")
    assert missing.held
    assert "not measured" in table([missing])
    assert "no file of questions was given" in table([missing])


def test_the_table_shows_figure_limit_and_verdict_in_one_row() -> None:
    head, _rule, held, missed, told = table([line(1.25, 1.5), line(96.0, 95), line(3, None)]).splitlines()
    assert head.split() == ["name", "measured", "limit", "held", "note"]
    assert "1.250 ms" in held
    assert "at most 1.500 ms" in held
    assert " yes " in held
    assert "96.0 ms" in missed
    assert " no " in missed
    assert "yes" not in told
    assert " no " not in told
