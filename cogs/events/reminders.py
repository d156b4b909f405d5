"""When people are reminded of an event: few times by default, and never of what they have just read.

A day and a week before are counted on the wall, so that the reminder of a 3 PM event comes at 3 PM also when the clocks
change in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cogs.events import wallclock
from cogs.events.recurrence import Frequency, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.events import Event, Plan

WEEK, DAY, HOUR, START = "week", "day", "hour", "start"
ALL = (WEEK, DAY, HOUR, START)
"""The reminders there are, the earliest first."""
OWN = (DAY, HOUR)
"""Those that a member gets who pressed **Remind me**."""
_BEFORE = {WEEK: timedelta(days=7), DAY: timedelta(days=1), HOUR: timedelta(hours=1), START: timedelta()}
_OFTEN = (Frequency.WEEKLY, Frequency.DAILY)
AFTER_THE_CARD = timedelta(hours=3)
"""A reminder that would come so soon after the card itself is left out."""
APART = timedelta(hours=12)
"""Nor does one of `ONCE` come twice so close together when an event is moved by an hour or two."""
ONCE = (WEEK, DAY)
"""An hour before, and at the start, people come: whoever postpones an event calls them anew."""
START_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder: when it comes, and until when it is still worth sending; both aware, in UTC."""

    code: str
    at: datetime
    lapses_at: datetime


def usual(plan: Plan, rule: str = "") -> tuple[str, ...]:
    """The reminders of an event whose organizer chose none; `rule` is its series' RRULE, empty for a single event."""
    if rule:
        parsed = Rule.parse(rule)
        if parsed.frequency in _OFTEN and parsed.interval == 1:
            return (HOUR,)
    return (WEEK, DAY, START) if plan.places is not None else (DAY, START)


def chosen(plan: Plan, rule: str = "") -> tuple[str, ...]:
    """The reminders of an event, the earliest first."""
    if plan.reminders is None:
        return usual(plan, rule)
    return tuple(code for code in ALL if code in plan.reminders.split())


def packed(codes: Iterable[str]) -> str:
    """As they are kept in a plan."""
    wanted = set(codes)
    return " ".join(code for code in ALL if code in wanted)


def due(event: Event, codes: Iterable[str]) -> list[Due]:
    """When each of these reminders of an event comes."""
    zone = ZoneInfo(event.plan.zone)
    local = wallclock.on_the_wall(event.starts_at, zone).replace(fold=0)
    found = []
    for code in codes:
        before = _BEFORE[code]
        on_the_wall = before >= _BEFORE[DAY]
        at = wallclock.moment(local - before, zone) if on_the_wall else event.starts_at - before
        found.append(Due(code, at, _lapses(event, code)))
    return found


def in_channel(event: Event, codes: Iterable[str], now: datetime) -> list[Due]:
    """What is still to come of the reminders for everyone, counted from `now` and from when the card is posted."""
    posted = max(event.announce_at or event.made_at, event.made_at)
    return [
        one
        for one in due(event, codes)
        if one.at > now and (one.code == START or one.at >= posted + AFTER_THE_CARD) and one.at >= posted
    ]


def _lapses(event: Event, code: str) -> datetime:
    """A late reminder is of no use once the next one, or the event itself, says the same."""
    match code:
        case "week":
            return event.starts_at - timedelta(hours=36)
        case "day":
            return event.starts_at - timedelta(hours=2)
        case "hour":
            return event.starts_at
    return min(event.ends_at, event.starts_at + START_LASTS)
