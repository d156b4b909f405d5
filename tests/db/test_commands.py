from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.commands import CommandTree, last_synced, note_synced

if TYPE_CHECKING:
    from db.engine import Database

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
LARGEST = 2**63 - 1


async def note(database: Database, application: int, tree: CommandTree) -> None:
    async with database.write() as connection:
        await note_synced(connection, application, tree, NOW)


async def last(database: Database, application: int) -> CommandTree | None:
    async with database.read() as connection:
        return await last_synced(connection, application)


async def test_before_anything_was_sent_nothing_is_known(database: Database) -> None:
    assert await last(database, 1) is None


async def test_what_was_sent_is_remembered_with_its_numbers(database: Database) -> None:
    tree = CommandTree("a" * 64, {"find": LARGEST, "Als Quelle speichern 🧵": 2})
    await note(database, LARGEST, tree)
    assert await last(database, LARGEST) == tree


async def test_what_is_sent_later_takes_the_place_of_what_was_sent_before(database: Database) -> None:
    await note(database, 1, CommandTree("a" * 64, {"find": 1, "gone": 2}))
    await note(database, 1, CommandTree("b" * 64, {"find": 3}))
    assert await last(database, 1) == CommandTree("b" * 64, {"find": 3})


async def test_two_applications_on_one_database_do_not_mix(database: Database) -> None:
    await note(database, 1, CommandTree("a" * 64, {"find": 1}))
    await note(database, 2, CommandTree("b" * 64, {"find": 2}))
    assert await last(database, 1) == CommandTree("a" * 64, {"find": 1})
