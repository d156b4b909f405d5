"""How long a question has waited, in working days of the server's own zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.questions.workdays import after, at_time_on, is_workday

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [NEW_YORK, ZoneInfo("Europe/Vienna"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Honolulu")]


def local(day: int, hour: int, minute: int = 0, month: int = 1, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        (local(6, 15), 24, local(7, 15)),  # Tuesday
        (local(9, 15), 24, local(12, 15)),  # Friday to Monday
        (local(9, 15), 48, local(13, 15)),
        (local(9, 22), 4, local(12, 2)),  # the rest of it on Monday
        (local(10, 15), 24, local(13, 0)),  # asked on Saturday: as if at Monday's midnight
        (local(6, 15), 0, local(6, 15)),
        (local(6, 15, month=3), 48, local(10, 15, month=3)),  # over the weekend in which the clock is put forward
    ],
)
def test_weekends_do_not_count(asked: datetime, hours: int, due: datetime) -> None:
    assert after(asked, hours, NEW_YORK) == due


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds it
    st.integers(0, 100),
    st.sampled_from(ZONES),
)
def test_what_is_due_is_on_a_working_day_and_no_sooner_than_the_hours(at: datetime, hours: int, zone: ZoneInfo) -> None:
    due = after(at, hours, zone)
    assert is_workday(due, zone)
    assert due - at >= timedelta(hours=hours - 1)  # the day on which the clock is put forward has 23
    assert due - at <= timedelta(hours=hours, days=2 * (1 + hours // 100) + 2)


def test_monday_morning_is_the_next_one_also_on_a_monday() -> None:
    assert at_time_on(local(5, 8), 0, time(9), NEW_YORK) == local(5, 9)
    assert at_time_on(local(5, 9), 0, time(9), NEW_YORK) == local(12, 9)
    assert at_time_on(local(7, 23), 0, time(9), NEW_YORK) == local(12, 9)
