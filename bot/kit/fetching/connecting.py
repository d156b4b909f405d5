"""How a connection is made: names looked up in threads of their own, each socket checked before it connects.

The check is made in the socket factory, on the very address that will be connected to: aiohttp asks no resolver where
the host is a literal address, and what a name leads to may change between a check and the connection.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.kit.fetching.faults import Reason

if TYPE_CHECKING:
    from bot.kit.fetching.addresses import Allowed

LOOKUPS = 8
"""Names that are looked up side by side."""


class NotAllowed(OSError):
    """A socket that was not opened. Its words are always the same, so that several in one attempt stay this."""

    def __init__(self) -> None:
        super().__init__("not an address that may be connected to")


class OwnThreads(AbstractResolver):
    """Looks names up by the system's resolver, in threads of its own.

    A name server that does not answer holds a thread for up to half a minute; in the loop's own few threads that would
    hold up the rest of the bot, Discord's reconnection among it.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host`. Raises OSError where there are none."""
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM, family=family)
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except UnicodeError as problem:  # a label that is too long, or empty
            raise socket.gaierror(socket.EAI_NONAME, "not a name that can be looked up") from problem
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(hostname=host, host=str(address[0]), port=port, family=kind, proto=protocol, flags=flags)
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        """Let go of the threads; a lookup that hangs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def connector(allowed: Allowed, resolver: AbstractResolver) -> aiohttp.TCPConnector:
    """Connects to what is allowed only; each connection serves one request."""

    def checked_socket(about: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, (host, port, *_) = about
        if not allowed.allows(host, port):
            raise NotAllowed
        return socket.socket(family, kind, protocol)

    return aiohttp.TCPConnector(resolver=resolver, socket_factory=checked_socket, force_close=True)


_TOO_LONG = ("Got more than", "Too many headers")
"""How aiohttp's words begin where a header is too long, or there are too many; it has no type for that."""
# The first that fits; aiohttp's faults are of several families at once
_MEANINGS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Reason], ...] = (
    (aiohttp.ClientConnectorDNSError, Reason.UNRESOLVED),
    ((aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError), Reason.CERTIFICATE),
    ((aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError), Reason.NO_CONNECTION),
    (aiohttp.InvalidURL, Reason.NOT_A_LINK),
    (aiohttp.ClientResponseError, Reason.GARBLED),
    ((aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, OSError), Reason.CUT_OFF),
)


def reason_for(problem: Exception) -> Reason:
    """What a fault of aiohttp's, or of the system's below it, means."""
    if isinstance(problem, aiohttp.ClientConnectorError) and isinstance(problem.os_error, NotAllowed):
        return Reason.PRIVATE
    if isinstance(problem, aiohttp.ClientResponseError) and problem.message.startswith(_TOO_LONG):
        return Reason.TOO_LARGE
    return next((reason for kinds, reason in _MEANINGS if isinstance(problem, kinds)), Reason.GARBLED)
