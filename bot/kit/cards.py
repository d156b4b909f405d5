"""Cards: one container with texts and rows of buttons, made to fit Discord's limits whatever they are given.

A message holds 40 components and 4,000 characters of text
(https://docs.discord.com/developers/components/reference; the characters as discord.py 2.7.1 counts them).
"""

from __future__ import annotations

from enum import Enum
from typing import Any

import discord
from discord import ui

from bot.kit.words import clip

TEXT_LIMIT = 4_000
COMPONENTS_LIMIT = 40
BUTTON_LABEL_LIMIT = 20
"""Longer labels wrap or vanish on a phone."""
BUTTONS_PER_ROW = 3


class Tone(Enum):
    """The color at a card's edge; the words say the same, the color only helps to find it."""

    PLAIN = 0x5865F2
    DONE = 0x2D7D46
    ASK = 0xB7791F
    TROUBLE = 0xC0392B


Part = ui.Item[Any]
"""What a card is made of: texts, rows, separators, sections."""


def text(words: str) -> ui.TextDisplay[Any]:
    """A paragraph, in Discord's markdown."""
    return ui.TextDisplay(words)


def line() -> ui.Separator[Any]:
    """A thin line between two parts."""
    return ui.Separator(spacing=discord.SeparatorSpacing.small)


def row(*items: ui.Item[Any]) -> ui.ActionRow[Any]:
    """Up to three buttons, or one select, side by side."""
    return ui.ActionRow(*items)


def rows(*items: ui.Item[Any]) -> list[ui.ActionRow[Any]]:
    """As many rows of three buttons as it takes."""
    return [row(*items[start : start + BUTTONS_PER_ROW]) for start in range(0, len(items), BUTTONS_PER_ROW)]


def link(label: str, address: str) -> ui.Button[Any]:
    """A button that opens a web address (http or https, 512 characters at most)."""
    return ui.Button(label=clip(label, BUTTON_LABEL_LIMIT), url=address)


TELL_ORGANIZERS = "tell-organizers"
"""The custom_id that opens **Tell the organizers**, wherever it stands."""


def tell_organizers() -> ui.Button[Any]:
    """**Tell the organizers**, for a card on which somebody may meet with trouble; cogs/welcome answers it."""
    return ui.Button(label="Tell the organizers", emoji="📨", custom_id=TELL_ORGANIZERS)


def card(*parts: Part, tone: Tone = Tone.PLAIN) -> ui.LayoutView:
    """A card from its parts, in order. Text beyond Discord's limit is cut with an ellipsis, the longest part first."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_color=tone.value))
    _fit(view)
    # All that can be pressed is a DynamicItem, which answers without its card. discord.py would otherwise keep each
    # private card for a quarter of an hour (measured 16 KiB each); a stopped one it forgets at once.
    view.stop()
    return view


def note(words: str, *items: ui.Item[Any], tone: Tone = Tone.PLAIN) -> ui.LayoutView:
    """A card of one paragraph, with buttons below it if there are any."""
    return card(text(words), *rows(*items), tone=tone)


def _fit(view: ui.LayoutView) -> None:
    texts = [item for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    while (over := sum(len(item.content) for item in texts) - TEXT_LIMIT) > 0:
        longest = max(texts, key=lambda item: len(item.content))
        longest.content = clip(longest.content, max(1, len(longest.content) - over))
