"""A web site on loopback that misbehaves in every way that a link checker meets.

    async with Misbehaving() as site:
        await fetcher.fetch(f"{site.base}/drip")

Any host name leads to it (`Names`), so that several sites can be one server; each path misbehaves in its own way. It
writes down every request. What never ends, ends when the site is closed.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Self

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.kit.fetching import Allowed, is_public

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from bot.kit.fetching.addresses import Address

LOOPBACK = "127.0.0.1"
LATE = 0.15
BOMB = gzip.compress(bytes(8 * 1024 * 1024))
"""8 MiB in a few KiB."""
# Made once for these tests and worth nothing anywhere: no authority has signed it
SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbFA662XKrcw/hSj4
S2KLFGSc4wkadUY75x5FwXLpC7ChRANCAASQmtc6X67y4/jwSlYr0TC3TCONzL+Z
O7C2is3fxSVBGfqdGeUq/5WnXHNJRR8MHY4xc3AU15e1ce4GF5o7xuqm
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUAz63NU1jxVhFBe7NMPdm7uryNS4wCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLbWFrZXJzLnRlc3QwIBcNMjYxMTIzMTM0NzU3WhgPMjEyNjEw
MzAxMzQ3NTdaMBYxFDASBgNVBAMMC21ha2Vycy50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEkJrXOl+u8uP48EpWK9Ewt0wjjcy/mTuwtorN38UlQRn6nRnl
Kv+Vp1xzSUUfDB2OMXNwFNeXtXHuBheaO8bqpqNrMGkwHQYDVR0OBBYEFNd8g2x3
McfF/mNyg8PBWhYZ2V0AMB8GA1UdIwQYMBaAFNd8g2x3McfF/mNyg8PBWhYZ2V0A
MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILbWFrZXJzLnRlc3QwCgYIKoZI
zj0EAwIDSQAwRgIhAORfkUjMHOaSDu7pvYrJLqkUflrEEIoJQAbvtYI+NBqUAiEA
mf35Xu9BaBH9hDd98gXWVIch4vjrTd/mdJ1awisPJZI=
-----END CERTIFICATE-----
"""


class Names(AbstractResolver):
    """Every name leads to loopback, but for those that were given: to other addresses, or (empty) nowhere."""

    def __init__(self, others: dict[str, list[str]] | None = None) -> None:
        self.others = others or {}
        self.asked: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - aiohttp passes it by name
    ) -> list[ResolveResult]:
        self.asked.append(host)
        addresses = self.others.get(host, [LOOPBACK])
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""


def loopback_too(address: Address) -> bool:
    """The public internet, and this machine's 127.0.0.1."""
    return address == IPv4Address(LOOPBACK) or is_public(address)


@dataclass(frozen=True)
class Seen:
    """One request as it came."""

    method: str
    host: str
    path: str
    agent: str
    headers: dict[str, str] = field(compare=False, default_factory=dict)


