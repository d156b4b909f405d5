"""The tags of the questions forum: two of our own, and the eighteen tools that libraries ask about most.

Discord takes 20 tags in a forum, with names of 20 characters at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.kit.vocabulary import Vocabulary

TAGS_AT_MOST = 20

TOOLS = (
    "3d-printer",
    "laser-cutter",
    "vinyl-cutter",
    "sewing",
    "electronics",
    "general",
    "safety",
    "coding",
    "robotics",
    "podcasting",
    "video",
    "cnc",
    "embroidery",
    "button-maker",
    "vr-ar",
    "3d-modeling",
    "circulating-kits",
    "hand-tools",
)
"""By how many libraries have the tool and ask about it; staffing, liability and upkeep (general, safety) recur too."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A forum tag: its name and its emoji. Only organizers and the bot may set a `moderated` one."""

    name: str
    emoji: str
    moderated: bool = False


ANSWERED = Tag("Answered", "✅")
NEEDS_HELP = Tag("Needs help", "🆘")
OWN = (ANSWERED, NEEDS_HELP)


def all_tags(vocabulary: Vocabulary) -> list[Tag]:
    """Our two, then the tools, as a new forum gets them."""
    tools = (vocabulary.get(slug) for slug in TOOLS)
    return [*OWN, *(Tag(tool.label, tool.emoji) for tool in tools if tool is not None)][:TAGS_AT_MOST]


def missing_own(names: Collection[str]) -> list[Tag]:
    """Those of our two that a forum with tags of these names lacks; the letters' case does not matter."""
    there = {name.casefold() for name in names}
    return [tag for tag in OWN if tag.name.casefold() not in there]


def to_add(names: Collection[str], vocabulary: Vocabulary) -> list[Tag]:
    """What a forum with these tags should get: everything where it has none, else our two as far as there is room."""
    if not names:
        return all_tags(vocabulary)
    return missing_own(names)[: max(0, TAGS_AT_MOST - len(names))]
