"""Cards of series: posted, listed, changed as a whole or in part, skipped and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import counted
from cogs.events.cards import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.events.service.repeating import Going
    from cogs.events.service.rescheduling import Rescheduled
    from db.events import Event


def sentence(words: str) -> str:
    """A rule in words, as it begins a line."""
    return f"{words[:1].upper()}{words[1:]}"


def posted(first: Event, words: str, channel_id: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The series is on its way."""
    return note(
        f"### Posted\n“{wording.name(first)}”: {words}. The first is on its way to <#{channel_id}>: "
        f"{wording.when(first.starts_at, first.ends_at)}.\nEach of the others is posted there by itself when the one "
        "before it is over, two weeks ahead at the most. **/event series** shows and changes them.",
        *buttons,
        tone=Tone.DONE,
    )


def listed(
    entries: Sequence[tuple[Going, Sequence[ui.Item[Any]]]], total: int, below: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """A page of the series that go on, each with what can be done with its next date."""
    if not entries:
        words = "No series goes on. Press **New event** and write, for example, “every first Tuesday 3pm”."
        return note(f"### Series 🔁\n{words}", *below)
    parts: list[Part] = [text(f"### Series 🔁\n-# {counted(total, 'series', 'series')}")]
    for going, buttons in entries:
        lines = [sentence(going.words)]
        if going.coming:
            first = going.coming[0]
            lines.insert(0, f"**{wording.title(first)}**")
            lines.append(f"Next: {wording.at(first.starts_at)} ({wording.relative(first.starts_at)})")
        parts += [line(), text("\n".join(lines)), *([row(*buttons)] if buttons else [])]
    return card(*parts, *([line()] if below else []), *rows(*below))


def scope(event: Event, words: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Ask which dates are to change."""
    return note(
        f"### Which dates are to change?\n“{wording.name(event)}” is part of a series: {words}. Dates that were "
        "changed apart stay as they are, and who answered keeps their answer.",
        *buttons,
        tone=Tone.ASK,
    )


def changed(saved: Rescheduled, words: str, heard: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Several dates say something else now."""
    lines = [f"### Saved\n“{wording.name(saved.event)}”: {words}. {counted(saved.changed, 'date')} changed."]
    if saved.called_off:
        lines.append(f"{counted(saved.called_off, 'date')} that people had seen fell away; who wanted to come is told.")
    if heard and saved.told:
        lines.append(f"{counted(heard, 'person who wants', 'people who want')} to come will be told in a minute.")
    return note("\n".join(lines), *buttons, tone=Tone.DONE)


def skipped(event: Event, after: Event | None, heard: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """One date is left out."""
    goes_on = f" The series goes on {wording.at(after.starts_at)}." if after is not None else ""
    told = f" {counted(heard, 'person', 'people')} will be told in a minute." if heard else ""
    words = f"### Skipped\n“{wording.name(event)}” on {wording.at(event.starts_at)} is left out.{goes_on}{told}"
    return note(words, *buttons, tone=Tone.DONE)


def ending(event: Event, words: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Ask whether the series is to end, and when."""
    return note(
        f"### End this series?\n“{wording.name(event)}”: {words}. **This is the last** ends it with "
        f"{wording.at(event.starts_at)}; **End before it** takes that date off as well. Later dates go, and who "
        "answered one of them is told. This cannot be undone.",
        *buttons,
        tone=Tone.ASK,
    )


def ended(event: Event, called_off: int, *, with_it: bool) -> ui.LayoutView:
    """The series has ended."""
    last = "No further date takes place." if with_it else f"{wording.at(event.starts_at)} is its last date."
    told = (
        f" {counted(called_off, 'date')} that people had seen was called off; they are told." if called_off == 1 else ""
    )
    if called_off > 1:
        told = f" {called_off} dates that people had seen were called off; they are told."
    return note(f"### The series ends\n“{wording.name(event)}”: {last}{told}", tone=Tone.DONE)
