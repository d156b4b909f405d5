"""The web page: one file that needs nothing else, asks nobody for anything, and runs nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.kit.html import Html, element, html
from bot.kit.words import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.handover import Chapter, Community

_STYLE = files("bot.exporting").joinpath("page.css").read_text(encoding="utf-8")
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
"""https://www.w3.org/TR/CSP3/: no scripts, no pictures, no requests; our own style by its hash."""


def page_of(community: Community, chapters: Sequence[Chapter]) -> bytes:
    """The page, in UTF-8: a heading, what leads to each chapter, the chapters."""
    name = tidy(community.name)
    return html(
        Html("<!doctype html>\n"),
        element("html", _head(name), element("body", *_body(name, community, chapters)), lang="en"),
    ).encode()


def _head(name: str) -> Html:
    return element(
        "head",
        Html('<meta charset="utf-8">'),
        html(Html('<meta http-equiv="Content-Security-Policy" content="'), POLICY, Html('">')),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="referrer" content="no-referrer">'),
        element("title", f"{name}: events and resources"),
        element("style", Html(_STYLE)),
    )


def _body(name: str, community: Community, chapters: Sequence[Chapter]) -> Sequence[Html]:
    leads = [element("li", element("a", one.heading, href=f"#{one.anchor}")) for one in chapters]
    today = community.today
    return (
        element("a", "Skip to the content", href="#content", class_="skip"),
        element(
            "header",
            element("h1", name),
            element("p", f"Our events and resources, as of {today:%B} {today.day}, {today.year}.", class_="note"),
            element("nav", element("ul", *leads), aria_label="On this page"),
        ),
        element("main", *(_chapter(one) for one in chapters), id="content"),
        element("footer", element("p", "This page is a copy and does not change by itself. Made with Benchmate.")),
    )


def _chapter(chapter: Chapter) -> Html:
    return element(
        "section", element("h2", chapter.heading, id=chapter.anchor), chapter.body, aria_labelledby=chapter.anchor
    )
