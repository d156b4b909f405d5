"""Steps that tests of the link check take, and a web site that is also an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from cogs.resources import links
from cogs.resources.service import Checking
from cogs.resources.service.rounds import CHECK, DAILY
from db import delivery, guilds, resources
from db.resources import Description
from tests.bot.delivery.steps import tick
from tests.kit.misbehaving import Misbehaving
from tests.kit.world import seen

if TYPE_CHECKING:
    import asyncio
    from datetime import datetime

    from db.engine import Database
    from tests.kit.world import World

DAY = 86_400.0
COPY = "http://web.archive.org/web/20240305123456/http://gone.org/rules"
KEPT_COPY = COPY.replace("http:", "https:", 1)


class Web(Misbehaving):
    """Sites on loopback, an archive among them. Pages of hosts in `gone` are gone, those in `held` keep us waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: set[str] = set()
        self.held: dict[str, asyncio.Event] = {}

    async def _misbehave(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/wayback/available":
            closest = {"available": True, "url": COPY, "timestamp": "20240305123456", "status": "200"}
            return web.json_response({"archived_snapshots": {"closest": closest}})
        if request.url.host in self.held:
            await self.held[request.url.host].wait()
        if request.url.host in self.gone:
            return web.Response(status=404)
        return await super()._misbehave(request)


async def add(database: Database, guild_id: int, now: datetime, *found: str, title: str = "Page") -> list[int]:
    """Put links into a server's catalogue; their numbers."""
    abouts = [
        Description(link, links.key(link), f"{title} {number}", "", "guide", ("laser-cutter",), audience=("all",))
        for number, link in enumerate(found, 1)
    ]
    async with database.write() as connection:
        await guilds.see(connection, guild_id, now)
        added = await resources.add_published(connection, guild_id, abouts, now)
    return [one.resource_id for one in added]


async def only(world: World, *found: str) -> list[int]:
    """Let these links be the whole catalogue; their numbers."""
    async with world.database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM resource")
    return await add(world.database, world.guild.id, world.env.now(), *found)


async def check_links(world: World) -> Any:
    """What an organizer sees after /catalogue check-links."""
    return seen(await world.organizer.slash(world.general, "catalogue check-links"))


async def days_pass(world: World, number: int) -> None:
    """Let so many daily rounds come, each in its time."""
    for _ in range(number):
        async with world.database.read() as connection:
            promised = await delivery.of_subject(connection, world.guild.id, CHECK, DAILY)
        due_at = min(one.due_at for one in promised if one.state == delivery.WAITING)
        await tick(world, max(0.0, (due_at - world.env.now()).total_seconds()))


async def weeks_pass(world: World, number: int) -> None:
    """Let weeks pass, with what was due in each done at its end."""
    for _ in range(number):
        await tick(world, 7 * DAY)


async def check_all(world: World) -> None:
    """Have all links looked at, slice by slice."""
    service = world.bot.service(Checking)
    assert await service.check_now(world.guild.id)
    await tick(world)
    while (await service.state(world.guild.id)).running:
        await tick(world, 61)
