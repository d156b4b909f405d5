"""The catalogue on the web page that an organizer takes away: tool by tool, each resource in full once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.kit.handover import Chapter
from bot.kit.html import element, html, link
from bot.kit.words import counted, tidy
from cogs.resources import days, terms
from db.resources import importing

if TYPE_CHECKING:
    from bot.kit.handover import Community
    from bot.kit.html import Html
    from db.engine import AsyncConnection
    from db.resources import Resource

CHUNK = 500
OTHERS = "other"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""What a browser takes for a language (RFC 5646); others say theirs in words."""


async def chapters(connection: AsyncConnection, community: Community) -> list[Chapter]:
    """What is published and has not closed, by its first tool; its other tools lead there."""
    pieces: dict[str, list[Html]] = {slug: [] for slug in (*(tool.slug for tool in community.vocabulary.tools), OTHERS)}
    also: dict[str, list[Html]] = {slug: [] for slug in pieces}
    total, after = 0, 0
    while found := await importing.all_published(connection, community.guild_id, after, CHUNK):
        after = found[-1].resource_id
        for resource in found:
            if resource.about.closes_on is not None and resource.about.closes_on < community.today:
                continue
            total += 1
            first, *more = [slug for slug in resource.about.tools if slug in pieces] or [OTHERS]
            pieces[first].append(_whole(resource))
            for slug in more:
                also[slug].append(_pointer(resource))
    if not total:
        return []
    names = {tool.slug: tool.label for tool in community.vocabulary.tools} | {OTHERS: "Other topics"}
    sections = {slug: (pieces[slug], also[slug]) for slug in pieces if pieces[slug] or also[slug]}
    leads = element(
        "ul",
        *(
            element("li", element("a", names[slug], href=f"#tool-{slug}"), f" ({len(whole) + len(others):,})")
            for slug, (whole, others) in sections.items()
        ),
        class_="tools",
    )
    body = html(
        element("p", f"{counted(total, 'resource')}, by what they are about:"),
        element("nav", leads, aria_label="Catalogue by tool"),
        *(_section(slug, names[slug], *inside) for slug, inside in sections.items()),
    )
    return [Chapter("catalogue", "Catalogue", body)]


def _section(slug: str, name: str, whole: list[Html], others: list[Html]) -> Html:
    parts = [element("h3", name, id=f"tool-{slug}")]
    if whole:
        parts.append(element("ul", *whole, class_="resources"))
    if others:
        parts += [element("p", "Also about this:"), element("ul", *others)]
    parts.append(element("p", element("a", "All tools", href="#catalogue"), class_="back"))
    return element("section", *parts, aria_labelledby=f"tool-{slug}")


def _whole(resource: Resource) -> Html:
    about = resource.about
    kind = terms.kind(about.kind)
    facts = [
        kind.label if kind else "",
        tidy(about.creator or about.publisher),
        str(about.year or ""),
        terms.for_whom(about.audience),
        terms.for_learning(about.levels),
        tidy(about.license),
        f"Open until {days.said(about.closes_on)}" if about.closes_on else "",
    ]
    language = {"lang": about.language} if _LANGUAGE.fullmatch(about.language) else {}
    return element(
        "li",
        element("p", link(about.link, tidy(about.title)), class_="title", **language),
        element("p", " · ".join(fact for fact in facts if fact), class_="facts"),
        element("p", tidy(about.description), **language) if about.description.strip() else html(),
        id=f"resource-{resource.resource_id}",
    )


def _pointer(resource: Resource) -> Html:
    """Where it stands in full; this page's own link, in case the resource has none that may be followed."""
    title = element("a", tidy(resource.about.title), href=f"#resource-{resource.resource_id}")
    return element("li", title)
