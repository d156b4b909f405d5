"""Selects by key that are asked often, and inserts of many rows: compiled once, and on SQLite run without a detour.

Through SQLAlchemy's cursor a read takes four steps of the driver's thread and compiles its key anew: measured 0.6 ms,
which is as long as everything else an answer takes. The statement stays an ordinary SQLAlchemy select, with its types.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from db.turns import in_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Select, Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.ext.asyncio import AsyncConnection

_AT_A_TIME = 25  # rows: what is done with them on the event loop's thread takes half a millisecond


async def fetched(
    connection: AsyncConnection, statement: str, values: Mapping[str, object] | Sequence[object]
) -> list[Sequence[Any]]:
    """Run one of SQLite's own statements and fetch all its rows in one step of the driver's thread.

    Raises DBAPIError as SQLAlchemy does.
    """
    try:
        return list(await _driver(connection).execute_fetchall(statement, values))
    except sqlite3.Error as fault:
        raise DBAPIError(statement, None, fault, hide_parameters=True) from fault


async def at_once(connection: AsyncConnection, statement: str, values: Sequence[object]) -> list[Sequence[Any]]:
    """Run a statement that reads a few rows by their key right here, on the event loop's own thread.

    SQLite answers it in about ten microseconds. The way to the driver's thread and back costs twenty times that where
    the machine is quiet, because both threads must be woken. SQLite itself lets one thread at a time into a connection
    (https://sqlite.org/threadsafe.html, serialized), and the connection is ours while we hold it.
    """
    raw = getattr(_driver(connection), "_conn", None)
    if raw is None:  # a driver that keeps it elsewhere
        return await fetched(connection, statement, values)
    try:
        return list(raw.execute(statement, values).fetchall())
    except sqlite3.Error as fault:
        raise DBAPIError(statement, None, fault, hide_parameters=True) from fault


def _driver(connection: AsyncConnection) -> Any:
    opened = connection.sync_connection
    if opened is None:
        msg = "the connection is closed"
        raise RuntimeError(msg)
    return opened.connection.driver_connection


class Prepared:
    """A select of a few rows by an index, whose variable parts are `bindparam`s; values are given by name.

    It runs on the event loop's thread, so it must be one that SQLite answers in microseconds.
    """

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    async def all(self, connection: AsyncConnection, **values: Any) -> Sequence[Any]:
        """All rows, with the columns' names as attributes. Raises DBAPIError as SQLAlchemy does."""
        if connection.dialect.name != "sqlite":
            found: Sequence[Any] = (await connection.execute(self._statement, values)).all()
            return found
        if self._compiled is None:
            self._compiled = _Compiled(self._statement, connection.dialect)
        return await self._compiled.run(connection, values)

    async def first(self, connection: AsyncConnection, **values: Any) -> Any | None:
        """The first row, or None. Raises DBAPIError as SQLAlchemy does."""
        return next(iter(await self.all(connection, **values)), None)


class PreparedInsert:
    """An insert of many rows into a table, each with values for all its columns (but those the database numbers)."""

    def __init__(self, table: Table, *, numbered: str | None = None) -> None:
        self._columns = [column.key for column in table.columns if column.key != numbered]
        self._statement = insert(table)
        self._compiled: tuple[str, list[tuple[str, Callable[[Any], Any] | None]]] | None = None

    async def run(self, connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert the rows in their order, on SQLite in a few steps of the driver's thread.

        Raises DBAPIError as SQLAlchemy does.
        """
        if not rows:
            return
        if connection.dialect.name != "sqlite":
            await connection.execute(self._statement, [{name: row[name] for name in self._columns} for row in rows])
            return
        if self._compiled is None:
            self._compiled = self._compile(connection.dialect)
        text, binds = self._compiled
        async for group in in_groups(rows, _AT_A_TIME):
            values = [[row[name] if into is None else into(row[name]) for name, into in binds] for row in group]
            try:
                await _driver(connection).executemany(text, values)
            except sqlite3.Error as fault:
                raise DBAPIError(text, None, fault, hide_parameters=True) from fault

    def _compile(self, dialect: Dialect) -> tuple[str, list[tuple[str, Callable[[Any], Any] | None]]]:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        binds: list[tuple[str, Callable[[Any], Any] | None]] = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup or ()
        ]
        return str(compiled), binds


class _Compiled:
    """What SQLAlchemy knows of a statement, taken apart once: its text, its parameters, and how values pass."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._order: list[str] = list(compiled.positiontup or ())
        self._constants: dict[str, Any] = {
            name: value for name, value in compiled.params.items() if not compiled.binds[name].required
        }
        self._into: dict[str, Callable[[Any], Any]] = {
            name: processor
            for name in self._order
            if (processor := compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        }
        columns = list(statement.selected_columns)
        self._row = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]  # noqa: PYI024
        self._out_of: list[tuple[int, Callable[[Any], Any]]] = [
            (place, processor)
            for place, column in enumerate(columns)
            if (processor := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    async def run(self, connection: AsyncConnection, values: Mapping[str, Any]) -> list[Any]:
        """Bind, run, fetch, and turn each row into what the columns' types say."""
        given = {**self._constants, **values}
        bound = [self._into[name](given[name]) if name in self._into else given[name] for name in self._order]
        return [self._made(row) for row in await at_once(connection, self._text, bound)]

    def _made(self, row: Sequence[Any]) -> Any:
        values = list(row)
        for place, processor in self._out_of:
            values[place] = processor(values[place])
        return self._row(*values)
