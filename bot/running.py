"""`benchmate run`: open the database, connect to Discord, and stop cleanly when asked to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from typing import TYPE_CHECKING

from bot.client.connecting import stay_connected
from db.engine import Database
from db.migrations import migrate

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises StorageFault or RefusedError, both with words for the caretaker."""
    me = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows' event loop has no signal handlers
            loop.add_signal_handler(name, lambda: me.cancel() if me else None)
    database: Database | None = None
    try:
        database = await Database.open(settings.database_url)
        if await migrate(database):
            log.info("The database was brought up to date")
        await stay_connected(database, settings.discord_token)
    except asyncio.CancelledError:
        log.info("Stopped on request")
    finally:
        if database is not None:
            await database.close()
