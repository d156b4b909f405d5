"""HTML that is right by construction: whatever is not HTML already is escaped, and links lead to the web alone."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from bot.kit.words import tidy


class Html(str):
    """A piece of a page. Only `html` and `element` make it."""

    __slots__ = ()


def html(*parts: str) -> Html:
    """The parts one after the other; what is no `Html` is text, tidied where it holds what cannot be shown."""
    return Html("".join(part if isinstance(part, Html) else _escaped(part) for part in parts))


def element(name: str, /, *inside: str, **attributes: str) -> Html:
    """An element with what is inside. An attribute is named with `_` for its hyphens and at its end (`class_`)."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"' for key, value in attributes.items() if value
    )
    return Html(f"<{name}{given}>{html(*inside)}</{name}>")


def is_web(address: str) -> bool:
    """Whether it is a link to the web: http or https, with a host, and nothing in it that no link has."""
    if not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def link(address: str, words: str, /, **attributes: str) -> Html:
    """A link to the web that tells it nothing of this page; the words alone where it is none."""
    if not is_web(address):
        return html(words)
    return element("a", words, href=address, rel="noopener noreferrer", **attributes)


def paragraphs(text: str) -> Html:
    """What a person wrote, a paragraph for each line; nothing for a blank."""
    return html(*(element("p", line) for line in tidy(text, lines=True).splitlines() if line))


def _escaped(text: str) -> str:
    return escape(text if text.isprintable() else tidy(text), quote=True)
