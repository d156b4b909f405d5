"""The line for an event's places: who gets a place that is free, when it is offered, and until when.

Until a day before the start a free place goes to the next in line at once. Later it is offered, with two hours to
answer, to the next for whom it is not night; the night does not count as time to answer. In the last two hours
whoever taps first has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from bot.kit.nights import NIGHT_FROM, asleep, wakes_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

AT_ONCE_UNTIL = timedelta(hours=24)
"""Before the start: until then a free place is simply given."""
FIRST_TAP_FROM = timedelta(hours=2)
"""Before the start: from then on the first tap has it."""
TO_ANSWER = timedelta(hours=2)


class Phase(Enum):
    """How a free place finds its next owner."""

    AT_ONCE = "at once"
    OFFERED = "offered"
    FIRST_TAP = "first tap"


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits for a place, with the zone they live in; `passed` where they let an offer go by."""

    user_id: int
    zone: ZoneInfo
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """Who gets a place now, who is offered one until when (UTC), and when to look again (UTC; None: not by itself)."""

    given: tuple[int, ...] = ()
    offered: tuple[tuple[int, datetime], ...] = ()
    look_at: datetime | None = None


def phase(starts_at: datetime, now: datetime) -> Phase:
    """How a place that is free `now` finds its owner; both aware."""
    left = starts_at - now
    if left > AT_ONCE_UNTIL:
        return Phase.AT_ONCE
    return Phase.OFFERED if left > FIRST_TAP_FROM else Phase.FIRST_TAP


def answer_by(now: datetime, zone: ZoneInfo, starts_at: datetime) -> datetime:
    """Until when who is offered a place now may answer (UTC): two hours of day, ending before the last two."""
    begin = wakes_at(now, zone)
    there = begin.astimezone(zone)
    evening = datetime.combine(there.date(), NIGHT_FROM, zone).astimezone(UTC)
    end = begin + TO_ANSWER
    if end > evening:
        morning = wakes_at(evening, zone)
        end = morning + (end - evening)
    return min(end, starts_at - FIRST_TAP_FROM)


def moves(free: int, line: Sequence[InLine], starts_at: datetime, now: datetime) -> Moves:
    """What follows from so many free places (0 or more) and the line, in its order, at `now`.

    Who let an offer pass is not offered another; until a day before the start they get a place like all others.
    """
    if free <= 0 or not line:
        return Moves()
    match phase(starts_at, now):
        case Phase.AT_ONCE:
            return Moves(given=tuple(one.user_id for one in line[:free]))
        case Phase.FIRST_TAP:
            return Moves()
    waiting = [one for one in line if not one.passed]
    awake = [one for one in waiting if not asleep(now, one.zone)][:free]
    offered = tuple((one.user_id, answer_by(now, one.zone, starts_at)) for one in awake)
    chosen = {one.user_id for one in awake}
    sleeping = [wakes_at(now, one.zone) for one in waiting if one.user_id not in chosen and asleep(now, one.zone)]
    again = min(sleeping) if sleeping and len(awake) < free else None
    return Moves(offered=offered, look_at=again)
