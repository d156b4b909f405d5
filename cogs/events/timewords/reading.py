"""From a text to what it means: scan it piece by piece, work out the moments, and ask where there is doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import clip, plain, tidy
from cogs.events import wallclock
from cogs.events.timewords import clocks, days, repeats
from cogs.events.timewords.doubts import doubts
from cogs.events.timewords.patterns import PATTERNS
from cogs.events.timewords.said import Ahead, OnDate, Part, Said, Understood, lost
from cogs.events.timewords.wording import day as said_day
from cogs.events.timewords.wording import read_back
from cogs.events.timewords.zonewords import named

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cogs.events.recurrence import Rule

LONGEST = 200
"""The longest text that is read, in characters."""
MOST_LENGTH = timedelta(days=14)
_DASHES = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‑": "-", "’": "'", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "}
)


def understand(text: str, now: datetime, zone: ZoneInfo) -> Understood:
    """What a person's words for a time mean at `now` (aware) in the server's `zone`.

    Where no zone is said, the server's counts. Doubts are things to ask before it is posted; the likeliest reading is
    given in any case. Raises UserError, with examples, where there is no day, no time of day, or what cannot be read.
    """
    said = scan(text)
    today = wallclock.on_the_wall(now, said.zone or zone).date()
    for part in (said.start, said.since, said.until, said.end):
        days.ordered(part, today)
    found = resolve(said, now, zone)
    words = read_back(found.local, found.end, zone, found.rule)

    def again(varied: Said) -> str | None:
        try:
            that = resolve(varied, now, zone)
        except UserError:
            return None
        said_otherwise = read_back(that.local, that.end, zone, that.rule)
        return None if said_otherwise == words else said_otherwise

    return Understood(
        local=found.local,
        start=found.start,
        local_end=found.end,
        end=found.end_moment,
        zone=zone,
        rule=found.rule,
        words=words,
        doubts=doubts(said, found, now, zone, again),
    )


def scan(text: str) -> Said:
    """What was said, piece by piece. Raises UserError at the first piece that means nothing."""
    clean = tidy(text)
    if len(clean) > LONGEST:
        raise lost("That is too long for a time; write only the day and the time.")
    rest = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", clean.translate(_DASHES).lower())
    rest = re.sub(r"\b(\d{1,2}) (st|nd|rd|th)\b", r"\1\2", re.sub(r"\s+", " ", rest)).strip()
    said, place = Said(), 0
    while place < len(rest):
        if rest[place] == " ":
            place += 1
            continue
        for pattern, say in PATTERNS:
            found = pattern.match(rest, place)
            if found is not None and found.end() > place:
                say(said, found)
                place = found.end()
                break
        else:
            word = clip(rest[place:].split(" ")[0], 30)
            raise lost(f"I could not read “{plain(word)}” as part of a time.")
    return _tidied(said)


def _tidied(said: Said) -> Said:
    """Put what stands in a place of its own where it belongs: the first day of what happens once is its day."""
    if said.until.clock is not None and said.end == Part():
        said.end, said.until = said.until, Part()
    if said.end.has_day and not said.start.has_day and not said.since.has_day:
        # “3 to 4pm on Tuesday”: the day was said last, and is the day of both.
        bare = Part(clock=said.start.clock, daypart=said.start.daypart or said.end.daypart)
        said.start, said.end = said.end, Part(clock=said.end.clock, daypart=said.end.daypart)
        said.start.clock, said.start.daypart = bare.clock, bare.daypart
    if not said.repeats and said.since.has_day:
        if said.start.has_day:
            raise lost("I read two dates there; please write one.")
        clock, daypart = said.start.clock, said.start.daypart or said.since.daypart
        said.start, said.since = said.since, Part()
        said.start.clock, said.start.daypart = said.start.clock or clock, daypart
    if not said.repeats and (said.until != Part() or said.count or said.weeks_long):
        raise lost("How often does it repeat until then? Write “every Tuesday 3pm until June 1”.")
    return said


@dataclass(frozen=True, slots=True)
class Resolved:
    """The moments that were meant; `local` and `end` are naive in the server's zone, `meant` in the one said."""

    local: datetime
    start: datetime
    end: datetime | None
    end_moment: datetime | None
    rule: Rule | None
    meant: datetime


