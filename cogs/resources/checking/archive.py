"""A copy of a page that an archive kept, to be offered where a link is dead; never put in its place unasked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from bot.kit.errors import UserError
from bot.kit.fetching import FetchFault
from cogs.resources import links

if TYPE_CHECKING:
    from bot.kit.fetching import Fetcher

WAYBACK = "https://archive.org/wayback/available"
"""The availability API of the Internet Archive: https://archive.org/help/wayback_api.php"""
HOLDS_COPIES = "web.archive.org"
MOST_BYTES = 64 * 1024
WITHIN = 15.0

_GOOD = "2"


@dataclass(frozen=True, slots=True)
class Archived:
    """A copy: its link (https) and the UTC day on which it was taken."""

    link: str
    taken: date


async def archived_copy(
    fetcher: Fetcher, link: str, *, near: date | None = None, base: str = WAYBACK, within: float = WITHIN
) -> Archived | None:
    """The copy that the archive at `base` offers for a link, the nearest to the day `near` where it is given.

    None where there is none, where it shows anything but a page (its status is not 2xx), or where the archive cannot
    be asked just now. `within` is in seconds. Give the day on which the link last answered: later copies may be of the
    page that says it is gone.
    """
    moment = f"&timestamp={near:%Y%m%d}" if near is not None else ""
    try:
        answer = await fetcher.fetch(
            f"{base}?url={quote(link, safe='')}{moment}", max_bytes=MOST_BYTES, whole=True, within=within
        )
        found = json.loads(answer.body) if answer.status // 100 == int(_GOOD) else None
    except (FetchFault, ValueError, RecursionError):
        return None
    match found:
        case {"archived_snapshots": {"closest": {"available": True, "url": str(url), "timestamp": str(when), **rest}}}:
            return _archived(url, when) if str(rest.get("status", "200")).startswith(_GOOD) else None
        case _:
            return None


def _archived(url: str, when: str) -> Archived | None:
    """The copy, where it is one of the archive's own and fit for a card."""
    try:
        parts = urlsplit(url)
        taken = datetime.strptime(when[:8], "%Y%m%d").replace(tzinfo=UTC).date()
        if parts.hostname != HOLDS_COPIES or parts.port not in (None, 80, 443) or parts.username is not None:
            return None
        return Archived(links.checked(urlunsplit(("https", HOLDS_COPIES, parts.path, parts.query, ""))), taken)
    except (ValueError, UserError):
        return None
