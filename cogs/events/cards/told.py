"""What members are told about an event without having pressed anything: each says why it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.cards import Tone, link, note, text
from bot.kit.words import plain
from cogs.events.cards import wording
from cogs.events.pointing import jump

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.events import Event

_STOP = "**Can't** on its card ends such notes."


def given(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A place has become free, and is theirs."""
    where = wording.where(event.plan, told=True)
    return _note(
        event,
        f"### You have a place\nSomebody could not come to “{wording.name(event)}”, and you were next in line: the "
        f"place is yours.\n{wording.when(event.starts_at, event.ends_at)}" + (f"\n**Where** {where}" if where else ""),
        f"You pressed Going when all places were taken. {_STOP}",
        buttons,
        Tone.DONE,
    )


def offered(event: Event, until: datetime, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A place has become free, and is kept for them for a while."""
    return _note(
        event,
        f"### A place is free for you\nSomebody could not come to “{wording.name(event)}”, "
        f"{wording.when(event.starts_at, event.ends_at)}, and you are next in line. It is kept for you until "
        f"{wording.at(until)}; after that it goes to the next.",
        f"You pressed Going when all places were taken. {_STOP}",
        buttons,
        Tone.ASK,
    )


def first_tap(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A place is free for whoever taps first."""
    return _note(
        event,
        f"### A place is free\n“{wording.name(event)}” starts {wording.relative(event.starts_at)}. Whoever presses "
        "first has the place.",
        f"You are in line for it. {_STOP}",
        buttons,
        Tone.ASK,
    )


def cancelled(event: Event) -> ui.LayoutView:
    """It was called off."""
    reason = f"\n{plain(event.note)}" if event.note else ""
    words = f"### Called off\n“{wording.name(event)}” on {wording.at(event.starts_at)} will not take place.{reason}"
    return _note(event, words, "You wanted to come. Nothing more comes, unless it is on again.", (), Tone.TROUBLE)


def on_again(event: Event) -> ui.LayoutView:
    """It takes place after all."""
    words = (
        f"### It takes place after all\n“{wording.name(event)}”, {wording.when(event.starts_at, event.ends_at)}. It "
        "was called off by mistake."
    )
    return _note(event, words, f"You wanted to come. {_STOP}", (), Tone.DONE)


def moved(event: Event, before: datetime | None, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Its time or its place has changed; `before` is when it was to start, if that has."""
    where = wording.where(event.plan, told=False)
    was = f" It was to start {wording.at(before)}." if before is not None else ""
    words = (
        f"### {'Moved' if before is not None else 'Another place'}\n“{wording.name(event)}” is now "
        f"{wording.when(event.starts_at, event.ends_at)}.{was}" + (f"\n**Where** {where}" if where else "")
    )
    return _note(event, words, f"You wanted to come. {_STOP}", buttons, Tone.ASK)


def addressed(view: ui.LayoutView, members: Sequence[int]) -> ui.LayoutView:
    """The card with the names of those it is for, who are notified by it."""
    container = next((item for item in view.children if isinstance(item, ui.Container)), None)
    if container is not None:
        container.add_item(text(" ".join(f"<@{member}>" for member in members)))
    return view


def _note(event: Event, words: str, why: str, buttons: Sequence[ui.Item[Any]], tone: Tone) -> ui.LayoutView:
    there = [link("Open the event", jump(event))] if jump(event) else []
    return note(f"{words}\n-# {why}", *buttons, *there, tone=tone)
