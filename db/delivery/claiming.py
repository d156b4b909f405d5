"""Claiming what is due: a lease, so that no two workers send the same at once, and turns among servers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, func, or_, select, update

from db.delivery.table import LIVE, SENDING, WAITING, Delivery, Way, delivery_of
from db.delivery.table import delivery_table as table
from db.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

PER_TARGET = 3
"""How much of one place a claim takes: Discord lets about five messages in five seconds into a channel."""


@cache
def _next(ways: tuple[Way, ...]) -> Prepared:
    going = or_(*(table.c.way == way.value for way in ways))
    return Prepared(select(table.c.wake_at).where(LIVE, going).order_by(table.c.wake_at).limit(1))


async def next_wake(connection: AsyncConnection, ways: tuple[Way, ...] = tuple(Way)) -> datetime | None:
    """When the worker must look next for what goes one of these ways (UTC; may be past), or None where nothing does."""
    row = await _next(ways).first(connection)
    return None if row is None else row.wake_at


async def claim(
    connection: AsyncConnection,
    *,
    ways: Collection[Way] = tuple(Way),
    now: datetime,
    until: datetime,
    tried_at: datetime,
    lease: str,
    limit: int,
) -> list[Delivery]:
    """Take at most `limit` of what is due at `now`, going one of these ways, under a lease that ends at `until`.

    Servers take turns, and of one target only `PER_TARGET` are taken, so that neither a large server nor a busy
    channel keeps the others waiting. `tried_at` is noted with those that were never tried, before anything is sent.
    """
    ranked = (
        select(
            table.c.delivery_id,
            table.c.wake_at,
            func.row_number()
            .over(partition_by=table.c.guild_id, order_by=(table.c.wake_at, table.c.delivery_id))
            .label("turn"),
            func.row_number()
            .over(partition_by=(table.c.guild_id, table.c.target_id), order_by=(table.c.wake_at, table.c.delivery_id))
            .label("place"),
        )
        .where(LIVE, table.c.wake_at <= now, table.c.way.in_([way.value for way in ways]))
        .subquery()
    )
    chosen = (
        select(ranked.c.delivery_id)
        .where(ranked.c.place <= PER_TARGET)
        .order_by(ranked.c.turn, ranked.c.wake_at, ranked.c.delivery_id)
        .limit(limit)
    )
    numbers = list((await connection.execute(chosen)).scalars())
    return await _leased(connection, numbers, due=now, until=until, tried_at=tried_at, lease=lease)


async def claim_one(
    connection: AsyncConnection, delivery_id: int, *, until: datetime, tried_at: datetime, lease: str
) -> Delivery | None:
    """Take one delivery that nobody else is sending, whatever its state was, under a lease; None where it is settled.

    For what can be delivered now because its member is here.
    """
    found = await _leased(
        connection, [delivery_id], until=until, tried_at=tried_at, lease=lease, states=("waiting", "parked")
    )
    return found[0] if found else None


async def _leased(
    connection: AsyncConnection,
    numbers: list[int],
    *,
    due: datetime | None = None,
    until: datetime,
    tried_at: datetime,
    lease: str,
    states: Collection[str] = (WAITING, SENDING),
) -> list[Delivery]:
    if not numbers:
        return []
    rows = await connection.execute(
        update(table)
        .where(table.c.delivery_id.in_(numbers), table.c.state.in_(states), *([table.c.wake_at <= due] if due else []))
        .values(
            state=SENDING,
            lease=lease,
            wake_at=until,
            attempts=table.c.attempts + 1,
            first_try_at=func.coalesce(
                table.c.first_try_at, bindparam("tried_at", tried_at, table.c.first_try_at.type)
            ),
        )
        .returning(table)
    )
    taken = {row.delivery_id: delivery_of(row) for row in rows}
    return [taken[number] for number in numbers if number in taken]


async def release(connection: AsyncConnection, lease: str, now: datetime) -> int:
    """Give back all that is held under a lease, to be taken up at once; return how many. For an orderly end."""
    result = await connection.execute(
        update(table).where(LIVE, table.c.lease == lease, table.c.state == SENDING).values(wake_at=now)
    )
    return int(result.rowcount)


async def wake_early(connection: AsyncConnection, now: datetime, not_after: datetime) -> int:
    """Wake at `now` what was tried already and would wait beyond `not_after`; return how many.

    Nothing that was tried waits longer than the longest pause or lease. Where it seems to, the clock was put back. What
    was tried and then moved to a later time waits for that.
    """
    result = await connection.execute(
        update(table)
        .where(LIVE, table.c.attempts > 0, table.c.wake_at > not_after, table.c.wake_at > table.c.due_at)
        .values(wake_at=case((table.c.due_at > now, table.c.due_at), else_=now))
    )
    return int(result.rowcount)
