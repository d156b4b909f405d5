"""What a site's robots.txt lets a program open: RFC 9309."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from bot.kit.fetching import NAME, Astray, FetchFault, Reason

if TYPE_CHECKING:
    from bot.kit.fetching import Answer, Fetcher

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; the least that RFC 9309, 2.5 asks for."""
WITHIN = 20.0
"""Seconds for a robots.txt."""
MOST_RULES = 500_000
"""Rules in one file, a rule for a hundred programs counted a hundred times: the parser keeps one for each of them, so
500 KiB can be made to fill the memory."""

_FOR_WHOM = re.compile(r"\s*user[-\s]*agent", re.IGNORECASE)
_ENDS_NAMES = re.compile(r"\s*(dis)?allow\s*:", re.IGNORECASE)
_NOBODY_THERE = frozenset({Reason.UNRESOLVED, Reason.NO_CONNECTION, Reason.CERTIFICATE, Reason.PRIVATE})
"""Reasons for which the page itself cannot be opened either."""


class Permission(StrEnum):
    """What a robots.txt says about a link."""

    GRANTED = "granted"
    KEPT_OUT = "kept-out"
    UNREAD = "unread"
    """It could not be read: for now as if it kept everyone out (RFC 9309, 2.3.1.4)."""


class Robots:
    """The robots.txt of each host, read once in a run."""

    def __init__(self, fetcher: Fetcher, *, within: float = WITHIN) -> None:
        self._fetcher, self._within = fetcher, within
        self._known: dict[str, Protego | Permission | FetchFault] = {}
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def permission(self, link: str) -> Permission:
        """Whether a link may be opened. Raises FetchFault where its host cannot be reached at all.

        A site that asks for a pause between two requests (Crawl-delay) gets it, up to `turns.LONGEST_PAUSE`.
        """
        parts = urlsplit(link)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._reading[origin]:
            if origin not in self._known:
                self._known[origin] = await self._read(origin, parts.hostname or "")
        known = self._known[origin]
        if isinstance(known, FetchFault):
            raise known.with_traceback(None)
        if isinstance(known, Protego):
            return Permission.GRANTED if known.can_fetch(link, NAME) else Permission.KEPT_OUT
        return known

    async def _read(self, origin: str, host: str) -> Protego | Permission | FetchFault:
        try:
            answer = await self._fetcher.fetch(f"{origin}/robots.txt", max_bytes=LARGEST, within=self._within)
        except Astray:
            return Permission.GRANTED  # RFC 9309, 2.3.1.2: more redirects than five are as good as none there
        except FetchFault as fault:
            return fault if fault.reason in _NOBODY_THERE and not fault.hops else Permission.UNREAD
        if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Permission.GRANTED  # 2.3.1.3: there is none
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return Permission.UNREAD
        text = _text(answer)
        if _rules(text) > MOST_RULES:
            return Permission.UNREAD
        parsed = await asyncio.to_thread(Protego.parse, text)
        self._fetcher.turns.slow(host, parsed.crawl_delay(NAME) or 0)
        return parsed


def _text(answer: Answer) -> str:
    """The file as text; of one that was cut, without its last line, which may be half of one."""
    body = answer.body
    if answer.truncated:
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    return body.decode("utf-8-sig", "replace")


def _rules(text: str) -> int:
    """How many rules the parser would keep at most: each line once for every program that its group is for."""
    rules, programs, named = 0, 0, False
    for line in text.splitlines():
        if _FOR_WHOM.match(line):
            programs = programs + 1 if named else 1
            named = True
        elif _ENDS_NAMES.match(line):
            named = False
        rules += programs
    return rules
