"""Revision 0006: what each server has set up, and the log of its changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PARTS = ("start", "announcements", "questions", "introductions", "show", "resources", "mentoring", "desk")


def upgrade() -> None:
    op.create_table(
        "setup",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(f"{part}_id", sa.BigInteger(), nullable=True) for part in _PARTS),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("organizer_role_id", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("tags_given", sa.Boolean(), nullable=False),
        sa.Column("invitation", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_up_at", UtcDateTime(), nullable=True),
        sa.Column("set_up_by", sa.BigInteger(), nullable=True),
        sa.Column("making_by", sa.BigInteger(), nullable=True),
        sa.Column("making_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_setup_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_setup")),
    )
    op.create_table(
        "setup_change",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("setting", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=200), nullable=False),
        sa.Column("after", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_setup_change_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_setup_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_setup_change_guild_id_change_id"), "setup_change", ["guild_id", "change_id"])


def downgrade() -> None:
    op.drop_table("setup_change")
    op.drop_table("setup")
