"""Cards that list resources: results, more like one, and what a member has saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import TEXT_LIMIT, Part, Tone, card, line, row, rows, text
from bot.kit.words import clip, counted, listed, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.search import Found, SearchRecord

    Entry = tuple[SearchRecord, Sequence[ui.Item[Any]]]

TITLE_SHOWN = 120
TEXT_SHOWN = 140
"""About two lines on a computer, four on a phone."""
FACTS_SHOWN = 220
QUERY_SHOWN = 80
BELOW_SHOWN = 150
"""Characters of a note or a sentence below an entry; twice as many where every sign has to be escaped."""
ENTRY_LIMIT = 1_000
_LEAST = 20  # characters below which a line says nothing


def results(
    query: str,
    found: Found,
    entries: Sequence[Entry],
    pager: Sequence[ui.Item[Any]],
    *,
    filters: Sequence[str] = (),
    first: int = 0,
) -> ui.LayoutView:
    """What a search found, from the place `first` (from 0) on, and how it was narrowed or read differently."""
    heading = f"### Best matches for “{plain(query, QUERY_SHOWN)}”{_within(filters)} 🔎"
    if found.corrected:
        heading += f"\n-# I read that as “{plain(found.corrected, QUERY_SHOWN)}”."
    if found.total > len(entries):
        upto = f" to {first + len(entries)}" if len(entries) > 1 else ""
        heading += f"\n-# {first + 1}{upto} of {found.total:,}"
    return listing(heading, entries, pager)


def nothing_found(
    query: str, filters: Sequence[str], nearest: Sequence[str], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """Nothing found: what else to try, and how to add what is missing."""
    words = f"### Nothing yet for “{plain(query, QUERY_SHOWN)}”{_within(filters)} 🔎\n"
    if filters:
        words += "It may turn up without the kind or the tool. "
    elif nearest:
        words += "Perhaps one of the topics below helps. "
    else:
        words += "Try another word for it, or just the tool's name. "
    words += "And if you know something good about it, suggest it: the next person will find it."
    return card(text(words), *rows(*buttons), tone=Tone.ASK)


def _within(filters: Sequence[str]) -> str:
    return f" in {listed([plain(name) for name in filters])}" if filters else ""


def more_like(
    record: SearchRecord, found: Found, entries: Sequence[Entry], pager: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What is most like one resource."""
    title = plain(record.title, TITLE_SHOWN)
    if not found.hits:
        return card(text(f"### Nothing else like “{title}” yet\nIf you know something similar, suggest it."))
    return listing(f"### More like “{title}”", entries, pager)


def recent(
    total: int, entries: Sequence[Entry], pager: Sequence[ui.Item[Any]], *, kind: str, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What is new, of one kind where named."""
    of_kind = f" of the kind {plain(kind)}" if kind else ""
    heading = f"### New in the catalogue{of_kind} 🆕\n-# {counted(total, 'resource')} in all"
    return listing(heading, entries, [*pager, *buttons])


def closing(entries: Sequence[Entry], pager: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Opportunities by their closing date."""
    heading = "### Open opportunities 📣\n-# The next to close first; a day ends when it ends everywhere on Earth."
    return listing(heading, entries, pager)


def nothing_recent(kind: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """An empty catalogue, or none of a kind."""
    words = f"### Nothing of the kind {plain(kind)} yet\n" if kind else "### The catalogue is still empty\n"
    return card(text(words + "If you know something good, suggest it."), *rows(*buttons), tone=Tone.ASK)


def nothing_closing(buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """No opportunity is open."""
    words = "### No open opportunities right now\nFunding, calls, partners wanted: if you hear of one, suggest it."
    return card(text(words), *rows(*buttons), tone=Tone.ASK)


def saved(total: int, entries: Sequence[Entry], notes: Sequence[str], pager: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A member's own list, with their notes."""
    heading = f"### You saved {counted(total, 'resource')} 🔖\n-# No other member can see it."
    below = [f"{plain(note, BELOW_SHOWN)} 📝" if note else "" for note in notes]
    return listing(heading, entries, pager, below)


def nothing_saved(find: str) -> ui.LayoutView:
    """An empty list, and how it fills."""
    return card(
        text(f"### Nothing saved yet 🔖\nLook for something with {find} and press **Save** below what you like.")
    )


def entry(record: SearchRecord, limit: int = ENTRY_LIMIT) -> str:
    """One resource, as it stands in every list: title as link, facts, two lines of text.

    At most `limit` characters (700 or more), markdown and all; the link is never cut, the text first.
    """
    title = clip(plain(record.title, TITLE_SHOWN), limit - len(record.link) - 10)
    lines = [f"**[{title}]({record.link})**" if record.link else f"**{title}**"]
    left = limit - len(lines[0])
    if record.facts and left > _LEAST:
        lines.append(f"-# {clip(' · '.join(plain(fact) for fact in record.facts), min(FACTS_SHOWN, left - 4))}")
        left -= len(lines[-1]) + 1
    if record.summary and left > _LEAST:
        lines.append(clip(plain(record.summary, TEXT_SHOWN), left - 1))
    return "\n".join(lines)


def listing(
    heading: str, entries: Sequence[Entry], pager: Sequence[ui.Item[Any]], below: Sequence[str] = ()
) -> ui.LayoutView:
    """A list; `below` are lines under its entries, in the same order, each of `BELOW_SHOWN` characters at most."""
    parts: list[Part] = [text(heading)]
    for place, (record, buttons) in enumerate(entries):
        said = below[place] if place < len(below) else ""
        room = (TEXT_LIMIT - len(heading)) // len(entries) - len(said) - 1
        parts += [line(), text(f"{entry(record, room)}\n{said}" if said else entry(record, room))]
        if buttons:
            parts.append(row(*buttons))
    if pager:
        parts += [line(), *rows(*pager)]
    return card(*parts)
