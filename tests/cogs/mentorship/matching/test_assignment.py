from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.matching import judged, min_cost
from cogs.mentorship.matching import assignment
from cogs.mentorship.matching.assignment import NOBODY, Assignment
from cogs.mentorship.matching.candidates import Row
from cogs.mentorship.matching.costs import Costs
from cogs.mentorship.matching.drafting import assign
from tests.cogs.mentorship.matching.rounds import drawn_rows, lot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALL, LARGE = 1000, 500
Aim = tuple[int, int, list[int], int, int]


def _scores(rows: Sequence[Row], places: Sequence[int]) -> list[int]:
    return [row.points[row.mentors.index(place)] for row, place in zip(rows, places, strict=True) if place != NOBODY]


def _aim(rows: Sequence[Row], places: Sequence[int], room: Sequence[int], waited: Sequence[int]) -> Aim:
    """What a matching is judged by, more being better, as people would say it: lists of bands, the worst first."""
    scores = _scores(rows, places)
    over = sum(max(0, places.count(mentor) - seats) for mentor, seats in enumerate(room))
    left = sum(rounds for rounds, place in zip(waited, places, strict=True) if place == NOBODY)
    return len(scores), -over, sorted(score // 5 for score in scores), sum(scores), -left


def _every(rows: Sequence[Row], most: Sequence[int]) -> Iterator[list[int]]:
    """Every matching there is."""
    if not rows:
        yield []
        return
    for place in (NOBODY, *rows[0].mentors):
        left = list(most)
        if place != NOBODY:
            left[place] -= 1
        if min(left, default=0) >= 0:
            for rest in _every(rows[1:], left):
                yield [place, *rest]


def test_nothing_better_exists_in_any_of_many_small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "WIDTH", 2)  # so that even few candidates are taken out in parts
    seen = 0
    for seed in range(SMALL):
        source = lot(seed)
        mentees, mentors = source.randint(1, 7), source.randint(1, 4)
        rows = drawn_rows(source, mentors, mentees)
        room = [source.randint(0, 2) for _ in range(mentors)]
        extra = [source.choice((0, 0, 1, 2)) if seats else 0 for seats in room]
        waited = [source.randrange(3) for _ in range(mentees)]
        most = [seats + more for seats, more in zip(room, extra, strict=True)]
        found = assign(rows, room, extra, waited)
        every = list(_every(rows, most))
        assert found in every, seed
        assert _aim(rows, found, room, waited) == max(_aim(rows, one, room, waited) for one in every), seed
        seen += len(every)
    assert seen > 50 * SMALL


@pytest.mark.parametrize("width", [3, assignment.WIDTH])
def test_as_many_are_placed_with_as_many_points_as_by_a_min_cost_flow(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment, "WIDTH", width)
    waiting = 0
    for seed in range(LARGE):
        source = lot(f"{width} {seed}")
        mentees, mentors = source.randint(8, 60), source.randint(2, 30)
        rows = drawn_rows(source, mentors, mentees)
        room = [source.randint(0, 3) for _ in range(mentors)]
        linear = assign(rows, room, [0] * mentors, [0] * mentees, fair=False)
        fair = assign(rows, room, [0] * mentors, [0] * mentees)
        assert judged(rows, linear) == min_cost(rows, room)(), seed
        assert len(_scores(rows, fair)) == len(_scores(rows, linear)), seed
        assert all(linear.count(mentor) <= seats for mentor, seats in enumerate(room)), seed
        waiting += linear.count(NOBODY)
    assert waiting > LARGE  # many of the rounds have more mentees than room


def test_prices_prove_that_nothing_better_exists_in_a_large_round() -> None:
    """Each pays the least that anything costs at the prices, and only full mentors have one: no way is cheaper."""
    for seed in range(6):
        source = lot(seed)
        rows = drawn_rows(source, 60, 170)
        room = [source.randint(0, 4) for _ in range(60)]
        costs = Costs.of({score for row in rows for score in row.points}, [0] * 170)
        solved = Assignment(rows, room, [0] * 60, costs)
        places = solved.solve()
        assert all(solved._price[mentor] == 0 for mentor in range(60) if places.count(mentor) < room[mentor])
        for mentee, row in enumerate(rows):
            least = min(
                [costs.waiting[0]]
                + [costs.pair[score] + solved._price[m] for score, m in zip(row.points, row.mentors, strict=True)]
            )
            place = places[mentee]
            assert solved._paid[mentee] + (0 if place == NOBODY else solved._price[place]) == least, seed


def test_a_fair_matching_gives_up_points_to_spare_somebody_a_poor_pair() -> None:
    rows = [Row.of([(95, 0), (40, 1)]), Row.of([(40, 0), (10, 1)])]
    assert assign(rows, [1, 1], [0, 0], [0, 0], fair=False) == [0, 1]
    assert assign(rows, [1, 1], [0, 0], [0, 0]) == [1, 0]


def test_whoever_waited_before_comes_first_where_the_points_are_equal() -> None:
    rows = [Row.of([(60, 0)]), Row.of([(60, 0)]), Row.of([(60, 0)])]
    assert assign(rows, [1], [0], [0, 2, 1]) == [NOBODY, 0, NOBODY]
    better = [Row.of([(61, 0)]), Row.of([(60, 0)]), Row.of([(60, 0)])]
    assert assign(better, [1], [0], [0, 2, 1]) == [0, NOBODY, NOBODY]
