"""The real Benchmate for the demo, on a fresh database that lasts as long as the demo does."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.client import Benchmate
from bot.kit import vocabulary
from cogs.events.service.serving import Serving
from cogs.resources import links
from cogs.resources.checking import Archived, Kind, Outcome
from cogs.resources.service.judging import judge
from cogs.resources.service.shelving import shelve
from db import resources
from db.engine import Database
from db.migrations import migrate
from db.resources import Description
from demo.still_web import COPY, GONE, StillWeb
from web.app import Part, make_app, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    import discord

    from bot.kit.clock import Clock


_LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def open_benchmate(clock: Clock) -> AsyncIterator[discord.Client]:
    """The bot as `benchmate run` makes it, but for the web, of which it sees a made-up one.

    Calendars to subscribe to are served on this machine alone.

    Its database is new each time and gone at the end.

    It must be new: commands are sent only when they changed, and the simulated Discord remembers none.
    """
    with TemporaryDirectory(prefix="benchmate-demo-") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'benchmate.db'}")
        try:
            await migrate(database)
            async with served(make_app(_health, Serving(database, clock).calendar), _LOOPBACK, 0) as port:
                yield Benchmate(
                    database,
                    clock=clock,
                    vocabulary=vocabulary.load(),
                    fetcher=StillWeb(clock),
                    public_url=f"http://{_LOOPBACK}:{port}",
                )
        finally:
            await database.close()


async def _health() -> Mapping[str, Part]:
    return {}


async def furnish(bot: Benchmate, guild_id: int) -> None:
    """Put one resource into the catalogue whose link has failed on three days, so that the queue has one to show."""
    now = bot.clock()
    about = Description(
        link=GONE,
        link_key=links.key(GONE),
        title="Button maker house rules",
        description="One page to hang beside the button maker: who may use it, and what a button costs.",
        kind="policy",
        tools=("button-maker",),
        audience=("all",),
    )
    outcome = Outcome(GONE, Kind.GONE, "", 404)
    async with bot.database.write() as connection:
        (resource,) = await resources.add_published(connection, guild_id, [about], now)
        await shelve(connection, resource, bot.vocabulary, now)
        for days in (2, 1, 0):
            copy = Archived(COPY, date(2024, 3, 5))
            await judge(connection, guild_id, resource.resource_id, outcome, copy, now - timedelta(days=days))
