from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cogs.mentorship import days

ZONES = some.sampled_from(["America/Chicago", "Asia/Kolkata", "Pacific/Auckland", "UTC", "nowhere"])
MOMENTS = some.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001


def test_five_working_days_skip_the_weekend() -> None:
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert days.working_days_after(friday, 5, "America/Chicago") == datetime(2026, 11, 27, 15, tzinfo=UTC)
    saturday = datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert days.working_days_after(saturday, 1, "America/Chicago") == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_the_hour_stays_where_it_is_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 6, 15, tzinfo=UTC)  # nine in the morning in Chicago, two days before the change
    assert days.working_days_after(before, 1, "America/Chicago") == datetime(2026, 3, 9, 14, tzinfo=UTC)


@given(MOMENTS, some.integers(1, 20), ZONES)
def test_a_working_day_is_never_a_weekend_and_all_between_are_counted(now: datetime, count: int, zone: str) -> None:
    after = days.working_days_after(now, count, zone)
    there = ZoneInfo(zone if zone != "nowhere" else "UTC")
    assert after.astimezone(there).weekday() < 5
    passed = [now.astimezone(there).date() + timedelta(days=n) for n in range(1, 40)]
    between = [day for day in passed if day <= after.astimezone(there).date() and day.weekday() < 5]
    assert len(between) == count


@given(MOMENTS, ZONES)
def test_nobody_is_written_to_at_night_nor_more_than_a_day_late(now: datetime, zone: str) -> None:
    decent = days.decent(now, zone)
    hour = decent.astimezone(ZoneInfo(zone if zone != "nowhere" else "UTC")).hour
    assert 9 <= hour < 18
    assert timedelta() <= decent - now <= timedelta(hours=16)


@given(some.integers(4, 52))
def test_check_ins_come_twice_in_the_first_fortnight_then_less_and_never_in_the_last_week(length: int) -> None:
    asked = days.weeks(length)
    assert asked[:2] == [1, 2]
    assert asked == sorted(set(asked))
    assert asked[-1] < length - 1 or length < 4
    following = [asked[0]]
    while (week := days.following(following[-1], length)) is not None:
        following.append(week)
    assert following == asked


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-01-15", date(2027, 1, 15)),
        ("Jan 15", date(2027, 1, 15)),
        ("January 15th, 2028", date(2028, 1, 15)),
        ("12/24", date(2026, 12, 24)),
        ("1/15/2027", date(2027, 1, 15)),
        (" dec. 1 ", date(2026, 12, 1)),
        ("Feb 30", None),
        ("13/1", None),
        ("soon", None),
        ("", None),
        ("2027-99-99", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, meant: date | None) -> None:
    assert days.read_date(typed, date(2026, 11, 23)) == meant


@settings(max_examples=50)
@given(some.text(max_size=30))
def test_whatever_is_typed_as_a_day_is_read_or_not_but_never_fails(typed: str) -> None:
    found = days.read_date(typed, date(2026, 11, 23))
    assert found is None or isinstance(found, date)
