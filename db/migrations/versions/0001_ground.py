"""Revision 0001: the servers, the command tree, and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "command_tree",
        sa.Column("application_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tree_hash", sa.String(length=64), nullable=False),
        sa.Column("command_ids", sa.JSON(), nullable=False),
        sa.Column("synced_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_command_tree")),
    )
    op.create_table(
        "draft",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("argument", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_draft_updated_at"), "draft", ["updated_at"], unique=False)
    op.create_table(
        "guild",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("starter_edition", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild")),
    )


def downgrade() -> None:
    op.drop_table("guild")
    op.drop_index(op.f("ix_draft_updated_at"), table_name="draft")
    op.drop_table("draft")
    op.drop_table("command_tree")
