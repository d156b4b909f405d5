"""The card of what people said at the end, for organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import card, line, row, text
from bot.kit.words import counted, plain
from cogs.mentorship import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.mentorship.service.looking_back import Voice

A_PAGE = 4
_SHOWN = 350


def voices(found: Sequence[Voice], page: int, pager: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A page of voices, those that may be quoted first."""
    if not found:
        return card(text("### What people said\nNobody has answered the last questions yet."))
    again = [
        f"{number} {term.label.lower()}"
        for term in terms.AGAIN
        if (number := sum(one.again == term.slug for one in found))
    ]
    head = f"### What people said\n{counted(len(found), 'answer')}. Would they do it again? {', '.join(again)}."
    parts: list[ui.Item[Any]] = [text(head)]
    for one in found[page * A_PAGE : (page + 1) * A_PAGE]:
        lines = ["May be quoted, without a name 💬" if one.quotable else "Not to be quoted 🔒"]
        lines += [f"**Worked:** {plain(one.worked, _SHOWN)}"] if one.worked else []
        lines += [f"**Did not:** {plain(one.worked_not, _SHOWN)}"] if one.worked_not else []
        parts += [line(), text("\n".join(lines))]
    pages = [row(*pager)] if pager else []
    small = "-# Names are left out here. Where few have answered one may guess who it was; please do not."
    return card(*parts, line(), *pages, text(small))
