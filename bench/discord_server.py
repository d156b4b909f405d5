"""A small stand-in for Discord on the loopback: enough of it for a bot to log in, be ready and answer commands.

It measures: from the moment a command's INTERACTION_CREATE is handed to the socket until the whole callback has
arrived, on this process's monotonic clock. One server serves one bot.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass
from time import perf_counter_ns
from typing import TYPE_CHECKING, Self

from aiohttp import web

from bench.discord_payloads import GUILD, MESSAGE, Payload, World, application
from bench.gateway import Gateway

if TYPE_CHECKING:
    from types import TracebackType

DEFERRED = (5, 6)
TRUE = ("1", "true", "True")  # discord.py 2.7.1 writes 1
NO_SUCH_ROUTE = {"message": "404: Not Found", "code": 0}


@dataclass(frozen=True)
class Answer:
    """What the bot said to a command: nanoseconds until it arrived, and the callback's `type` and `data`.

    For a command that was deferred, it is the message that followed.
    """

    nanoseconds: int
    type: int
    data: Payload

    @property
    def milliseconds(self) -> float:
        """The time until the answer arrived."""
        return self.nanoseconds / 1e6


class DiscordServer:
    """Discord for one bot, on 127.0.0.1; use it as `async with DiscordServer() as discord`.

    `unknown` lists the requests it has no answer for (they get a 404): a benchmark should find it empty.
    """

    def __init__(self, world: World | None = None) -> None:
        self.world = world or World()
        self.unknown: list[str] = []
        self.commands: list[Payload] = []
        self.base = ""
        self._gateway: asyncio.Future[Gateway] = asyncio.get_running_loop().create_future()
        self._waiting: dict[str, tuple[int, asyncio.Future[Answer]]] = {}
        self._said: tuple[int, asyncio.Future[Answer]] | None = None
        self._numbers = itertools.count(MESSAGE)
        self._latest = self.world.message(MESSAGE, {})
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}/api/v10"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exception: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._gateway.done():
            await self._gateway.result().close()
        await self._runner.cleanup()

    @property
    def gateway_url(self) -> str:
        """Where the gateway's WebSocket is."""
        return self.base.replace("http", "ws", 1) + "/gateway"

    async def told(self) -> Gateway:
        """Wait until the bot has been sent its server (and, if it may have them, all members)."""
        gateway = await asyncio.shield(self._gateway)
        await gateway.told.wait()
        return gateway

    async def use(self, *names: str, **options: str) -> Answer:
        """Use the slash command of these names (`"resource", "saved"`) as a member; wait for its answer.

        Options are text. A bot that never answers is waited for: put a time limit around it.
        """
        gateway = await self.told()
        number = next(self._numbers)
        interaction = self.world.command(number, self._command_data(names, options))
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[str(interaction["token"])] = (perf_counter_ns(), future)
        await gateway.dispatch("INTERACTION_CREATE", interaction)
        return await future

    async def say(self, words: str) -> Answer:
        """Post a message as the server's owner; wait for the next message that the bot posts."""
        gateway = await self.told()
        message = self.world.said(next(self._numbers), words)
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._said = (perf_counter_ns(), future)
        await gateway.dispatch("MESSAGE_CREATE", message)
        return await future

    def _command_data(self, names: tuple[str, ...], options: dict[str, str]) -> Payload:
        known = {str(command["name"]): str(command["id"]) for command in self.commands}
        given: list[Payload] = [{"name": name, "type": 3, "value": value} for name, value in options.items()]
        for depth, name in reversed(list(enumerate(names[1:], start=1))):
            kind = 1 if depth == len(names) - 1 else 2
            given = [{"name": name, "type": kind, "options": given}]
        return {"id": known.get(names[0], "1"), "name": names[0], "type": 1, "options": given}

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=32 * 2**20)
        root = "/api/v10"
        app.add_routes(
            [
                web.get(f"{root}/gateway", self._serve_gateway),
                web.get(f"{root}/gateway/bot", self._where_is_the_gateway),
                web.get(f"{root}/users/@me", self._who_am_i),
                web.get(f"{root}/oauth2/applications/@me", self._which_application),
                web.get(f"{root}/guilds/{GUILD}", self._which_guild),
                web.get(f"{root}/guilds/{GUILD}/channels", self._which_channels),
                web.get(f"{root}/applications/{{application}}/commands", self._list_commands),
                web.put(f"{root}/applications/{{application}}/commands", self._replace_commands),
                web.post(f"{root}/interactions/{{id}}/{{token}}/callback", self._callback),
                web.post(f"{root}/webhooks/{{id}}/{{token}}", self._follow_up),
                web.get(f"{root}/webhooks/{{id}}/{{token}}/messages/{{message}}", self._last_message),
                web.patch(f"{root}/webhooks/{{id}}/{{token}}/messages/{{message}}", self._follow_up),
                web.post(f"{root}/channels/{{channel}}/messages", self._post_message),
                web.route("*", "/{path:.*}", self._unknown_route),
            ]
        )
        return app

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        gateway = Gateway(self.world, self.gateway_url)
        if self._gateway.done():  # the bot came back, for instance after it lost its session
            self._gateway = asyncio.get_running_loop().create_future()
        self._gateway.set_result(gateway)
        return await gateway.serve(request)

    async def _where_is_the_gateway(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return _reply({"url": self.gateway_url, "shards": 1, "session_start_limit": limit})

    async def _who_am_i(self, request: web.Request) -> web.Response:
        if not request.headers.get("Authorization", "").startswith("Bot "):
            return _reply({"message": "401: Unauthorized", "code": 0}, status=401)
        return _reply(self.world.bot)

    async def _which_application(self, _request: web.Request) -> web.Response:
        return _reply(application())

    async def _which_guild(self, _request: web.Request) -> web.Response:
        return _reply(self.world.guild())

    async def _which_channels(self, _request: web.Request) -> web.Response:
        return _reply(self.world.channels())

    async def _list_commands(self, _request: web.Request) -> web.Response:
        return _reply(self.commands)

    async def _replace_commands(self, request: web.Request) -> web.Response:
        body: list[Payload] = await request.json()
        extra = {"application_id": request.match_info["application"], "version": "1"}
        self.commands = [{"description": "", **command, **extra, "id": str(next(self._numbers))} for command in body]
        return _reply(self.commands)

    async def _callback(self, request: web.Request) -> web.Response:
        raw = await request.read()
        arrived = perf_counter_ns()
        body: Payload = json.loads(raw)
        data: Payload = body.get("data") or {}
        token = request.match_info["token"]
        if body["type"] not in DEFERRED:
            self._settle(token, arrived, body["type"], data)
        if request.query.get("with_response") not in TRUE:
            return web.Response(status=204)
        message = self._message(data)
        interaction = {
            "id": request.match_info["id"],
            "type": 2,
            "response_message_id": message["id"],
            "response_message_loading": body["type"] in DEFERRED,
            "response_message_ephemeral": bool(message["flags"] & 64),
        }
        return _reply({"interaction": interaction, "resource": {"type": body["type"], "message": message}})

    async def _follow_up(self, request: web.Request) -> web.Response:
        raw = await request.read()
        arrived = perf_counter_ns()
        body: Payload = json.loads(raw)
        self._settle(request.match_info["token"], arrived, 4, body)
        return _reply(self._message(body))

    async def _last_message(self, _request: web.Request) -> web.Response:
        return _reply(self._latest)

    async def _post_message(self, request: web.Request) -> web.Response:
        body: Payload = await request.json()
        if self._said is not None:
            sent, future = self._said
            self._said = None
            future.set_result(Answer(perf_counter_ns() - sent, 4, body))
        return _reply({**self._message(body), "channel_id": request.match_info["channel"]})

    async def _unknown_route(self, request: web.Request) -> web.Response:
        self.unknown.append(f"{request.method} {request.path}")
        return _reply(NO_SUCH_ROUTE, status=404)

    def _message(self, body: Payload) -> Payload:
        self._latest = self.world.message(next(self._numbers), body)
        return self._latest

    def _settle(self, token: str, arrived: int, kind: int, data: Payload) -> None:
        waiting = self._waiting.pop(token, None)
        if waiting is not None:
            sent, future = waiting
            future.set_result(Answer(arrived - sent, kind, data))


def _reply(data: object, status: int = 200) -> web.Response:
    """JSON as Discord labels it: without a charset, which discord.py would take for plain text."""
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json")
