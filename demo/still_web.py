"""The web as the demo sees it: nothing leaves this machine, so what a site would say is made up right here."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.kit.fetching import Answer, Fetcher
from cogs.resources.checking import WAYBACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.kit.clock import Clock

GONE: Final = "https://www.example.org/button-maker-rules"
"""The one page that is gone. The site is nobody's: https://www.iana.org/domains/reserved"""
COPY: Final = f"https://web.archive.org/web/20240305120000/{GONE}"

CALENDAR: Final = "https://library.example.org/calendar.ics"
"""A library's calendar. Whenever it is asked for, its first session has moved by a day, so that one sees it follow."""


class StillWeb(Fetcher):
    """Answers for every site without opening anything: all pages are there but one, of which an archive has a copy."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(homepage="https://www.example.org/demo")
        self._clock = clock
        self._asked = 0

    async def fetch(self, url: str, *, before: Callable[[str], Awaitable[None]] | None = None, **_wish: Any) -> Answer:
        """What the site would say, at once."""
        if before is not None:
            await before(url)
        if url.startswith(WAYBACK):
            return _answer(url, 200, json.dumps(_copies()))
        if url == CALENDAR:
            self._asked += 1
            return _answer(url, 200, _calendar(self._clock(), self._asked))
        if url == GONE or urlsplit(url).path == "/robots.txt":
            return _answer(url, 404)
        return _answer(url, 200)


def _answer(url: str, status: int, body: str = "") -> Answer:
    return Answer(status, url, (), {}, body.encode(), truncated=False)


def _copies() -> dict[str, Any]:
    closest = {"available": True, "url": COPY, "timestamp": "20240305120000", "status": "200"}
    return {"archived_snapshots": {"closest": closest}}


_SESSIONS = (
    ("Laser cutter badge session", "One hour to your badge. Bring a small design.", 2, 22),
    ("Open lab for teens", "Printers, cutters, sewing machines, and people who know them.", 4, 21),
    ("Zine night", "Fold, stamp, print.", 6, 23),
)


def _calendar(now: datetime, asked: int) -> str:
    """The library's calendar for the `asked`-th time, in the days to come."""
    today = now.replace(minute=0, second=0, microsecond=0)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Library//Demo//EN", "X-WR-CALNAME:Riverside Library"]
    for number, (title, about, days, hour) in enumerate(_SESSIONS):
        moved = asked - 1 if number == 0 else 0
        start = today.replace(hour=hour) + timedelta(days=days + moved)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@library.example.org",
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            "DURATION:PT1H",
            f"SUMMARY:{title}",
            f"DESCRIPTION:{about}",
            "LOCATION:Riverside Library\\, Room 2",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
