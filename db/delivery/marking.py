"""What became of a delivery: marked by whoever holds its lease, or by a person who decides about a parked one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    String,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from db.delivery.table import DROPPED, IN_CHANNELS, LAPSED, LIVE, PARKED, SENDING, SENT, WAITING, Delivery, Way
from db.delivery.table import delivery_table as table
from db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

GIVEN_UP = "given-up"
"""Why something was dropped: a person said so."""

tally_table = Table(
    "delivery_tally",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(32), primary_key=True),
    Column("state", String(8), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("number", Integer, nullable=False),
)


async def mark_sent(
    connection: AsyncConnection,
    delivery_id: int,
    now: datetime,
    *,
    message_id: int | None = None,
    channel_id: int | None = None,
) -> bool:
    """Note that it is there, whatever was thought of it meanwhile; False where that was known already."""
    result = await connection.execute(
        update(table)
        .where(table.c.delivery_id == delivery_id, table.c.state != SENT)
        .values(state=SENT, lease=None, reason="", settled_at=now, message_id=message_id, channel_id=channel_id)
    )
    return bool(result.rowcount)


async def retry(
    connection: AsyncConnection,
    delivery: Delivery,
    at: datetime,
    reason: str,
    *,
    refused_at: datetime | None = None,
    untried: bool = False,
) -> bool:
    """Put it back until `at`, because of `reason` (32 characters at most); False where the lease was lost.

    `untried` says that nothing of this attempt was written, so that it does not count as one.
    """
    attempts = delivery.attempts - untried
    return await _held(
        connection,
        delivery,
        state=WAITING,
        lease=None,
        wake_at=at,
        reason=reason,
        refused_at=refused_at,
        attempts=attempts,
    )


async def hold(connection: AsyncConnection, delivery: Delivery, until: datetime) -> bool:
    """Keep the lease until then; False where it was lost."""
    return await _held(connection, delivery, wake_at=until)


async def go(connection: AsyncConnection, delivery: Delivery, way: Way, at: datetime, reason: str) -> bool:
    """Go another way with it at `at`, because of `reason`; False where the lease was lost."""
    return await _held(connection, delivery, way=way.value, state=WAITING, lease=None, wake_at=at, reason=reason)


async def wake_unreachable(connection: AsyncConnection, now: datetime, reasons: Collection[str]) -> int:
    """Wake at `now` all that waits for one of these reasons; return how many."""
    result = await connection.execute(
        update(table).where(LIVE, table.c.state == WAITING, table.c.reason.in_(list(reasons))).values(wake_at=now)
    )
    return int(result.rowcount)


async def park(connection: AsyncConnection, delivery: Delivery, now: datetime, reason: str) -> bool:
    """Lay it aside until a person decides, because of `reason`; False where the lease was lost."""
    return await _held(connection, delivery, state=PARKED, lease=None, reason=reason, settled_at=now)


async def lapse(connection: AsyncConnection, delivery: Delivery, now: datetime, reason: str) -> bool:
    """Let it go because it came too late, visibly; False where the lease was lost."""
    return await _held(connection, delivery, state=LAPSED, lease=None, reason=reason, settled_at=now)


async def drop(connection: AsyncConnection, delivery: Delivery, now: datetime, reason: str) -> bool:
    """Let it go because nobody needs it any more; False where the lease was lost."""
    return await _held(connection, delivery, state=DROPPED, lease=None, reason=reason, settled_at=now)


async def _held(connection: AsyncConnection, delivery: Delivery, **values: Any) -> bool:
    result = await connection.execute(
        update(table)
        .where(table.c.delivery_id == delivery.delivery_id, table.c.lease == delivery.lease, table.c.state == SENDING)
        .values(**values)
    )
    return bool(result.rowcount)


async def revive(
    connection: AsyncConnection, delivery_ids: Collection[int], now: datetime, *, lapses_at: datetime
) -> int:
    """Try these parked or lapsed ones again at once, because a person says so; return how many.

    They may be sent until `lapses_at`, however late they are.
    """
    result = await connection.execute(
        update(table)
        .where(table.c.delivery_id.in_(list(delivery_ids)), table.c.state.in_((PARKED, LAPSED)))
        .values(state=WAITING, wake_at=now, lapses_at=lapses_at, refused_at=None, reason="", settled_at=None)
    )
    return int(result.rowcount)


async def revive_parked(connection: AsyncConnection, now: datetime, *, lapses_at: datetime) -> int:
    """Try all that is parked again at once, except notes that wait for their member; return how many.

    Of `lapses_at` the same is true as in `revive`.
    """
    parked = select(table.c.delivery_id).where(table.c.state == PARKED, table.c.way != Way.NOTE.value)
    numbers = list((await connection.execute(parked)).scalars())
    return await revive(connection, numbers, now, lapses_at=lapses_at)


async def leave_checkpoints(connection: AsyncConnection) -> None:
    """On SQLite, let the bot alone copy the log back into the file; for a second process, before its first change.

    SQLite before 3.51.3 can damage the file where two processes do that at once (https://sqlite.org/wal.html#walresetbug).
    """
    if connection.dialect.name == "sqlite":  # pragma: no branch - the tests have no PostgreSQL, which has no such log
        await connection.execute(text("PRAGMA wal_autocheckpoint = 0"))


async def call_off(connection: AsyncConnection, delivery_ids: Collection[int], now: datetime) -> int:
    """Drop these, waiting or parked, because a person says so; return how many.

    What the worker is sending in this very moment may still arrive; it is then marked as sent.
    """
    result = await connection.execute(
        update(table)
        .where(table.c.delivery_id.in_(list(delivery_ids)), table.c.state.in_((WAITING, SENDING, PARKED)))
        .values(state=DROPPED, reason=GIVEN_UP, settled_at=now)
    )
    return int(result.rowcount)


async def give_up(connection: AsyncConnection, guild_id: int, target_id: int, now: datetime) -> int:
    """Drop what is parked for one channel, because a person says so; return how many."""
    result = await connection.execute(
        update(table)
        .where(*_in_channel(guild_id, target_id), table.c.state == PARKED)
        .values(state=DROPPED, reason=GIVEN_UP, settled_at=now)
    )
    return int(result.rowcount)


async def retarget(
    connection: AsyncConnection, guild_id: int, from_id: int, to_id: int, now: datetime
) -> tuple[int, int]:
    """Send what is parked or still to come for one channel to another instead; how many moved, and how many not.

    One that the other channel has already stays where it is: a promise stands once for a target.
    """
    other = table.alias()
    twin = (
        select(other.c.delivery_id)
        .where(
            other.c.kind == table.c.kind,
            other.c.subject == table.c.subject,
            other.c.moment == table.c.moment,
            other.c.guild_id == table.c.guild_id,
            other.c.target_id == to_id,
        )
        .exists()
    )
    here = _in_channel(guild_id, from_id)
    live = or_(table.c.state == PARKED, table.c.state == WAITING)
    moved = await connection.execute(
        update(table)
        .where(*here, live, ~twin)
        .values(
            target_id=to_id,
            state=WAITING,
            wake_at=case((table.c.due_at > now, table.c.due_at), else_=now),
            first_try_at=None,
            attempts=0,
            refused_at=None,
            reason="",
            settled_at=None,
        )
    )
    left = await connection.execute(select(func.count()).select_from(table).where(*here, live))
    return int(moved.rowcount), int(left.scalar_one())


def _in_channel(guild_id: int, target_id: int) -> tuple[ColumnElement[bool], ...]:
    return (table.c.guild_id == guild_id, table.c.target_id == target_id, table.c.way.in_(IN_CHANNELS))


async def fold(connection: AsyncConnection, before: datetime, *, keeping: Collection[str] = ()) -> int:
    """Fold what was settled before `before` (UTC) into counts by server, kind, state and month; return how many.

    What is parked stays: it still waits for a person. So does what was sent of the kinds in `keeping`: it still stands.
    """
    folded = 0
    foldable = and_(table.c.state != PARKED, or_(table.c.kind.not_in(list(keeping)), table.c.state != SENT))
    first = select(func.min(table.c.settled_at)).where(foldable)
    oldest = (await connection.execute(first)).scalar_one_or_none()
    while oldest is not None and oldest < before:
        month_ends = (oldest.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)).replace(
            day=1
        )
        old = and_(table.c.settled_at < min(month_ends, before), foldable)
        await _tally(connection, old, oldest.strftime("%Y-%m"))
        folded += int((await connection.execute(delete(table).where(old))).rowcount)
        oldest = (await connection.execute(first)).scalar_one_or_none()
    return folded


async def _tally(connection: AsyncConnection, old: ColumnElement[bool], month: str) -> None:
    by = (table.c.guild_id, table.c.kind, table.c.state)
    counted = await connection.execute(select(*by, func.count().label("number")).where(old).group_by(*by))
    for row in counted.all():
        grown = await connection.execute(
            update(tally_table)
            .where(
                tally_table.c.guild_id == row.guild_id,
                tally_table.c.kind == row.kind,
                tally_table.c.state == row.state,
                tally_table.c.month == month,
            )
            .values(number=tally_table.c.number + row.number)
        )
        if not grown.rowcount:
            await connection.execute(insert(tally_table).values(month=month, **row._asdict()))
