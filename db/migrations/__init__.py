"""Migrations: the database brought to this version's shape at start, inside the process that will use it.

Alembic is imported only where there is something to do, so that a usual start neither waits for it nor carries it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.faults import StorageFault, storage_fault

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from db.engine import Database

HEAD = "0014"
"""The newest revision; a test keeps it in step with the files in versions/."""


NOT_YET = (
    "PostgreSQL is prepared, but the search of this version still needs SQLite. Leave DATABASE_URL as it stands in "
    "config.example.env."
)
FOREIGN = "The file at DATABASE_URL is a database of another program. Choose another file in DATABASE_URL."


async def revision(database: Database) -> str | None:
    """The revision the database is at; None where it is empty. Raises StorageFault."""
    async with database.read() as connection:
        try:
            return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one_or_none()
        except DBAPIError as fault:
            words = storage_fault(fault)
            if words is not None:
                raise words from fault
            return None  # no such table: nothing was ever migrated


async def migrate(database: Database, target: str = HEAD) -> bool:
    """Bring the database to `target` (the newest by default); False where it was there already.

    Foreign keys are off meanwhile and checked at the end, all in one transaction. Raises StorageFault where the
    database comes from a newer Benchmate, where it cannot be written, or where it is not SQLite.
    """
    if not database.is_sqlite:
        raise StorageFault(NOT_YET, "I am being set up right now. Please try again later.")
    found = await revision(database)
    if found == target:
        return False
    if found is None and await _foreign(database):
        raise StorageFault(FOREIGN, "I am being set up right now. Please try again later.")
    if found is not None and found not in known_revisions():
        raise StorageFault(newer(found), "I am being updated right now. Please try again later.")
    config = _config()
    await database.outside_keys(lambda connection: _run(connection, config, found, target))
    return True


async def _foreign(database: Database) -> bool:
    """Whether there are tables in the file, and nothing that says Benchmate made them."""
    async with database.read() as connection:
        if connection.dialect.name != "sqlite":
            return False
        tables = set((await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))).scalars())
    return bool(tables) and "alembic_version" not in tables


def _run(connection: Connection, config: Config, found: str | None, target: str) -> None:
    from alembic import command  # noqa: PLC0415 - only when there is something to do

    config.attributes["connection"] = connection
    if target == "base" or (found is not None and target < found):
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)


def newer(found: str) -> str:
    """The words for a database whose revision this version does not know."""
    return (
        f"The database was written by a newer Benchmate (revision {found}; this one knows up to {HEAD}). Install the "
        "newer version again, or put back a copy from before the upgrade."
    )


def known_revisions() -> set[str]:
    """The revisions this version can bring a database to or come from."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only when there is something to do

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - only when there is something to do

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
