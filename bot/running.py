"""`benchmate run`: open the database, connect to Discord, and stop cleanly when asked to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.client.connecting import CLOCK, Presence, stay_connected
from bot.health import health
from bot.heartbeat import beat
from bot.kit.fetching import Fetcher
from cogs.events.service.serving import Serving
from db.engine import Database
from db.migrations import migrate
from web.app import make_app, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping

    from bot.settings import Settings
    from web.app import Part

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
        async with endpoint(settings, database, presence) as public_url:
            await stay_connected(database, settings.discord_token, presence=presence, public_url=public_url)
    except asyncio.CancelledError:
        log.info("Stopped on request")
    finally:
        if database is not None:
            await database.close()


@asynccontextmanager
async def endpoint(settings: Settings, database: Database, presence: Presence) -> AsyncIterator[str]:
    """Serve the web endpoint meanwhile, if PORT asks for it; a taken port is said and does not stop the bot.

    And give signs of life, if HEARTBEAT_URL asks for them. What it yields is where the endpoint is for the world, or
    nothing where it is not served, since no link would lead anywhere.
    """

    async def parts() -> Mapping[str, Part]:
        return await health(presence, database, CLOCK)

    public_url = ""
    async with contextlib.AsyncExitStack() as stack:
        if settings.port is not None:
            app = make_app(parts, Serving(database, CLOCK).calendar)
            try:
                port = await stack.enter_async_context(served(app, settings.web_host, settings.port))
                public_url = settings.public_url
                log.info("The web endpoint is at http://%s:%s/healthz", settings.web_host, port)
            except OSError as fault:
                log.error("The web endpoint cannot use port %s (%s); set PORT to a free one", settings.port, fault)  # noqa: TRY400
        if settings.heartbeat_url:
            fetcher = await stack.enter_async_context(Fetcher(homepage=settings.public_url or "https://discord.com"))
            await stack.enter_async_context(_meanwhile(beat(settings.heartbeat_url, parts, fetcher)))
        yield public_url


@asynccontextmanager
async def _meanwhile(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Let something go on by itself, until this ends."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
