"""What belongs to questions without being one: a server's choices, pictures on their way, questions spared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

choice_table = Table(
    "question_choice",
    metadata,
    Column(
        "guild_id", BigInteger, ForeignKey("guild.guild_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("ask_after_hours", Integer, nullable=False),
    Column("seen_until", BigInteger, nullable=True),
    Column("noted_at", UtcDateTime, nullable=True),
)

picture_table = Table(
    "question_picture",
    metadata,
    Column("picture_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("question_id", Integer, ForeignKey("question.question_id", ondelete="CASCADE"), nullable=True),
    Column("name", String(100), nullable=False),
    Column("about", String(500), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "guild_id", "user_id"),
    Index(None, "question_id"),
    sqlite_autoincrement=True,
)

spared_table = Table(
    "question_spared",
    metadata,
    Column("spared_id", Integer, primary_key=True),
    Column("guild_id", BigInteger, ForeignKey("guild.guild_id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("tools", JSON, nullable=False),
    Column("room", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Index(None, "guild_id", "at"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a server's organizers chose for questions, and how far the bot has looked.

    `ask_after_hours` are hours on working days that a question waits before a helper is asked. `seen_until` is the
    number of the newest post that was looked at; posts with a larger one were written since. `noted_at` is when the
    organizers last got their note.
    """

    guild_id: int
    ask_after_hours: int = 24
    seen_until: int | None = None
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that comes along with a question, kept until it is posted. `about` says what it shows."""

    picture_id: int
    name: str
    about: str
    content: bytes
