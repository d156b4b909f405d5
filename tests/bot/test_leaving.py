from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from simcord.backend import serializers
from sqlalchemy import select, text

from bot.client.leaving import KEPT, PURGE
from db import delivery, forgetting, search
from db.schema import metadata
from db.search import SearchRecord
from tests.bot.delivery.steps import tick
from tests.cogs.resources.steps import publish

if TYPE_CHECKING:
    import pytest

    from db.delivery import Delivery
    from db.engine import Database
    from tests.kit.world import World

DAY = 86_400.0


async def purges(world: World) -> list[Delivery]:
    """The purges that are promised."""
    async with world.database.read() as connection:
        found = await delivery.page(connection, ("waiting",), limit=100)
    return [one for one in found if one.kind == PURGE]


async def kept(database: Database, guild_id: int) -> dict[str, int]:
    """In which tables how many rows of a server are."""
    counts = {}
    async with database.read() as connection:
        for table in metadata.sorted_tables:
            if "guild_id" in table.c:
                rows = (await connection.execute(select(table).where(table.c.guild_id == guild_id))).all()
                if rows:
                    counts[table.name] = len(rows)
    return counts


def leave(world: World) -> None:
    world.env.backend.remove_guild(world.guild.id)


async def test_a_server_that_leaves_is_kept_for_90_days_and_then_purged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await publish(world)
    leave(world)
    await world.env.settle()
    (promise,) = await purges(world)
    assert promise.due_at - world.bot.clock() == KEPT
    assert f"will be purged on {promise.due_at:%Y-%m-%d}" in caplog.text
    await tick(world, 89 * DAY)
    assert "resource" in await kept(world.database, world.guild.id)
    await tick(world, 2 * DAY)
    assert await kept(world.database, world.guild.id) == {}
    assert f"All that was kept of server {world.guild.id} has been purged" in caplog.text


async def test_a_server_that_comes_back_in_time_finds_everything(world: World) -> None:
    await publish(world)
    guild = world.env.backend.get_guild(world.guild.id)
    leave(world)
    await world.env.settle()
    await tick(world, 30 * DAY)
    guild.channel_ids.clear()  # the simulated Discord has dropped them
    world.env.backend.guilds[guild.id] = guild
    world.env.backend.emit("GUILD_CREATE", dict(serializers.guild_create_payload(world.env.backend, guild)))
    await world.env.settle()
    assert await purges(world) == []
    await tick(world, 100 * DAY)
    assert (await kept(world.database, guild.id))["resource"] > 0


async def test_a_server_that_left_while_the_bot_was_away_is_noticed_at_the_next_start(world: World) -> None:
    await publish(world)
    world.env.backend.guilds.pop(world.guild.id)
    await world.restart()
    await world.env.settle()
    assert [one.subject for one in await purges(world)] == [f"server:{world.guild.id}"]
    await world.restart()
    assert len(await purges(world)) == 1, "one promise is enough"


async def test_a_server_that_cannot_be_reached_has_not_left(world: World) -> None:
    await publish(world)
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    assert await purges(world) == []


async def test_everything_of_a_server_goes_and_nothing_of_another(database: Database) -> None:
    from tests.db.test_migrations import fill

    async with database.write() as connection:
        await connection.run_sync(fill)  # rows of the servers 1, 2 and 3 in every table
    others = {number: await kept(database, number) for number in (1, 3)}
    everywhere = {table.name for table in metadata.sorted_tables if "guild_id" in table.c}
    assert set(others[1]) == everywhere
    async with database.write() as connection:
        await forgetting.forget_guild(connection, 2)
        rest = (await connection.execute(text("SELECT count(*) FROM import_row WHERE import_id = 2"))).scalar_one()
    assert await kept(database, 2) == {}
    assert rest == 0
    assert {number: await kept(database, number) for number in (1, 3)} == others


async def test_a_server_that_was_forgotten_is_not_found_and_gets_fresh_numbers(database: Database) -> None:
    async with database.write() as connection:
        first = await search.put(connection, SearchRecord(5, "test", "a", "guide", "Laser badge"))
        other = await search.put(connection, SearchRecord(6, "test", "a", "guide", "Laser badge"))
        assert await search.forget_guild(connection, 5) > 0
        again = await search.put(connection, SearchRecord(5, "test", "b", "guide", "Sewing badge"))
        found = await search.find(connection, 5, "laser")
        theirs = await search.find(connection, 6, "laser")
    assert found.total == 0
    assert [hit.record_id for hit in theirs.hits] == [other]
    assert again not in (first, other)
