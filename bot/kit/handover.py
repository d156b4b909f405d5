"""What an organizer takes away: the files that each room hands over, and its chapters of the web page.

A room that has something to hand over has a module `handover` with a `HANDOVER`. It reads the database alone, and
knows nothing of Discord. Nobody is named in what it yields, and nothing is in it that was told to few.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from bot.kit.html import Html
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection


@dataclass(frozen=True, slots=True)
class Community:
    """The server whose things are taken away. `name` is never empty; `now` is UTC, `zone` the server's own."""

    guild_id: int
    name: str
    zone: ZoneInfo
    now: datetime
    vocabulary: Vocabulary

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.astimezone(self.zone).date()

    def local(self, moment: datetime | None) -> str:
        """A moment on the server's clocks, for tables: 2026-03-03 15:00; empty for None."""
        return "" if moment is None else f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path (with slashes) in the server's folder. `about` is its line in the README, empty for none.

    `holds` is what it brings, for the end: "34 resources".
    """

    path: str
    content: bytes
    about: str = ""
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the web page: what leads to it, its heading, what it says."""

    anchor: str
    heading: str
    body: Html


async def no_chapters(_connection: AsyncConnection, _community: Community) -> list[Chapter]:
    """Nothing for the web page."""
    return []


@dataclass(frozen=True, slots=True)
class Handover:
    """What a room hands over.

    `heading` and `left_out` are for the README; the latter are ends of sentences: what is not there, and why.
    """

    heading: str
    files: Callable[[AsyncConnection, Community], AsyncIterator[File]]
    left_out: tuple[str, ...] = ()
    chapters: Callable[[AsyncConnection, Community], Awaitable[list[Chapter]]] = no_chapters


def json_file(value: Any) -> bytes:
    """A value as a JSON file in UTF-8, indented; days and moments as ISO 8601 has them."""
    return (json.dumps(value, ensure_ascii=False, indent=2, default=lambda day: day.isoformat()) + "\n").encode()
