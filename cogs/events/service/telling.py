"""Telling: what members hear about an event, each the way they chose; as promises in the delivery table.

Who chose no way is told in the event's thread, where one stands, and else by a note when they do something next. The
functions belong into the transaction of the change that causes them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.events.service.records import subject
from db import delivery, events
from db.delivery import PARKED, SENT, WAITING, Promise, Way
from db.events import CANT, GOING, IN_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.engine import AsyncConnection
    from db.events import Event, Rsvp

TOLD = "event-told"
"""The kind of delivery."""
GIVEN, OFFERED, TAP, CANCELLED, ON_AGAIN, MOVED = "given", "offered", "tap", "cancelled", "again", "moved"
"""What is told; a moment of the kind begins with one of these."""
BREATH = timedelta(minutes=1)
"""What concerns all is told after so long, so that an **Undo** comes before it."""
AT_ONCE = 60
"""So many members are mentioned in one message of a thread."""


async def tell_one(
    connection: AsyncConnection,
    event: Event,
    rsvp: Rsvp,
    what: str,
    now: datetime,
    *,
    lapses_at: datetime | None = None,
) -> None:
    """Promise one member a word about their place, the way they chose."""
    stamp = int((lapses_at or now).timestamp())
    await _put(connection, event, rsvp, f"{what}-{stamp}", now, now, lapses_at)


async def tell_who_waits(
    connection: AsyncConnection, event: Event, waiting: Sequence[Rsvp], now: datetime, *, just_freed: bool
) -> None:
    """Promise those in line a word that whoever presses first has a place: once for each time that one becomes free.

    The moment is stamped with the time at which all places were taken no longer; who slept then hears of the same.
    """
    told = await delivery.of_subject(connection, event.guild_id, TOLD, subject(event.event_id))
    stamps = [one.moment for one in told if one.moment.partition("-")[0] == TAP]
    stamp = f"{TAP}-{int(now.timestamp())}" if just_freed or not stamps else max(stamps)
    for rsvp in waiting:
        await _put(connection, event, rsvp, stamp, now, now, None)


async def tell_all(connection: AsyncConnection, event: Event, what: str, now: datetime, before: int = 0) -> None:
    """Promise a word to all who come or want to; `before` is when it was to start, as a timestamp, where it moved."""
    if what == MOVED:
        before = await _not_yet_told(connection, event, before, now)
    stamp = f"{what}-{event.version}" + (f"-{before}" if before else "")
    due = now + BREATH
    rest: list[int] = []
    for rsvp in await events.answers(connection, event.event_id):
        if not concerned(rsvp):
            continue
        if rsvp.way or event.posted.thread_id is None:
            await _put(connection, event, rsvp, stamp, due, now, event.ends_at)
        else:
            rest.append(rsvp.user_id)
    if event.posted.thread_id is not None:
        for part in range(max(1, -(-len(rest) // AT_ONCE))):
            promise = Promise(
                kind=TOLD,
                guild_id=event.guild_id,
                subject=subject(event.event_id),
                due_at=due,
                way=Way.CHANNEL,
                target_id=event.posted.thread_id,
                moment=f"{stamp}.{part}",
                lapses_at=max(event.ends_at, due + BREATH),
            )
            await delivery.put(connection, promise, now)


async def _not_yet_told(connection: AsyncConnection, event: Event, before: int, now: datetime) -> int:
    """Take back what of an earlier move has not been told, since this one says it all; from when it moved then."""
    told = await delivery.of_subject(connection, event.guild_id, TOLD, subject(event.event_id))
    waiting = [one for one in told if one.moment.startswith(f"{MOVED}-") and one.state in (WAITING, PARKED)]
    for one in waiting:
        stamps = one.moment.partition(".")[0].split("-")
        before = int(stamps[2]) if len(stamps) > 2 else before  # noqa: PLR2004 - what, version, before
        await delivery.cancel(
            connection, event.guild_id, TOLD, one.subject, now, moment=one.moment, target_id=one.target_id
        )
    return before


async def untell(connection: AsyncConnection, event: Event, what: str, version: int, now: datetime) -> bool:
    """Take back what was to be told of a version of the event; whether some have been told already."""
    told = await delivery.of_subject(connection, event.guild_id, TOLD, subject(event.event_id))
    about = [one for one in told if one.moment.partition(".")[0].split("-")[:2] == [what, str(version)]]
    for one in about:
        await delivery.cancel(
            connection, event.guild_id, TOLD, one.subject, now, moment=one.moment, target_id=one.target_id
        )
    return any(one.state == SENT for one in about)


def concerned(rsvp: Rsvp) -> bool:
    """Whether a member wants to know that an event is moved or called off."""
    return rsvp.answer == GOING or rsvp.answer in IN_LINE or (rsvp.remind and rsvp.answer != CANT)


def part_of(rsvps: Sequence[Rsvp], moment: str) -> tuple[int, ...]:
    """Whom the message of this moment in the thread mentions: those who chose no way of their own."""
    rest = [rsvp.user_id for rsvp in rsvps if concerned(rsvp) and not rsvp.way]
    part = int(moment.rpartition(".")[2])
    return tuple(rest[part * AT_ONCE : (part + 1) * AT_ONCE])


async def _put(
    connection: AsyncConnection,
    event: Event,
    rsvp: Rsvp,
    moment: str,
    due: datetime,
    now: datetime,
    lapses_at: datetime | None,
) -> None:
    promise = Promise(
        kind=TOLD,
        guild_id=event.guild_id,
        subject=subject(event.event_id),
        due_at=due,
        way=Way(rsvp.way or Way.NOTE),
        target_id=rsvp.user_id,
        moment=moment,
        place_id=rsvp.place_id,
        lapses_at=None if lapses_at is None else max(lapses_at, due + BREATH),
    )
    await delivery.put(connection, promise, now)
