from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.kit.nights import asleep, wakes_at
from cogs.events.places import InLine, Phase, answer_by, moves, phase

EAST, WEST = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
START = datetime(2026, 3, 10, 23, tzinfo=UTC)  # 7 PM in New York
ZONES = [EAST, WEST, ZoneInfo("Europe/Vienna"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Honolulu")]


def line(*zones: ZoneInfo) -> list[InLine]:
    return [InLine(number, zone) for number, zone in enumerate(zones, 1)]


def before(**left: float) -> datetime:
    return START - timedelta(**left)


def test_until_a_day_before_a_free_place_goes_to_the_next_at_once_also_at_night() -> None:
    now = before(hours=24, minutes=1)
    assert phase(START, now) is Phase.AT_ONCE
    assert moves(1, line(EAST, EAST), START, now).given == (1,)
    assert moves(2, line(EAST, EAST, EAST), START, before(days=3, hours=16)).given == (1, 2)


def test_from_then_on_it_is_offered_with_two_hours_to_answer() -> None:
    now = before(hours=9)  # 10 AM in New York
    found = moves(1, line(EAST, EAST), START, now)
    assert found.given == ()
    assert found.offered == ((1, now + timedelta(hours=2)),)


def test_nobody_is_offered_a_place_at_night_and_the_next_who_is_awake_gets_it() -> None:
    now = before(hours=21)  # 10 PM in New York, 7 PM in Los Angeles
    assert asleep(now, EAST)
    found = moves(1, line(EAST, WEST), START, now)
    assert [user for user, _ in found.offered] == [2]
    assert found.look_at is None
    found = moves(2, line(EAST, WEST), START, now)
    assert [user for user, _ in found.offered] == [2]
    assert found.look_at == datetime(2026, 3, 10, 12, tzinfo=UTC)  # 8 AM in New York, after the clocks went forward


def test_the_night_does_not_count_as_time_to_answer() -> None:
    start = START + timedelta(hours=3)
    half_past_nine = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
    assert answer_by(half_past_nine, EAST, start) == datetime(2026, 3, 10, 13, 30, tzinfo=UTC)


def test_in_the_last_two_hours_nothing_is_given_or_offered() -> None:
    assert phase(START, before(hours=2)) is Phase.FIRST_TAP
    found = moves(3, line(EAST, EAST), START, before(hours=1))
    assert (found.given, found.offered, found.look_at) == ((), (), None)


def test_who_let_an_offer_pass_is_not_offered_another() -> None:
    once = InLine(1, EAST, passed=True)
    found = moves(1, [once, InLine(2, EAST)], START, before(hours=9))
    assert [user for user, _ in found.offered] == [2]
    assert moves(1, [once], START, before(hours=9)).offered == ()


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given apart


@given(moments, st.sampled_from(ZONES), st.timedeltas(timedelta(hours=2, minutes=1), timedelta(hours=24)))
def test_an_offer_leaves_time_by_day_and_ends_before_the_last_two_hours(
    now: datetime, zone: ZoneInfo, left: timedelta
) -> None:
    start = now + left
    wakes = wakes_at(now, zone)
    assert not asleep(wakes, zone)
    assert wakes - now <= timedelta(hours=11)
    until = answer_by(now, zone, start)
    assert until <= start - timedelta(hours=2)
    if until < start - timedelta(hours=2):
        by_day = sum(
            not asleep(now + timedelta(minutes=minute), zone)
            for minute in range(int((until - now).total_seconds()) // 60)
        )
        assert 119 <= by_day <= 121


@given(
    st.integers(0, 6),
    st.lists(
        st.builds(InLine, st.integers(1, 10_000), st.sampled_from(ZONES), st.booleans()),
        max_size=6,
        unique_by=lambda one: one.user_id,
    ),
    moments,
    st.timedeltas(timedelta(minutes=-30), timedelta(days=4)),
)
def test_never_more_places_are_given_or_offered_than_are_free(
    free: int, waiting: list[InLine], now: datetime, left: timedelta
) -> None:
    found = moves(free, waiting, now + left, now)
    chosen = [*found.given, *(user for user, _ in found.offered)]
    assert len(chosen) <= free
    assert len(set(chosen)) == len(chosen)
    order = [one.user_id for one in waiting]
    assert chosen == sorted(chosen, key=order.index)
    assert all(until > now for _, until in found.offered)
