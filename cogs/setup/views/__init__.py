"""Buttons, selects and forms of the setup: a file for each thing that people do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.setup.views import agreeing, checking, choosing, greeting, inviting, settling, starting, summary, zoning

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned or filled in here."""
    for part in (starting, choosing, zoning, summary, inviting, checking, settling, agreeing, greeting):
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
