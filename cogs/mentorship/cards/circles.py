"""Cards of circles: the offer, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, note, rows, text
from bot.kit.words import counted, plain
from cogs.mentorship.cards.people import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from db.mentorship import Round


def offer(one: Round, people: int, until: datetime | None, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A circle, for one of those who signed up."""
    words = (
        f"### A circle, instead of pairs?\n{counted(people, 'person', 'people')} signed up for **{plain(one.name)}**: "
        "too few for good pairs, enough for a **circle**. All who like share one private thread, meet together for "
        f"{one.weeks} weeks, and each brings what they know."
    )
    closing = f"Please answer by {moment(until, 'D')}. " if until else ""
    more = f"{closing}If it is not for you, you stay on the waitlist, and I ask when somebody fits."
    why = "-# You get this because you signed up for mentoring. **/mentor pause** in the server takes a break."
    return card(text(words), text(more), *rows(*buttons), text(why), tone=Tone.ASK)


def offered(one: Round, asked: int) -> ui.LayoutView:
    """To organizers: everybody is asked."""
    words = f"### {plain(one.name)} begins as a circle\nI ask {counted(asked, 'person', 'people')} now. "
    return note(words + "As soon as two have said yes, their thread opens. You need not do anything.", tone=Tone.DONE)


def joined(inside: int) -> ui.LayoutView:
    """One is in the circle."""
    more = (
        "You are the first. As soon as somebody else joins, a private thread opens for you."
        if inside == 1
        else f"You are {inside} now. Your private thread is in the server in a moment."
    )
    return note(f"### You are in the circle\n{more}", tone=Tone.DONE)


def refused(buttons: Sequence[ui.Item[Any]], *, mentee: bool) -> ui.LayoutView:
    """It is not for them, unless they change their mind."""
    more = "You stay on the waitlist, and I ask as soon as a mentor fits." if mentee else "I write when a mentee fits."
    return note(f"### That is fine\n{more}", *buttons, tone=Tone.DONE)
