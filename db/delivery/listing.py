"""Deliveries for people: counted, listed, and found by what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from db.delivery.table import IN_CHANNELS, LIVE, PARKED, WAITING, Delivery, Way, delivery_of
from db.delivery.table import delivery_table as table
from db.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_LONGEST_PAUSE = timedelta(hours=1)
"""Longer than any pause between two tries."""
_NOTES = Prepared(
    select(table)
    .where(
        table.c.target_id == bindparam("target_id"),
        table.c.guild_id == bindparam("guild_id"),
        table.c.state == "parked",
        table.c.way == Way.NOTE.value,
    )
    .order_by(table.c.due_at)
    .limit(3)
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many deliveries are due now, and how many stand in each state."""

    due: int
    by_state: dict[str, int]


async def find(connection: AsyncConnection, delivery_id: int) -> Delivery | None:
    """The delivery of that number, or None."""
    row = (await connection.execute(select(table).where(table.c.delivery_id == delivery_id))).first()
    return None if row is None else delivery_of(row)


async def of_subject(
    connection: AsyncConnection, guild_id: int, kind: str, subject: str, *, target_id: int | None = None
) -> list[Delivery]:
    """All deliveries of a kind about a subject, in the order in which they are due; for one target where named."""
    where = [table.c.kind == kind, table.c.subject == subject, table.c.guild_id == guild_id]
    if target_id is not None:
        where.append(table.c.target_id == target_id)
    rows = await connection.execute(select(table).where(*where).order_by(table.c.due_at, table.c.delivery_id))
    return [delivery_of(row) for row in rows]


async def waiting_for(connection: AsyncConnection, guild_id: int, kind: str, target_id: int) -> list[Delivery]:
    """What of a kind is still to come for one target, in the order in which it is due."""
    rows = await connection.execute(
        select(table)
        .where(LIVE, table.c.state == WAITING)
        .where(table.c.guild_id == guild_id, table.c.kind == kind, table.c.target_id == target_id)
        .order_by(table.c.due_at, table.c.delivery_id)
    )
    return [delivery_of(row) for row in rows]


async def made_since(
    connection: AsyncConnection, guild_id: int, kind: str, target_id: int, since: datetime
) -> list[Delivery]:
    """What of a kind was promised to one target after `since`, in order."""
    rows = await connection.execute(
        select(table)
        .where(table.c.guild_id == guild_id, table.c.kind == kind, table.c.target_id == target_id)
        .where(table.c.created_at > since)
        .order_by(table.c.delivery_id)
    )
    return [delivery_of(row) for row in rows]


async def parked_for(connection: AsyncConnection, guild_id: int, user_id: int) -> list[Delivery]:
    """The private notes that wait for this member's next interaction, at most three."""
    rows = await _NOTES.all(connection, guild_id=guild_id, target_id=user_id)
    return [delivery_of(row) for row in rows]


async def parked_in(connection: AsyncConnection, guild_id: int, target_id: int) -> list[Delivery]:
    """What is parked for one channel, oldest first."""
    rows = await connection.execute(
        select(table)
        .where(
            table.c.target_id == target_id,
            table.c.guild_id == guild_id,
            table.c.state == PARKED,
            table.c.way.in_(IN_CHANNELS),
        )
        .order_by(table.c.due_at, table.c.delivery_id)
    )
    return [delivery_of(row) for row in rows]


async def settled_between(
    connection: AsyncConnection, since: datetime, until: datetime, *, guild_id: int | None = None
) -> list[Delivery]:
    """What was settled after `since` and up to `until` (both UTC), in order; of one server where named."""
    where = [table.c.settled_at > since, table.c.settled_at <= until]
    if guild_id is not None:
        where.append(table.c.guild_id == guild_id)
    rows = await connection.execute(select(table).where(*where).order_by(table.c.due_at, table.c.delivery_id))
    return [delivery_of(row) for row in rows]


async def any_unreachable(connection: AsyncConnection, now: datetime, reasons: Collection[str]) -> bool:
    """Whether anything that was due before `now` still waits to be tried again, for one of these reasons."""
    found = await connection.execute(
        select(table.c.delivery_id)
        .where(LIVE, table.c.wake_at < now + _LONGEST_PAUSE, table.c.due_at <= now, table.c.reason.in_(list(reasons)))
        .limit(1)
    )
    return found.first() is not None


async def counts(connection: AsyncConnection, now: datetime) -> Counted:
    """How many are due at `now`, and how many there are in each state."""
    rows = await connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
    due = await connection.execute(select(func.count()).select_from(table).where(LIVE, table.c.due_at <= now))
    return Counted(int(due.scalar_one()), {state: int(number) for state, number in rows})


async def page(
    connection: AsyncConnection, states: Collection[str], *, limit: int, newest: bool = False
) -> list[Delivery]:
    """At most `limit` deliveries in these states, by when they are due."""
    order = table.c.due_at.desc() if newest else table.c.due_at
    rows = await connection.execute(
        select(table).where(table.c.state.in_(list(states))).order_by(order, table.c.delivery_id).limit(limit)
    )
    return [delivery_of(row) for row in rows]
