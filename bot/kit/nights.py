"""Nights: nobody is asked for anything while it is night where they live."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

NIGHT_FROM, NIGHT_UNTIL = time(22), time(8)


def asleep(now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is night there, between 22 and 8."""
    there = now.astimezone(zone).time()
    return there >= NIGHT_FROM or there < NIGHT_UNTIL


def wakes_at(now: datetime, zone: ZoneInfo) -> datetime:
    """The next 8 o'clock there (UTC); `now` itself where it is day."""
    if not asleep(now, zone):
        return now
    there = now.astimezone(zone)
    day = there.date() + timedelta(days=1 if there.time() >= NIGHT_FROM else 0)
    return datetime.combine(day, NIGHT_UNTIL, zone).astimezone(UTC)
