"""Buttons, selects and forms of the room: a file for each thing that people do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.questions.views import (
    asking,
    delivering,
    helping,
    joining,
    listing,
    marking,
    minding,
    overview,
    retagging,
    turning,
)
from cogs.questions.views.asking import AskForm

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned, undone, filled in or delivered here."""
    for part in (asking, marking, retagging, turning, listing, helping, minding, joining, overview):
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
    bot.forms[AskForm.name] = AskForm(bot.vocabulary)
    bot.kinds.update(
        {kind.name: kind for kind in (*delivering.kinds_of(bot), *minding.kinds_of(bot), *joining.kinds_of(bot))}
    )
