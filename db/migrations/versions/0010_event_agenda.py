"""Revision 0010: what belongs to series and the hours of an event: a series' channel, agendas, hosts who want quiet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("came", sa.Integer(), nullable=True))
    op.add_column("event_series", sa.Column("channel_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "event_question",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_event_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_question_event_id"), "event_question", ["event_id"])
    op.create_index(op.f("ix_event_question_user_id"), "event_question", ["user_id"])
    op.create_table(
        "event_quiet",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_event_quiet_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_event_quiet")),
    )
    op.create_index(op.f("ix_event_quiet_user_id"), "event_quiet", ["user_id"])


def downgrade() -> None:
    op.drop_table("event_quiet")
    op.drop_table("event_question")
    op.drop_column("event_series", "channel_id")
    op.drop_column("event", "came")
