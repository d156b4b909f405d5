"""Buttons, selects and forms of the room: a file for finding and saving, reminding, suggesting, reviewing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources.views import finding, reminding, reviewing, suggesting

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned, undone or filled in here."""
    for part in (finding, reminding, suggesting, reviewing):
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
    bot.kinds.update({kind.name: kind for kind in reminding.kinds_of(bot)})
