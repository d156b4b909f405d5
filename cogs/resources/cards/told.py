"""What the person who suggested something is told: a question of the organizers, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, row, text
from bot.kit.words import plain
from cogs.resources.cards.lists import TITLE_SHOWN, entry
from db import resources

if TYPE_CHECKING:
    from discord import ui

    from db.resources import Resource
    from db.search import SearchRecord


def decided(record: SearchRecord, resource: Resource, server: str = "") -> ui.LayoutView:
    """Published or declined, and why where the organizers said so. It says by itself why it comes.

    `server` is named where the card does not stand in it.
    """
    where = f" in {plain(server)}" if server else ""
    why = f"-# You asked to be told about your suggestion{where}. Nothing more comes about it."
    if resource.status == resources.PUBLISHED:
        words = f"### Your suggestion is published ✅\nEveryone can find it now. Thank you!\n{why}"
        return card(text(words), line(), text(entry(record)), tone=Tone.DONE)
    words = f"### About your suggestion\nThe organizers decided not to publish “{plain(record.title, TITLE_SHOWN)}”."
    reason = f"\nWhat they say about it: {plain(resource.reason)}" if resource.reason else ""
    return card(text(f"{words}{reason}\nThank you for thinking of everyone; suggest more when you find it.\n{why}"))


def question(record: SearchRecord, resource: Resource, server: str, button: ui.Item[Any]) -> ui.LayoutView:
    """What an organizer would like to know, and the button that answers it. `server` may be empty."""
    where = f" of {plain(server)}" if server else ""
    words = (
        f"### A question about your suggestion\nThe organizers{where} looked at “{plain(record.title, TITLE_SHOWN)}” "
        f"and ask:\n> {plain(resource.asked.question)}\nIt goes on once you have answered.\n"
        "-# You get this because you suggested it. No answer is fine, too: then they decide without it."
    )
    return card(text(words), row(button), tone=Tone.ASK)
