"""Buttons and panels of the welcome room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.welcome.views import greeting, helping, panels, telling, told

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed or delivered here."""
    bot.add_dynamic_items(*helping.ITEMS, *telling.ITEMS, *told.ITEMS)
    bot.forms.update({form.name: form for form in (*telling.FORMS, *told.FORMS)})
    bot.pages.update(told.PAGES)
    bot.kinds.update(
        {kind.name: kind for kind in (*panels.kinds_of(bot), *told.kinds_of(bot), *greeting.kinds_of(bot))}
    )
