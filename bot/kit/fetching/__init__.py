"""Opens a web address that anyone may have typed: links of the catalogue now, calendars later.

Only the public internet, only http and https at their own ports, redirects followed by hand and each one checked anew,
with caps on time, bytes and headers. No cookies, no proxies from the environment, no compressed bodies asked for.

    async with Fetcher(homepage="https://example.org/benchmate") as fetcher:
        answer = await fetcher.fetch("https://www.ala.org/tools", method="HEAD")
"""

from __future__ import annotations

from bot.kit.fetching.addresses import PUBLIC, Allowed, is_public, literal
from bot.kit.fetching.answers import Answer, Hop
from bot.kit.fetching.faults import Astray, FetchFault, Reason, Refused, Unreachable, Unreadable
from bot.kit.fetching.fetcher import MOST_REDIRECTS, NAME, Fetcher
from bot.kit.fetching.turns import Turns

__all__ = [
    "MOST_REDIRECTS",
    "NAME",
    "PUBLIC",
    "Allowed",
    "Answer",
    "Astray",
    "FetchFault",
    "Fetcher",
    "Hop",
    "Reason",
    "Refused",
    "Turns",
    "Unreachable",
    "Unreadable",
    "is_public",
    "literal",
]
