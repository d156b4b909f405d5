"""A time said back in words, such that they are understood again as the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cogs.events import wallclock
from cogs.events.recurrence import in_words
from cogs.events.recurrence.wording import said_date
from cogs.events.timewords import zonewords

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from zoneinfo import ZoneInfo

    from cogs.events.recurrence import Rule


def clock(at: datetime | time) -> str:
    """3:00 PM."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"  # noqa: PLR2004 - two halves


def day(of: date) -> str:
    """Tuesday, March 12, 2027."""
    return f"{of:%A}, {said_date(of)}"


def one_time(local: datetime, end: datetime | None, zone: ZoneInfo) -> str:
    """Tuesday, March 12, 2027 at 3:00 PM Eastern, or 3:00 PM to 4:30 PM; both naive local times in `zone`."""
    return f"{day(local.date())}{_at(local, end, zone)}"


def read_back(local: datetime, end: datetime | None, zone: ZoneInfo, rule: Rule | None = None) -> str:
    """All of it in words: once, or each time and from which day on."""
    if rule is None:
        return one_time(local, end, zone)
    days = in_words(replace(rule, count=None, until=None))
    ending = in_words(rule).removeprefix(days)
    return f"{days[0].upper()}{days[1:]}{_at(local, end, zone)}, from {day(local.date())}{ending}"


def _at(local: datetime, end: datetime | None, zone: ZoneInfo) -> str:
    which = _which(local, zone)
    if end is None:
        return f" at {clock(local)}{which} {zonewords.named(zone)}"
    there = clock(end) if end.date() == local.date() and end > local else f"{day(end.date())} at {clock(end)}"
    return f", {clock(local)}{which} to {there}{_which(end, zone)} {zonewords.named(zone)}"


def _which(local: datetime, zone: ZoneInfo) -> str:
    """Which of two equal hours, on the night the clocks go back; nothing on all others."""
    return f" (the {'second' if local.fold else 'first'} time)" if wallclock.twice(local, zone) else ""
