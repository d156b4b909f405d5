"""Revision 0004: deliveries, what was folded away of them, the worker's pulse, private threads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LIVE = "state IN ('waiting', 'sending')"
_PARKED = "state = 'parked'"


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("lapses_at", UtcDateTime(), nullable=True),
        sa.Column("wake_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_try_at", UtcDateTime(), nullable=True),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'parked', 'lapsed', 'dropped')", name=op.f("ck_delivery_state")
        ),
        sa.CheckConstraint(
            "way IN ('channel', 'forum', 'dm', 'private', 'note', 'chore')", name=op.f("ck_delivery_way")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "kind",
            "subject",
            "moment",
            "target_id",
            "guild_id",
            name=op.f("uq_delivery_kind_subject_moment_target_id_guild_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_live", "delivery", ["wake_at"], sqlite_where=sa.text(_LIVE), postgresql_where=sa.text(_LIVE)
    )
    op.create_index(
        "ix_delivery_parked",
        "delivery",
        ["target_id"],
        sqlite_where=sa.text(_PARKED),
        postgresql_where=sa.text(_PARKED),
    )
    op.create_index(op.f("ix_delivery_settled_at"), "delivery", ["settled_at"])
    op.create_table(
        "delivery_tally",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "kind", "state", "month", name=op.f("pk_delivery_tally")),
    )
    op.create_table(
        "delivery_pulse",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_delivery_pulse")),
    )
    op.create_table(
        "private_thread",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_private_thread")),
    )


def downgrade() -> None:
    op.drop_table("private_thread")
    op.drop_table("delivery_pulse")
    op.drop_table("delivery_tally")
    op.drop_index(op.f("ix_delivery_settled_at"), table_name="delivery")
    op.drop_index("ix_delivery_parked", table_name="delivery")
    op.drop_index("ix_delivery_live", table_name="delivery")
    op.drop_table("delivery")
