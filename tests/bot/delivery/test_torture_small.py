"""The trial by fire at a small size. `make torture` runs it in full."""

from __future__ import annotations

from dataclasses import replace

from db.delivery import Way
from tests.torture.drawing import FORUM, one_step
from tests.torture.planted import MARK_BEFORE_SEND, NO_HISTORY_CHECK
from tests.torture.report import lines
from tests.torture.trial import planned, trial

ONE_OF_EACH = [
    one_step(0, "send", "asked"),
    one_step(1, "send", "applied"),
    one_step(2, "send", "answered"),
    one_step(3, "claim:after", ""),
    one_step(4, "sent:before", ""),
    one_step(5, "sent:after", ""),
    one_step(6, "forum-post", "asked", Way.FORUM, FORUM),
    one_step(7, "forum-post", "applied", Way.FORUM, FORUM),
    one_step(8, "send", "applied", Way.DM, 0),
]


MANY = 1_000


async def test_a_worker_killed_at_any_step_keeps_each_promise_once() -> None:
    outcome = await trial(MANY, 7, episodes=ONE_OF_EACH)
    assert outcome.passed, "\n".join(lines(outcome))
    assert outcome.kills >= len(ONE_OF_EACH)
    assert outcome.count.rows["sent"] == len(ONE_OF_EACH)


async def test_a_worker_that_marks_before_it_sends_is_found_out() -> None:
    first_death = replace(one_step(0, "send", "asked"), lives=one_step(0, "send", "asked").lives[:1])
    outcome = await trial(MANY, 7, MARK_BEFORE_SEND, episodes=[first_death])
    assert not outcome.passed
    assert (outcome.count.lost, outcome.count.doubled) == (1, 0)


async def test_a_worker_that_never_looks_into_the_history_is_found_out() -> None:
    outcome = await trial(MANY, 7, NO_HISTORY_CHECK, episodes=[one_step(0, "send", "applied")])
    assert not outcome.passed
    assert (outcome.count.lost, outcome.count.doubled) == (0, 1)


def test_a_seed_draws_the_same_plan_again() -> None:
    first, again = planned(500, 3), planned(500, 3)
    assert [next(first) for _ in range(100)] == [next(again) for _ in range(100)]
