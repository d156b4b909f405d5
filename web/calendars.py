"""How a calendar is answered over HTTP: whole, or with 304 where the program has it already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.web import Request, Response

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
_TYPE = "text/calendar; charset=utf-8"
_GONE = "There is no calendar here (any more). Ask for a new link in your Discord server: /events, My calendar.\n"


class Served(Protocol):
    """A calendar as a file."""

    @property
    def content(self) -> bytes:
        """The file."""
        ...

    @property
    def tag(self) -> str:
        """What changes with the content; without quotation marks."""
        ...


def answer(request: Request, found: Served | None) -> Response:
    """The calendar; 304 without a body where the request names its tag; 404 in words where there is none."""
    if found is None:
        return web.Response(status=404, text=_GONE, headers=_HEADERS)
    tag = f'"{found.tag}"'
    if _has(request.headers.get("If-None-Match", ""), tag):
        return web.Response(status=304, headers={"ETag": tag, "Cache-Control": "no-store"})
    return web.Response(body=found.content, headers={**_HEADERS, "ETag": tag, "Content-Type": _TYPE})


def _has(asked: str, tag: str) -> bool:
    """Whether If-None-Match names the tag: weakly compared, in a list, or as `*` (RFC 9110, 13.1.2)."""
    return asked == tag or asked.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in asked.split(","))
