"""Revision 0003: the one search index, with its full-text table on SQLite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# As it was in this revision; db.search may have moved on.
_CREATE = (
    "CREATE VIRTUAL TABLE search_text USING fts5(title, keywords, summary, facts, facets,\n        content='search_record', content_rowid='record_id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER search_record_added AFTER INSERT ON search_record BEGIN INSERT INTO search_text(rowid, title, keywords, summary, facts, facets) VALUES (new.record_id, new.title, new.keywords, new.summary, new.facts, new.facets); END",
    "CREATE TRIGGER search_record_removed AFTER DELETE ON search_record BEGIN INSERT INTO search_text(search_text, rowid, title, keywords, summary, facts, facets) VALUES ('delete', old.record_id, old.title, old.keywords, old.summary, old.facts, old.facets); END",
    "CREATE TRIGGER search_record_changed AFTER UPDATE OF title, keywords, summary, facts, facets ON search_record\n        BEGIN INSERT INTO search_text(search_text, rowid, title, keywords, summary, facts, facets) VALUES ('delete', old.record_id, old.title, old.keywords, old.summary, old.facts, old.facets); INSERT INTO search_text(rowid, title, keywords, summary, facts, facets) VALUES (new.record_id, new.title, new.keywords, new.summary, new.facts, new.facets); END",
)
_DROP = (
    "DROP TRIGGER search_record_changed",
    "DROP TRIGGER search_record_removed",
    "DROP TRIGGER search_record_added",
    "DROP TABLE search_text",
)


def upgrade() -> None:
    op.create_table(
        "search_record",
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded_title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("tools", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_search_record")),
        sa.UniqueConstraint("guild_id", "room", "key", name=op.f("uq_search_record_guild_id_room_key")),
    )
    op.create_index(
        op.f("ix_search_record_guild_id_folded_title"), "search_record", ["guild_id", "folded_title"], unique=False
    )
    op.create_index(op.f("ix_search_record_guild_id_kind"), "search_record", ["guild_id", "kind"], unique=False)
    op.create_table(
        "search_scope",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_search_scope")),
        sa.UniqueConstraint("place", name=op.f("uq_search_scope_place")),
    )
    op.create_table(
        "search_word",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("mirrored", sa.String(length=32), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "word", name=op.f("pk_search_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_word_guild_id_mirrored"), "search_word", ["guild_id", "mirrored"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in _CREATE:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in _DROP:
            op.execute(statement)
    op.drop_index(op.f("ix_search_word_guild_id_mirrored"), table_name="search_word")
    op.drop_table("search_word")
    op.drop_table("search_scope")
    op.drop_index(op.f("ix_search_record_guild_id_kind"), table_name="search_record")
    op.drop_index(op.f("ix_search_record_guild_id_folded_title"), table_name="search_record")
    op.drop_table("search_record")
