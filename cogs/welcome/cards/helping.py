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

    from cogs.welcome.doors import Door, Wish


def button(door: Door) -> ui.Button[Any]:
    """A button that the door's own room answers."""
    style = discord.ButtonStyle.primary if door.primary else discord.ButtonStyle.secondary
    return ui.Button(label=door.label, emoji=door.emoji, style=style, custom_id=door.custom_id)


def ways(mention: Callable[[str], str], *, organizer: bool, manager: bool) -> ui.LayoutView:
    """What a member can do here; `mention` makes a command one that can be pressed."""
    parts = _section("I want to…", doors.WISHES, doors.FOR_ALL, mention)
    if organizer:
        parts += [line(), *_section("As an organizer", doors.ORGANIZERS_WISHES, doors.FOR_ORGANIZERS, mention)]
    if manager:
        parts += [line(), *_section("As a manager of the server", doors.MANAGERS_WISHES, doors.FOR_MANAGERS, mention)]
    return card(*parts)


def _section(
    heading: str, wishes: Sequence[Wish], shown: Sequence[Door], mention: Callable[[str], str]
) -> list[ui.Item[Any]]:
    lines = [f"- {wish.words}: {listed([mention(command) for command in wish.commands], 'or')}" for wish in wishes]
    return [text("\n".join([f"### {heading}", *lines])), *rows(*(button(door) for door in shown))]
