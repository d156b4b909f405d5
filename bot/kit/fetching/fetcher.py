"""Follows a web address to its answer, hop by hop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

import aiohttp
from yarl import URL

from bot.kit.fetching.addresses import PUBLIC, Allowed
from bot.kit.fetching.answers import Answer, Hop
from bot.kit.fetching.connecting import OwnThreads, connector, reason_for
from bot.kit.fetching.faults import Reason, fault
from bot.kit.fetching.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from types import TracebackType

    from aiohttp.abc import AbstractResolver

NAME = "Benchmate"
"""What the bot calls itself on the web, and what a robots.txt may call it."""
MOST_REDIRECTS = 5
CONNECT_WITHIN = 10.0
"""Seconds for one connection, its TLS handshake among it."""
LONGEST_HEADER = 8 * 1024
"""Bytes of one line of the header."""
MOST_HEADERS = 100

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_ADDRESS = (ValueError, IndexError)
"""What yarl raises for what is no web address; the latter for `//[]@` (1.25)."""
_KEPT_HEADERS = ("cache-control", "content-length", "content-type", "etag", "last-modified", "location", "retry-after")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked at each hop."""

    method: str
    headers: Mapping[str, str]
    max_bytes: int
    whole: bool


class Fetcher:
    """Opens web addresses; `async with` it for one run, or keep it for long and `close` it at the end.

    It connects to nothing before it is asked for something. `homepage` goes into the User-Agent, so that a webmaster
    can find out who asks. `allowed`, `turns` and `resolver` (which is not closed here) have their defaults for the
    public internet.
    """

    def __init__(
        self,
        *,
        homepage: str,
        allowed: Allowed = PUBLIC,
        turns: Turns | None = None,
        resolver: AbstractResolver | None = None,
        connect_within: float = CONNECT_WITHIN,
    ) -> None:
        self.turns = turns or Turns()
        self._homepage, self._allowed, self._connect_within = homepage, allowed, connect_within
        self._resolver, self._lookups = resolver, OwnThreads() if resolver is None else None
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End all that is open, for good; what is asked after that raises RuntimeError. May be called twice."""
        self._closed = True
        if self._session is not None:
            await self._session.close()
        if self._lookups is not None:
            await self._lookups.close()

    def _opened(self) -> aiohttp.ClientSession:
        """The session, made when it is first needed: aiohttp wants a running event loop for it."""
        if self._closed:
            msg = "the fetcher is closed"
            raise RuntimeError(msg)
        if self._session is None:
            resolver = self._resolver or self._lookups
            assert resolver is not None  # noqa: S101 - one of the two is always there; tells mypy
            self._session = aiohttp.ClientSession(
                connector=connector(self._allowed, resolver),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": f"{NAME} (+{self._homepage})", "Accept-Encoding": "identity"},
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_within),
                trust_env=False,
                max_line_size=LONGEST_HEADER,
                max_field_size=LONGEST_HEADER,
                max_headers=MOST_HEADERS,
            )
        return self._session

    async def fetch(
        self,
        url: str,
        *,
        method: Literal["HEAD", "GET"] = "GET",
        max_bytes: int = 0,
        whole: bool = False,
        within: float = 30.0,
        headers: Mapping[str, str] | None = None,
        before: Callable[[str], Awaitable[None]] | None = None,
    ) -> Answer:
        """The answer at the end of at most `MOST_REDIRECTS` redirects, whatever its status.

        Of the body, `max_bytes` are read after decompression (0: the body is left unread); where there is more, it is
        cut, or with `whole` refused. `within` is in seconds for all hops together, without the wait for one's turn at
        a host. Where a server hangs up without an answer, it is asked once more (aiohttp's way). `headers` go to every
        hop, so they must hold nothing secret. `before` is called with each address
        before it is opened and may raise. Raises FetchFault.
        """
        wish = _Wish(method, headers or {}, max_bytes, whole)
        here, hops, left = self._address(url), list[Hop](), within
        clock = asyncio.get_running_loop().time
        while True:
            if before is not None:
                await before(str(here))
            async with self.turns.at(here.raw_host or ""):
                started = clock()
                found = await self._ask(here, wish, left, tuple(hops))
                left -= clock() - started
            if isinstance(found, Answer):
                return found
            hops.append(Hop(found.status, str(here)))
            here = self._next(here, found.target, tuple(hops))

    async def _ask(self, here: URL, wish: _Wish, within: float, hops: tuple[Hop, ...]) -> Answer | _Redirect:
        try:
            async with asyncio.timeout(within):
                return await self._hop(here, wish, hops)
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            ours = isinstance(problem, TimeoutError) and not isinstance(problem, aiohttp.ClientError)
            reason = Reason.TOO_SLOW if ours else reason_for(problem)
            raise fault(reason, str(here), here.host or "", hops) from problem

    async def _hop(self, here: URL, wish: _Wish, hops: tuple[Hop, ...]) -> Answer | _Redirect:
        response = await self._opened().request(
            wish.method,
            here,
            headers=wish.headers,
            allow_redirects=False,
            auto_decompress=wish.max_bytes > 0,
        )
        try:
            if response.status in _REDIRECTS:
                return _Redirect(response.status, response.headers.get("Location", ""))
            body, truncated = await _read(response, wish.max_bytes) if wish.method == "GET" else (b"", False)
        finally:
            response.close()
        if truncated and wish.whole:
            raise fault(Reason.TOO_LARGE, str(here), here.host or "", hops)
        kept = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        return Answer(response.status, str(here), hops, kept, body, truncated)

    def _next(self, here: URL, target: str, hops: tuple[Hop, ...]) -> URL:
        host = here.host or ""
        try:
            there = here.join(URL(target)) if target else None
            if there is not None and here.raw_fragment and not there.raw_fragment:
                there = there.with_fragment(here.fragment)  # RFC 9110, 10.2.2: the place on the page goes along
            objection = Reason.BAD_REDIRECT if there is None else _objection(there, self._allowed)
        except _NO_ADDRESS:
            there, objection = None, Reason.BAD_REDIRECT
        if there is None or objection is not None:
            raise fault(Reason.BAD_REDIRECT, str(here), host, hops)
        if _without_place(str(there)) in {_without_place(hop.url) for hop in hops}:
            raise fault(Reason.REDIRECT_LOOP, str(here), host, hops)
        if len(hops) > MOST_REDIRECTS:
            raise fault(Reason.TOO_MANY_REDIRECTS, str(here), host, hops)
        return there

    def _address(self, url: str) -> URL:
        try:
            address = URL(url)
            host, objection = address.host or "", _objection(address, self._allowed)
        except _NO_ADDRESS as problem:
            raise fault(Reason.NOT_A_LINK, url) from problem
        if objection is not None:
            raise fault(objection, url, host)
        return address


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    target: str


def _objection(address: URL, allowed: Allowed) -> Reason | None:
    """Why an address is not even tried; what its host leads to is seen at the socket.

    Raises what is in `_NO_ADDRESS` where its host or port is none: yarl finds out only when it is asked for them.
    """
    if address.scheme not in ("http", "https") or not address.host:
        return Reason.NOT_A_LINK
    if address.user is not None or address.password is not None:
        return Reason.NOT_A_LINK
    return None if address.port in allowed.ports else Reason.ODD_PORT


def _without_place(url: str) -> str:
    return url.partition("#")[0]


async def _read(response: aiohttp.ClientResponse, most: int) -> tuple[bytes, bool]:
    """At most `most` bytes of the body, and whether there was more."""
    if not most:
        return b"", False
    kept = bytearray()
    while len(kept) <= most:
        part = await response.content.read(most + 1 - len(kept))
        if not part:
            return bytes(kept), False
        kept += part
    return bytes(kept[:most]), True
