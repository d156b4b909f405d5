"""The page around the simulated server: the channel list, who the visitor is, and the place they look at in a frame.

It listens on the loopback address only, answers only to loopback names (another site that points its name at this
machine gets nothing), and changes nothing for a request that another page made.
"""

from __future__ import annotations

import ipaddress
import secrets
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from demo.world import SERVER_NAME

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from demo.places import Place, Places
    from demo.previews import Previews
    from demo.proxy import Proxy
    from demo.world import Person, World

_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript", "png": "image/png"}
_UPLOAD_BYTES: Final = 27 * 1024 * 1024  # simcord takes 25 MB of files with one form
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_STEPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


class Hub:
    """Answers the browser. `application()` is what the server runs."""

    def __init__(self, world: World, places: Places, previews: Previews, proxy: Proxy) -> None:
        self._world = world
        self._places = places
        self._previews = previews
        self._proxy = proxy
        self._run = secrets.token_hex(8)  # a page left open from an earlier run sees by it that it must load again

    def application(self) -> web.Application:
        """The web application with its routes and its guard."""
        app = web.Application(middlewares=[_guard], client_max_size=_UPLOAD_BYTES)
        app.router.add_get("/", self._index)
        app.router.add_get("/favicon.ico", self._favicon)
        app.router.add_get("/hub/state", self._state)
        app.router.add_post("/hub/later", self._later)
        app.router.add_get("/hub/{name}", self._file)
        app.router.add_get("/place/{place:\\d{1,20}}", self._place)
        app.router.add_route("*", "/api/{rest:.*}", self._proxy.api)
        app.router.add_get("/{rest:.+}", self._proxy.static)
        return app

    async def _index(self, _request: web.Request) -> web.Response:
        return _asset("hub.html", {"Content-Security-Policy": _POLICY})

    async def _favicon(self, _request: web.Request) -> web.Response:
        return _asset("benchmate.png")

    async def _file(self, request: web.Request) -> web.Response:
        return _asset(request.match_info["name"])

    async def _place(self, request: web.Request) -> web.Response:
        channel_id = int(request.match_info["place"])
        return await self._proxy.page(channel_id, self._viewer(request), request.query.get("zone", "UTC"))

    async def _state(self, request: web.Request) -> web.Response:
        viewer = self._viewer(request)
        state = {
            "run": self._run,
            "server": SERVER_NAME,
            "first": self._world.first_place,
            "viewer": viewer.key,
            "hint": viewer.hint,
            "people": [
                {
                    "key": each.key,
                    "name": each.name.split()[0],
                    "part": each.part,
                    "color": each.color,
                    "unread": self._places.has_news(each),
                }
                for each in self._world.people
            ],
            "now": self._previews.now.isoformat(),
            "places": [self._place_state(viewer, place) for place in self._places.seen_by(viewer)],
        }
        return web.json_response(state, headers={"Cache-Control": "no-store"})

    async def _later(self, request: web.Request) -> web.Response:
        step = _STEPS.get(request.query.get("step", ""))
        if step is None:
            raise web.HTTPBadRequest(text="Time can pass by an hour or by a day.")
        await self._previews.leap(step)
        return web.Response(status=204)

    def _place_state(self, viewer: Person, place: Place) -> dict[str, Any]:
        return {
            "id": str(place.id),  # a string: JavaScript's numbers are too short for Discord's
            "kind": place.kind,
            "name": place.name,
            "group": place.group,
            "parent": str(place.parent) if place.parent else None,
            "unread": place.unread,
            "token": self._previews.token(place.id, viewer),
        }

    def _viewer(self, request: web.Request) -> Person:
        """Who the request looks as; the first person where it names nobody that exists."""
        return self._world.person(request.query.get("as", "")) or self._world.people[0]


def _asset(name: str, headers: dict[str, str] | None = None) -> web.Response:
    kind = _TYPES.get(name.rpartition(".")[2])
    path = files("demo").joinpath("static", name)
    if kind is None or "/" in name or not path.is_file():
        raise web.HTTPNotFound
    sent = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    charset = None if kind == "image/png" else "utf-8"
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset, headers=sent | (headers or {}))


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse names that are not this machine's, and changes that come from another page."""
    if not _is_loopback(request.host):
        raise web.HTTPForbidden(text="Benchmate's demo answers on this machine only. Open the link that it printed.")
    origin = request.headers.get("Origin")
    if request.method not in _SAFE_METHODS and origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="This came from another page. Open the link that the demo printed.")
    return await handler(request)


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
