"""`python -m bench.message_server`: where the delivery worker sends its messages while it is measured.

A stand-in for Discord's message route, in a process of its own so that the worker has its event loop for itself. It
takes 50 requests in any one second and answers the others as Discord does beyond its global limit
(https://docs.discord.com/developers/topics/rate-limits#global-rate-limit). It prints its address, says what it has
taken at `/figures`, and ends when its standard input does, so that it never outlives whoever started it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from collections import deque
from dataclasses import asdict, dataclass, field
from time import monotonic, time
from typing import TYPE_CHECKING

from aiohttp import web

from bench.discord_payloads import APPLICATION, Payload, World, application

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

PER_SECOND = 50
SERVERS = 40
FIGURES = "/figures"
EPOCH_MS = 1_420_070_400_000  # https://docs.discord.com/developers/reference#snowflakes
NO_SUCH_ROUTE = {"message": "404: Not Found", "code": 0}


def server_of(channel: int) -> int:
    """The number of the server in which this server's clients find a channel: there are 40 of them."""
    return 1 + channel % SERVERS


class Window:
    """So many requests in any stretch of one second, wherever it begins; moments are seconds on a steady clock."""

    def __init__(self, most: int) -> None:
        self._taken: deque[float] = deque(maxlen=most)

    def take(self, now: float) -> float:
        """Take one at `now`: 0 where it is let in, else the seconds until one will be."""
        full = len(self._taken) == self._taken.maxlen
        wait = self._taken[0] + 1.0 - now if full else 0.0
        if wait > 0:
            return wait
        self._taken.append(now)
        return 0.0


@dataclass
class Figures:
    """What came: of so many `requests` some were `refused` with a 429; `messages` were made, and some were `repeated`.

    `without_nonce` had none, or did not ask for it to be enforced; `targets` is how many channels got a message, and
    `nonces` are those of the messages that were made.
    """

    requests: int = 0
    messages: int = 0
    refused: int = 0
    repeated: int = 0
    without_nonce: int = 0
    targets: int = 0
    nonces: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class MessageServer:
    """The routes that a client without a gateway needs to log in, to send messages, and to look for them again."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self.figures = Figures()
        self.world = World(members=1)
        self._window = Window(per_second)
        self._numbers = itertools.count(1)
        self._known: dict[str, Payload] = {}
        self._channels: dict[str, list[Payload]] = {}

    def application(self) -> web.Application:
        """The application to serve on the loopback."""
        app = web.Application(middlewares=[self._limited])
        root = "/api/v10"
        app.add_routes(
            [
                web.get(f"{root}/users/@me", self._who_am_i),
                web.get(f"{root}/oauth2/applications/@me", self._which_application),
                web.post(f"{root}/channels/{{channel}}/messages", self._post_message),
                web.get(f"{root}/channels/{{channel}}/messages", self._which_messages),
                web.get(f"{root}/channels/{{channel}}", self._which_channel),
                web.get(f"{root}/guilds/{{guild}}", self._which_guild),
                web.get(f"{root}/guilds/{{guild}}/members/{APPLICATION}", self._which_member),
                web.get(FIGURES, self._figures),
                web.route("*", "/{path:.*}", self._unknown_route),
            ]
        )
        return app

    @web.middleware
    async def _limited(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == FIGURES:
            return await handler(request)
        self.figures.requests += 1
        wait = self._window.take(monotonic())
        if wait:
            await request.read()
            self.figures.refused += 1
            return _too_many(wait)
        return await handler(request)

    async def _who_am_i(self, _request: web.Request) -> web.Response:
        return _reply(self.world.bot)

    async def _which_application(self, _request: web.Request) -> web.Response:
        return _reply(application())

    async def _which_guild(self, request: web.Request) -> web.Response:
        guild = request.match_info["guild"]
        everyone = {**self.world.guild()["roles"][0], "id": guild}
        return _reply({**self.world.guild(), "id": guild, "roles": [everyone]})

    async def _which_channel(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        return _reply({**self.world.channels()[0], "id": channel, "guild_id": str(server_of(int(channel)))})

    async def _which_member(self, _request: web.Request) -> web.Response:
        return _reply({**self.world.people[0], "roles": []})

    async def _which_messages(self, request: web.Request) -> web.Response:
        return _reply(self._channels.get(request.match_info["channel"], [])[::-1])

    async def _post_message(self, request: web.Request) -> web.Response:
        body = await request.json()
        nonce, channel = str(body.get("nonce") or ""), request.match_info["channel"]
        if not (nonce and body.get("enforce_nonce")):
            self.figures.without_nonce += 1
        elif nonce in self._known:
            self.figures.repeated += 1
            return _reply(self._known[nonce])
        self.figures.messages += 1
        number = (int(time() * 1000) - EPOCH_MS << 22) + next(self._numbers) % 4096
        message = {**self.world.message(number, body), "channel_id": channel, "nonce": nonce}
        self._known[nonce] = message
        self.figures.nonces.append(nonce)
        self._channels.setdefault(channel, []).append(message)
        self.figures.targets = len(self._channels)
        limits = {
            "Limit": "5",
            "Remaining": "4",
            "Reset-After": "5.000",
            "Bucket": "bench",
            "Reset": f"{time() + 5:.3f}",
        }
        return _reply(message, headers={f"X-RateLimit-{name}": value for name, value in limits.items()})

    async def _figures(self, _request: web.Request) -> web.Response:
        return _reply(asdict(self.figures))

    async def _unknown_route(self, request: web.Request) -> web.Response:
        self.figures.unknown.append(f"{request.method} {request.path}")
        return _reply(NO_SUCH_ROUTE, status=404)


def _too_many(wait: float) -> web.Response:
    body = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": True}
    headers = {"Retry-After": f"{wait:.3f}", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    return _reply(body, status=429, headers=headers)


def _reply(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord labels it, with the header by which discord.py knows that it was not the edge that answered."""
    told = {"Via": "1.1 bench", **(headers or {})}
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json", headers=told)


async def serve() -> None:
    """Serve on a free port of the loopback until standard input ends."""
    runner = web.AppRunner(MessageServer().application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
        await asyncio.to_thread(sys.stdin.buffer.read)
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve())
