"""From a time of day as said to one on the wall: which half of the day is meant where none was said."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogs.events.timewords.said import Clock

_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}
_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)
LATEST_EVENING_HOUR = 7
"""From 1 to 7 without am or pm is after noon, from 8 to 11 before: when library people meet."""


def certain(clock: Clock, daypart: str = "") -> time | None:
    """The time of day, where what was said leaves no doubt; None where the half of the day is missing."""
    if clock.sure or clock.hour > 12 or clock.hour == 0:  # noqa: PLR2004 - two halves
        return time(clock.hour, clock.minute)
    half = clock.half or _half_of(clock.hour, daypart)
    if not half:
        return None
    return time(clock.hour % 12 + (12 if half == "pm" else 0), clock.minute)


def likely(clock: Clock) -> time:
    """The time of day that is likeliest where the half of the day was not said."""
    hour = clock.hour % 12
    return time(hour + 12 if hour <= LATEST_EVENING_HOUR else hour, clock.minute)


def before(clock: Clock, end: time) -> time:
    """The half that makes the shorter meeting up to a known end: 11 to 1pm starts in the morning."""
    early, late = time(clock.hour % 12, clock.minute), time(clock.hour % 12 + 12, clock.minute)
    return min((early, late), key=lambda start: _length(start, end))


def end_after(start: datetime, clock: Clock, daypart: str = "") -> datetime:
    """The first time after a naive local start that the clock may mean; the same moment is a day later."""
    known = certain(clock, daypart)
    day = datetime.combine(start.date(), known or time(clock.hour % 12, clock.minute))
    step = _DAY if known else _HALF_DAY
    while day <= start:
        day += step
    return day


def _half_of(hour: int, daypart: str) -> str:
    if daypart == "night" and hour == 12:  # noqa: PLR2004 - twelve at night
        return "am"
    return _HALVES.get(daypart, "")


def _length(start: time, end: time) -> int:
    minutes = (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
    return minutes % 1440 or 1440
