"""Promises: made, changed and taken back in the transaction of whatever they follow from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from db.delivery.table import DROPPED, LAPSED, PARKED, SENDING, SENT, WAITING, Delivery, Promise, delivery_of
from db.delivery.table import delivery_table as table
from db.prepared import Prepared

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

CANCELLED = "cancelled"
"""Why a promise was dropped: what it was about was called off or moved."""

_SAME = Prepared(
    select(table).where(
        table.c.kind == bindparam("kind"),
        table.c.subject == bindparam("subject"),
        table.c.moment == bindparam("moment"),
        table.c.target_id == bindparam("target_id"),
        table.c.guild_id == bindparam("guild_id"),
    )
)


async def put(connection: AsyncConnection, promise: Promise, now: datetime) -> int:
    """Make a promise, or change the one of the same kind, subject, moment and target; return its number.

    What was sent, or is on its way now, stays as it is. What was dropped comes back. What lapsed or was parked comes
    back only where the promise is for a later time than before, or goes another way.
    """
    row = await _SAME.first(
        connection,
        kind=promise.kind,
        subject=promise.subject,
        moment=promise.moment,
        target_id=promise.target_id,
        guild_id=promise.guild_id,
    )
    if row is None:
        return await _insert(connection, promise, now)
    known = delivery_of(row)
    if not _changes(known, promise):
        return known.delivery_id
    pausing = known.state == WAITING and known.attempts > 0 and known.due_at == promise.due_at
    await connection.execute(
        update(table)
        .where(table.c.delivery_id == known.delivery_id)
        .values(
            way=promise.way.value,
            place_id=promise.place_id,
            due_at=promise.due_at,
            lapses_at=promise.lapses_at,
            wake_at=known.wake_at if pausing else promise.due_at,
            state=WAITING,
            lease=None,
            refused_at=None,
            reason="",
            settled_at=None,
        )
    )
    return known.delivery_id


def _changes(known: Delivery, promise: Promise) -> bool:
    if known.state in (SENT, SENDING):
        return False
    if known.state in (LAPSED, PARKED):
        return promise.due_at > known.due_at or promise.way != known.way
    return known.state == DROPPED or (known.due_at, known.lapses_at, known.way, known.place_id) != (
        promise.due_at,
        promise.lapses_at,
        promise.way,
        promise.place_id,
    )


async def _insert(connection: AsyncConnection, promise: Promise, now: datetime) -> int:
    result = await connection.execute(
        insert(table)
        .values(
            guild_id=promise.guild_id,
            kind=promise.kind,
            subject=promise.subject,
            moment=promise.moment,
            way=promise.way.value,
            target_id=promise.target_id,
            place_id=promise.place_id,
            due_at=promise.due_at,
            lapses_at=promise.lapses_at,
            wake_at=promise.due_at,
            state=WAITING,
            attempts=0,
            reason="",
            created_at=now,
        )
        .returning(table.c.delivery_id)
    )
    return int(result.scalar_one())


async def cancel(
    connection: AsyncConnection,
    guild_id: int,
    kind: str,
    subject: str,
    now: datetime,
    *,
    moment: str | None = None,
    target_id: int | None = None,
) -> int:
    """Take back what has not been sent of a subject (of one moment or target, where named); return how many.

    What the worker is sending in this very moment may still arrive; it is then marked as sent.
    """
    where = [table.c.guild_id == guild_id, table.c.kind == kind, table.c.subject == subject]
    if moment is not None:
        where.append(table.c.moment == moment)
    if target_id is not None:
        where.append(table.c.target_id == target_id)
    result = await connection.execute(
        update(table)
        .where(*where, table.c.state.in_((WAITING, SENDING, PARKED)))
        .values(state=DROPPED, reason=CANCELLED, settled_at=now)
    )
    return int(result.rowcount)
