"""Revision 0012: questions, their answers, helpers, and what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    _questions()
    _marks()
    _helpers()
    _around()
    _learned()


def _questions() -> None:
    op.create_table(
        "question",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("forum_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("thread_id", "card_id", "asker_id")),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("tools", sa.JSON(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=True)
            for name in ("from_channel_id", "from_message_id", "turned_by")
        ),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("first_reply_at", UtcDateTime(), nullable=True),
        sa.Column("last_reply_at", UtcDateTime(), nullable=True),
        sa.Column("last_asker_at", UtcDateTime(), nullable=True),
        sa.Column("last_activity_at", UtcDateTime(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer_message_id", sa.BigInteger(), nullable=True),
        sa.Column("answer_author_id", sa.BigInteger(), nullable=True),
        sa.Column("answer_author_name", sa.String(length=100), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("answer_resource_id", sa.Integer(), nullable=True),
        sa.Column("answer_marked_by", sa.BigInteger(), nullable=True),
        sa.Column("answer_asker_chose", sa.Boolean(), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.Column("safety", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.BigInteger(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("desk_told_at", UtcDateTime(), nullable=True),
        sa.Column("solved_asked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('posting', 'open', 'answered', 'merged', 'gone')", name=op.f("ck_question_state")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_question_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["same_as_id"],
            ["question.question_id"],
            name=op.f("fk_question_same_as_id_question"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_question_guild_id_thread_id"), "question", ["guild_id", "thread_id"], unique=True)
    for columns in (
        ["guild_id", "state", "asked_at"],
        ["guild_id", "answer_message_id"],
        ["same_as_id"],
        ["asker_id"],
        ["answer_author_id"],
        ["guild_id", "review_due_on"],
    ):
        op.create_index(op.f(f"ix_question_{'_'.join(columns)}"), "question", columns)
    op.create_index(
        "ix_question_open", "question", ["guild_id", "last_activity_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def _marks() -> None:
    op.create_table(
        "question_mark",
        sa.Column("mark_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("asker_chose", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "deed IN ('marked', 'changed', 'taken-back', 'reopened')", name=op.f("ck_question_mark_deed")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.question_id"],
            name=op.f("fk_question_mark_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mark_id", name=op.f("pk_question_mark")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_question_mark_question_id_mark_id"), "question_mark", ["question_id", "mark_id"])


def _helpers() -> None:
    op.create_table(
        "question_helper",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tools", sa.JSON(), nullable=False),
        sa.Column("a_week", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("way IN ('dm', 'private', 'note')", name=op.f("ck_question_helper_way")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_question_helper_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_question_helper")),
    )
    op.create_index(op.f("ix_question_helper_user_id"), "question_helper", ["user_id"])
    op.create_table(
        "question_asked",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('asked', 'helped', 'not-now', 'passed')", name=op.f("ck_question_asked_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.question_id"],
            name=op.f("fk_question_asked_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "user_id", name=op.f("pk_question_asked")),
    )
    op.create_index(op.f("ix_question_asked_guild_id_user_id_at"), "question_asked", ["guild_id", "user_id", "at"])


def _around() -> None:
    op.create_table(
        "question_choice",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ask_after_hours", sa.Integer(), nullable=False),
        sa.Column("seen_until", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", UtcDateTime(), nullable=True),
        sa.Column("answered_tag_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_question_choice_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_question_choice")),
    )
    op.create_table(
        "question_picture",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.question_id"],
            name=op.f("fk_question_picture_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_question_picture")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_question_picture_guild_id_user_id"), "question_picture", ["guild_id", "user_id"])
    op.create_index(op.f("ix_question_picture_question_id"), "question_picture", ["question_id"])
    op.create_table(
        "question_spared",
        sa.Column("spared_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tools", sa.JSON(), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_question_spared_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("spared_id", name=op.f("pk_question_spared")),
    )
    op.create_index(op.f("ix_question_spared_guild_id_at"), "question_spared", ["guild_id", "at"])


def _learned() -> None:
    for name, keys, *columns in (
        (
            "question_learned",
            ("key",),
            sa.Column("tools", sa.JSON(), nullable=False),
            sa.Column("traits", sa.JSON(), nullable=False),
        ),
        ("question_trait", ("trait", "tool"), *_sums()),
        ("question_tool", ("tool",), *_sums()),
    ):
        op.create_table(
            name,
            sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
            *(sa.Column(key, sa.String(length=40), nullable=False) for key in keys),
            *columns,
            sa.ForeignKeyConstraint(
                ["guild_id"], ["guild.guild_id"], name=op.f(f"fk_{name}_guild_id_guild"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("guild_id", *keys, name=op.f(f"pk_{name}")),
            **({"sqlite_with_rowid": False} if name == "question_trait" else {}),
        )


def _sums() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "question_tool",
        "question_trait",
        "question_learned",
        "question_spared",
        "question_picture",
        "question_choice",
        "question_asked",
        "question_helper",
        "question_mark",
        "question",
    ):
        op.drop_table(table)
