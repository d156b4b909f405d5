"""Cards that list people, and what to do where nobody fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import TEXT_LIMIT, Part, Tone, card, line, row, rows, text
from bot.kit.paging import PER_PAGE
from bot.kit.words import clip, plain
from cogs.people import terms
from cogs.people.cards.profiles import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.people.service.finding import Listed, Sought
    from db.people import Profile

    Entry = tuple[Profile, Sequence[ui.Item[Any]]]

TOOLS_SHOWN = 8
"""How many tools of each person a list names."""
_NEAR_SHOWN = 60


def people(
    listed: Listed,
    vocabulary: Vocabulary,
    entries: Sequence[Entry],
    selects: Sequence[ui.Item[Any]],
    pager: Sequence[ui.Item[Any]],
) -> ui.LayoutView:
    """A page of people, each with what they show; `selects` narrow the list to a tool."""
    heading = f"### {_who(listed.sought, vocabulary)} 👥"
    if listed.total > len(entries):
        first = listed.page * PER_PAGE
        heading += f"\n-# {first + 1} to {first + len(entries)} of {listed.total:,}, in turn"
    if listed.found > listed.total:
        heading += "\n-# There are more; name a tool, a kind of library or a place to narrow it."
    parts: list[Part] = [text(heading)]
    limit = (TEXT_LIMIT - len(heading)) // len(entries)
    for profile, buttons in entries:
        said = clip(named(profile, vocabulary, TOOLS_SHOWN), limit)
        parts += [line(), text(said), row(*buttons)]
    if selects or pager:
        parts.append(line())
    parts += [row(select) for select in selects]
    if pager:
        parts.append(row(*pager))
    return card(*parts)


def nobody(
    sought: Sought, vocabulary: Vocabulary, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """Nobody fits who shows it: what else to try, and how to be the first."""
    words = f"### {_who(sought, vocabulary)}: nobody shows that yet 👥\n"
    if sought.tool and (sought.setting or sought.near):
        words += "Somebody elsewhere may know it. "
    words += "Ask in a channel all the same: many have not filled in a profile. Yours may be the first."
    return card(text(words), *(row(select) for select in selects), *rows(*buttons), tone=Tone.ASK)


def _who(sought: Sought, vocabulary: Vocabulary) -> str:
    tool = vocabulary.get(sought.tool)
    named = f"Who knows {tool.label} {tool.emoji}" if tool else "People here"
    settings = {term.slug: term.label.lower() for term in (*terms.SETTINGS, terms.SMALL_OR_RURAL)}
    if sought.setting == terms.LIKE_MINE.slug:
        named += ", in a library like yours"
    elif sought.setting in settings:
        named += f", {settings[sought.setting]}"
    return f"{named}, near {plain(sought.near, _NEAR_SHOWN)}" if sought.near else named
