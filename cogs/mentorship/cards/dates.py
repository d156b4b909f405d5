"""Cards about when to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, note, row, rows, text
from cogs.mentorship import times as rules
from cogs.mentorship.cards.people import moment, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.mentorship import Meeting, Member

FILE = "meeting.ics"


def suggestions(select: ui.Item[Any]) -> ui.LayoutView:
    """Times to choose from."""
    words = (
        "### When could you meet?\nThese hours lie in everybody's day. Choose one, and the other can say yes. None of "
        "them suits? Write your own into the thread."
    )
    return card(text(words), row(select), tone=Tone.ASK)


def no_time() -> ui.LayoutView:
    """No hour suits all."""
    return note(
        "### Your days hardly meet\nThere is no hour between 6 AM and 10 PM for all of you. Write to each other "
        "here, and look for a weekend or an early morning that works."
    )


def suggested(found: Meeting, by: Member, zones: Sequence[str], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Somebody suggests a time."""
    words = (
        f"### {who(by)} suggests a time\n**{moment(found.starts_at, 'F')}** ({moment(found.starts_at, 'R')}), "
        f"{found.minutes} minutes\n-# {rules.at_each(found.starts_at, zones)}"
    )
    return card(text(words), *rows(*buttons), tone=Tone.ASK)


def agreed(found: Meeting, zones: Sequence[str], file: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """They agree on it."""
    words = (
        f"### You meet {moment(found.starts_at, 'F')}\n-# {rules.at_each(found.starts_at, zones)}\nThe file puts "
        "it into your calendar. The agenda is further up."
    )
    return card(text(words), file, *rows(*buttons), tone=Tone.DONE)


def was_agreed(found: Meeting) -> ui.LayoutView:
    """The card of a meeting that was called off since."""
    return note(f"-# You were to meet {moment(found.starts_at, 'F')}. That was called off.")


def called_off(found: Meeting, by: Member, file: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It is off: what each can do then."""
    words = (
        f"### Called off\n{who(by)} cannot meet {moment(found.starts_at, 'F')}. The file takes it out of your "
        "calendar; "
        "where it does not, delete it there by hand."
    )
    return card(text(words), file, *rows(*buttons), tone=Tone.ASK)
