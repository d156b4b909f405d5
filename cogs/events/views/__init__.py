"""Buttons, selects and forms of the room: a file for each thing that people do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.events.views import (
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
)

if TYPE_CHECKING:
    from bot.kit.host import Host


def register(bot: Host) -> None:
    """Tell the bot all that can be pressed, turned, undone, filled in or delivered here."""
    for part in (answering, choosing, planning, opening, editing, browsing, asking, news, calendars, importing):
        bot.add_dynamic_items(*part.ITEMS)
        bot.pages.update(part.PAGES)
        bot.reactions.update(part.REACTIONS)
        bot.forms.update({form.name: form for form in part.FORMS})
    kinds = (*delivering.kinds_of(bot), *asking.kinds_of(bot), *importing.kinds_of(bot))
    bot.kinds.update({kind.name: kind for kind in kinds})
