"""Getting somebody's calendar over the web: what came, that nothing changed, or why it could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.fetching import FetchFault
from bot.kit.words import tidy
from cogs.events.ical.found import MAX_BYTES

if TYPE_CHECKING:
    from bot.kit.fetching import Fetcher

WITHIN_S = 30.0
LONGEST_LINK = 2_000
GONE = "gone"
"""The trouble of a calendar that will not come back: its server says so."""
_NOT_MODIFIED, _GONE, _OK, _ERRORS = 304, 410, 200, 400
_WORDS = {
    401: "It asks for a password. Look for a link that is open to everyone who has it (Google calls it the secret "
    "address in iCal format, Outlook a published calendar).",
    403: "It is closed to me. Look for a link that is open to everyone who has it.",
    404: "It is not there. Check the link; the calendar may have a new one.",
    _GONE: "Its server says that it is gone for good.",
    429: "Its server asks me to come less often.",
}


@dataclass(frozen=True, slots=True)
class Obtained:
    """What came; `content` is None where nothing has changed since."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


class NotObtained(Exception):
    """It could not be had. `trouble` is for programs (32 characters at most), `words` are for people.

    `passing` says that it may just be an outage.
    """

    def __init__(self, trouble: str, words: str, *, passing: bool) -> None:
        super().__init__(trouble)
        self.trouble, self.words, self.passing = trouble, words, passing


def link_of(typed: str) -> str:
    """The link of a calendar, as it can be opened. Raises UserError for what is none."""
    link = tidy(typed).strip("<>")
    for odd in ("webcal://", "webcals://"):
        if link.casefold().startswith(odd):
            link = f"https://{link[len(odd) :]}"
    if not link.casefold().startswith(("https://", "http://")) or " " in link:
        raise UserError("A calendar's link starts with https:// or webcal://. Copy it where the calendar is shared.")
    if len(link) > LONGEST_LINK:
        raise UserError(f"This link is longer than {LONGEST_LINK:,} characters. Please look for a shorter one.")
    return link


async def obtain(fetcher: Fetcher, url: str, *, etag: str = "", last_modified: str = "") -> Obtained:
    """Ask for a calendar; with what its server said last, it may answer that nothing changed. Raises NotObtained."""
    headers = {"Accept": "text/calendar, */*;q=0.1"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified and not etag else {}
    try:
        answer = await fetcher.fetch(url, max_bytes=MAX_BYTES, whole=True, within=WITHIN_S, headers=headers)
    except FetchFault as fault:
        raise NotObtained(f"fetch-{fault.reason}"[:32], fault.words, passing=True) from fault
    if answer.status == _NOT_MODIFIED:
        if etag or last_modified:
            return Obtained(None, etag, last_modified)
        raise NotObtained("odd-304", "Its server says that nothing changed, but never sent it.", passing=True)
    if answer.status != _OK:
        words = _WORDS.get(answer.status, f"Its server answers with status {answer.status}.")
        if answer.status == _GONE:
            raise NotObtained(GONE, words, passing=False)
        raise NotObtained(f"status-{answer.status}", words, passing=answer.status not in _WORDS)
    return Obtained(answer.body, answer.headers.get("etag", "")[:200], answer.headers.get("last-modified", "")[:100])
