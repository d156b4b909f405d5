"""Cards of a suggestion on its way: the preview, the thanks, the organizers' card, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from cogs.resources.cards.lists import TITLE_SHOWN, entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from db.search import SearchRecord

TEXT_SHOWN = 600


def preview(record: SearchRecord, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """How the suggestion will look, with what can still be chosen."""
    parts: list[Part] = [
        text("### Your suggestion, before it is sent\nI guessed the kind and the tools; change what is not right."),
        line(),
        text(_whole(record)),
        line(),
        *(row(select) for select in selects),
        *rows(*buttons),
    ]
    return card(*parts)


def there_already(record: SearchRecord, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The catalogue has this link."""
    return card(
        text("### We have this one already\nGood eye: someone thought so too. Nothing needs to be sent."),
        line(),
        text(entry(record)),
        row(*buttons),
    )


def waiting_already(buttons: Sequence[ui.Item[Any]], *, own: bool) -> ui.LayoutView:
    """The link waits for review; `own` says whether the same person suggested it."""
    heading = "You have suggested this already" if own else "Someone was just faster"
    return note(f"### {heading}\nThis link waits for an organizer to look at it.", *buttons)


def thanks(title: str, seen_by_organizers: bool) -> ui.LayoutView:
    """Sent; what happens next."""
    what_next = (
        "The organizers can see it in their channel now."
        if seen_by_organizers
        else "It waits in the organizers' review queue."
    )
    return note(
        f"### Thank you!\n“{plain(title, TITLE_SHOWN)}” is on its way. {what_next} Once one of them has published it, "
        "everyone will find it.",
        tone=Tone.DONE,
    )


def for_review(
    record: SearchRecord, by: int | None, at: datetime, buttons: Sequence[ui.Item[Any]], more: int = 0
) -> ui.LayoutView:
    """What organizers decide about: the resource, who suggested it, and when (shown in each reader's own time)."""
    who = f"Suggested by <@{by}>" if by else "Suggested"
    heading = f"### 📥 A resource waits for you\n{who} <t:{int(at.timestamp())}:R>."
    if more:
        heading += f" {counted(more, 'more waits', 'more wait')} behind it."
    return card(text(heading), line(), text(_whole(record)), *rows(*buttons), tone=Tone.ASK)


def decided(
    record: SearchRecord, organizer: int | None, *, published: bool, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What became of a suggestion."""
    words = (
        f"### ✅ Published\n<@{organizer}> has put it into the catalogue; everyone can find it now."
        if published
        else f"### Declined\n<@{organizer}> has decided not to put it into the catalogue."
    )
    return card(text(words), line(), text(entry(record)), row(*buttons), tone=Tone.DONE if published else Tone.PLAIN)


def queue_empty() -> ui.LayoutView:
    """Nothing waits."""
    return note("### Nothing waits for review\nAll suggestions have been looked at.", tone=Tone.DONE)


def _whole(record: SearchRecord) -> str:
    """A resource with all of its text, and the link written out so that one sees where it leads."""
    lines = entry(record).split("\n")
    whole = [plain(record.summary, TEXT_SHOWN)] if record.summary else []
    return "\n".join([*lines[: 2 if record.facts else 1], *whole, f"-# {plain(record.link)}"])
