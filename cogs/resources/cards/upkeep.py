"""Cards of the organizers' upkeep: what waits and why, what was changed or removed, and a report of a broken link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from cogs.resources.cards.lists import TITLE_SHOWN, entry
from cogs.resources.cards.suggestions import ago, whole
from cogs.resources.checking.outcomes import host_of
from cogs.resources.checking.sites import is_front_page
from db import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.resources import Queued
    from db.search import SearchRecord

_HEADINGS = {
    resources.REPORTED: "Reported as broken 🔗",
    resources.DEAD_LINK: "The link no longer opens 🔗",
    resources.REVIEW_DATE: "Time to look at it again 📅",
    resources.CHANGED: "The link leads elsewhere now ↪️",
}


def queue_empty(*buttons: ui.Item[Any]) -> ui.LayoutView:
    """Nothing waits."""
    words = "### Nothing waits for review\nAll suggestions have been looked at."
    return note(words, *buttons, tone=Tone.DONE)


def flagged(record: SearchRecord, queued: Queued, buttons: Sequence[ui.Item[Any]], more: int = 0) -> ui.LayoutView:
    """A published resource that someone should look at, and why."""
    heading = f"### {_HEADINGS[queued.reason]}\n{_why(queued)}"
    if more:
        heading += f"\n-# {counted(more, 'more waits', 'more wait')} behind it."
    return card(text(heading), line(), text(whole(record)), *rows(*buttons), tone=Tone.ASK)


def lost_its_page(queued: Queued) -> bool:
    """Whether a link that had a page of its own ends at a front page now: nothing to put in its place."""
    return is_front_page(queued.note) and not is_front_page(queued.resource.about.link)


def _why(queued: Queued) -> str:
    if queued.reason == resources.REPORTED:
        who = f"<@{queued.by}> told us" if queued.by else "We were told"
        return f"{who} {ago(queued.since)} that the link does not work. Please open it and see."
    if queued.reason == resources.DEAD_LINK:
        archived = f"\nAn archived copy: {plain(queued.note)}" if queued.note else ""
        return f"It has failed on three days, last {ago(queued.since)}. Please open it and see.{archived}"
    if queued.reason == resources.CHANGED and lost_its_page(queued):
        host = host_of(queued.note)
        return (
            f"It leads to the front page of {host} since {ago(queued.since)}. The page itself may be gone; please see."
        )
    if queued.reason == resources.CHANGED:
        return f"It leads to {plain(queued.note)} since {ago(queued.since)}. Is that the same page?"
    return "It was last looked at long ago. Is what it says still right?"


def settled(words: str, title: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """What was done about a resource of the queue."""
    return note(f"### {words}\n“{plain(title, TITLE_SHOWN)}”", *buttons, tone=Tone.DONE)


def changed(record: SearchRecord, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A published resource after it was edited."""
    words = "### Changed ✅\nThis is how everyone finds it now."
    return card(text(words), line(), text(entry(record)), row(*buttons), tone=Tone.DONE)


def removed(record: SearchRecord, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A resource that was taken out of the catalogue."""
    words = "### Removed\nNobody finds it any more, and it is on nobody's list. Undo brings it back as it was."
    return card(text(words), line(), text(entry(record)), row(*buttons))


def reported(title: str, *, new: bool, buttons: Sequence[ui.Item[Any]] = ()) -> ui.LayoutView:
    """Thanks for a report."""
    shown = plain(title, TITLE_SHOWN)
    words = (
        f"### Thank you!\nThe organizers will look at the link of “{shown}”."
        if new
        else f"### Someone was faster\nThe organizers know already that the link of “{shown}” needs a look. Thank you!"
    )
    return note(words, *buttons, tone=Tone.DONE)


def starter(here: int, *, away: bool, button: ui.Item[Any]) -> ui.LayoutView:
    """How the starter catalogue stands in a server."""
    if away:
        words = (
            "### Your server does without the starter catalogue 📦\nNobody finds it here, and newer editions do not "
            "come. It can be brought back at any time, with all that you had changed in it."
        )
    else:
        many = counted(here, "resource") if here else "Nothing"
        words = (
            f"### The starter catalogue 📦\n{many} of it can be found in your server. You can take it all out at once; "
            "what your own people suggested stays. It can be brought back at any time, with all that you changed in it."
        )
    return note(words, button)


def one(record: SearchRecord, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A resource that an organizer pointed at, and what can be done about it."""
    return card(text(entry(record)), *rows(*buttons))


def which(typed: str, select: ui.Item[Any]) -> ui.LayoutView:
    """Several have these words in their titles."""
    return card(text(f"### Which “{plain(typed, TITLE_SHOWN)}”?"), row(select), tone=Tone.ASK)


def starter_meant(button: ui.Item[Any]) -> ui.LayoutView:
    """The starter catalogue as a whole is meant."""
    return note("The starter catalogue can be taken out as a whole, and brought back.", button, tone=Tone.ASK)
