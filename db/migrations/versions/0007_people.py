"""Revision 0007: people: profiles, and the tools they know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SHOWN = ("shown_me", "shown_library", "shown_tools")
_AUDIENCES = "IN ('everyone', 'organizers', 'nobody')"


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("library", sa.String(length=100), nullable=False),
        sa.Column("setting", sa.String(length=16), nullable=False),
        sa.Column("small_or_rural", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("interests", sa.String(length=300), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("folded_place", sa.String(length=240), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(length=12), nullable=False) for name in _SHOWN),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("listed_at", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        *(sa.CheckConstraint(f"{name} {_AUDIENCES}", name=op.f(f"ck_profile_{name}")) for name in _SHOWN),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_profile_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_profile")),
        sa.UniqueConstraint("guild_id", "user_id", name=op.f("uq_profile_guild_id_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_profile_user_id"), "profile", ["user_id"])
    op.create_table(
        "profile_tool",
        sa.Column("profile_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.CheckConstraint("level IN ('learning', 'use', 'teach')", name=op.f("ck_profile_tool_level")),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.profile_id"],
            name=op.f("fk_profile_tool_profile_id_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("profile_id", "tool", name=op.f("pk_profile_tool")),
    )
    op.create_index(op.f("ix_profile_tool_guild_id_tool"), "profile_tool", ["guild_id", "tool"])


def downgrade() -> None:
    op.drop_table("profile_tool")
    op.drop_table("profile")
