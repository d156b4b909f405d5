"""A small stand-in for Discord over real HTTP and WebSocket, to log in to and to be refused by.

It writes down every request, answers the logins one after the other as it was told, and speaks just enough of the
gateway for a bot to be ready in no server. `at_standin.py` beside it runs the command line against it.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

ROOT = "/api/v10"
BOT = {"id": "300", "username": "benchmate", "discriminator": "0", "avatar": None, "bot": True, "global_name": None}
APPLICATION = {
    "id": BOT["id"],
    "name": "benchmate",
    "description": "",
    "icon": None,
    "summary": "",
    "bot_public": False,
    "bot_require_code_grant": False,
    "verify_key": "0" * 64,
    "flags": 0,
    "owner": {**BOT, "id": "301", "username": "caretaker", "bot": False},
    "team": None,
}
# What Discord's edge answers from: a page, without the header that Discord's own servers add.
EDGE_PAGE = "<!doctype html><html><body>You are being rate limited: error 1015</body></html>"


@dataclass(frozen=True)
class Login:
    """What is answered to one login: a status, a body, and headers. `never` says that nothing is answered at all."""

    status: int = 200
    body: Any = field(default_factory=lambda: BOT)
    headers: dict[str, str] = field(default_factory=dict)
    never: bool = False


REFUSED = Login(401, {"message": "401: Unauthorized", "code": 0})


class StandIn:
    """Discord on 127.0.0.1, as `async with StandIn(...) as discord`. After the last of `logins`, all are taken.

    `things` are what can be asked for besides, by path. `closes_with` is the code with which the gateway closes right
    after READY; `deaf` is a gateway that does not answer the goodbye.
    """

    def __init__(
        self,
        *logins: Login,
        closes_with: int | None = None,
        deaf: bool = False,
        things: Mapping[str, object] | None = None,
    ) -> None:
        self._things = things or {}
        self.requests: Counter[str] = Counter()
        self.tokens: set[str] = set()
        self.goodbyes = 0
        self.base = ""
        self.asked = asyncio.Event()
        """A login came in."""
        self.ready = asyncio.Event()
        """A bot has been told that it is ready, and has had its heartbeat acknowledged."""
        self._logins = list(logins)
        self._closes_with = closes_with
        self._deaf = deaf
        self._end = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}{ROOT}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        await self._runner.cleanup()

    @property
    def gateway(self) -> str:
        """The gateway's address."""
        return self.base.replace("http", "ws", 1) + "/gateway"

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(ROOT)
        self.requests[f"{request.method} {path}"] += 1
        if path == "/gateway":
            return await self._serve_gateway(request)
        if path == "/users/@me":
            return await self._log_in(request)
        if path == "/oauth2/applications/@me":
            return _reply(APPLICATION)
        if request.method == "GET" and path in self._things:
            return _reply(self._things[path])
        if request.method == "PUT" and path.endswith("/commands"):
            more = {"application_id": BOT["id"], "version": "1"}
            sent = enumerate(await request.json(), 1000)
            # A context menu is sent without a description, and comes back with an empty one
            return _reply([{"description": "", **command, **more, "id": str(n)} for n, command in sent])
        return _reply({"message": "404: Not Found", "code": 0}, status=404)

    async def _log_in(self, request: web.Request) -> web.Response:
        self.tokens.add(request.headers.get("Authorization", "").removeprefix("Bot "))
        self.asked.set()
        login = self._logins.pop(0) if self._logins else Login()
        if login.never:
            await self._end.wait()
        if isinstance(login.body, str):
            return web.Response(text=login.body, content_type="text/html", status=login.status, headers=login.headers)
        return _reply(login.body, status=login.status, headers=login.headers)

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoclose=not self._deaf)
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._hear(socket, json.loads(frame.data))
        self.goodbyes += socket.close_code == 1000 or self._deaf
        if self._deaf:
            await self._end.wait()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
        if frame["op"] == 2:
            await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": self._ready()})
            await socket.send_json({"op": 1, "d": None, "s": None, "t": None})  # ask for a heartbeat
        elif frame["op"] == 1:
            await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            if frame["d"] is None:
                return
            self.ready.set()
            if self._closes_with is not None:
                await socket.close(code=self._closes_with)

    def _ready(self) -> dict[str, Any]:
        return {
            "v": 10,
            "user": BOT,
            "guilds": [],
            "session_id": "stand-in",
            "resume_gateway_url": self.gateway,
            "shard": [0, 1],
            "application": {"id": BOT["id"], "flags": 0},
        }


def _reply(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord labels it: without a charset, which discord.py would take for plain text."""
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json", headers=headers)
