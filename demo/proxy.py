"""The loopback reverse proxy that puts simcord's pages into the hub's frame.

A Preview answers on a port of its own, forbids frames and shows a tool bar for developers. Through this proxy every
place has the hub's address, may stand in the hub's frame (and in no other), and looks like a chat. A page carries a
token of ours; the Preview's own capability never leaves this process.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import aiohttp
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simcord import Preview
    from simcord.preview._pages import _Page

    from demo.drawing import Drawing
    from demo.places import Places
    from demo.previews import Previews, Seat
    from demo.world import Person

_CAPABILITY: Final = "X-Simcord-Capability"
_PASSED_ON: Final = ("Content-Type", "X-Simcord-Context")
_DROPPED: Final = frozenset({"content-length", "transfer-encoding", "connection", "keep-alive", "date", "server"})
_TYPED: Final = frozenset({"run_command", "autocomplete_command", "send_message", "modal_submit"})
_PRESSED: Final = frozenset({"click", "select"})
_STATIC_SECONDS: Final = 600
_STYLE: Final = '<link rel="stylesheet" href="/hub/place.css">'
_SCRIPT: Final = '<script type="module" src="/hub/place.js"></script>'


class Proxy:
    """Forwards a page's requests to the Preview of its place."""

    def __init__(self, previews: Previews, places: Places) -> None:
        self._previews = previews
        self._places = places
        self._session = aiohttp.ClientSession(auto_decompress=True)

    async def close(self) -> None:
        """Let go of the connections to the Previews."""
        await self._session.close()

    async def page(self, channel_id: int, person: Person, time_zone: str) -> web.Response:
        """The page of one place for one person. Raises 404 where this person may not see it."""
        if not self._places.may_see(person, channel_id):
            raise web.HTTPNotFound(text="There is no such place. Choose one from the list.")
        preview = await self._previews.open(channel_id, time_zone)
        answer = await self._forward(preview, "GET", "/")
        answer.text = (answer.text or "").replace("</head>", f"{_STYLE}{_SCRIPT}</head>", 1)
        return answer

    async def static(self, request: web.Request) -> web.Response:
        """A script, style or font of simcord's, the same for every place, so any open place can give it."""
        preview = self._previews.any_open()
        if preview is None:
            raise web.HTTPNotFound
        answer = await self._forward(preview, "GET", request.path_qs)
        if answer.status == web.HTTPOk.status_code:
            answer.headers["Cache-Control"] = f"max-age={_STATIC_SECONDS}"  # 30 MB of fonts, once and not per place
        return answer

    async def api(self, request: web.Request) -> web.Response:
        """What a page reads and does. Raises 401 for a token that was never given out."""
        seat = self._previews.seat(request.headers.get(_CAPABILITY, ""))
        preview = None if seat is None else self._previews.opened(seat.channel_id)
        if seat is None or preview is None:
            raise web.HTTPUnauthorized
        body = await request.read()
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        if request.method == "POST" and request.path == "/api/pages":
            newest = self._places.newest(seat.person, seat.channel_id)
            body = json.dumps({"viewer_id": str(seat.person.actor.id), "target_id": newest}).encode()
        if request.path == "/api/action":
            async with self._previews.acting(preview):
                if headers.get("Content-Type", "").startswith("application/json"):
                    page = preview._pages.get(headers.get("X-Simcord-Context", ""))
                    body = _on_the_newest_page(page, self._previews.drawing, body)
                return await self._forward(preview, request.method, request.path_qs, headers, body)
        answer = await self._forward(preview, request.method, request.path_qs, headers, body)
        if request.path == "/api/state" and answer.status == web.HTTPOk.status_code:
            self._read(seat)
        return answer

    def _read(self, seat: Seat) -> None:
        if self._places.may_see(seat.person, seat.channel_id):
            self._places.mark_read(seat.person, seat.channel_id)

    async def _forward(
        self, preview: Preview, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> web.Response:
        sent = {**(headers or {}), _CAPABILITY: preview.capability}
        origin = preview.url.partition("/#")[0]
        async with self._session.request(method, origin + path, headers=sent, data=body or None) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _DROPPED}
            return web.Response(status=answer.status, body=await answer.read(), headers=_framed(kept))


def _on_the_newest_page(page: _Page | None, drawing: Drawing, body: bytes) -> bytes:
    """Let what a person did stand, though the page was drawn again meanwhile.

    simcord refuses what was done on an older drawing. That is right for a button of a message that has changed: it may
    be gone or mean something else by now. Elsewhere on the page somebody may have written a word. A command, a message
    and a form are checked by simcord against what is there now.
    """
    try:
        action = json.loads(body)
    except ValueError:
        return body
    if page is None or not isinstance(action, dict):
        return body
    kind = action.get("kind")
    if kind in _TYPED or (kind in _PRESSED and _is_as_it_was(page, drawing, action)):
        return json.dumps({**action, "published_revision": page.revision}).encode()
    return body


def _is_as_it_was(page: _Page, drawing: Drawing, action: dict[str, Any]) -> bool:
    number, revision = str(action.get("target_id")), action.get("published_revision")
    return isinstance(revision, int) and number.isdecimal() and drawing.looks_as_at(page, int(number), revision)


def _framed(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers, but the hub's own page (and no other) may show the answer in a frame."""
    policy = headers.get("Content-Security-Policy", "")
    return {
        **headers,
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Security-Policy": policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    }
