"""The two engines: one writer that takes its turn, and readers that never wait for it.

SQLite has one writer. So all writes go through one connection behind a lock, begun with BEGIN IMMEDIATE, and reads go
through a small pool of connections that cannot write. How they are made stands in db/sqlite.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.faults import StorageFault, busy, storage_fault
from db.sqlite import BUSY_AT_START_MS, BUSY_MS, READERS, reader_of, try_place, writer_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from sqlalchemy import Connection, PoolProxiedConnection
    from sqlalchemy.ext.asyncio import AsyncEngine

__all__ = ["AsyncConnection", "Database", "NestedWriteError"]

log = logging.getLogger(__name__)

TURN_WAIT_S = 2.0
"""How long a write waits for its turn: with the wait for another process's lock it must end within Discord's 3 s."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class NestedWriteError(RuntimeError):
    """A use case opened a second write transaction inside its first; it would wait for itself for ever."""


class Database:
    """One database, with `write()` for a transaction and `read()` for queries. Open it with `Database.open`."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        self._idle: list[AsyncConnection] = []
        self._closed = asyncio.Event()
        self._turn = asyncio.Lock()
        self._after_commit: list[Callable[[], None]] = []

    @classmethod
    async def open(cls, url: str) -> Database:
        """Open the database at an SQLAlchemy address such as sqlite+aiosqlite:///data/benchmate.db.

        The folder of an SQLite file is made if it is missing. Raises StorageFault, in words, where it cannot be used.
        """
        try:
            address = make_url(url)
            database = cls(writer_of(address), reader_of(address))
        except (ArgumentError, ValueError, ImportError) as fault:
            raise _in_words(fault) from fault
        try:
            if address.get_backend_name() == "sqlite":
                try_place(address)
            await _to_the_end(database._try())  # cut off halfway, the driver's thread would outlive the event loop
        except (DBAPIError, sqlite3.Error, OSError) as fault:
            await database.close()
            raise _in_words(fault) from fault
        except BaseException:
            await _to_the_end(database.close())
            raise
        return database

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded default, one SQLite file."""
        return self._writer.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file it is kept in; None where it is no SQLite file."""
        place = self._writer.url.database
        return Path(place) if self.is_sqlite and place else None

    async def _try(self) -> None:
        """Begin to write as SQLite must be able to, and take it back: a locked or read-only file refuses here."""
        async with self._writer.connect() as connection, self._patiently(connection):
            transaction = await connection.begin()
            if self.is_sqlite:
                await connection.execute(text("PRAGMA user_version = 0"))  # beginning alone passes in WAL mode
            await transaction.rollback()

    @asynccontextmanager
    async def _patiently(self, connection: AsyncConnection) -> AsyncIterator[None]:
        """Wait longer for another process's lock meanwhile: at a start nobody waits for an answer in Discord."""
        if not self.is_sqlite:
            yield
            return
        driver = await connection.get_raw_connection()
        await _pragma(driver, f"busy_timeout={BUSY_AT_START_MS}")
        try:
            yield
        finally:
            await _pragma(driver, f"busy_timeout={BUSY_MS}")

    def after_commit(self, hook: Callable[[], None]) -> Callable[[], None]:
        """Call `hook` after each committed write transaction, on the event loop; it must be quick.

        What it raises is logged and goes no further: the caller's work is done and stored. Returns what takes the hook
        away again.
        """
        self._after_commit.append(hook)
        return lambda: self._after_commit.remove(hook)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back whole on any exception or cancellation.

        Raises NestedWriteError when opened inside another, StorageFault when the storage itself refuses.
        """
        if _writing.get():
            raise NestedWriteError("a write transaction was opened inside another")
        committed = asyncio.Event()
        try:
            await self._take_turn()
            token = _writing.set(True)
            try:
                async with _told(), _transaction(self._writer, committed) as connection:
                    yield connection
            finally:
                _writing.reset(token)
                self._turn.release()
        finally:
            if committed.is_set():  # also where the task was cancelled while the commit went on
                self._tell_hooks()

    async def _take_turn(self) -> None:
        try:
            async with asyncio.timeout(TURN_WAIT_S):
                await self._turn.acquire()
        except TimeoutError:
            raise busy() from None

    def _tell_hooks(self) -> None:
        for hook in list(self._after_commit):
            try:
                hook()
            except Exception:
                log.exception("What was to follow a commit failed")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries; each statement sees the newest commit. Raises StorageFault.

        Up to `READERS` stay open between uses: taking one from SQLAlchemy's pool costs as much as the query itself.
        """
        if self._closed.is_set():
            msg = "the database is closed"
            raise RuntimeError(msg)
        async with _told():
            connection = self._idle.pop() if self._idle else await self._connect_reader()
            try:
                yield connection
            except BaseException:
                await _to_the_end(connection.close())
                raise
            if self._closed.is_set() or len(self._idle) >= READERS:
                await _to_the_end(connection.close())
            else:
                self._idle.append(connection)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees the database as it is now until the end, whatever others write meanwhile.

        It writes nothing and holds nobody up; the write-ahead log grows while it is open, so it should not be for
        longer than some seconds. Raises StorageFault.
        """
        async with _told(), self._reader.connect() as connection:
            await connection.execute(text("BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ"))
            try:
                yield connection
            finally:
                await _to_the_end(_rolled_back(connection))

    async def _connect_reader(self) -> AsyncConnection:
        """A new reading connection, made to the end even when the task is cancelled, and then kept for the next."""
        made: list[AsyncConnection] = []

        async def connect() -> None:
            made.append(await self._reader.connect())

        try:
            await _to_the_end(connect())
        except asyncio.CancelledError:
            self._idle.extend(made)
            raise
        return made.pop()

    async def outside_keys(self, work: Callable[[Connection], None]) -> None:
        """Run a migration: one write transaction with foreign keys off, and all of them checked at its end.

        With them on, SQLite's way of changing a table (copy, drop, rename) deletes the rows that point at it
        (https://sqlite.org/lang_altertable.html#otheralter). Raises StorageFault where a reference is broken then.
        """
        if not self.is_sqlite:
            async with self.write() as connection:
                await connection.run_sync(work)
            return
        async with self._turn, _told(), self._writer.connect() as connection:
            driver = await connection.get_raw_connection()
            await _pragma(driver, "foreign_keys=OFF")
            try:
                async with self._patiently(connection), connection.begin():
                    await connection.run_sync(work)
                    broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
                    if broken:
                        raise StorageFault(
                            f"The migration would leave {len(broken)} broken references, so nothing was changed. "
                            "Please keep a copy of the database file and report this.",
                            "I am being updated right now. Please try again later.",
                        )
            finally:
                await _pragma(driver, "foreign_keys=ON")

    async def close(self) -> None:
        """Close both engines. aiosqlite's threads otherwise outlive the event loop."""
        self._closed.set()
        while self._idle:
            await self._idle.pop().close()
        await self._reader.dispose()
        await self._writer.dispose()


async def _pragma(driver: PoolProxiedConnection, pragma: str) -> None:
    cursor = await driver.driver_connection.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]  # aiosqlite's own
    await cursor.close()


