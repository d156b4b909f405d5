"""From runs to rows: medians, spreads, sizes, and what is held."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.processes import BotFailed
from bench.report import Line, Pair, Size, compared
from bench.spreads import rows, spread
from tests.bench.figures import BARE, card

SMALL, LARGE = Size(10, "records"), Size(100, "records")


def test_a_row_tells_the_median_of_all_runs_and_how_far_they_lie_apart() -> None:
    [row] = rows([card(1.2), card(1.9), card(1.1)])
    ratio = row.main.ratio
    assert ratio is not None
    assert (ratio.middle, ratio.lowest, ratio.highest, ratio.runs) == (1.2, 1.1, 1.9, 3)
    assert row.main.ours is not None
    assert row.main.theirs is not None
    assert (row.main.ours.middle, row.main.theirs.middle) == (2.4, 2.0)


@given(st.lists(st.floats(min_value=0.001, max_value=1000), min_size=1, max_size=20))
def test_the_median_lies_between_the_lowest_and_the_highest(values: list[float]) -> None:
    found = spread(values)
    assert found.lowest <= found.middle <= found.highest
    assert found.runs == len(values)
    assert {found.lowest, found.highest} <= set(values)


def test_sizes_of_one_figure_are_one_row_smallest_first_whatever_came_first() -> None:
    [row] = rows([card(2.0, size=LARGE), card(1.0, size=SMALL), card(3.0, size=LARGE), card(1.5, size=SMALL)])
    assert [cell.line.size for cell in row.cells] == [SMALL, LARGE]
    assert [cell.ratio.middle for cell in row.cells if cell.ratio] == [1.25, 2.5]
    assert row.main.line.size == LARGE


def test_the_size_that_stands_for_a_row_is_the_largest_that_is_meant_to() -> None:
    aside = Size(1_000, "records", main=False)
    [row] = rows([card(1.1, size=SMALL), card(9.0, size=aside, most=None)])
    assert row.main.line.size == SMALL
    assert row.held


def test_the_same_figure_beside_somebody_else_is_another_row() -> None:
    other = compared("A card", Pair(3.0, 1.0, "ms", "another bot"))
    assert [row.main.line.pair.against for row in rows([card(1.1), other, card(1.2)]) if row.main.line.pair] == [
        BARE,
        "another bot",
    ]


def test_a_median_on_its_limit_is_held_and_past_it_is_not() -> None:
    assert rows([card(1.5)])[0].held is True
    assert rows([card(1.51)])[0].held is False
    assert rows([card(1.4), card(1.4), card(9.0)])[0].held is True, "one bad moment is not the median"
    pace = Line("Pace", 0.95, limit=0.95, at_most=False)
    assert rows([pace])[0].held is True
    assert rows([Line("Pace", 0.94, limit=0.95, at_most=False)])[0].held is False


def test_a_limit_must_be_held_at_every_size_that_has_one() -> None:
    assert rows([card(1.6, size=SMALL), card(1.1, size=LARGE)])[0].held is False
    assert rows([card(1.6, size=SMALL, most=None), card(1.1, size=LARGE)])[0].held is True
    assert rows([card(1.6, most=None)])[0].held is None


def test_who_costs_more_is_said_only_where_every_run_says_so() -> None:
    assert rows([card(1.1), card(1.2)])[0].verdict == "worse"
    assert rows([card(0.9), card(0.8)])[0].verdict == "better"
    assert rows([card(0.9), card(1.2)])[0].verdict == "even"
    pace = compared("Pace", Pair(47.0, 50.0, "a second", "the limit"), at_most=False)
    assert rows([pace])[0].verdict == "worse", "a pace is better where it is more"
    assert rows([Line("Lateness", 3.0, "ms")])[0].verdict == ""
    assert rows([compared("Search", Pair(3.0, 1.0, "ms", "itself among 10"))])[0].verdict == ""


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(BotFailed, match="A card: a bare command came to 0"):
        compared("A card", Pair(1.0, 0.0, "ms", BARE))
