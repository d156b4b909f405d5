"""Where an event is, from what was typed: a link, a channel of the server, a place, or not said yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from bot.kit.errors import UserError
from bot.kit.words import clip, tidy
from cogs.events.terms import LONGEST_WHERE
from db.events import CHANNEL, LINK, OPEN, PLACE, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

_MENTION = re.compile(r"<#(\d{1,20})>")
_BARE = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,24}(:\d+)?([/?#][^\s…]*)?", re.IGNORECASE)
_SAFE = "%/:?#[]@!$&*+,;=-._~'"


def where_of(typed: str, channels: Mapping[str, int], *, hidden: bool = False) -> Where:
    """What was typed, as it is kept; `channels` are the server's by name, in lower case and without the #.

    `hidden` counts for a link only. Raises UserError, in words, for a link that nobody could open.
    """
    text = tidy(typed)
    if not text:
        return Where(OPEN)
    mention = _MENTION.fullmatch(text)
    number = int(mention[1]) if mention else channels.get(text.removeprefix("#").casefold())
    if number is not None and number in channels.values():
        return Where(CHANNEL, "", number)
    if text.casefold().startswith(("http://", "https://")) or (" " not in text and _BARE.fullmatch(text)):
        return Where(LINK, _link(text), hidden=hidden)
    if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        raise UserError("Only links that start with https:// or http:// can be opened by everyone. Please use one.")
    return Where(PLACE, clip(text, LONGEST_WHERE))


def _link(text: str) -> str:
    link = text if "://" in text else f"https://{text}"
    if " " in link:
        raise UserError("A link has no spaces in it. Please give only the link; the rest can go into the description.")
    try:
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if not parts.hostname:
        raise UserError("I cannot read that link. Copy it from your browser and paste it once more.")
    kept = urlunsplit(
        (
            parts.scheme.lower(),
            parts.netloc,
            *(quote(part, _SAFE) for part in (parts.path, parts.query, parts.fragment)),
        )
    )
    if len(kept) > LONGEST_WHERE:
        raise UserError(f"This link is longer than {LONGEST_WHERE} characters. Please use a shorter one.")
    return kept


def typed_of(where: Where) -> str:
    """A place as it can be typed into the form again."""
    return f"<#{where.channel_id}>" if where.kind == CHANNEL else where.text
