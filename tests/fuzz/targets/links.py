"""Links as people paste them: of a resource, of an event's place, of a calendar; and other things that are typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.kit.errors import UserError
from bot.kit.fetching import is_public, literal
from cogs.events.service.obtaining import LONGEST_LINK, link_of
from cogs.events.terms import LONGEST_WHERE
from cogs.events.whereabouts import typed_of, where_of
from cogs.resources import days, identifiers, links
from db.events import CHANNEL, LINK, OPEN, PLACE
from tests.fuzz.making import Maker, corpus
from tests.fuzz.target import Target, accepted, case_of, fit_to_show, holds, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_KNOWN = corpus("links")
HOSTS, _SCHEMES, _TYPED = _KNOWN["hosts"], _KNOWN["schemes"], _KNOWN["typed"]
_PATHS = [*_KNOWN["paths"], "/" + "long/" * 120, "?" + "x=1&" * 140]
LINKS = [f"{scheme}{host}{path}" for host in HOSTS[:12] for path in _PATHS for scheme in _SCHEMES[:2]] + [
    f"{scheme}{host}/x" for scheme in _SCHEMES for host in HOSTS
]
_MAKER = Maker([*LINKS, *_TYPED], [*HOSTS, *_PATHS, *_SCHEMES, *_TYPED], joint="/", longest=5_000)
_CHANNELS = {"makerspace": 123456789012345678, "welcome": 5}


def _draw(rng: Random) -> bytes:
    if rng.random() < 0.4:
        return case_of(f"{rng.choice(_SCHEMES[:4])}{rng.choice(HOSTS)}{rng.choice(_PATHS)}{rng.choice(_PATHS)}")
    return case_of(_MAKER.text(rng))


def _check(data: bytes) -> bool:
    text = text_of(data)
    taken = [accepted(partial(read, text)) for read in (_of_the_catalogue, _of_a_calendar, _place, _day, _identifier)]
    return taken[0]


def _of_the_catalogue(text: str) -> None:
    kept = links.checked(text)
    holds(links.checked(kept) == kept, "a checked link stays as it is", kept)
    holds(len(kept) <= links.LONGEST and kept.isascii() and kept.isprintable(), "a link is plain and short", kept)
    holds(" " not in kept and kept.startswith(("http://", "https://")), "a link is one of the web", kept)
    parts = urlsplit(kept)
    holds(parts.username is None and parts.password is None, "no name and password", kept)
    host = literal((parts.hostname or "").rstrip("."))
    holds(host is None or is_public(host), "an address that is kept is public", kept)
    key = links.key(kept)
    holds(0 < len(key) <= links.LONGEST, "a key is short", key)
    other = f"http://{kept.partition('://')[2]}"
    holds(links.key(other) == key, "the way makes no difference", kept)
    site, place, rest = kept.partition("#")
    if not rest.startswith(("/", "!")):
        holds(links.key(site) == key, "a place on the page makes no difference", kept, place)


def _of_a_calendar(text: str) -> None:
    link = link_of(text)
    holds(link_of(link) == link, "a calendar's link stays as it is", link)
    holds(len(link) <= LONGEST_LINK and " " not in link, "a calendar's link is one, and short", link)


def _place(text: str) -> None:
    where = where_of(text, _CHANNELS)
    holds(where.kind in (OPEN, CHANNEL, LINK, PLACE), "a place is one of four", where)
    holds(len(where.text) <= LONGEST_WHERE, "a place is short", len(where.text))
    holds(where_of(typed_of(where), _CHANNELS) == where, "a place is read as it is shown for a change", where)
    if where.kind == LINK:
        holds(
            where.text.startswith(("http://", "https://")) and bool(urlsplit(where.text).hostname), "a web link", where
        )
    if where.kind == CHANNEL:
        holds(where.channel_id in _CHANNELS.values(), "a channel is one of the server's", where)


def _day(text: str) -> None:
    day = days.read(text)
    holds(day is None or days.read(days.said(day)) == day, "a day is read as it is said", day)


def _identifier(text: str) -> None:
    kept = identifiers.kept(text)
    holds(len(kept) <= identifiers.LONGEST, "an identifier is short", kept)
    holds(_read_again(identifiers.kept, kept) == kept, "an identifier stays as it is", kept)


def _read_again(read: Callable[[str], str], kept: str) -> str:
    try:
        return read(kept)
    except UserError as refusal:
        fit_to_show(refusal.words)
        return f"refused: {refusal.words}"


TARGET = Target("links", 200, _draw, _check)