@asynccontextmanager
async def _told() -> AsyncIterator[None]:
    try:
        yield
    except DBAPIError as fault:
        words = storage_fault(fault)
        if words is None:
            raise
        raise words from fault


@asynccontextmanager
async def _transaction(engine: AsyncEngine, committed: asyncio.Event) -> AsyncIterator[AsyncConnection]:
    async def commit() -> None:
        await transaction.commit()
        committed.set()

    connection = await engine.connect()
    try:
        transaction = await connection.begin()
        try:
            yield connection
        except BaseException:
            await _to_the_end(transaction.rollback())
            raise
        await _to_the_end(commit())
    finally:
        await _to_the_end(connection.close())


async def _rolled_back(connection: AsyncConnection) -> None:
    await connection.execute(text("ROLLBACK"))


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Finish `work` even when this task is cancelled meanwhile, so that no half transaction is left behind."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as again:
            cancelled = again
    task.result()
    if cancelled is not None:
        raise cancelled


def _in_words(fault: BaseException) -> StorageFault:
    known = storage_fault(fault)
    if known is not None:
        return known
    if isinstance(fault, ImportError):
        advice = "For PostgreSQL, type: pip install 'benchmate[postgres]'"
    else:
        advice = "Check DATABASE_URL, and that its folder can be written."
    return StorageFault(
        f"The database cannot be opened: {fault}. {advice}",
        "I cannot reach my notebook right now. Please let an organizer know.",
    )
