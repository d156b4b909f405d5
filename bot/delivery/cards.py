"""What organizers read about deliveries: a place that takes no more messages, and what came late after an absence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.cards import Tone, note, row, text
from bot.kit.cards import card as card_of
from bot.kit.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from discord import ui

    from bot.delivery.telling import Absence
    from bot.kit.delivery import Kind

WHAT_TO_DO = {
    "channel-gone": "<#{place}> is no longer there.",
    "channel-closed": "I may not write in <#{place}>. Allow me **View Channel** and **Send Messages** there, and press "
    "**Try again**; or choose another channel.",
    "no-history": "I may have written in <#{place}> already, but I cannot look: allow me **Read Message History** "
    "there, and press **Try again**.",
    "history-long": "I may have written in <#{place}> already, but too much has been said there since for me to find "
    "it. Please look, then press **Try again** or **Let it go**.",
    "not-a-forum": "<#{place}> is not a forum, and I have a forum post for it.",
    "refused": "Discord does not take what I wanted to post in <#{place}>. The log of whoever runs me says more.",
    "cannot-draw": "I could not put together what belongs in <#{place}>. The log of whoever runs me says more.",
}


def trouble(
    place: int, reason: str, waiting: Mapping[str, int], kinds: Mapping[str, Kind], items: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """A channel takes no more messages: what waits for it (numbers by kind), and what an organizer can do."""
    words = WHAT_TO_DO.get(reason, "I cannot post in <#{place}>.").format(place=place)
    select, *buttons = items
    return card_of(
        text(f"### Waiting to be posted: {_listed(waiting, kinds)}\n{words}"),
        row(select),
        row(*buttons),
        tone=Tone.TROUBLE,
    )


def settled(words: str) -> ui.LayoutView:
    """What an organizer did about it."""
    return note(f"### Done\n{words}", tone=Tone.DONE)


def away(absence: Absence, kinds: Mapping[str, Kind]) -> ui.LayoutView:
    """After an absence: from when to when, what came late, and what was left out because it came too late."""
    since, until = (int(moment.timestamp()) for moment in (absence.since, absence.until))
    words = f"### I was away\nFrom <t:{since}:f> to <t:{until}:f> I could not reach Discord, or was not running."
    if absence.late:
        words += f"\nSent late: {_listed(absence.late, kinds)}. Each says so itself."
    if absence.lapsed:
        words += f"\nNot sent, because it came too late: {_listed(absence.lapsed, kinds)}."
    return note(words, tone=Tone.ASK)


def _listed(numbers: Mapping[str, int], kinds: Mapping[str, Kind]) -> str:
    named = []
    for name, number in sorted(numbers.items()):
        kind = kinds.get(name)
        named.append(counted(number, kind.one, kind.many) if kind else counted(number, "message"))
    return listed(named)
