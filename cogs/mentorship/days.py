"""When things of mentoring happen: working days, decent hours, and the weeks in which pairs are asked how it goes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from datetime import date

TO_ANSWER = 5
"""Working days to answer a proposal."""
REMIND_AFTER = 3
"""Working days after which one is reminded, once."""
FIRST_WEEKS = (1, 2, 4, 8)
MONTHLY = 4
"""Weeks between check-ins after the first ones."""
WEEKS_BETWEEN_ROUNDS = 16
"""How long a pair lasts that no round brought together."""
_FROM, _TO = time(9), time(18)
_WEEKEND = 5


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def working_days_after(now: datetime, days: int, zone: str) -> datetime:
    """The same time of day so many working days (Monday to Friday, 1 or more) later, in the zone of that IANA name.

    Counted from the next working day where `now` (aware) is on a weekend. In UTC.
    """
    local = now.astimezone(_zone(zone))
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _WEEKEND
    return datetime.combine(day, local.time(), tzinfo=local.tzinfo).astimezone(UTC)


def decent(now: datetime, zone: str) -> datetime:
    """`now` (aware), or the next moment at which it is between 9 and 18 o'clock in the zone of that name. In UTC."""
    local = now.astimezone(_zone(zone))
    if _FROM <= local.time() < _TO:
        return now.astimezone(UTC)
    day = local.date() + timedelta(days=local.time() >= _TO)
    return datetime.combine(day, _FROM, tzinfo=local.tzinfo).astimezone(UTC)


def day_there(now: datetime, zone: str) -> date:
    """The day it is at `now` (aware) in the zone of that IANA name."""
    return now.astimezone(_zone(zone)).date()


def weeks(length: int) -> list[int]:
    """The weeks in which a pair of `length` weeks is asked how it goes; the last week has its own questions."""
    found = list(FIRST_WEEKS)
    while found[-1] < length:
        found.append(found[-1] + MONTHLY)
    return [week for week in found if week < length - 1] or [1][: max(0, length - 1)]


def following(week: int, length: int) -> int | None:
    """The next week after `week` in which a pair of `length` weeks is asked; None where the end comes first."""
    return next((later for later in weeks(length) if later > week), None)


def read_date(typed: str, today: date) -> date | None:
    """A day as people type it, 2027-01-15 or Jan 15 or 1/15/2027; of one without a year the next. None if unclear."""
    text = typed.strip().casefold().replace(",", " ")
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _day(*(int(part) for part in found.groups()))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", text):
        return _next(int(found[1]), int(found[2]), found[3], today)
    if found := re.fullmatch(r"([a-z]{3})[a-z]*\.? +(\d{1,2})(?:st|nd|rd|th)?(?: +(\d{4}))?", text):
        months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        if found[1] in months:
            return _next(months.index(found[1]) + 1, int(found[2]), found[3], today)
    return None


def _next(month: int, day: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year), month, day)
    this = _day(today.year, month, day)
    return this if this is not None and this >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return datetime(year, month, day, tzinfo=UTC).date()
    except ValueError:
        return None


def end_of(day: date, zone: str) -> datetime:
    """The last minute of a day in the zone of that IANA name, in UTC."""
    return datetime.combine(day, time(23, 59), tzinfo=_zone(zone)).astimezone(UTC)