def resolve(said: Said, now: datetime, zone: ZoneInfo) -> Resolved:
    """Work out the moments. Raises UserError where something is missing or does not go together."""
    spoken = said.zone or zone
    here = wallclock.on_the_wall(now, spoken).replace(second=0, microsecond=0)
    rule = None
    if said.from_now is not None:
        if said.start.has_day or said.start.clock or said.repeats or said.from_now > 60 * 24 * 31:
            raise lost("I could not tell when that is.")
        meant = wallclock.on_the_wall(now.replace(second=0, microsecond=0) + timedelta(minutes=said.from_now), spoken)
    elif said.repeats:
        clock = _clock(said)
        rule = repeats.rule_of(said, here.date())
        meant = repeats.first_of(said, rule, clock, here, spoken)
        rule = repeats.with_end(said, rule, meant)
    else:
        meant = _once(said, here)
    meant = meant.replace(fold=said.fold or 0) if said.from_now is None else meant
    start = wallclock.moment(meant, spoken)
    end_moment = _end(said, meant, start, spoken)
    # A single event is on the wall when its moment is; a series keeps the hour that its rule says.
    local = wallclock.on_the_wall(start, zone) if rule is None or spoken != zone else meant
    if rule is not None and spoken != zone:
        _same_all_year(meant, local, spoken, zone)
    end = None if end_moment is None else wallclock.on_the_wall(end_moment, zone)
    return Resolved(local, start, end, end_moment, rule, meant)


def _once(said: Said, here: datetime) -> datetime:
    part = said.start
    if not part.has_day and part.clock is None:
        raise lost("On which day, and at what time?" if said != Said() else "When is it?")
    found = days.dates(part, here.date())
    if part.clock is None:
        raise lost(f"I read {said_day(found[0])}, but no time of day.")
    clock = _clock(said)
    if part.clock.midnight:
        found = [day + timedelta(days=1) for day in found]
    if isinstance(part.day, OnDate | Ahead):
        return datetime.combine(found[0], clock)
    starts = [datetime.combine(day, clock) for day in found]
    return next((start for start in starts if start > here), starts[0])


def _clock(said: Said) -> time:
    clock = said.start.clock
    if clock is None:
        raise lost("I read how it repeats, but no time of day.")
    known = (
        clocks.certain(clock, said.start.daypart or said.end.daypart)
        if not said.iso
        else time(clock.hour % 24, clock.minute)
    )
    if said.iso and clock.half:
        known = clocks.certain(clock)
    if known is not None:
        return known
    if said.end.clock is not None and not said.end.has_day:
        end = clocks.certain(said.end.clock, said.end.daypart)
        if end is not None:
            return clocks.before(clock, end)
    return clocks.likely(clock)


def _end(said: Said, meant: datetime, start: datetime, zone: ZoneInfo) -> datetime | None:
    if said.minutes is not None:
        end = start + timedelta(minutes=said.minutes)
    elif said.end.clock is not None:
        clock = said.end.clock
        if said.end.has_day:
            known = clocks.certain(clock, said.end.daypart) or clocks.likely(clock)
            local = datetime.combine(days.dates(said.end, meant.date())[0], known)
        else:
            local = clocks.end_after(meant.replace(fold=0), clock, said.end.daypart)
        # What begins in the second of two equal hours does not end in the first
        fold = said.fold if said.end_fold is None else said.end_fold
        end = wallclock.moment(local.replace(fold=fold or 0), zone)
    elif said.end.has_day:
        raise lost("I read a day on which it ends, but no time of day.")
    else:
        return None
    if end <= start:
        raise lost("It would end before it starts.")
    if end - start > MOST_LENGTH:
        raise lost(f"It would last more than {MOST_LENGTH.days} days.")
    return end.astimezone(UTC)


def _same_all_year(meant: datetime, local: datetime, spoken: ZoneInfo, zone: ZoneInfo) -> None:
    ahead = local.replace(fold=0) - meant.replace(fold=0)
    for month in range(13):
        that = meant.replace(fold=0) + timedelta(days=30 * month)
        if wallclock.on_the_wall(wallclock.moment(that, spoken), zone).replace(fold=0) - that != ahead:
            break
    else:
        if local.date() == meant.date():
            return
    raise lost(f"A series keeps the server's own time all year: write it in {named(zone)}.")
