"""Buttons, selects and forms of the room: a file for each thing that people do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources.views import (
    browsing,
    checking,
    collecting,
    delivering,
    describing,
    editing,
    exchanging,
    finding,
    handing,
    keeping,
    pointing,
    queueing,
    reminding,
    reviewing,
    saving,
    starting,
    suggesting,
    telling,
)

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned, undone, filled in or delivered here."""
    for part in (
        finding,
        saving,
        reminding,
        browsing,
        collecting,
        keeping,
        describing,
        suggesting,
        telling,
        reviewing,
        editing,
        queueing,
        checking,
        starting,
        exchanging,
        handing,
        pointing,
    ):
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
    kinds = (*delivering.kinds(bot), *reminding.kinds_of(bot), *exchanging.kinds_of(bot), *checking.kinds_of(bot))
    bot.kinds.update({kind.name: kind for kind in kinds})
