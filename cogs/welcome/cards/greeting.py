"""The greeting of newcomers in the start channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import note
from bot.kit.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

NAMED = 8
"""So many are greeted by name; the others are counted."""


def welcome(newcomers: Sequence[int], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Everyone who has come, in one card; it says why it is there, and who can stop it."""
    names = [f"<@{number}>" for number in newcomers[:NAMED]]
    if len(newcomers) > NAMED:
        names.append(counted(len(newcomers) - NAMED, "other"))
    words = (
        f"### Welcome, {listed(names)}! 👋\nGood that you are here. Ask anything, however small, and look around at "
        "your own pace; the pinned message in this channel shows what you can do.\n"
        "-# Each newcomer is greeted once. Organizers can switch it off in the settings."
    )
    return note(words, *buttons)
