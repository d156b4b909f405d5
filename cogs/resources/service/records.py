"""How a resource stands in the one search index: what is searched in it, and the facts a card shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources import days, terms
from db.search import SearchRecord

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary
    from db.resources import Description, Resource

ROOM = "resources"
"""The room's name in the index."""


def promised(resource: Resource) -> str:
    """A resource as the subject of a delivery."""
    return f"resource:{resource.resource_id}"


def number_in(subject: str) -> int:
    """The number of the resource that a delivery is about; 0 where it is about none."""
    name, _, number = subject.partition(":")
    return int(number) if name == "resource" and number.isdigit() else 0


def record_of(resource: Resource, vocabulary: Vocabulary) -> SearchRecord:
    """The search record of a resource."""
    about = resource.about
    kind = terms.kind(about.kind)
    tools = [tool.label for slug in about.tools if (tool := vocabulary.get(slug))]
    audience = [term.label for slug in about.audience if slug != "all" and (term := terms.audience(slug))]
    levels = [term.label for slug in about.levels if (term := terms.level(slug))]
    named = (about.publisher, about.creator, *about.topics, about.identifier)
    keywords = [kind.label if kind else "", *tools, *audience, *levels, *named]
    return SearchRecord(
        guild_id=resource.guild_id,
        room=ROOM,
        key=str(resource.resource_id),
        kind=about.kind,
        title=about.title,
        summary=about.description,
        keywords=" ; ".join(word for word in keywords if word),
        facts=facts(about, vocabulary),
        tools=about.tools,
        link=about.link,
    )


def facts(about: Description, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a card says about a resource besides its title and text, each as people read it."""
    kind = terms.kind(about.kind)
    tools = [f"{tool.label} {tool.emoji}" for slug in about.tools if (tool := vocabulary.get(slug))]
    named = [
        f"Closes {days.said(about.closes_on)}" if about.closes_on else "",
        about.creator,
        about.publisher,
        str(about.year or ""),
        f"{kind.label} {kind.emoji}" if kind else "",
        ", ".join(tools),
        terms.for_whom(about.audience),
        terms.for_learning(about.levels),
        ", ".join(about.topics),
        about.language,
        about.license,
        about.identifier,
    ]
    return tuple(fact for fact in named if fact)
