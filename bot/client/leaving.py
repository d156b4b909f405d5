"""A server that takes the bot out: what is kept of it waits 90 days, in case it comes back, and is then purged.

The promise is a row of the delivery table, so it outlives restarts; a server that comes back takes it back.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.kit.delivery import Kind
from db import delivery as deliveries
from db import forgetting
from db.delivery import Promise

if TYPE_CHECKING:
    from collections.abc import Collection

    import discord

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database

log = logging.getLogger(__name__)

PURGE = "purge-server"
KEPT = timedelta(days=90)
"""How long a server's data is kept after it took the bot out."""
HOUSE = 0
"""The promises are not the server's own, or they would go with what they purge."""


class House(Protocol):
    """What a server can leave."""

    database: Database
    clock: Clock
    servers: Servers

    def get_guild(self, guild_id: int, /) -> discord.Guild | None:
        """The server, if the bot is in it."""


def kinds_of(house: House) -> tuple[Kind, ...]:
    """The purge as a kind of delivery."""

    async def purge(delivery: Delivery) -> None:
        guild_id = int(delivery.subject.removeprefix("server:"))
        if house.get_guild(guild_id) is not None:
            return
        async with house.database.write() as connection:
            gone = await forgetting.forget_guild(connection, guild_id)
        house.servers.forget(guild_id)
        log.info("All that was kept of server %s has been purged: %s rows", guild_id, gone)

    return (Kind(PURGE, "purge", "purges", work=purge),)


async def left(house: House, guild_id: int) -> None:
    """A server took the bot out: promise to purge what is kept of it, and say so in the caretaker's log."""
    now = house.clock()
    async with house.database.write() as connection:
        due = await _promise(connection, house, guild_id)
    if due:
        log.info(
            "Server %s took Benchmate out. What is kept of it will be purged on %s", guild_id, f"{now + KEPT:%Y-%m-%d}"
        )


async def came_back(house: House, guild_id: int) -> None:
    """The bot is in a server: nothing of it is to be purged."""
    async with house.database.read() as connection:
        waiting = await _waits(connection, guild_id)
    if not waiting:
        return
    async with house.database.write() as connection:
        await deliveries.cancel(connection, HOUSE, PURGE, _subject(guild_id), house.clock())
    log.info("Server %s has Benchmate again; what was kept of it stays", guild_id)


async def settle(house: House, present: Collection[int]) -> None:
    """Bring the promises in step with the servers the bot is in: one may have left or come while it was away."""
    async with house.database.read() as connection:
        known = await forgetting.guilds_known(connection)
    for guild_id in sorted(known - set(present)):
        await left(house, guild_id)
    for guild_id in present:
        await came_back(house, guild_id)


async def _promise(connection: AsyncConnection, house: House, guild_id: int) -> bool:
    """False where it is promised already, or nothing is kept."""
    now = house.clock()
    if await _waits(connection, guild_id) or guild_id not in await forgetting.guilds_known(connection):
        return False
    moment = f"{now:%Y-%m-%dT%H:%M:%S}"
    await deliveries.put(connection, Promise(PURGE, HOUSE, _subject(guild_id), now + KEPT, moment=moment), now)
    return True


async def _waits(connection: AsyncConnection, guild_id: int) -> bool:
    found = await deliveries.of_subject(connection, HOUSE, PURGE, _subject(guild_id))
    return any(one.state in (deliveries.WAITING, deliveries.SENDING, deliveries.PARKED) for one in found)


def _subject(guild_id: int) -> str:
    return f"server:{guild_id}"
