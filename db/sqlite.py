"""How the engines are made for SQLite: pragmas, who begins a transaction, and what a cancelled task must not break.

The few lines for PostgreSQL stand beside them, so that what is particular to a database is in one place.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from sqlalchemy.engine import URL
    from sqlalchemy.engine.interfaces import ExceptionContext

BUSY_MS = 700
"""How long a statement waits for another process's lock; a member's answer must come within 3 s."""
BUSY_AT_START_MS = 5_000
"""The same while the database is opened and brought up to date: a second process may be doing that right now."""
READERS = 4
"""How many reading connections stay open."""


def try_place(address: URL) -> None:
    """Make the folder, and see that the file can be opened: the driver's thread complains when it is the first to."""
    if address.database and not address.query:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        sqlite3.connect(address.database).close()


def writer_of(address: URL) -> AsyncEngine:
    """The writing engine: one connection, whose transactions begin with BEGIN IMMEDIATE."""
    if address.get_backend_name() != "sqlite":
        return create_async_engine(address, pool_size=1, max_overflow=0, hide_parameters=True)
    engine = create_async_engine(address, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: "begin" below says IMMEDIATE
        _pragmas(
            connection,
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=OFF",
        )

    _stay_connected(engine)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reader_of(address: URL) -> AsyncEngine:
    """The reading engine: a few connections that cannot write and never checkpoint."""
    if address.get_backend_name() != "sqlite":
        return create_async_engine(address, pool_size=READERS, isolation_level="AUTOCOMMIT", hide_parameters=True)
    engine = create_async_engine(
        address,
        pool_size=READERS,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        _pragmas(connection, f"busy_timeout={BUSY_MS}", "query_only=ON", "wal_autocheckpoint=0", "mmap_size=0")

    _stay_connected(engine)
    return engine


def _stay_connected(engine: AsyncEngine) -> None:
    """Keep the connection when a task is cancelled: SQLAlchemy would take that for a lost one.

    It would forget the connection with its transaction still open, and SQLite's lock would stay until the garbage
    collector comes by.
    """

    @event.listens_for(engine.sync_engine, "handle_error")
    def keep(context: ExceptionContext) -> None:
        if not isinstance(context.original_exception, Exception):
            context.is_disconnect = False


def _pragmas(connection: Any, *pragmas: str) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
