"""The card of `/help`: what one can do here, by intent, each with its command and, where there is one, its button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.cards import card, line, rows, text
from bot.kit.words import listed
from cogs.welcome import doors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cogs.welcome.doors import Door, Section, Wish
    from db.setup import Settings


def button(door: Door) -> ui.Button[Any]:
    """A button that the door's own room answers."""
    style = discord.ButtonStyle.primary if door.primary else discord.ButtonStyle.secondary
    return ui.Button(label=door.label, emoji=door.emoji, style=style, custom_id=door.custom_id)


def ways(
    mention: Callable[[str], str], settings: Settings, section: Section, others: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What one can do here, in one of the sections; `mention` makes a command one that can be pressed."""
    lines = [_line(wish, mention) for wish in section.wishes if wish.where(settings)]
    buttons = [button(door) for door in doors.open_in(section.doors, settings)]
    parts: list[ui.Item[Any]] = [text("\n".join([f"### {section.heading}", *lines])), *rows(*buttons)]
    if others:
        parts += [line(), *rows(*others)]
    return card(*parts)


def _line(wish: Wish, mention: Callable[[str], str]) -> str:
    if not wish.commands:
        return f"- {wish.words}: press the button below"
    return f"- {wish.words}: {listed([mention(command) for command in wish.commands], 'or')}"
