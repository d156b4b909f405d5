"""The server of the calendars' benchmark, as a process of its own: `python -m bench.calendar_server FOLDER EVENTS`.

It fills a database with events, then serves the product's endpoint, and beside it a bare aiohttp handler that answers
with the same bytes. It prints both ports, the secret and the bytes' length, and then does what each line it reads says:
`change` changes an event; anything else ends it.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from cogs.events.service.feeding import Feeding
from cogs.events.service.serving import Serving
from db import events, guilds
from db.engine import Database
from db.events import LINK, Plan, Where
from db.migrations import migrate
from web.app import make_app, served

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.events import Event
    from web.app import Part

GUILD = 1
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ABOUT = "We talk about what works in our makerspaces, and what does not. Come as you are; listening is fine. " * 2


async def fill(database: Database, many: int) -> Event:
    """Make so many events, a few hours apart; the first one."""
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
        made = []
        for number in range(many):
            plan = Plan(f"Tool talk {number}: vinyl cutters", "America/New_York", about=ABOUT, where=_where(number))
            at = NOW + timedelta(hours=7 * number)
            made.append(await events.add(connection, GUILD, plan, at, at + timedelta(hours=1), by=2, now=NOW))
    return made[0]


def _where(number: int) -> Where:
    return Where(LINK, f"https://zoom.example.org/j/{number}", hidden=number % 3 == 0)


def bare(content: bytes) -> web.Application:
    """Nothing but aiohttp: one handler that has the bytes at hand, and one that says that nothing changed."""

    async def whole(_request: web.Request) -> web.Response:
        return web.Response(body=content, headers={"Content-Type": "text/calendar; charset=utf-8", "ETag": '"x"'})

    async def unchanged(_request: web.Request) -> web.Response:
        return web.Response(status=304, headers={"ETag": '"x"'})

    app = web.Application()
    app.router.add_get("/whole", whole)
    app.router.add_get("/unchanged", unchanged)
    return app


async def serve(folder: Path, many: int) -> None:
    """Fill, serve, and do what is said."""
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'benchmate.db'}")

    async def health() -> Mapping[str, Part]:
        return {}

    try:
        await migrate(database)
        event = await fill(database, many)
        secret = await Feeding(database, lambda: NOW).give(GUILD, None, "Bench", 2)
        serving = Serving(database, lambda: NOW)
        file = await serving.calendar(secret)
        assert file is not None
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(served(make_app(health, serving.calendar), "127.0.0.1", 0))
            base = await stack.enter_async_context(served(bare(file.content), "127.0.0.1", 0))
            print(ours, base, secret, len(file.content), flush=True)
            while (await asyncio.to_thread(sys.stdin.readline)).strip() == "change":
                async with database.write() as connection:
                    event = await events.change(
                        connection, event, NOW, starts_at=event.starts_at + timedelta(minutes=1)
                    )
                print("changed", flush=True)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
