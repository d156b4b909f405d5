"""Cards of an agenda, for who asks and for the hosts; and the card that a host gets afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from bot.kit.words import listed as listed_words
from cogs.events.cards import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.events.service.agenda import Listed
    from db.events import Event, Question

_SHOWN = 300
WHO_SEES = (
    "-# Without your name neither hosts nor organizers see who asked. Who runs this bot, its caretaker, could look it "
    "up in the database."
)


def asking(
    event: Event, mine: Sequence[tuple[Question, ui.Item[Any]]], buttons: Sequence[ui.Item[Any]], *, note_: str = ""
) -> ui.LayoutView:
    """How to put a question on the agenda, and the member's own ones."""
    heading = note_ or f"### Put it on the agenda\nAsk the hosts of “{wording.name(event)}”, before or during the hour."
    parts: list[Part] = [text(f"{heading}\n{WHO_SEES}"), *rows(*buttons)]
    for question, button in mine:
        state = "answered" if question.answered_at is not None else "open"
        name = "with your name" if question.named else "without your name"
        parts += [line(), text(f"{plain(question.text, _SHOWN)}\n-# {state}, {name}"), row(button)]
    return card(*parts)


def listed(
    found: Listed, entries: Sequence[tuple[Question, ui.Item[Any]]], below: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """The agenda, for its hosts."""
    if not entries:
        words = "Nobody has asked anything yet. **Put it on the agenda** stands on the event's card."
        return note(f"### Agenda of “{wording.name(found.event)}”\n{words}", *below)
    count = f"{counted(found.open, 'question')} open" if found.open else "All answered"
    parts: list[Part] = [text(f"### Agenda of “{wording.name(found.event)}”\n-# {count}")]
    for question, button in entries:
        who = f"<@{question.user_id}>" if question.named else "Without a name"
        mark = " ✅" if question.answered_at is not None else ""
        parts += [line(), text(f"{plain(question.text, _SHOWN * 2)}{mark}\n-# {who}"), row(button)]
    return card(*parts, line(), *rows(*below))


def after(over: Sequence[tuple[Event, Sequence[ui.Item[Any]]]], host_id: int, no_more: ui.Item[Any]) -> ui.LayoutView:
    """The host's card once an event is over, or several are; each with its buttons."""
    names = listed_words([f"“{wording.name(event)}”" for event, _ in over])
    words = (
        f"### Thank you for hosting\n{names} {'is' if len(over) == 1 else 'are'} over. Is there a recording, are there "
        "slides or notes? In the catalogue everyone finds them, with the way back to the event."
    )
    why = f"-# <@{host_id}>, you get this because you host {'it' if len(over) == 1 else 'them'}."
    if len(over) == 1:
        return note(f"{words}\n{why}", *over[0][1], no_more, tone=Tone.PLAIN)
    parts: list[Part] = [text(words)]
    for event, buttons in over:
        parts += [line(), text(f"**{wording.name(event)}** {wording.at(event.starts_at)}"), *rows(*buttons)]
    return card(*parts, line(), text(f"{why} You host often, so I ask about several at once."), row(no_more))
