"""The web as the demo sees it: nothing leaves this machine, so what a site would say is made up right here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.kit.fetching import Answer, Fetcher
from cogs.resources.checking import WAYBACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

GONE: Final = "https://www.example.org/button-maker-rules"
"""The one page that is gone. The site is nobody's: https://www.iana.org/domains/reserved"""
COPY: Final = f"https://web.archive.org/web/20240305120000/{GONE}"


class StillWeb(Fetcher):
    """Answers for every site without opening anything: all pages are there but one, of which an archive has a copy."""

    def __init__(self) -> None:
        super().__init__(homepage="https://www.example.org/demo")

    async def fetch(self, url: str, *, before: Callable[[str], Awaitable[None]] | None = None, **_wish: Any) -> Answer:
        """What the site would say, at once."""
        if before is not None:
            await before(url)
        if url.startswith(WAYBACK):
            return _answer(url, 200, json.dumps(_copies()))
        if url == GONE or urlsplit(url).path == "/robots.txt":
            return _answer(url, 404)
        return _answer(url, 200)


def _answer(url: str, status: int, body: str = "") -> Answer:
    return Answer(status, url, (), {}, body.encode(), truncated=False)


def _copies() -> dict[str, Any]:
    closest = {"available": True, "url": COPY, "timestamp": "20240305120000", "status": "200"}
    return {"archived_snapshots": {"closest": closest}}
