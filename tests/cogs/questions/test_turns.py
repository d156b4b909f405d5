"""Whose turn it is to be asked, and when: quiet hours, frequency, tools and their broader terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.kit.vocabulary import load
from cogs.questions.turns import circles, in_turn, may_be_asked, open_from, zone_of
from db.questions import Offer

NEW_YORK, CHICAGO = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
START = datetime(2026, 1, 5, tzinfo=UTC)
HELPER = Offer(
    guild_id=1,
    user_id=7,
    tools=("laser-cutter",),
    a_week=2,
    quiet_from=21 * 60,
    quiet_until=8 * 60,
    zone="America/New_York",
    way="dm",
    place_id=None,
    paused=False,
    asked_at=None,
    created_at=START,
    updated_at=START,
)


def local(month: int, day: int, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK, fold=fold).astimezone(UTC)


def test_in_the_day_a_helper_may_be_asked_at_once() -> None:
    assert open_from(HELPER, local(1, 5, 12), CHICAGO) == local(1, 5, 12)


def test_in_the_night_it_waits_for_the_morning() -> None:
    assert open_from(HELPER, local(1, 5, 22), CHICAGO) == local(1, 6, 8)
    assert open_from(HELPER, local(1, 6, 3), CHICAGO) == local(1, 6, 8)
    assert open_from(HELPER, local(1, 6, 8), CHICAGO) == local(1, 6, 8)


def test_quiet_hours_may_lie_within_a_day() -> None:
    working = replace(HELPER, quiet_from=9 * 60, quiet_until=17 * 60)
    assert open_from(working, local(1, 5, 10), CHICAGO) == local(1, 5, 17)
    assert open_from(working, local(1, 5, 18), CHICAGO) == local(1, 5, 18)


def test_the_morning_is_the_clocks_also_where_it_is_put_forward_or_back_in_the_night() -> None:
    forward, back = open_from(HELPER, local(3, 7, 22), CHICAGO), open_from(HELPER, local(10, 31, 22), CHICAGO)
    assert forward == local(3, 8, 8)
    assert forward - local(3, 7, 22) == timedelta(hours=9)
    assert back == local(11, 1, 8)
    assert back - local(10, 31, 22) == timedelta(hours=11)


def test_an_end_within_the_hour_that_comes_twice_or_never_lies_ahead() -> None:
    odd = replace(HELPER, quiet_from=60, quiet_until=150)  # from one to half past two
    assert open_from(odd, local(11, 1, 1, 30, fold=1), CHICAGO) == local(11, 1, 2, 30)
    gap = open_from(odd, local(3, 8, 1, 30), CHICAGO)
    assert local(3, 8, 1, 30) < gap <= local(3, 8, 3, 30)
    twice = replace(HELPER, quiet_from=0, quiet_until=90)  # until half past one, which comes twice
    assert open_from(twice, local(11, 1, 0, 30), CHICAGO) == local(11, 1, 1, 30)
    assert open_from(twice, local(11, 1, 1, 10, fold=1), CHICAGO) == local(11, 1, 1, 30, fold=1)


def test_without_a_zone_the_servers_clock_counts() -> None:
    assert open_from(replace(HELPER, zone=""), local(1, 5, 22), CHICAGO) == local(1, 6, 9)
    assert zone_of("Atlantis/Center", CHICAGO) is CHICAGO


def test_without_quiet_hours_any_moment_is_right() -> None:
    assert open_from(replace(HELPER, quiet_from=None), local(1, 6, 3), CHICAGO) == local(1, 6, 3)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - it is added
    st.integers(0, 1439),
    st.integers(0, 1439),
)
def test_a_helper_is_never_asked_in_quiet_hours_nor_later_than_a_day_on(at: datetime, begin: int, end: int) -> None:
    helper = replace(HELPER, quiet_from=begin, quiet_until=end)
    found = open_from(helper, at, CHICAGO)
    assert at <= found <= at + timedelta(hours=26)
    assert (
        open_from(helper, found, CHICAGO) == found
        or found.astimezone(NEW_YORK).utcoffset() != at.astimezone(NEW_YORK).utcoffset()
    )


def test_nobody_is_asked_twice_a_day_or_more_often_in_a_week_than_they_said() -> None:
    day = timedelta(days=1)
    assert may_be_asked(HELPER, [], START)
    assert not may_be_asked(HELPER, [START - day * 0.9], START)
    assert not may_be_asked(HELPER, [START + day * 0.9], START), "one that is promised for tonight counts"
    assert may_be_asked(HELPER, [START - day], START)
    assert not may_be_asked(HELPER, [START - day, START - 3 * day], START)
    assert may_be_asked(HELPER, [START - 7 * day, START - 8 * day], START)
    assert not may_be_asked(replace(HELPER, paused=True), [], START)


def test_helpers_of_the_tool_are_looked_for_first_then_of_what_is_broader() -> None:
    vocabulary = load()
    assert circles(("microcontrollers", "laser-cutter"), vocabulary) == [
        ["microcontrollers", "laser-cutter"],
        ["electronics", "digital-fabrication"],
    ]
    assert circles(("no such tool",), vocabulary) == []


def test_who_was_asked_longest_ago_comes_first_and_who_never_was_before_them() -> None:
    early, late = replace(HELPER, user_id=1, asked_at=START), replace(HELPER, user_id=2, asked_at=START + timedelta(1))
    never, other = replace(HELPER, user_id=3), replace(HELPER, user_id=4, tools=("sewing",))
    found = in_turn([late, other, never, early], ["laser-cutter", "drones"])
    assert [(offer.user_id, tool) for offer, tool in found] == [
        (3, "laser-cutter"),
        (1, "laser-cutter"),
        (2, "laser-cutter"),
    ]
