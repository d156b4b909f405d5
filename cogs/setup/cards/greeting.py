"""The card for greeting newcomers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import card, rows, text
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.setup import Settings


def change(settings: Settings, buttons: Sequence[ui.Item[Any]], *, told: bool) -> ui.LayoutView:
    """Whether newcomers are greeted; `told` says whether Discord tells me who joins."""
    channel = settings.channels.get(Part.START)
    words = (
        "### Greeting newcomers\nWho joins is greeted once in the start channel, a minute later; who joins at the same "
        "time is greeted together. Nobody gets a direct message."
    )
    words += f"\n\nNow newcomers are **{'greeted' if settings.greets else 'not greeted'}**"
    words += f" in <#{channel}>." if settings.greets and channel else "."
    if channel is None:
        words += " There is no start channel, so nobody is greeted."
    if not told:
        words += (
            "\nDiscord does not tell me who joins. Whoever runs me can change that: in Discord's Developer Portal, "
            "under Bot, switch on **Server Members Intent**, and start me again."
        )
    return card(text(words), *rows(*buttons))
