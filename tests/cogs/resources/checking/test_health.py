from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.fetching import Reason
from cogs.resources.checking import (
    DEAD_AFTER,
    Health,
    Kind,
    Outcome,
    next_check,
    robots_waited_out,
    seems_offline,
    shows_we_are_online,
)
from cogs.resources.checking.outcomes import ANSWERS, FAILURES

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
LOOKS = st.lists(st.tuples(st.sampled_from(Kind), st.integers(0, 3)), max_size=40)


def after(*looks: tuple[Kind, int]) -> Health:
    health = Health()
    for kind, day in looks:
        health = health.after(kind, MONDAY + day * DAY)
    return health


def test_three_failures_on_three_days_make_a_link_dead() -> None:
    health = after((Kind.GONE, 0), (Kind.FAILING, 7), (Kind.GONE, 8))
    assert health == Health(3, MONDAY, MONDAY + 8 * DAY, MONDAY + 8 * DAY, Kind.GONE)
    assert health.dead


def test_a_hundred_failures_on_two_days_do_not() -> None:
    assert not after(*[(Kind.FAILING, day) for day in (0, 1) for _ in range(50)]).dead


def test_a_clock_that_was_put_back_counts_nothing() -> None:
    assert after((Kind.GONE, 5), (Kind.GONE, 3), (Kind.GONE, 4)).failures == 1


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_an_answer_wipes_the_slate(kind: Kind) -> None:
    health = after((Kind.GONE, 0), (Kind.GONE, 1), (kind, 2))
    assert health == Health(last_checked=MONDAY + 2 * DAY, last_kind=kind)


@pytest.mark.parametrize("kind", sorted(set(Kind) - ANSWERS - FAILURES))
def test_what_says_nothing_leaves_the_count(kind: Kind) -> None:
    assert after((Kind.GONE, 0), (kind, 1), (Kind.GONE, 2), (kind, 3)).failures == 2


@given(LOOKS)
def test_a_link_is_dead_exactly_when_it_failed_on_three_days_since_it_last_answered(
    looks: list[tuple[Kind, int]],
) -> None:
    health, today, failed = Health(), MONDAY, set[date]()
    for kind, later in looks:
        today += later * DAY
        health = health.after(kind, today)
        failed = set() if kind in ANSWERS else failed | ({today} if kind in FAILURES else set())
        assert (health.failures, health.dead) == (len(failed), len(failed) >= DEAD_AFTER)
        assert (health.first_failed, health.last_failed) == (min(failed, default=None), max(failed, default=None))
        assert (health.last_checked, health.last_kind) == (today, kind)


def test_a_failure_is_looked_at_again_the_next_day_until_the_link_is_dead() -> None:
    assert next_check(Health()) is None
    assert next_check(after((Kind.ALIVE, 0))) == MONDAY + 7 * DAY
    assert next_check(after((Kind.GONE, 0))) == MONDAY + DAY
    assert next_check(after((Kind.GONE, 0), (Kind.GONE, 1), (Kind.GONE, 2))) == MONDAY + 9 * DAY
    assert next_check(after((Kind.GONE, 0), (Kind.BUSY, 1))) == MONDAY + 8 * DAY


def test_rules_that_cannot_be_read_for_thirty_days_no_longer_keep_us_out() -> None:
    health = after((Kind.UNREAD, 0), (Kind.UNREAD, 28))
    assert not robots_waited_out(health, MONDAY + 29 * DAY)
    assert robots_waited_out(health, MONDAY + 30 * DAY)
    assert not robots_waited_out(health.after(Kind.KEPT_OUT, MONDAY + 29 * DAY), MONDAY + 90 * DAY)


def failing(*hosts: str, reason: Reason = Reason.UNRESOLVED) -> list[Outcome]:
    return [Outcome(f"https://{host}/", Kind.FAILING, "", reason=reason) for host in hosts]


def test_when_nobody_can_be_reached_it_is_our_own_connection() -> None:
    assert seems_offline(failing("a.org", "b.org", "c.org"))
    assert not seems_offline(failing("a.org", "b.org"))
    assert not seems_offline(failing("a.org", "a.org", "a.org"))
    assert not seems_offline([*failing("a.org", "b.org", "c.org"), Outcome("https://d.org/", Kind.GONE, "", 404)])
    assert not seems_offline(failing("a.org", "b.org", "c.org", reason=Reason.CERTIFICATE))
    assert not seems_offline([])


def test_a_robots_txt_that_cannot_be_read_is_no_sign_of_a_connection() -> None:
    unread = [Outcome(f"https://{host}.org/", Kind.UNREAD, "") for host in "abc"]
    assert seems_offline(unread)
    assert not seems_offline([*unread, Outcome("https://d.org/", Kind.KEPT_OUT, "")])
    assert not shows_we_are_online(unread[0])
    assert shows_we_are_online(Outcome("https://d.org/", Kind.FAILING, "", 503))
