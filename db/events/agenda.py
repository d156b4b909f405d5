"""The agenda of an event: questions for its hosts, and which hosts want no card afterwards."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from db.events.table import event_table
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

question_table = Table(
    "event_question",
    metadata,
    Column("question_id", Integer, primary_key=True),
    Column("event_id", Integer, ForeignKey("event.event_id", ondelete="CASCADE"), nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime, nullable=True),
    Index(None, "event_id"),
    Index(None, "user_id"),
    sqlite_autoincrement=True,
)
quiet_table = Table(
    "event_quiet",
    metadata,
    of_guild(key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Index(None, "user_id"),
)
_QUESTION, _QUIET = question_table.c, quiet_table.c


@dataclass(frozen=True, slots=True)
class Question:
    """A question on an event's agenda.

    `named` says whether the hosts see who asked; `answered_at` is when a host ticked it off.
    """

    question_id: int
    event_id: int
    user_id: int
    named: bool
    text: str
    at: datetime
    answered_at: datetime | None = None


async def ask(
    connection: AsyncConnection, event_id: int, user_id: int, words: str, *, named: bool, now: datetime
) -> Question:
    """Put a question on an event's agenda."""
    values = {"event_id": event_id, "user_id": user_id, "named": named, "text": words, "at": now}
    result = await connection.execute(insert(question_table).values(**values).returning(_QUESTION.question_id))
    return Question(int(result.scalar_one()), event_id, user_id, named, words, now)


async def agenda(connection: AsyncConnection, event_id: int, *, of: int | None = None) -> list[Question]:
    """The questions for an event: those still open first, each in the order in which they came; of one member only."""
    query = select(question_table).where(_QUESTION.event_id == event_id)
    if of is not None:
        query = query.where(_QUESTION.user_id == of)
    rows = await connection.execute(query.order_by(_QUESTION.answered_at.is_not(None), _QUESTION.question_id))
    return [Question(**{field.name: getattr(row, field.name) for field in fields(Question)}) for row in rows]


async def agendas(connection: AsyncConnection, guild_id: int) -> dict[int, list[Question]]:
    """The questions for every event of a server, by its number, in the order in which they came."""
    query = select(question_table).join(event_table, event_table.c.event_id == _QUESTION.event_id)
    rows = await connection.execute(query.where(event_table.c.guild_id == guild_id).order_by(_QUESTION.question_id))
    found: dict[int, list[Question]] = {}
    for row in rows:
        one = Question(**{field.name: getattr(row, field.name) for field in fields(Question)})
        found.setdefault(one.event_id, []).append(one)
    return found


async def tick(connection: AsyncConnection, event_id: int, question_id: int, answered_at: datetime | None) -> bool:
    """Note that a question was answered, or (None) that it was not; False where it is gone."""
    here = (_QUESTION.event_id == event_id, _QUESTION.question_id == question_id)
    result = await connection.execute(update(question_table).where(*here).values(answered_at=answered_at))
    return bool(result.rowcount)


async def withdraw(connection: AsyncConnection, event_id: int, question_id: int, user_id: int) -> bool:
    """Take a member's own question off an agenda; False where it is not there."""
    mine = (_QUESTION.event_id == event_id, _QUESTION.question_id == question_id, _QUESTION.user_id == user_id)
    return bool((await connection.execute(delete(question_table).where(*mine))).rowcount)


async def is_quiet(connection: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Whether a host wants no card after their events."""
    query = select(_QUIET.user_id).where(_QUIET.guild_id == guild_id, _QUIET.user_id == user_id)
    return (await connection.execute(query)).first() is not None


async def put_quiet(connection: AsyncConnection, guild_id: int, user_id: int, *, quiet: bool) -> None:
    """Note whether a host wants no card after their events; the server must be known (guilds.see)."""
    mine = (_QUIET.guild_id == guild_id, _QUIET.user_id == user_id)
    await connection.execute(delete(quiet_table).where(*mine))
    if quiet:
        await connection.execute(insert(quiet_table).values(guild_id=guild_id, user_id=user_id))
