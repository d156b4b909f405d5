"""Revision 0008: the agreement, greetings, who looks after a server, and what members tell the organizers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ADDED = ("agreement", "agreement_version", "greets")


def upgrade() -> None:
    op.add_column("setup", sa.Column("agreement", sa.Text(), nullable=True))
    op.add_column("setup", sa.Column("agreement_version", sa.Integer(), nullable=True))
    op.add_column("setup", sa.Column("greets", sa.Boolean(), nullable=True))
    _of_members("agreement", sa.Column("version", sa.Integer(), nullable=False), _moment("accepted_at"))
    _of_members("greeting", sa.Column("gathering", sa.String(length=32), nullable=False), _moment("joined_at"))
    op.create_index(op.f("ix_greeting_guild_id_gathering"), "greeting", ["guild_id", "gathering"])
    _of_members("organizer", _moment("seen_at"))
    op.create_table(
        "told",
        sa.Column("told_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("without", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("told_at"),
        sa.Column("tell", sa.String(length=8), nullable=False),
        sa.Column("tell_place", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_told_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("told_id", name=op.f("pk_told")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_told_guild_id_settled_at"), "told", ["guild_id", "settled_at"])
    op.create_index(op.f("ix_told_user_id"), "told", ["user_id"])


def downgrade() -> None:
    for table in ("told", "organizer", "greeting", "agreement"):
        op.drop_table(table)
    for column in _ADDED:
        op.drop_column("setup", column)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=False)


def _of_members(name: str, *columns: sa.Column[object]) -> None:
    """A table with one row for each member of a server."""
    op.create_table(
        name,
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f(f"fk_{name}_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f(f"pk_{name}")),
    )
