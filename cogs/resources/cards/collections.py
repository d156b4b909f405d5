"""Cards of collections: all of a server, one as members see it, and one as an organizer keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from cogs.resources.cards.lists import BELOW_SHOWN, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.resources.cards.lists import Entry
    from db.resources import Collection


def all_of_them(
    collections: Sequence[tuple[Collection, ui.Item[Any]]], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """The collections of a server, each with the button that opens it."""
    parts: list[Part] = [text("### Collections 📚\n-# Lists that organizers have put together for everyone.")]
    for one, button in collections:
        parts += [line(), text(f"**{plain(one.name)}**\n{_facts(one)}"), row(button)]
    return card(*parts, *([line(), *rows(*buttons)] if buttons else []))


def none_yet(buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """No collection yet."""
    words = "### No collections yet 📚\nOrganizers can put lists together, such as “Starting a makerspace”."
    return note(words, *buttons)


def one(
    collection: Collection, entries: Sequence[Entry], sentences: Sequence[str], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """A collection, as members see it or with an organizer's buttons."""
    heading = f"### {plain(collection.name)} 📚\n{_facts(collection)}"
    if collection.keeper_id:  # whoever has had their name taken out is nobody
        heading += f"\n-# Kept by <@{collection.keeper_id}>"
    if not entries:
        return note(heading, *buttons)
    below = [f"{plain(sentence, BELOW_SHOWN)} 💬" if sentence else "" for sentence in sentences]
    return listing(heading, entries, buttons, below)


def removed(name: str) -> ui.LayoutView:
    """A collection that is gone."""
    return note(f"The collection “{plain(name)}” is gone. Its resources are still in the catalogue.", tone=Tone.DONE)


def _facts(collection: Collection) -> str:
    held = f"-# {counted(collection.items, 'resource')}" if collection.items else "-# Empty so far"
    return f"{plain(collection.about)}\n{held}" if collection.about else held
