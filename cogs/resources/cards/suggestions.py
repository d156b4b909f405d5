"""Cards of a suggestion on its way: the preview, the thanks, the organizers' card, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from cogs.resources.cards.lists import TITLE_SHOWN, entry
from db.resources import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from db.resources import Asked, Resource
    from db.search import SearchRecord

TEXT_SHOWN = 600


def preview(
    heading: str, record: SearchRecord, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """How the resource will look, with what can still be chosen."""
    parts: list[Part] = [
        text(heading),
        line(),
        text(whole(record)),
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


def thanks(title: str, seen_by_organizers: bool, *buttons: ui.Item[Any]) -> ui.LayoutView:
    """Sent; what happens next."""
    what_next = (
        "The organizers get it in their channel." if seen_by_organizers else "It waits in the organizers' review queue."
    )
    return note(
        f"### Thank you!\n“{plain(title, TITLE_SHOWN)}” is on its way. {what_next} Once one of them has published it, "
        "everyone will find it.",
        *buttons,
        tone=Tone.DONE,
    )


def how_to_tell(title: str, ways: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """How the suggester wants to hear what becomes of it."""
    return note(
        f"### How shall I tell you?\nOnce the organizers have decided about “{plain(title, TITLE_SHOWN)}”, or have a "
        "question about it, I can write to you. Choose the way you like best.",
        *ways,
        tone=Tone.ASK,
    )


def answered(title: str) -> ui.LayoutView:
    """The answer to an organizer's question is on its way."""
    return note(
        f"### Thank you!\nYour answer about “{plain(title, TITLE_SHOWN)}” is with the organizers now.", tone=Tone.DONE
    )


def for_review(
    record: SearchRecord, resource: Resource, buttons: Sequence[ui.Item[Any]], more: int = 0
) -> ui.LayoutView:
    """What organizers decide about: the resource, who suggested it, when, and what was asked and answered."""
    who = f"Suggested by <@{resource.suggested_by}>" if resource.suggested_by else "Suggested"
    heading = f"### A resource waits for you 📥\n{who} {ago(resource.suggested_at)}."
    if more:
        heading += f" {counted(more, 'more waits', 'more wait')} behind it."
    parts: list[Part] = [text(heading), line(), text(whole(record))]
    if resource.asked.at is not None:
        parts += [line(), text(_asked(resource.asked))]
    return card(*parts, *rows(*buttons), tone=Tone.ASK)


def _asked(asked: Asked) -> str:
    words = f"{organizer(asked.by)} asked: {plain(asked.question)}"
    if asked.answered_at is not None:
        return f"{words}\n**The answer:** {plain(asked.answer)}"
    since = f" {ago(asked.at)}" if asked.at else ""
    return f"{words}\n-# Asked{since}; no answer yet."


def decided(record: SearchRecord, resource: Resource, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """What became of a suggestion."""
    published = resource.status == PUBLISHED
    words = (
        f"### Published ✅\n{organizer(resource.reviewed_by)} has put it into the catalogue; everyone can find it now."
        if published
        else f"### Declined\n{organizer(resource.reviewed_by)} has decided not to put it into the catalogue."
    )
    if resource.reason:
        words += f"\nReason: {plain(resource.reason)}"
    return card(text(words), line(), text(entry(record)), row(*buttons), tone=Tone.DONE if published else Tone.PLAIN)


def organizer(user_id: int | None) -> str:
    """Who did it, or merely that it was an organizer where they have had their name taken out."""
    return f"<@{user_id}>" if user_id else "An organizer"


def ago(moment: datetime) -> str:
    """A moment as Discord shows it, in each reader's own time."""
    return f"<t:{int(moment.timestamp())}:R>"


def whole(record: SearchRecord) -> str:
    """A resource with all of its text, and the link written out so that one sees where it leads."""
    lines = entry(record).split("\n")
    whole = [plain(record.summary, TEXT_SHOWN)] if record.summary else []
    return "\n".join([*lines[: 2 if record.facts else 1], *whole, f"-# {plain(record.link)}"])
