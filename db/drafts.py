"""What people have typed and not yet sent: half-filled forms, and the question behind a list whose pages they turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from db.personal import here, listed
from db.prepared import Prepared
from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

draft_table = Table(
    "draft",
    metadata,
    Column("draft_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("form", String(32), nullable=False),
    Column("argument", String(64), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index(None, "updated_at"),
    sqlite_autoincrement=True,
)


_BY_NUMBER = Prepared(select(draft_table).where(draft_table.c.draft_id == bindparam("draft_id")))


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person typed into one form. `answers` is JSON: the form's fields by key, and what it adds to them."""

    draft_id: int
    guild_id: int
    user_id: int
    form: str
    argument: str
    answers: dict[str, Any]
    updated_at: datetime


def _draft(row: Any) -> Draft:
    return Draft(row.draft_id, row.guild_id, row.user_id, row.form, row.argument, row.answers, row.updated_at)


async def add(
    connection: AsyncConnection,
    *,
    guild_id: int,
    user_id: int,
    form: str,
    argument: str,
    answers: dict[str, Any],
    now: datetime,
) -> int:
    """Keep a new draft and return its number."""
    result = await connection.execute(
        insert(draft_table)
        .values(guild_id=guild_id, user_id=user_id, form=form, argument=argument, answers=answers, updated_at=now)
        .returning(draft_table.c.draft_id)
    )
    return int(result.scalar_one())


async def change(connection: AsyncConnection, draft_id: int, answers: dict[str, Any], now: datetime) -> None:
    """Put other answers in place of a draft's; nothing happens where it is gone."""
    await connection.execute(
        update(draft_table).where(draft_table.c.draft_id == draft_id).values(answers=answers, updated_at=now)
    )


async def get(connection: AsyncConnection, draft_id: int) -> Draft | None:
    """The draft of that number, or None."""
    row = await _BY_NUMBER.first(connection, draft_id=draft_id)
    return None if row is None else _draft(row)


async def newest(connection: AsyncConnection, guild_id: int, user_id: int, form: str) -> Draft | None:
    """The draft of that form which a person began last in a server, or None."""
    columns = draft_table.c
    query = (
        select(draft_table)
        .where(columns.guild_id == guild_id, columns.user_id == user_id, columns.form == form)
        .order_by(columns.draft_id.desc())
        .limit(1)
    )
    row = (await connection.execute(query)).first()
    return None if row is None else _draft(row)


async def remove(connection: AsyncConnection, draft_id: int) -> bool:
    """Forget a draft; False where it was gone already, so that of two presses only one goes on."""
    result = await connection.execute(delete(draft_table).where(draft_table.c.draft_id == draft_id))
    return bool(result.rowcount)


async def remove_all(connection: AsyncConnection, draft_ids: Collection[int]) -> None:
    """Forget several drafts, whether or not they are still there."""
    await connection.execute(delete(draft_table).where(draft_table.c.draft_id.in_(list(draft_ids))))


async def touch(connection: AsyncConnection, draft_ids: Collection[int], now: datetime) -> None:
    """Keep several drafts for as long again as if they had just been changed."""
    await connection.execute(
        update(draft_table).where(draft_table.c.draft_id.in_(list(draft_ids))).values(updated_at=now)
    )


async def purge(connection: AsyncConnection, before: datetime) -> int:
    """Forget the drafts not touched since `before` (aware); return how many."""
    result = await connection.execute(delete(draft_table).where(draft_table.c.updated_at < before))
    return int(result.rowcount)


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """What a person typed and did not send yet; `guild_id` is a server, or None for all."""
    table = draft_table.c
    columns = (table.guild_id, table.form, table.answers, table.updated_at)
    mine = select(*columns).where(table.user_id == user_id, here(table.guild_id, guild_id))
    return {"not_sent": await listed(connection, mine.order_by(table.draft_id))}


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Forget all that a person typed and did not send."""
    table = draft_table.c
    await connection.execute(delete(draft_table).where(table.user_id == user_id, here(table.guild_id, guild_id)))
