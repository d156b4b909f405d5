"""Revision 0002: resources, and what members saved of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resource",
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.String(length=512), nullable=False),
        sa.Column("link_key", sa.String(length=512), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("tools", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("creator", sa.String(length=200), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("license", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("suggested_by", sa.BigInteger(), nullable=True),
        sa.Column("suggested_at", UtcDateTime(), nullable=False),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'published', 'declined')", name=op.f("ck_resource_status")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_resource_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_resource_guild_id_status_suggested_at"),
        "resource",
        ["guild_id", "status", "suggested_at"],
        unique=False,
    )
    op.create_index(
        "ux_resource_guild_id_link_key",
        "resource",
        ["guild_id", "link_key"],
        unique=True,
        sqlite_where=sa.text("status IN ('waiting', 'published')"),
        postgresql_where=sa.text("status IN ('waiting', 'published')"),
    )
    op.create_table(
        "saved_resource",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.resource_id"],
            name=op.f("fk_saved_resource_resource_id_resource"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "resource_id", name=op.f("pk_saved_resource")),
    )
    op.create_index(
        op.f("ix_saved_resource_guild_id_user_id_saved_at"),
        "saved_resource",
        ["guild_id", "user_id", "saved_at"],
        unique=False,
    )
    op.create_index(op.f("ix_saved_resource_resource_id"), "saved_resource", ["resource_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_saved_resource_resource_id"), table_name="saved_resource")
    op.drop_index(op.f("ix_saved_resource_guild_id_user_id_saved_at"), table_name="saved_resource")
    op.drop_table("saved_resource")
    op.drop_index(
        "ux_resource_guild_id_link_key",
        table_name="resource",
        sqlite_where=sa.text("status IN ('waiting', 'published')"),
        postgresql_where=sa.text("status IN ('waiting', 'published')"),
    )
    op.drop_index(op.f("ix_resource_guild_id_status_suggested_at"), table_name="resource")
    op.drop_table("resource")
