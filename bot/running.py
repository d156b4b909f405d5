"""`benchmate run`: open the database, connect to Discord, and stop cleanly when asked to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.client.connecting import Presence, stay_connected
from db.engine import Database
from db.faults import StorageFault
from db.migrations import migrate, revision
from web.app import make_app, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings

log = logging.getLogger(__name__)

STOPS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))
"""What asks the bot to stop: a host, Ctrl-C, or a terminal window that is closed (which Windows does not tell)."""


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises StorageFault or RefusedError, both with words for the caretaker."""
    me = asyncio.current_task()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if me and not me.cancelling():  # a second signal must not cut off the goodbye
            me.cancel()

    for name in STOPS:
        with contextlib.suppress(NotImplementedError):  # Windows' event loop has no signal handlers
            loop.add_signal_handler(name, stop)
    database: Database | None = None
    try:
        database = await Database.open(settings.database_url)
        if await migrate(database):
            log.info("The database was brought up to date")
        presence = Presence()
        async with _endpoint(settings, database, presence):
            await stay_connected(database, settings.discord_token, presence=presence)
    except asyncio.CancelledError:
        log.info("Stopped on request")
    finally:
        if database is not None:
            await database.close()


@asynccontextmanager
async def _endpoint(settings: Settings, database: Database, presence: Presence) -> AsyncIterator[None]:
    """Serve the web endpoint meanwhile, if PORT asks for it; a taken port is said and does not stop the bot."""

    async def facts() -> dict[str, bool]:
        try:
            readable = await revision(database) is not None
        except StorageFault:
            readable = False
        return {"connected": presence.connected, "database": readable}

    async with contextlib.AsyncExitStack() as stack:
        if settings.port is not None:
            try:
                port = await stack.enter_async_context(served(make_app(facts), settings.web_host, settings.port))
                log.info("The web endpoint is at http://%s:%s/health", settings.web_host, port)
            except OSError as fault:
                log.error("The web endpoint cannot use port %s (%s); set PORT to a free one", settings.port, fault)  # noqa: TRY400
        yield
