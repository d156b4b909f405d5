"""Helpers: who may be asked about which tools, how often and when; and which of them was asked about what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    select,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

ASKED, HELPED, NOT_NOW, PASSED = "asked", "helped", "not-now", "passed"
"""What became of asking a helper: nothing yet, they wrote an answer, they declined, or somebody else answered first."""

helper_table = Table(
    "question_helper",
    metadata,
    of_guild(key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("tools", JSON, nullable=False),
    Column("a_week", Integer, nullable=False),
    Column("quiet_from", Integer, nullable=True),
    Column("quiet_until", Integer, nullable=True),
    Column("zone", String(64), nullable=False),
    Column("way", String(8), nullable=False),
    Column("place_id", BigInteger, nullable=True),
    Column("paused", Boolean, nullable=False),
    Column("asked_at", UtcDateTime, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    CheckConstraint("way IN ('dm', 'private', 'note')", name="way"),
    Index(None, "user_id"),
)

asked_table = Table(
    "question_asked",
    metadata,
    Column(
        "question_id",
        Integer,
        ForeignKey("question.question_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("tool", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("settled_at", UtcDateTime, nullable=True),
    CheckConstraint("outcome IN ('asked', 'helped', 'not-now', 'passed')", name="outcome"),
    Index(None, "guild_id", "user_id", "at"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A member who may be asked about some tools. `tools` are slugs of the vocabulary.

    `a_week` is how many questions a week they take at most. Quiet hours are minutes of the day in `zone` (an IANA name,
    empty for the server's), from `quiet_from` until `quiet_until`, over midnight where the first is later; None for
    none. `way` is how they are reached (a value of db.delivery.Way), `place_id` the channel for a private thread.
    `asked_at` is when they were last asked anything.
    """

    guild_id: int
    user_id: int
    tools: tuple[str, ...]
    a_week: int
    quiet_from: int | None
    quiet_until: int | None
    zone: str
    way: str
    place_id: int | None
    paused: bool
    asked_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """That a helper was asked about a question, because of which tool, and what became of it."""

    question_id: int
    user_id: int
    guild_id: int
    tool: str
    at: datetime
    outcome: str
    settled_at: datetime | None


async def is_helper(connection: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Whether this person has said that they may be asked, also while they pause."""
    table = helper_table.c
    found = await connection.execute(select(table.user_id).where(table.guild_id == guild_id, table.user_id == user_id))
    return found.first() is not None
