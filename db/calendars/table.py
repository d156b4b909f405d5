"""The tables of calendars: links people subscribe to, calendars that are followed, and which event came from where."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

feed_table = Table(
    "calendar_feed",
    metadata,
    Column("feed_id", Integer, primary_key=True),
    of_guild(),
    Column("user_id", BigInteger, nullable=False),
    Column("name", String(100), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("open_code", String(64), nullable=True),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("secret_hash"),
    UniqueConstraint("guild_id", "user_id"),
    sqlite_autoincrement=True,
)

source_table = Table(
    "calendar_source",
    metadata,
    Column("source_id", Integer, primary_key=True),
    of_guild(),
    Column("url", String(2000), nullable=False),
    Column("name", String(200), nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("paused_at", UtcDateTime, nullable=True),
    Column("looked_at", UtcDateTime, nullable=True),
    Column("changed_at", UtcDateTime, nullable=True),
    Column("etag", String(200), nullable=False),
    Column("last_modified", String(100), nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("trouble", String(32), nullable=False),
    Column("trouble_words", String(600), nullable=False),
    Column("trouble_since", UtcDateTime, nullable=True),
    Column("announced", Boolean, nullable=False),
    Index(None, "guild_id"),
    sqlite_autoincrement=True,
)

item_table = Table(
    "calendar_item",
    metadata,
    Column(
        "event_id", Integer, ForeignKey("event.event_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("source_id", Integer, ForeignKey("calendar_source.source_id", ondelete="CASCADE"), nullable=False),
    Column("seen", String(64), nullable=False),
    Column("missing_since", UtcDateTime, nullable=True),
    Index(None, "source_id"),
)