class Misbehaving:
    """The site. `robots` holds what is said at /robots.txt by host: a text, a status, or a path to send on to.

    `gate`, where it is set, holds every answer back until it opens; `most` is the most requests at once, by host.
    """

    def __init__(self, *, tls: bool = False, robots: dict[str, str | int] | None = None) -> None:
        self.robots = robots or {}
        self.seen: list[Seen] = []
        self.most: dict[str, int] = {}
        self.at_once = 0
        self.gate: asyncio.Event | None = None
        self.came = asyncio.Condition()
        self.port = 0
        self._now: dict[str, int] = {}
        self._end = asyncio.Event()
        self._tls = tls
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0, ssl_context=_certificate() if self._tls else None).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        if self.gate is not None:
            self.gate.set()
        await self._runner.cleanup()

    @property
    def allowed(self) -> Allowed:
        """Lets a fetcher reach this site beside the public internet."""
        return Allowed(loopback_too, frozenset({80, 443, self.port}))

    def at(self, host: str, path: str = "/") -> str:
        """A link to this site under a name."""
        return f"http://{host}:{self.port}{path}"

    @property
    def base(self) -> str:
        """This site by its address."""
        return self.at(LOOPBACK, "")

    def asked(self, host: str | None = None) -> list[str]:
        """The requests so far, in order, as `GET /path`; those of one host where it is named."""
        return [f"{one.method} {one.path}" for one in self.seen if host in (None, one.host)]

    async def until_asked(self, number: int) -> None:
        """Wait until so many requests have come."""
        async with self.came:
            await self.came.wait_for(lambda: len(self.seen) >= number)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        host = request.url.host or ""
        self._now[host] = self._now.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self._now[host])
        self.at_once = max(self.at_once, sum(self._now.values()))
        try:
            async with self.came:
                self.seen.append(
                    Seen(
                        request.method,
                        host,
                        request.path_qs,
                        request.headers.get("User-Agent", ""),
                        dict(request.headers),
                    )
                )
                self.came.notify_all()
            if self.gate is not None:
                await self.gate.wait()
            for _ in range(20):  # so long that another request could come meanwhile
                await asyncio.sleep(0)
            if request.path == "/robots.txt":
                return self._robots(host)
            return await self._misbehave(request)
        finally:
            self._now[host] -= 1

    def _robots(self, host: str) -> web.Response:
        said = self.robots.get(host, 404)
        if isinstance(said, int):
            return web.Response(status=said)
        if said.startswith(("/", "http")):
            return web.Response(status=302, headers={"Location": said})
        return web.Response(text=said)

    async def _misbehave(self, request: web.Request) -> web.StreamResponse:
        way, _, rest = request.path.removeprefix("/").partition("/")
        if way in _RAW:
            return await self._raw(request, _RAW[way])
        if way in _REDIRECTS:
            return _redirect(_REDIRECTS[way], request.query.get("link", f"/{rest}"))
        strange: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
            "status": self._status,
            "head": self._head,
            "endless": self._endless,
            "drip": self._drip,
            "never": self._never,
            "closes": self._closes,
            "bomb": self._bomb,
            "rounds": self._rounds,
            "further": self._further,
            "cookies": self._cookies,
            "late": self._late,
        }
        return await strange.get(way, self._page)(request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """Nothing strange: a page."""
        return web.Response(text=f"A page at {request.path}.", content_type="text/html")

    async def _status(self, request: web.Request) -> web.StreamResponse:
        """The status at the end of the path, to whatever is asked."""
        status = int(request.path.rpartition("/")[2])
        return web.Response(
            status=status, headers={"Retry-After": "3600"} if status == HTTPStatus.TOO_MANY_REQUESTS else {}
        )

    async def _head(self, request: web.Request) -> web.StreamResponse:
        """The status at the end of the path to HEAD, and a page to GET; `closes` hangs up instead."""
        end = request.path.rpartition("/")[2]
        if request.method == "HEAD" and end == "closes":
            return await self._closes(request)
        return web.Response(status=int(end)) if request.method == "HEAD" else await self._page(request)

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        """A body that never ends."""
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while not self._end.is_set():
                await response.write(bytes(64 * 1024))
        return response

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        """A body of which the first byte comes and the second never."""
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"d")
        await self._end.wait()
        return response

    async def _never(self, _: web.Request) -> web.StreamResponse:
        """No answer at all."""
        await self._end.wait()
        return web.Response()

    async def _closes(self, request: web.Request) -> web.StreamResponse:
        """The line goes dead at once."""
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _bomb(self, _: web.Request) -> web.StreamResponse:
        """Compressed, though nobody asked for it, and far larger than it looks."""
        return web.Response(body=BOMB, headers={"Content-Encoding": "gzip"})

    async def _rounds(self, request: web.Request) -> web.StreamResponse:
        """A redirect loop of two."""
        return _redirect(302, "/rounds/b" if request.path.endswith("a") else "/rounds/a")

    async def _late(self, request: web.Request) -> web.StreamResponse:
        """A redirect that takes its time: `LATE` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._end.wait(), LATE)
        return _redirect(302, request.path.removeprefix("/late"))

    async def _further(self, request: web.Request) -> web.StreamResponse:
        """Endless redirects, each to a new address."""
        return _redirect(301, f"/further/{int(request.path.rpartition('/')[2]) + 1}")

    async def _cookies(self, request: web.Request) -> web.StreamResponse:
        """Sets a cookie and looks whether it comes back."""
        if request.path.endswith("back"):
            return web.Response(text=request.headers.get("Cookie", "none"))
        response = _redirect(302, "/cookies/back")
        response.set_cookie("who", "me")
        return response

    async def _raw(self, request: web.Request, sent: bytes) -> web.StreamResponse:
        """Bytes as they are, and then the line stays open, or closes where they end with a mark for it."""
        if request.transport is not None:
            request.transport.write(sent.removesuffix(_CLOSE))
            if sent.endswith(_CLOSE):
                request.transport.close()
        await self._end.wait()
        return web.Response()


_REDIRECTS = {"moved": 301, "found": 302, "for-good": 308, "for-now": 307}
_CLOSE = b"[close]"
_RAW = {
    "garbled": b"HTTP/1.1 banana\r\n\r\n",
    "other-protocol": b"220 makers.test ESMTP ready\r\n" + _CLOSE,
    "short": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nonly this" + _CLOSE,
    "giant-header": b"HTTP/1.1 200 OK\r\nX-Giant: " + b"g" * 100_000 + b"\r\n\r\n",
    "many-headers": b"HTTP/1.1 200 OK\r\n" + b"X-One: 1\r\n" * 5000 + b"\r\n",
    "slow-header": b"HTTP/1.1 200 OK\r\nX-Slow",
    "no-location": b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n",
    "bad-location": b"HTTP/1.1 302 Found\r\nLocation: http://[half\r\nContent-Length: 0\r\n\r\n",
    "brotli": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\n\x00\x00\x00\x00",
}


def _redirect(status: int, target: str) -> web.Response:
    return web.Response(status=status, headers={"Location": target})


def _certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(SELF_SIGNED)
        file.flush()
        context.load_cert_chain(file.name)
    return context


class Counting:
    """Counts the connections to a port on loopback, and serves none."""

    def __init__(self) -> None:
        self.connections = 0
        self.port = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._count, LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _count(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        writer.close()
