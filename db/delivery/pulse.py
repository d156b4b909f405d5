"""The worker's pulse: when it last had nothing left that it could not deliver, so that an absence can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, String, Table, bindparam, insert, select, update

from db.prepared import Prepared
from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

pulse_table = Table(
    "delivery_pulse",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("beat_at", UtcDateTime, nullable=False),
)

_NAME = "worker"
_BEAT = Prepared(select(pulse_table).where(pulse_table.c.name == bindparam("name")))


async def last_beat(connection: AsyncConnection) -> datetime | None:
    """When the worker last delivered all that was due (UTC), or None where it never did."""
    row = await _BEAT.first(connection, name=_NAME)
    return None if row is None else row.beat_at


async def beat(connection: AsyncConnection, now: datetime) -> None:
    """Note that all that was due is delivered now."""
    known = await connection.execute(update(pulse_table).where(pulse_table.c.name == _NAME).values(beat_at=now))
    if not known.rowcount:
        await connection.execute(insert(pulse_table).values(name=_NAME, beat_at=now))
