"""What members told the organizers: the words, who is left out, how the member is answered, and that it was settled.

Who is left out is not kept as a number but sealed: it can be asked about somebody whether it is they, but neither their
own data nor a deletion of it tells them that something was said without them, or lets them read it.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from db import guilds
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

told_table = Table(
    "told",
    metadata,
    Column("told_id", Integer, primary_key=True),
    of_guild(),
    Column("user_id", BigInteger, nullable=True),
    Column("named", Boolean, nullable=False),
    Column("without", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("tell", String(8), nullable=False),
    Column("tell_place", BigInteger, nullable=True),
    Column("answer", Text, nullable=False),
    Column("answered_by", BigInteger, nullable=True),
    Column("answered_at", UtcDateTime, nullable=True),
    Column("settled_by", BigInteger, nullable=True),
    Column("settled_at", UtcDateTime, nullable=True),
    Index(None, "guild_id", "settled_at"),
    Index(None, "user_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something a member told the organizers. `named` says whether these learn who it was.

    `without` is the sealed number of the one organizer who is left out, empty for nobody. `tell` is the way in which
    the member is answered (a value of db.delivery.Way), `tell_place` the channel below which a private thread may be.
    """

    told_id: int
    guild_id: int
    user_id: int | None
    named: bool
    without: str
    text: str
    told_at: datetime
    tell: str
    tell_place: int | None = None
    answer: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None


def sealed(user_id: int) -> str:
    """A person's number, sealed anew each time."""
    salt = secrets.token_hex(16)
    return f"{salt}{_digest(salt, user_id)}"


def is_without(told: Told, user_id: int) -> bool:
    """Whether this is the person who was left out."""
    salt, digest = told.without[:32], told.without[32:]
    return bool(told.without) and secrets.compare_digest(digest, _digest(salt, user_id))


def _digest(salt: str, user_id: int) -> str:
    return hashlib.sha256(f"{salt}:{user_id}".encode()).hexdigest()


_OPEN = told_table.c.settled_at.is_(None)


async def add(connection: AsyncConnection, now: datetime, **values: Any) -> Told:
    """Keep what was told; `values` by the names of `Told`."""
    await guilds.see(connection, values["guild_id"], now)
    result = await connection.execute(
        insert(told_table).values(told_at=now, answer="", **values).returning(*told_table.c)
    )
    return Told(*result.one())


async def get(connection: AsyncConnection, guild_id: int, told_id: int) -> Told | None:
    """One of them, or None where it is gone."""
    table = told_table.c
    found = await connection.execute(select(told_table).where(table.told_id == told_id, table.guild_id == guild_id))
    row = found.first()
    return None if row is None else Told(*row)


async def tell_by(connection: AsyncConnection, told: Told, way: str, place_id: int | None) -> None:
    """The member chose how to be answered."""
    await _change(connection, told, tell=way, tell_place=place_id)


async def answer(connection: AsyncConnection, told: Told, by: int, text: str, now: datetime) -> None:
    """Keep an organizer's answer, in the place of an earlier one."""
    await _change(connection, told, answer=text, answered_by=by, answered_at=now)


async def settle(connection: AsyncConnection, told: Told, by: int | None, now: datetime | None) -> None:
    """Note that it has been dealt with; None for both takes that back."""
    await _change(connection, told, settled_by=by, settled_at=now)


async def _change(connection: AsyncConnection, told: Told, **values: Any) -> None:
    await connection.execute(update(told_table).where(told_table.c.told_id == told.told_id).values(values))


async def waiting(connection: AsyncConnection, guild_id: int) -> int:
    """How many wait that every organizer may know of: those that leave somebody out are not counted."""
    table = told_table.c
    found = await connection.execute(
        select(func.count()).select_from(told_table).where(table.guild_id == guild_id, _OPEN, table.without == "")
    )
    return int(found.scalar_one())


async def open_ones(connection: AsyncConnection, guild_id: int) -> list[Told]:
    """Those that wait, oldest first. Whoever shows them looks first who may read each (`is_without`)."""
    table = told_table.c
    rows = await connection.execute(select(told_table).where(table.guild_id == guild_id, _OPEN).order_by(table.told_id))
    return [Told(*row) for row in rows]


async def purge(connection: AsyncConnection, settled_before: datetime) -> int:
    """Forget what was dealt with before that moment; return how many."""
    table = told_table.c
    gone = await connection.execute(
        delete(told_table).where(table.settled_at.is_not(None), table.settled_at < settled_before)
    )
    return int(gone.rowcount)
