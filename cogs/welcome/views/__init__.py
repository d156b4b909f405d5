"""Buttons of the welcome room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.welcome.views import helping

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed here."""
    bot.add_dynamic_items(*helping.ITEMS)
