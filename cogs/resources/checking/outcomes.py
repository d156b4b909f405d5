"""What a look at a link can end in, and how an organizer reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.kit.errors import UserError
from bot.kit.fetching import FetchFault, Reason
from cogs.resources import links
from cogs.resources.checking.sites import is_front_page, site_of

if TYPE_CHECKING:
    from bot.kit.fetching import Answer


class Kind(StrEnum):
    """How a link is, as it may be stored."""

    ALIVE = "alive"
    MOVED = "moved"
    """For good: every redirect on the way said so."""
    MOVED_FOR_NOW = "moved-for-now"
    OTHER_SITE = "other-site"
    """It ends at the front page of another site."""
    GONE = "gone"
    """404 or 410."""
    FAILING = "failing"
    """The site is down, closed, or in trouble."""
    SIGN_IN = "sign-in"
    """401 or 403: people may get in, a program does not."""
    BUSY = "busy"
    """429: the site asks to be left alone for a while."""
    KEPT_OUT = "kept-out"
    """Its robots.txt keeps programs out."""
    UNREAD = "unread"
    """Its robots.txt could not be read, so nothing was opened."""
    ODD = "odd"
    """Something a person should look at; neither alive nor dead."""


ANSWERS = frozenset({Kind.ALIVE, Kind.MOVED, Kind.MOVED_FOR_NOW, Kind.OTHER_SITE, Kind.SIGN_IN})
"""The kinds after which nothing is held against a link any more."""
FAILURES = frozenset({Kind.GONE, Kind.FAILING})
"""The kinds that count against a link; the others say nothing either way."""

_ODD = frozenset(
    {
        Reason.NOT_A_LINK,
        Reason.ODD_PORT,
        Reason.TOO_LARGE,
        Reason.TOO_MANY_REDIRECTS,
        Reason.REDIRECT_LOOP,
        Reason.BAD_REDIRECT,
    }
)
"""Where a browser may get further than this program does."""
_GOOD, _SERVER = 2, 5
"""The first digit of a status: it worked; it did not, and the site knows that it is to blame (RFC 9110, 15)."""
_WORDS_GONE = "{host} says that this page is gone. Look for it there, or remove the resource."
_WORDS_SIGN_IN = "{host} lets only people in, or only those who sign in. Please open it yourself."
_BY_STATUS: dict[int, tuple[Kind, str]] = {
    HTTPStatus.UNAUTHORIZED: (Kind.SIGN_IN, _WORDS_SIGN_IN),
    HTTPStatus.FORBIDDEN: (Kind.SIGN_IN, _WORDS_SIGN_IN),
    HTTPStatus.NOT_FOUND: (Kind.GONE, _WORDS_GONE),
    HTTPStatus.GONE: (Kind.GONE, _WORDS_GONE),
    HTTPStatus.TOO_MANY_REQUESTS: (Kind.BUSY, "{host} asks to be left alone for a while. I'll look again next time."),
}
_TROUBLE = (Kind.FAILING, "{host} has trouble of its own (it answers {status}). It may be down for now.")
_STRANGE = (Kind.ODD, "{host} gives a strange answer ({status}). Please open it yourself.")
_FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One look at one link.

    `words` are for an organizer: plain text, with hosts in it and nothing longer. `status` is that of the last answer,
    where there was one; `reason` why there was none. `moved_to` is where the link leads now, fit for the catalogue
    (`links.checked`): an edit to offer for MOVED, something to look at for MOVED_FOR_NOW, OTHER_SITE and ODD.
    `downgraded`: the way led from https to http. `host` is whose answer it is (`host_of`).
    """

    link: str
    kind: Kind
    words: str
    status: int | None = None
    reason: Reason | None = None
    moved_to: str | None = None
    downgraded: bool = False
    host: str = ""


def of_fault(link: str, fault: FetchFault) -> Outcome:
    """What it means that a link could not be opened."""
    return Outcome(
        link,
        Kind.ODD if fault.reason in _ODD else Kind.FAILING,
        fault.words,
        reason=fault.reason,
        host=host_of(fault.url),
    )


def kept_out(link: str, at: str) -> Outcome:
    """The robots.txt at `at` keeps programs out."""
    return Outcome(link, Kind.KEPT_OUT, f"{host_of(at)} asks programs to stay out, so I did not look. Please open it.")


def unread(link: str, at: str) -> Outcome:
    """Whether programs may come in could not be found out at `at`."""
    words = f"{host_of(at)} did not tell me whether programs may look, so I did not. I'll try again next time."
    return Outcome(link, Kind.UNREAD, words)


def busy(link: str) -> Outcome:
    """The host has said in this run that it is asked too much."""
    kind, words = _BY_STATUS[HTTPStatus.TOO_MANY_REQUESTS]
    return Outcome(link, kind, words.format(host=host_of(link)))


def of_answer(link: str, answer: Answer) -> Outcome:
    """What an answer says about the link, by its status and by the way to it. Nothing is read into the page itself."""
    status, host = answer.status, host_of(answer.url_final)
    if status // 100 == _GOOD:
        return replace(_reached(link, answer), status=status, downgraded=answer.downgraded, host=host)
    kind, words = _BY_STATUS.get(status) or (_TROUBLE if status // 100 == _SERVER else _STRANGE)
    return Outcome(link, kind, words.format(host=host, status=status), status, host=host)


def _reached(link: str, answer: Answer) -> Outcome:
    """The way to a page that is there."""
    there, host = _fit(answer.url_final), host_of(answer.url_final)
    if not answer.hops or there == link:
        return Outcome(link, Kind.ALIVE, "The page is there.")
    if is_front_page(answer.url_final):
        if site_of(answer.url_final) != site_of(link):
            words = f"This link now leads to the front page of another site, {host}. Is it still what you meant?"
            return Outcome(link, Kind.OTHER_SITE, words, moved_to=there)
        if not is_front_page(link):
            words = f"This link now leads to the front page of {host}; the page itself may be gone. Please open it."
            return Outcome(link, Kind.ODD, words, moved_to=there)
    if all(hop.status in _FOR_GOOD for hop in answer.hops):
        return Outcome(link, Kind.MOVED, f"The page has moved for good, to {host}. Update the link?", moved_to=there)
    return Outcome(link, Kind.MOVED_FOR_NOW, f"The page is there, for now at another link on {host}.", moved_to=there)


def _fit(link: str) -> str | None:
    try:
        return links.checked(link)
    except UserError:
        return None


def host_of(link: str) -> str:
    """The host of a link, for words: without "www.", 80 characters at most."""
    return (urlsplit(link).hostname or "this site").removeprefix("www.")[:80]
