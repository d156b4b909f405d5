"""What the index consists of: its tables, SQLite's full-text table with its triggers, and the values it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = 1 << 32
"""Record numbers of a server lie between place * PLACE and (place + 1) * PLACE, so that one range holds it all."""

scope_table = Table(
    "search_scope",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False, unique=True),
    Column("last_number", BigInteger, nullable=False),
)

record_table = Table(
    "search_record",
    metadata,
    # Never used twice within a server: a button on an old card must not lead to another record.
    Column("record_id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("room", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("folded_title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("keywords", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("tools", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("facets", Text, nullable=False),
    UniqueConstraint("guild_id", "room", "key"),
    Index(None, "guild_id", "kind"),
    Index(None, "guild_id", "folded_title"),
)

word_table = Table(
    "search_word",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("word", String(32), primary_key=True),
    Column("mirrored", String(32), nullable=False),
    Column("records", Integer, nullable=False),
    Index(None, "guild_id", "mirrored"),
    sqlite_with_rowid=False,
)

_OLD = "old.record_id, old.title, old.keywords, old.summary, old.facts, old.facets"
_NEW = "new.record_id, new.title, new.keywords, new.summary, new.facts, new.facets"
_COLUMNS = "title, keywords, summary, facts, facets"
_DELETE_OLD = f"INSERT INTO search_text(search_text, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"  # noqa: S608
_INSERT_NEW = f"INSERT INTO search_text(rowid, {_COLUMNS}) VALUES ({_NEW});"  # noqa: S608

# An external content table needs the old values on a delete (https://sqlite.org/fts5.html#external_content_tables).
# Triggers give them, whoever changes the rows.
CREATE_INDEX: tuple[str, ...] = (
    f"""CREATE VIRTUAL TABLE search_text USING fts5({_COLUMNS},
        content='search_record', content_rowid='record_id', tokenize='porter unicode61 remove_diacritics 2')""",
    f"CREATE TRIGGER search_record_added AFTER INSERT ON search_record BEGIN {_INSERT_NEW} END",
    f"CREATE TRIGGER search_record_removed AFTER DELETE ON search_record BEGIN {_DELETE_OLD} END",
    f"""CREATE TRIGGER search_record_changed AFTER UPDATE OF {_COLUMNS} ON search_record
        BEGIN {_DELETE_OLD} {_INSERT_NEW} END""",
)
"""What a migration runs after it has made the three tables; SQLite only."""

DROP_INDEX: tuple[str, ...] = (
    "DROP TRIGGER search_record_changed",
    "DROP TRIGGER search_record_removed",
    "DROP TRIGGER search_record_added",
    "DROP TABLE search_text",
)
"""The way back, to be run before the tables are dropped."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing that can be found. `room` and `key` name it in the room it comes from; `key` is unique there.

    `kind` and `tools` are facets. `keywords` are words apart from the text; `facts` are short lines that are shown and
    searched (publisher, year); they hold no line breaks, nor do `tools`.
    """

    guild_id: int
    room: str
    key: str
    kind: str
    title: str
    summary: str = ""
    keywords: str = ""
    facts: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found, with its number in the index.

    `score` says how well it fits (the lower the better, below 0), among those that are alike in `exact`: whether it has
    all typed words, where the search was widened.
    """

    record_id: int
    record: SearchRecord
    score: float = 0.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, best first. `total` counts all pages.

    `corrected` is the question as it was read where words were corrected, else None.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    corrected: str | None = None


COLUMNS = ("record_id", "guild_id", "room", "key", "kind", "title", "summary", "keywords", "facts", "tools", "link")


def hit(row: Sequence[Any], score: float = 0.0, exact: bool = False) -> Hit:
    """A hit from a row of COLUMNS, in their order."""
    record_id, guild_id, room, key, kind, title, summary, keywords, facts, tools, link = row
    record = SearchRecord(guild_id, room, key, kind, title, summary, keywords, _lines(facts), _lines(tools), link)
    return Hit(record_id, record, score, exact)


def _lines(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("\n")) if joined else ()


def facet(of: str, name: str) -> str:
    """A word for a facet that nobody types, and that the porter stemmer leaves alone since it ends in q."""
    return f"{of}{name.encode('utf-8', 'ignore').hex()}q"
