"""Buttons, selects and forms of the room: a file for each thing that people do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.mentorship.views import (
    by_hand,
    circles,
    dates,
    delivering,
    excluding,
    joining,
    overview,
    pairs,
    proposals,
    reviewing,
    rounds,
    standing,
    voices,
)

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned, filled in or delivered here."""
    parts = (
        *(joining, standing, excluding, rounds, reviewing, by_hand),
        *(proposals, pairs, circles, dates, overview, voices),
    )
    for part in parts:
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
    bot.kinds.update({kind.name: kind for kind in delivering.kinds_of(bot)})
