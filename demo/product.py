"""The real Benchmate for the demo, on a fresh database that lasts as long as the demo does."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.client import Benchmate
from bot.kit import vocabulary
from db.engine import Database
from db.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import discord

    from bot.kit.clock import Clock


@asynccontextmanager
async def open_benchmate(clock: Clock) -> AsyncIterator[discord.Client]:
    """The bot as `benchmate run` makes it. Its database is new each time and gone at the end.

    It must be new: commands are sent only when they changed, and the simulated Discord remembers none.
    """
    with TemporaryDirectory(prefix="benchmate-demo-") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'benchmate.db'}")
        try:
            await migrate(database)
            yield Benchmate(database, clock=clock, vocabulary=vocabulary.load())
        finally:
            await database.close()
