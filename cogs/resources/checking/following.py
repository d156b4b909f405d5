"""Where a link that someone has just typed leads, so that a short link is known for what it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.kit.fetching import FetchFault

if TYPE_CHECKING:
    from bot.kit.fetching import Fetcher

WITHIN_S = 1.5
"""An answer in Discord must come within 3 seconds, and nobody needs this one."""
_REFUSED = 400


async def leads_to(fetcher: Fetcher, link: str, within: float = WITHIN_S) -> str | None:
    """The page a link is sent on to, asked with one HEAD; None where it is not, or cannot be opened in time.

    A mere front page is no page: sites send what they no longer have there.
    """
    try:
        async with asyncio.timeout(within):
            answer = await fetcher.fetch(link, method="HEAD", within=within)
    except (FetchFault, TimeoutError):
        return None
    if answer.status >= _REFUSED or answer.url_final == link:
        return None
    return answer.url_final if urlsplit(answer.url_final).path.strip("/") else None
