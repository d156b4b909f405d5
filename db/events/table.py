"""The tables of events: single events and series, who hosts and who comes, templates, what a server chose.

All moments are UTC; a series is planned in the local time of its zone, written as `2026-03-03T15:00`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

PLANNED, CANCELLED = "planned", "cancelled"
LINK, CHANNEL, PLACE, OPEN = "link", "channel", "place", "open"
"""Where an event is: behind a link, in a channel of the server, at a place, or not said yet."""
GOING, MAYBE, CANT, WAITING, OFFERED = "going", "maybe", "cant", "waiting", "offered"
"""What a member said or got: `WAITING` stands in line for a place, `OFFERED` has one kept until they answer."""
TAKES_A_PLACE = (GOING, OFFERED)
IN_LINE = (WAITING, OFFERED)

LOCAL = "%Y-%m-%dT%H:%M"
"""How local times are written: those of a series and the keys of its occurrences."""

_WHERE = "where_kind IN ('link', 'channel', 'place', 'open')"


def _plan() -> tuple[Column[Any], ...]:
    """What a series and each of its events say alike."""
    return (
        Column("template", String(20), nullable=False),
        Column("title", String(100), nullable=False),
        Column("about", Text, nullable=False),
        Column("zone", String(64), nullable=False),
        Column("where_kind", String(8), nullable=False),
        Column("where_text", String(512), nullable=False),
        Column("where_id", BigInteger, nullable=True),
        Column("link_hidden", Boolean, nullable=False),
        Column("places", Integer, nullable=True),
        Column("reminders", String(60), nullable=True),
    )


series_table = Table(
    "event_series",
    metadata,
    Column("series_id", Integer, primary_key=True),
    of_guild(),
    *_plan(),
    Column("rule", String(500), nullable=False),
    Column("start_local", String(16), nullable=False),
    Column("until_local", String(16), nullable=True),
    Column("made_until", String(16), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("split_from", Integer, nullable=True),
    Column("channel_id", BigInteger, nullable=True),
    Column("ended_at", UtcDateTime, nullable=True),
    Column("sequence", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    CheckConstraint(_WHERE, name="where_kind"),
    Index(None, "guild_id", "ended_at"),
    sqlite_autoincrement=True,
)

event_table = Table(
    "event",
    metadata,
    Column("event_id", Integer, primary_key=True),
    of_guild(),
    Column("series_id", Integer, ForeignKey("event_series.series_id", ondelete="CASCADE"), nullable=True),
    Column("occurrence_key", String(16), nullable=True),
    Column("detached", Boolean, nullable=False),
    *_plan(),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("note", String(300), nullable=False),
    Column("cancelled_by", BigInteger, nullable=True),
    Column("announce_at", UtcDateTime, nullable=True),
    Column("came", Integer, nullable=True),
    Column("sequence", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("channel_id", BigInteger, nullable=True),
    Column("message_id", BigInteger, nullable=True),
    Column("thread_id", BigInteger, nullable=True),
    Column("native_id", BigInteger, nullable=True),
    Column("native_said", Text, nullable=False),
    Column("native_off", Boolean, nullable=False),
    Column("source_id", Integer, nullable=True),
    Column("source_uid", String(255), nullable=True),
    Column("source_recurrence", String(40), nullable=True),
    CheckConstraint("state IN ('planned', 'cancelled')", name="state"),
    CheckConstraint(_WHERE, name="where_kind"),
    UniqueConstraint("series_id", "occurrence_key"),
    UniqueConstraint("source_id", "source_uid", "source_recurrence"),
    Index(None, "guild_id", "starts_at"),
    Index(None, "guild_id", "changed_at"),
    Index(None, "native_id"),
    sqlite_autoincrement=True,
)

host_table = Table(
    "event_host",
    metadata,
    Column(
        "event_id", Integer, ForeignKey("event.event_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Index(None, "user_id"),
)

series_host_table = Table(
    "event_series_host",
    metadata,
    Column(
        "series_id",
        Integer,
        ForeignKey("event_series.series_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Index(None, "user_id"),
)

rsvp_table = Table(
    "event_rsvp",
    metadata,
    Column(
        "event_id", Integer, ForeignKey("event.event_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer", String(8), nullable=False),
    Column("name", String(100), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("line", Integer, nullable=True),
    Column("passed", Boolean, nullable=False),
    Column("offered_until", UtcDateTime, nullable=True),
    Column("remind", Boolean, nullable=False),
    Column("way", String(8), nullable=False),
    Column("place_id", BigInteger, nullable=True),
    CheckConstraint("answer IN ('going', 'maybe', 'cant', 'waiting', 'offered', '')", name="answer"),
    Index(None, "user_id"),
    Index(None, "event_id", "answer", "line"),
)

template_table = Table(
    "event_template",
    metadata,
    of_guild(key=True),
    Column("template", String(20), primary_key=True),
    Column("title", String(100), nullable=False),
    Column("about", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("where_text", String(512), nullable=False),
    Column("places", Integer, nullable=True),
    Column("changed_by", BigInteger, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

settings_table = Table(
    "event_settings",
    metadata,
    of_guild(key=True),
    Column("news_role_id", BigInteger, nullable=True),
)
