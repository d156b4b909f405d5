"""Why a web address could not be opened: a reason for programs, and words for people."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.kit.fetching.answers import Hop


class Reason(StrEnum):
    """What happened, as it may be stored."""

    NOT_A_LINK = "not-a-link"
    ODD_PORT = "odd-port"
    PRIVATE = "private"
    UNRESOLVED = "unresolved"
    NO_CONNECTION = "no-connection"
    CERTIFICATE = "certificate"
    TOO_SLOW = "too-slow"
    CUT_OFF = "cut-off"
    GARBLED = "garbled"
    TOO_LARGE = "too-large"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    REDIRECT_LOOP = "redirect-loop"
    BAD_REDIRECT = "bad-redirect"


_WORDS = {
    Reason.NOT_A_LINK: "That is not a link I can open. It should start with https:// and have no name or password.",
    Reason.ODD_PORT: "{host} comes with a port (the number behind the colon) that I do not open. Please open it "
    "yourself.",
    Reason.PRIVATE: "{host} leads to a private network, which is closed to everyone else. Please use a public link.",
    Reason.UNRESOLVED: "I could not find {host}. Check the spelling; the site may also have closed.",
    Reason.NO_CONNECTION: "{host} does not answer. It may be down for now; try again tomorrow.",
    Reason.CERTIFICATE: "{host} could not prove that it is {host}: its certificate does not fit. Open it in a browser "
    "to see whether it warns you too.",
    Reason.TOO_SLOW: "{host} took too long to answer. Try again later.",
    Reason.CUT_OFF: "{host} hung up before its answer was complete. Try again later.",
    Reason.GARBLED: "{host} answers in a way I do not understand. Open it in a browser to see.",
    Reason.TOO_LARGE: "{host} sends more than I take. Look for a smaller file, or for the page that leads to it.",
    Reason.TOO_MANY_REDIRECTS: "{host} passes visitors on too many times. Open it in a browser and use the link it "
    "ends at.",
    Reason.REDIRECT_LOOP: "{host} passes visitors round in a circle. Open it in a browser to see whether it works "
    "there.",
    Reason.BAD_REDIRECT: "{host} passes visitors on to a place I do not open. Open it in a browser and use the link "
    "it ends at.",
}


class FetchFault(Exception):
    """An address could not be opened.

    `reason` is for programs, `words` are for people, `url` is the address at which it happened, `hops` the redirects
    that had been followed before.
    """

    def __init__(self, reason: Reason, url: str, host: str = "", hops: tuple[Hop, ...] = ()) -> None:
        self.reason, self.url, self.hops = reason, url, hops
        self.words = _WORDS[reason].format(host=_short(host) or "This site")
        super().__init__(f"{reason} at {_short(url, 200)}")


class Refused(FetchFault):
    """It may not be opened: not a web link, an odd port, a private network."""


class Unreachable(FetchFault):
    """There is no such site, or it gives no answer, or it cannot prove who it is."""


class Unreadable(FetchFault):
    """It answers, with something that is no web answer, or too much of it."""


class Astray(FetchFault):
    """Its redirects lead nowhere: too many, in a circle, or to what may not be opened."""


_FAMILY: dict[Reason, type[FetchFault]] = {
    Reason.NOT_A_LINK: Refused,
    Reason.ODD_PORT: Refused,
    Reason.PRIVATE: Refused,
    Reason.GARBLED: Unreadable,
    Reason.TOO_LARGE: Unreadable,
    Reason.TOO_MANY_REDIRECTS: Astray,
    Reason.REDIRECT_LOOP: Astray,
    Reason.BAD_REDIRECT: Astray,
}


def fault(reason: Reason, url: str, host: str = "", hops: tuple[Hop, ...] = ()) -> FetchFault:
    """The fault of its family; what is not in another one is `Unreachable`."""
    return _FAMILY.get(reason, Unreachable)(reason, url, host, hops)


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
