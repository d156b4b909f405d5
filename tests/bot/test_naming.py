from __future__ import annotations

from typing import TYPE_CHECKING

from db import guilds

if TYPE_CHECKING:
    from db.engine import Database
    from tests.kit.world import World


async def known(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await guilds.names(connection)).values())


async def test_a_servers_name_is_known_without_asking_and_follows_it(world: World) -> None:
    assert await known(world.database) == ["NOM Libraries"]
    guild = world.bot.guilds[0]
    await guild.edit(name="Library Makers")
    await world.env.settle()
    assert await known(world.database) == ["Library Makers"]


async def test_a_name_that_changed_while_the_bot_was_away_is_found(world: World) -> None:
    async with world.database.write() as connection:
        await guilds.note_name(connection, world.guild.id, "An old name", world.env.now())
    await world.restart()
    await world.bot.on_guild_available(world.bot.guilds[0])  # Discord says so of each server at a start
    assert await known(world.database) == ["NOM Libraries"]
