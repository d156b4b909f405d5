"""When to be reminded to read something: this evening, tomorrow, next week, in the server's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EVENING, MORNING = time(18), time(9)
SOON = timedelta(hours=1)
"""This evening is at least so far away; asked later than that, it comes two hours from now."""
LATER_TODAY = timedelta(hours=2)

CHOICES = {"evening": "This evening", "tomorrow": "Tomorrow", "week": "Next week"}
"""What a member can choose, and its button."""


def moment_of(choice: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) a choice means at `now` (aware): 6 pm, 9 am tomorrow, or 9 am next Monday in `zone`.

    Raises KeyError for a choice there is none of.
    """
    if choice not in CHOICES:
        raise KeyError(choice)
    here = now.astimezone(zone)
    today = here.date()
    if choice == "tomorrow":
        return _at(today + timedelta(days=1), MORNING, zone)
    if choice == "week":
        return _at(today + timedelta(days=7 - today.weekday()), MORNING, zone)
    evening = _at(today, EVENING, zone)
    return evening if evening - now >= SOON else (now + LATER_TODAY).astimezone(UTC).replace(second=0, microsecond=0)


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)
