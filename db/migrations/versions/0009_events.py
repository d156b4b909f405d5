"""Revision 0009: events: single ones and series, their hosts, who comes, templates, what a server chose."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WHERE = "where_kind IN ('link', 'channel', 'place', 'open')"


def _guild(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f(f"fk_{table}_guild_id_guild"), ondelete="CASCADE"
        ),
    )


def _plan() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("template", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("where_kind", sa.String(length=8), nullable=False),
        sa.Column("where_text", sa.String(length=512), nullable=False),
        sa.Column("where_id", sa.BigInteger(), nullable=True),
        sa.Column("link_hidden", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("reminders", sa.String(length=60), nullable=True),
    )


def _changes() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "event_series",
        sa.Column("series_id", sa.Integer(), nullable=False),
        *_guild("event_series"),
        *_plan(),
        sa.Column("rule", sa.String(length=500), nullable=False),
        sa.Column("start_local", sa.String(length=16), nullable=False),
        sa.Column("until_local", sa.String(length=16), nullable=True),
        sa.Column("made_until", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("split_from", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        *_changes(),
        sa.CheckConstraint(_WHERE, name=op.f("ck_event_series_where_kind")),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_event_series")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_series_guild_id_ended_at"), "event_series", ["guild_id", "ended_at"])
    _event()
    _people()
    op.create_table(
        "event_template",
        *_guild("event_template"),
        sa.Column("template", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("where_text", sa.String(length=512), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "template", name=op.f("pk_event_template")),
    )
    op.create_table(
        "event_settings",
        *_guild("event_settings"),
        sa.Column("news_role_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_event_settings")),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("event_id", sa.Integer(), nullable=False),
        *_guild("event"),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_key", sa.String(length=16), nullable=True),
        sa.Column("detached", sa.Boolean(), nullable=False),
        *_plan(),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("cancelled_by", sa.BigInteger(), nullable=True),
        sa.Column("announce_at", UtcDateTime(), nullable=True),
        *_changes(),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("native_id", sa.BigInteger(), nullable=True),
        sa.Column("native_said", sa.Text(), nullable=False),
        sa.Column("native_off", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_uid", sa.String(length=255), nullable=True),
        sa.Column("source_recurrence", sa.String(length=40), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_event_state")),
        sa.CheckConstraint(_WHERE, name=op.f("ck_event_where_kind")),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["event_series.series_id"],
            name=op.f("fk_event_series_id_event_series"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event")),
        sa.UniqueConstraint("series_id", "occurrence_key", name=op.f("uq_event_series_id_occurrence_key")),
        sa.UniqueConstraint(
            "source_id",
            "source_uid",
            "source_recurrence",
            name=op.f("uq_event_source_id_source_uid_source_recurrence"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_guild_id_starts_at"), "event", ["guild_id", "starts_at"])
    op.create_index(op.f("ix_event_guild_id_changed_at"), "event", ["guild_id", "changed_at"])
    op.create_index(op.f("ix_event_native_id"), "event", ["native_id"])


def _people() -> None:
    for table, of, key in (("event_host", "event", "event_id"), ("event_series_host", "event_series", "series_id")):
        op.create_table(
            table,
            sa.Column(key, sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column("place", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint([key], [f"{of}.{key}"], name=op.f(f"fk_{table}_{key}_{of}"), ondelete="CASCADE"),
            sa.PrimaryKeyConstraint(key, "user_id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_user_id"), table, ["user_id"])
    op.create_table(
        "event_rsvp",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("offered_until", UtcDateTime(), nullable=True),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('going', 'maybe', 'cant', 'waiting', 'offered', '')", name=op.f("ck_event_rsvp_answer")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_rsvp_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_event_rsvp")),
    )
    op.create_index(op.f("ix_event_rsvp_user_id"), "event_rsvp", ["user_id"])
    op.create_index(op.f("ix_event_rsvp_event_id_answer_line"), "event_rsvp", ["event_id", "answer", "line"])


def downgrade() -> None:
    for table in (
        "event_settings",
        "event_template",
        "event_rsvp",
        "event_series_host",
        "event_host",
        "event",
        "event_series",
    ):
        op.drop_table(table)
