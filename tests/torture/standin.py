"""The stand-in for Discord: its message routes over real HTTP on loopback, and whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from tests.torture import routes
from tests.torture.plan import ANSWERED, APPLIED, ASKED, Trouble
from tests.torture.scale import SCALE, pause
from tests.torture.scene import Refused, Scene, SteadyClock

if TYPE_CHECKING:
    from types import TracebackType

ROOT = "/api/v10"
_VIA = {"Via": "1.1 stand-in"}
_ROOM = {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49", "X-RateLimit-Reset-After": "0.02"}
"""What Discord says with each answer about the limit of its route; without it discord.py sends one after the other."""
_TOO_MANY = 429
_EDGE_PAGE = "<!doctype html><html><body>error 1015: you are being rate limited</body></html>"
_TICK_S = 0.01


@dataclass
class _Set:
    """A trouble that lies in wait."""

    trouble: Trouble
    seen: int = 0


class Stage:
    """A scene as it is played: the troubles of each life, and the weather on the line."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.outage: str = ""
        self.hit: Counter[str] = Counter()
        self._lives: dict[str, list[_Set]] = {}

    def begin(self, life: str, troubles: tuple[Trouble, ...]) -> None:
        """Set the troubles of a life."""
        self._lives[life] = [_Set(trouble) for trouble in troubles]

    def heal(self) -> None:
        """No trouble any more."""
        self.outage = ""
        self._lives.clear()

    def trouble(self, life: str, route: str, phase: str) -> Trouble | None:
        """What goes wrong at this point, if anything does."""
        for one in self._lives.get(life, ()):
            trouble = one.trouble
            if trouble.phase == phase and trouble.route in ("*", route):
                one.seen += 1
                if trouble.nth <= one.seen < trouble.nth + trouble.times:
                    self.hit[f"{route}:{phase} {trouble.act}"] += 1
                    return trouble
        return None


class StandIn:
    """Serves all stages at one address, as `async with StandIn() as discord`. The token says whose request it is."""

    def __init__(self) -> None:
        self.stages: dict[str, Stage] = {}
        self.base = ""
        self.steady = SteadyClock()
        self.requests = 0
        self._runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        self._ticking: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}{ROOT}"
        self._tick()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        await self._runner.cleanup()

    def _tick(self) -> None:
        self.steady()
        self._ticking = asyncio.get_running_loop().call_later(_TICK_S, self._tick)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests += 1
        stage, _, rest = request.headers.get("Authorization", "").removeprefix("Bot ").partition(".")
        life, _, pid = rest.partition(".")
        played = self.stages.get(stage)
        body = json.loads(await request.read() or b"null")
        route = routes.found(request.method, request.path.removeprefix(ROOT), body)
        if played is None:
            return _reply({"message": "401: Unauthorized", "code": 0}, 401)
        if route is None:
            return _reply({"message": f"404: {request.method} {request.path}", "code": 0}, 404)
        return await _Turn(played, life, int(pid), request, route, body).played()


class _Turn:
    """One request, from its coming to its answer."""

    def __init__(
        self, stage: Stage, life: str, pid: int, request: web.BaseRequest, route: tuple[str, Any, list[int]], body: Any
    ) -> None:
        self._stage, self._life, self._pid, self._request = stage, life, pid, request
        self._name, self._route, self._numbers = route
        self._body = body

    async def played(self) -> web.StreamResponse:
        if self._stage.outage:
            return self._gone() if self._stage.outage == "silent" else _reply({"message": "503", "code": 0}, 503)
        stopped = await self._meets(ASKED)
        if stopped is not None:
            return stopped
        self._stage.scene.requests[self._name] += 1
        answer = self._applied()
        stopped = await self._meets(APPLIED)
        if stopped is not None:
            return stopped
        trouble = self._stage.trouble(self._life, self._name, ANSWERED)
        if trouble is not None:
            with suppress(ConnectionError):  # who asked may be gone
                await answer.prepare(self._request)
                await answer.write_eof()
            self._strike(trouble)
        return answer

    def _applied(self) -> web.Response:
        try:
            body = self._route(self._stage.scene, self._numbers, self._body, self._request.query)
        except Refused as refused:
            return _reply({"message": refused.words, "code": refused.code}, refused.status)
        if body is None:
            return web.Response(status=204, headers={**_VIA, **_ROOM})
        return _reply(body)

    async def _meets(self, phase: str) -> web.StreamResponse | None:
        trouble = self._stage.trouble(self._life, self._name, phase)
        if trouble is None:
            return None
        if trouble.act in ("kill", "stop"):
            self._strike(trouble)
        elif trouble.act in ("hang", "late"):
            await pause(trouble.seconds)
        if trouble.act in ("kill", "lose", "hang"):
            return self._gone()
        return None if trouble.act in ("stop", "late") else _refusal(trouble)

    def _strike(self, trouble: Trouble) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGSTOP if trouble.act == "stop" else signal.SIGKILL)

    def _gone(self) -> web.Response:
        """The line goes dead."""
        if self._request.transport is not None:
            self._request.transport.abort()
        return web.Response()


def _refusal(trouble: Trouble) -> web.Response:
    if trouble.act == "429-edge":
        return web.Response(text=_EDGE_PAGE, content_type="text/html", status=_TOO_MANY)
    if trouble.act not in ("429-route", "429-global"):
        return _reply({"message": f"{trouble.act}: fault", "code": 0}, int(trouble.act))
    everyone = trouble.act == "429-global"
    asked = trouble.seconds * SCALE  # discord.py's waits are scaled
    said = {"message": "You are being rate limited.", "retry_after": asked, "global": everyone}
    more = {"X-RateLimit-Global": "true"} if everyone else {"X-RateLimit-Scope": "user"}
    return _reply(said, _TOO_MANY, {"Retry-After": str(trouble.seconds), **more})


def _reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # Discord names no charset, and discord.py reads JSON only where the type is just this
    said = {"Content-Type": "application/json", **_VIA, **(_ROOM if status != _TOO_MANY else {}), **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=said)
