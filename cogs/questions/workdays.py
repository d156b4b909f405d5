"""Working days: how long a question has waited, with weekends left out, by the server's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

A_DAY = 24
"""Hours of a working day: a question asked on Friday at three has waited one on Monday at three."""
_SATURDAY = 5


def is_workday(at: datetime, zone: ZoneInfo) -> bool:
    """Whether it is Monday to Friday there at that moment (aware)."""
    return at.astimezone(zone).weekday() < _SATURDAY


def after(start: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which so many hours of working days have passed since `start` (aware), in that zone.

    A whole day keeps the time of day also where the clocks change in between. What begins at a weekend begins on
    Monday at midnight.
    """
    at = _monday(start, zone)
    days, rest = divmod(max(0, hours), A_DAY)
    for _ in range(days):
        at = _next_day(at, zone)
        while not is_workday(at, zone):
            at = _next_day(at, zone)
    if rest:
        at += timedelta(hours=rest)
        while not is_workday(at, zone):
            at = _next_day(at, zone)
    return at


def at_time_on(moment: datetime, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) later than `moment` (aware) at which it is that weekday (Monday is 0) and time there."""
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    found = datetime.combine(day, at, zone).astimezone(UTC)
    if found <= moment:
        found = datetime.combine(day + timedelta(days=7), at, zone).astimezone(UTC)
    return found


def _monday(start: datetime, zone: ZoneInfo) -> datetime:
    if is_workday(start, zone):
        return start.astimezone(UTC)
    local = start.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=7 - local.weekday()), time(), zone).astimezone(UTC)


def _next_day(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=1), local.time(), zone).astimezone(UTC)
