"""The cards that stand in channels: **Start here** for everyone, and the organizers' desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import card, note, rows, text
from bot.kit.words import plain
from cogs.welcome import doors
from cogs.welcome.cards.helping import button
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.setup import Settings

_PLACES = {
    Part.QUESTIONS: "ask anything about your makerspace",
    Part.INTRODUCTIONS: "say hello, and see who is here",
    Part.SHOW: "show what you made, and what went wrong on the way",
    Part.ANNOUNCEMENTS: "news and events",
    Part.RESOURCES: "talk about guides, lesson plans and policies",
}
"""What the parts that exist are for, in the order in which they are shown."""


def start(name: str, settings: Settings, helping: ui.Item[Any], mention_of_help: str) -> ui.LayoutView:
    """What a newcomer sees first, by what the server `name` has set up."""
    channels = settings.channels
    there = [f"- <#{channels[part]}>: {use}" for part, use in _PLACES.items() if part in channels]
    words = (
        f"### Welcome to {plain(name)}\nLibrary people who make things help each other here. Press what you would like "
        "to do. What a button opens, only you see, and nothing is sent before you say so."
    )
    hint = f"-# Anywhere in this server, {mention_of_help} shows you what you can do."
    buttons: list[ui.Item[Any]] = [button(door) for door in doors.open_in(doors.ON_START, settings)]
    places = [text("**Where things are**\n" + "\n".join(there))] if there else []
    return card(text(words), *rows(*buttons, helping), *places, text(hint))


def desk(waits: Sequence[str], comes: Sequence[str], settings: Settings, helping: ui.Item[Any]) -> ui.LayoutView:
    """What waits for the organizers, what comes next, and what they do most."""
    lines = [f"- {one}" for one in waits]
    words = "\n".join(["**What waits**", *lines]) if lines else "Nothing waits for you."
    parts = [text(f"### Organizers' desk\n{words}")]
    if comes:
        parts.append(text("\n".join(["**What comes next**", *(f"- {one}" for one in comes)])))
    buttons: list[ui.Item[Any]] = [button(door) for door in doors.open_in(doors.ON_DESK, settings)]
    return card(*parts, *rows(*buttons, helping))


def moved(channel: int | None) -> ui.LayoutView:
    """What is left of a panel in a channel that no longer has it."""
    return note(f"This has moved to <#{channel}>." if channel else "This is no longer kept up. Type /help instead.")
