"""A calendar on the web whose server does what it is told, also what no server should do."""

from __future__ import annotations

import asyncio
import gzip
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from aiohttp import web

from bot.kit.fetching import Allowed, Fetcher
from tests.kit.misbehaving import LOOPBACK, Names, loopback_too

if TYPE_CHECKING:
    from types import TracebackType

SESSION = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260101T000000Z
DTSTART:{start}
DURATION:PT1H
SUMMARY:{title}
{more}END:VEVENT
"""


def session(number: int, day: int, title: str = "Open lab", hour: int = 15, more: str = "") -> str:
    """A session of March 2026, as LibCal writes it: an event of its own."""
    start = f"202603{day:02}T{hour:02}0000Z"
    return SESSION.format(uid=f"{number}@library.test", start=start, title=title, more=more)


def calendar(*sessions: str, name: str = "Library events") -> bytes:
    lines = f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:{name}\n{''.join(sessions)}END:VCALENDAR\n"
    return lines.replace("\n", "\r\n").encode()


class CalendarSite:
    """`says` is what it answers with: bytes, a status, or the name of what it does instead of answering well."""

    def __init__(self) -> None:
        self.says: bytes | int | str = b""
        self.etag = ""
        self.asked: list[dict[str, str]] = []
        self.port = 0
        self._end = asyncio.Event()
        app = web.Application()
        app.router.add_get("/calendar.ics", self._answer)
        app.router.add_get("/moved.ics", self._moved)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        await self._runner.cleanup()

    @property
    def link(self) -> str:
        return f"http://library.test:{self.port}/calendar.ics"

    def fetcher(self) -> Fetcher:
        """One that reaches this site, and otherwise the public internet only."""
        allowed = Allowed(loopback_too, frozenset({80, 443, self.port}))
        return Fetcher(homepage="https://makers.test", allowed=allowed, resolver=Names({"inside.test": ["10.0.0.1"]}))

    async def _moved(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(status=301, headers={"Location": "/calendar.ics"})

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.headers))
        if isinstance(self.says, int):
            return web.Response(status=self.says)
        if isinstance(self.says, bytes):
            if self.etag and request.headers.get("If-None-Match") == self.etag:
                return web.Response(status=304)
            headers = {"ETag": self.etag} if self.etag else {}
            return web.Response(body=self.says, content_type="text/calendar", headers=headers)
        return await self._oddly(request, self.says)

    async def _oddly(self, request: web.Request, how: str) -> web.StreamResponse:
        whole = calendar(*(session(number, number) for number in range(1, 9)))
        match how:
            case "inward":
                return web.Response(status=302, headers={"Location": f"http://inside.test:{self.port}/calendar.ics"})
            case "bomb":
                return web.Response(body=gzip.compress(bytes(8 * 1024 * 1024)), headers={"Content-Encoding": "gzip"})
            case "page":
                return web.Response(text="<!DOCTYPE html><title>Blocked</title>", content_type="text/html")
            case "half":
                return web.Response(body=whole[: len(whole) // 2])
        response = web.StreamResponse()
        if how == "cut":
            response.content_length = len(whole)
        await response.prepare(request)
        with suppress(ConnectionError):
            await response.write(whole[: len(whole) // 2])
            if how == "cut" and request.transport is not None:
                request.transport.close()
            while how == "endless" and not self._end.is_set():
                await response.write(b"X-MORE:1\r\n" * 4096)
            if how == "slow":
                await self._end.wait()
        return response
