"""The web endpoint: `/healthz` for a monitor, `/calendar/<secret>.ics` for calendar programs, and nothing else.

Requests are not logged: an address with a secret in it is a key.
"""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from web.calendars import Served, answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Health = Callable[[], Awaitable[Mapping[str, "Part"]]]
    Calendars = Callable[[str], Awaitable[Served | None]]

__all__ = ["Part", "Served", "make_app", "served"]

_BODY_LIMIT = 1024
_KEY = r"[A-Za-z0-9_-]{22,64}"
"""What a secret consists of: 128 bits at the least."""
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of the bot is, and what was measured of it (by name, with the unit in the name)."""

    well: bool
    measured: Mapping[str, float | str] = field(default_factory=dict)


def make_app(health: Health, calendars: Calendars | None = None) -> web.Application:
    """An application whose `/healthz` answers 200 where all parts are well, else 503 and which are not, as JSON.

    `calendars` finds the calendar of a secret; without it there are none.
    """

    async def tell_health(_request: web.Request) -> web.Response:
        parts = await health()
        bad = [name for name, part in parts.items() if not part.well]
        said = {name: {"well": part.well, **part.measured} for name, part in parts.items()}
        told = {"well": not bad, "bad": bad, **said, "sqlite": sqlite3.sqlite_version}
        return web.json_response(told, status=503 if bad else 200, headers=_NO_STORE)

    async def tell_calendar(request: web.Request) -> web.Response:
        found = None if calendars is None else await calendars(request.match_info["secret"])
        return answer(request, found)

    app = web.Application(client_max_size=_BODY_LIMIT)
    app.router.add_get("/healthz", tell_health)
    app.router.add_get("/health", tell_health)
    app.router.add_get(f"/calendar/{{secret:{_KEY}}}.ics", tell_calendar)
    return app


@asynccontextmanager
async def served(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve `app` meanwhile; yields the port (a free one where `port` is 0). Raises OSError where it is taken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
