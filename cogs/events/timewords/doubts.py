"""What to ask before a time is posted, and the other reading where there is one."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.events import wallclock
from cogs.events.timewords import clocks, days
from cogs.events.timewords.said import Ahead, Doubt, OnDate, Question, Said
from cogs.events.timewords.wording import clock as said_clock
from cogs.events.timewords.wording import day as said_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from cogs.events.timewords.reading import Resolved

    Again = Callable[[Said], str | None]

FAR = timedelta(days=300)
VERY_FAR = timedelta(days=731)
LONG = timedelta(hours=16)


def doubts(said: Said, found: Resolved, now: datetime, zone: ZoneInfo, again: Again) -> tuple[Doubt, ...]:
    """All that is in doubt, the gravest first; `again` reads a varied saying and gives its words, or None."""
    return (
        *_of_night(said, found, zone, again),
        *_of_moment(said, found, now),
        *_of_day(said, found, now, zone, again),
        *_of_clock(said, found, again),
    )


def _of_night(said: Said, found: Resolved, zone: ZoneInfo, again: Again) -> Iterator[Doubt]:
    spoken = said.zone or zone
    if said.from_now is None and not wallclock.exists(found.meant, spoken):
        shown = wallclock.on_the_wall(found.start, spoken)
        yield Doubt(
            Question.NO_SUCH_HOUR,
            f"On {said_day(found.meant)} the clocks go forward, and {said_clock(found.meant)} does not happen. "
            f"I took {said_clock(shown)}.",
        )
    if said.fold is None and said.from_now is None and wallclock.twice(found.meant, spoken):
        varied = deepcopy(said)
        varied.fold = 1
        yield Doubt(
            Question.TWICE,
            f"On {said_day(found.meant)} the clocks go back, and {said_clock(found.meant)} happens twice. "
            "I took the first.",
            again(varied),
        )


def _of_moment(said: Said, found: Resolved, now: datetime) -> Iterator[Doubt]:
    if found.start <= now:
        yield Doubt(Question.PAST, f"{said_day(found.local)} at {said_clock(found.local)} is past.")
    away = found.start - now
    unsaid = isinstance(said.start.day, OnDate) and said.start.day.year is None and not said.since.has_day
    if away > VERY_FAR or (unsaid and away > FAR):
        yield Doubt(Question.FAR, f"{said_day(found.local)} is a long time away.")
    if found.end_moment is not None and not said.end.has_day and found.end_moment - found.start > LONG:
        hours = round((found.end_moment - found.start) / timedelta(hours=1))
        yield Doubt(Question.END, f"It would go on until the next day, for {hours} hours.")


def _of_day(said: Said, found: Resolved, now: datetime, zone: ZoneInfo, again: Again) -> Iterator[Doubt]:
    part, today = said.start, wallclock.on_the_wall(now, said.zone or zone).date()
    if isinstance(part.day, OnDate) and part.day.either:
        varied = deepcopy(said)
        varied.start.day = OnDate(part.day.day, part.day.month, part.day.year)
        other = again(varied)
        if other is not None:
            yield Doubt(Question.ORDER, f"Month or day first? I took {said_day(found.local)}.", other)
    if days.next_is_unclear(part, today) and not said.repeats:
        yield _next(said, found, today, again)
    if (
        isinstance(part.day, OnDate | Ahead)
        and part.weekdays
        and not said.repeats
        and found.meant.weekday() not in part.weekdays
    ):
        yield Doubt(Question.WEEKDAY, f"{said_day(found.local)} is not the weekday you named. I took the date.")
    if not part.has_day and said.from_now is None and not said.repeats:
        yield Doubt(Question.DAY, f"You named no day. I took {said_day(found.local)}.")
    if said.every_second:
        varied = deepcopy(said)
        varied.every_second, varied.interval, varied.start.day = False, 2, None
        yield Doubt(
            Question.SECOND,
            "The second one of each month, or every other week? I took each month's second.",
            again(varied),
        )


def _next(said: Said, found: Resolved, today: date, again: Again) -> Doubt:
    varied = deepcopy(said)
    weekday = varied.start.weekdays[0]
    first = days.nearest(weekday, today + timedelta(days=1))
    either = (first, first + timedelta(weeks=1))
    other = either[0] if found.meant.date() != either[0] else either[1]
    varied.start.which, varied.start.weekdays = "", []
    varied.start.day = OnDate(other.month, other.day, other.year)
    return Doubt(Question.NEXT, f"This week's, or the following week's? I took {said_day(found.local)}.", again(varied))


def _of_clock(said: Said, found: Resolved, again: Again) -> Iterator[Doubt]:
    clock = said.start.clock
    if clock is None:
        return
    if clock.midnight and (said.repeats or (said.start.has_day and said.start.daypart != "night")):
        varied = deepcopy(said)
        varied.start.clock = type(clock)(0, sure=True)
        yield Doubt(
            Question.MIDNIGHT,
            f"Midnight before that day, or after it? I took {said_day(found.local)} at 12:00 AM.",
            again(varied),
        )
    daypart = said.start.daypart or said.end.daypart
    end_says = said.end.clock is not None and clocks.certain(said.end.clock, said.end.daypart) is not None
    if not said.iso and not end_says and clocks.certain(clock, daypart) is None:
        varied = deepcopy(said)
        half = "am" if found.meant.hour >= 12 else "pm"  # noqa: PLR2004 - two halves
        varied.start.clock = type(clock)(clock.hour, clock.minute, half)
        yield Doubt(Question.HALF, f"Morning or afternoon? I took {said_clock(found.local)}.", again(varied))
