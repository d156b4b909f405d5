"""Buttons, selects and forms of the room: a file for each thing that people do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.events.views import (
    afterwards,
    agenda,
    answering,
    asking,
    browsing,
    calendars,
    choosing,
    delivering,
    editing,
    importing,
    news,
    opening,
    planning,
    reminding,
    repeating,
    series,
    templating,
)

if TYPE_CHECKING:
    from bot.kit.host import Host


PARTS = (
    answering, choosing, planning, opening, editing, browsing, asking, news, reminding, repeating, series, agenda,
    afterwards, templating, calendars, importing,
)  # fmt: skip
"""In this order: what saves a date of a series takes the place of what saves a single event."""


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned, undone, filled in or delivered here."""
    for part in PARTS:
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
    for delivered in (delivering, asking, reminding, series, afterwards, importing):
        bot.kinds.update({kind.name: kind for kind in delivered.kinds_of(bot)})
