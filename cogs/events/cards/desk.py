"""What organizers are asked or told about events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, note
from bot.kit.words import listed, plain
from cogs.events.cards import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.events import Event

TROUBLES = {
    "native-full": "Discord keeps 100 events in its own list, and the list is full. Your event is posted all the same; "
    "I put it into the list once there is room. Old events can be deleted there.",
    "native-refused": "I may not put an event into Discord's own list of events. It is posted all the same. Allow my "
    "role **Create Events** and **Manage Events**; /setup check shows what is missing.",
    "thread-refused": "I may not open a thread for an event. It is posted all the same. Allow me **Create Public "
    "Threads** in its channel; /setup check shows what is missing.",
}


def trouble(reason: str) -> ui.LayoutView:
    """What I may not do, and what helps."""
    return note(f"### About your events\n{TROUBLES[reason]}", tone=Tone.TROUBLE)


def changed_by_hand(event: Event, differs: Sequence[str], name: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Ask which one is right: somebody changed Discord's own event."""
    there = f" There it is called “{plain(name, 80)}”." if "the title" in differs else ""
    return note(
        f"### Which one is right?\nSomebody changed {listed(list(differs))} of “{wording.name(event)}” in Discord's "
        f"own list of events.{there} The card still says {wording.when(event.starts_at, event.ends_at)}. **Take "
        "Discord's** changes the card too; **Put mine back** changes Discord's list again.",
        *buttons,
        tone=Tone.ASK,
    )


def deleted_by_hand(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Ask whether it is off: somebody deleted Discord's own event."""
    return note(
        f"### Is it called off?\nSomebody deleted “{wording.name(event)}” from Discord's own list of events, but its "
        f"card still says {wording.when(event.starts_at, event.ends_at)}.",
        *buttons,
        tone=Tone.ASK,
    )


def card_gone(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Somebody deleted the card."""
    return note(
        f"### Shall I post it again?\nThe card of “{wording.name(event)}”, "
        f"{wording.when(event.starts_at, event.ends_at)}, is no longer there. Without it nobody can "
        "say whether they come.",
        *buttons,
        tone=Tone.ASK,
    )


def settled(words: str) -> ui.LayoutView:
    """What was decided."""
    return note(words, tone=Tone.DONE)
