"""Revision 0005: the catalogue's upkeep: more about a resource, flags, collections, imports, links, notes and use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LIVE = "status IN ('waiting', 'published')"
_OLD_STATES = "status IN ('waiting', 'published', 'declined')"
_STATES = "status IN ('waiting', 'published', 'declined', 'removed', 'closed', 'away')"
_KEPT = (
    "resource_id, guild_id, link, link_key, title, description, kind, tools, audience, creator, publisher, year, "
    "language, license, version, suggested_by, suggested_at, reviewed_by, reviewed_at"
)
_INDEXES = {
    "ix_resource_guild_id_status_suggested_at": ["guild_id", "status", "suggested_at"],
    "ix_resource_guild_id_status_reviewed_at": ["guild_id", "status", "reviewed_at"],
    "ix_resource_guild_id_status_closes_on": ["guild_id", "status", "closes_on"],
    "ix_resource_guild_id_starter_key": ["guild_id", "starter_key"],
    "ix_resource_import_id": ["import_id"],
}


def upgrade() -> None:
    _drop_indexes("ix_resource_guild_id_status_suggested_at")
    _make_anew(
        [
            *_columns(),
            sa.Column("topics", sa.JSON(), nullable=False),
            sa.Column("levels", sa.JSON(), nullable=False),
            sa.Column("identifier", sa.String(length=100), nullable=False),
            sa.Column("closes_on", sa.Date(), nullable=True),
            sa.Column("reason", sa.String(length=600), nullable=False),
            sa.Column("origin", sa.String(length=16), nullable=False),
            sa.Column("starter_key", sa.String(length=512), nullable=True),
            sa.Column("touched", sa.Boolean(), nullable=False),
            sa.Column("import_id", sa.Integer(), nullable=True),
            sa.Column("review_due_on", sa.Date(), nullable=True),
            sa.Column("tell", sa.String(length=8), nullable=False),
            sa.Column("tell_place", sa.BigInteger(), nullable=True),
            sa.Column("asked", sa.String(length=600), nullable=False),
            sa.Column("asked_by", sa.BigInteger(), nullable=True),
            sa.Column("asked_at", UtcDateTime(), nullable=True),
            sa.Column("answer", sa.String(length=600), nullable=False),
            sa.Column("answered_at", UtcDateTime(), nullable=True),
            sa.CheckConstraint(_STATES, name=op.f("ck_resource_status")),
        ],
        # What nobody suggested and is published came with the starter catalogue: nothing else could do that so far.
        f"{_KEPT}, status, topics, levels, identifier, reason, origin, starter_key, touched, tell, asked, answer",
        f"""{_KEPT}, status, '[]', '[]', '', '',
            CASE WHEN suggested_by IS NULL THEN 'starter' ELSE 'member' END,
            CASE WHEN suggested_by IS NULL THEN link_key END, version > 1, '', '', ''""",
    )
    for name, columns in _INDEXES.items():
        op.create_index(op.f(name), "resource", columns)
    op.add_column("guild", sa.Column("starter_away_at", UtcDateTime(), nullable=True))
    op.add_column("guild", sa.Column("starter_away_by", sa.BigInteger(), nullable=True))
    op.add_column("saved_resource", sa.Column("note", sa.String(length=600), nullable=True))
    _create_flags_links_and_use()
    _create_collections()
    _create_imports()


def downgrade() -> None:
    for table in ("import_row", "import_batch", "collection_item", "collection"):
        op.drop_table(table)
    for table in ("resource_use", "resource_link", "resource_flag"):
        op.drop_table(table)
    op.drop_column("saved_resource", "note")
    op.drop_column("guild", "starter_away_by")
    op.drop_column("guild", "starter_away_at")
    _drop_indexes(*_INDEXES)
    _make_anew(
        [*_columns(), sa.CheckConstraint(_OLD_STATES, name=op.f("ck_resource_status"))],
        f"{_KEPT}, status",
        f"{_KEPT}, CASE WHEN status IN ('removed', 'closed', 'away') THEN 'declined' ELSE status END",
    )
    op.create_index(
        op.f("ix_resource_guild_id_status_suggested_at"), "resource", ["guild_id", "status", "suggested_at"]
    )


def _columns() -> list[sa.Column[object]]:
    """The columns that both shapes of the table have."""
    return [
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
    ]


def _make_anew(parts: list[object], into: str, from_: str) -> None:
    """Put a table of another shape in the place of `resource`: SQLite cannot change a check.

    What points at it goes on pointing at its name; no number is given twice.
    """
    op.create_table(
        "resource_anew",
        *parts,  # type: ignore[arg-type]
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_resource_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO resource_anew ({into}) SELECT {from_} FROM resource")  # noqa: S608
    op.execute(
        "UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'resource') "
        "WHERE name = 'resource_anew' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'resource')"
    )
    op.drop_table("resource")
    op.rename_table("resource_anew", "resource")
    op.create_index(
        "ux_resource_guild_id_link_key",
        "resource",
        ["guild_id", "link_key"],
        unique=True,
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    )


def _drop_indexes(*names: str) -> None:
    op.drop_index("ux_resource_guild_id_link_key", table_name="resource")
    for name in names:
        op.drop_index(op.f(name), table_name="resource")


def _of_resource(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_resource_id_resource")
    return sa.ForeignKeyConstraint(["resource_id"], ["resource.resource_id"], name=name, ondelete="CASCADE")


def _create_flags_links_and_use() -> None:
    op.create_table(
        "resource_flag",
        sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=False),
        sa.CheckConstraint(
            "reason IN ('reported', 'dead-link', 'review-date', 'changed')", name=op.f("ck_resource_flag_reason")
        ),
        _of_resource("resource_flag"),
        sa.PrimaryKeyConstraint("resource_id", "reason", name=op.f("pk_resource_flag")),
    )
    op.create_index(op.f("ix_resource_flag_guild_id_since"), "resource_flag", ["guild_id", "since"])
    op.create_table(
        "resource_link",
        sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.String(length=512), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_failed_on", sa.Date(), nullable=True),
        sa.Column("last_failed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("unread_since", sa.Date(), nullable=True),
        sa.Column("moved_to", sa.String(length=512), nullable=False),
        sa.Column("moved_key", sa.String(length=512), nullable=False),
        sa.Column("archived_link", sa.String(length=512), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("dead_fine_until", sa.Date(), nullable=True),
        sa.Column("moved_fine_until", sa.Date(), nullable=True),
        sa.Column("moved_fine_to", sa.String(length=512), nullable=False),
        _of_resource("resource_link"),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource_link")),
    )
    op.create_index(op.f("ix_resource_link_guild_id_due_on"), "resource_link", ["guild_id", "due_on"])
    op.create_index(op.f("ix_resource_link_guild_id_moved_key"), "resource_link", ["guild_id", "moved_key"])
    op.create_table(
        "resource_use",
        sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        _of_resource("resource_use"),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource_use")),
    )


def _create_collections() -> None:
    op.create_table(
        "collection",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("folded_name", sa.String(length=100), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("keeper_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_collection_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collection_id", name=op.f("pk_collection")),
        sa.UniqueConstraint("guild_id", "folded_name", name=op.f("uq_collection_guild_id_folded_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "collection_item",
        sa.Column("collection_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.collection_id"],
            name=op.f("fk_collection_item_collection_id_collection"),
            ondelete="CASCADE",
        ),
        _of_resource("collection_item"),
        sa.PrimaryKeyConstraint("collection_id", "resource_id", name=op.f("pk_collection_item")),
    )
    op.create_index(op.f("ix_collection_item_collection_id_position"), "collection_item", ["collection_id", "position"])
    op.create_index(op.f("ix_collection_item_resource_id"), "collection_item", ["resource_id"])


def _create_imports() -> None:
    op.create_table(
        "import_batch",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_import_batch_guild_id_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_import_batch_guild_id_at"), "import_batch", ["guild_id", "at"])
    op.create_table(
        "import_row",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("outcome IN ('added', 'changed', 'same', 'refused')", name=op.f("ck_import_row_outcome")),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_batch.import_id"],
            name=op.f("fk_import_row_import_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "row_number", name=op.f("pk_import_row")),
    )
    op.create_index(op.f("ix_import_row_resource_id"), "import_row", ["resource_id"])
