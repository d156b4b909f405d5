"""Statements compiled once for all tests: SQLAlchemy keeps them with the engine, and each test has engines of its own.

What is kept is found again by the dialect object as well, so that is shared too. Both have private names; the version
is pinned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.engine import Database

_FIRST: dict[str, Engine] = {}


def share_compiled(database: Database) -> None:
    """Let this database use what the first one of this process compiled, and add to it."""
    for name, engine in (("writer", database._writer), ("reader", database._reader)):
        first = _FIRST.setdefault(name, engine.sync_engine)
        engine.sync_engine.dialect = first.dialect
        engine.sync_engine._compiled_cache = first._compiled_cache
