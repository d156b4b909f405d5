"""The web endpoint: `/health` for a host's monitor, with nothing in it that is anybody's business."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Facts = Callable[[], Awaitable[dict[str, bool]]]

_BODY_LIMIT = 1024


def make_app(facts: Facts) -> web.Application:
    """An application whose `/health` answers 200 where all facts are true, else 503, with the facts as JSON."""

    async def health(_request: web.Request) -> web.Response:
        found = await facts()
        well = all(found.values())
        answer = {"well": well, **found, "sqlite": sqlite3.sqlite_version}
        return web.json_response(answer, status=200 if well else 503, headers={"Cache-Control": "no-store"})

    app = web.Application(client_max_size=_BODY_LIMIT)
    app.router.add_get("/health", health)
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
