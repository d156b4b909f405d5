"""Cards about calendars of others: what one holds, what came in, what is followed, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import counted, listed, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.events.ical.found import Found
    from cogs.events.service.importing import Preview
    from cogs.events.service.syncing import Done
    from db.calendars import CalendarSource

SHOWN = 8
LEFT_OUT_SHOWN = 4
HOW = (
    "Send a file (.ics) with /event import, or paste the link of a calendar that you share: LibCal, Google, Outlook, "
    "Nextcloud and Meetup all have one. I show you what is in it before anything is posted."
)


def preview(found: Preview, buttons: Sequence[ui.Item[Any]], choice: ui.Item[Any]) -> ui.LayoutView:
    """What a calendar holds, and what importing it would do."""
    head = f"### {plain(found.name, 100)} 📥\n{_would(found)}"
    parts: list[Any] = [text(head)]
    if found.sessions:
        parts.append(text(_sessions(found.sessions)))
    odd = _odd(found)
    parts += [text(odd)] if odd else []
    if found.url:
        parts.append(text("-# I look at this link every few hours, and follow what is new, moved or called off."))
    else:
        parts.append(text("-# A file is read once. A newer file with the same name changes what this one brings."))
    if not buttons or not (found.sessions or found.known):
        return card(*parts, *rows(*buttons))
    cards = (
        "Each gets a card in the announcements, a week before it starts."
        if found.announced
        else "None gets a card of its own; all are in /events."
    )
    return card(*parts, line(), text(cards), row(choice), *rows(*buttons))


def _would(found: Preview) -> str:
    steps = found.steps
    if not found.known:
        if not found.sessions:
            return "Nothing in it is still to come."
        return f"{counted(len(found.sessions), 'event')} to come. Nothing is posted yet."
    moved = sum(change.moved for change in steps.changed)
    said = _counts(len(steps.new), len(steps.changed) - moved, moved, len(steps.cancelled), len(steps.revived))
    return f"You have brought in this calendar before. {said or 'Nothing is different.'}"


def _counts(new: int, changed: int, moved: int, cancelled: int, revived: int) -> str:
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (new, "new"),
            (changed, "changed"),
            (moved, "moved"),
            (cancelled, "called off"),
            (revived, "on again"),
        )
        if number
    ]
    return f"{listed(parts)[:1].upper()}{listed(parts)[1:]}." if parts else ""


def _sessions(sessions: Sequence[Found]) -> str:
    lines = [f"- <t:{int(each.starts_at.timestamp())}:f> {plain(each.title, 80)}" for each in sessions[:SHOWN]]
    more = len(sessions) - SHOWN
    return "\n".join([*lines, *([f"-# and {more:,} more"] if more > 0 else [])])


def _odd(found: Preview) -> str:
    lines = []
    if found.left_out:
        lines.append(f"**Left out: {counted(len(found.left_out), 'event')}**")
        lines += [f"- {plain(each.title, 80) or 'no title'}: {each.why}" for each in found.left_out[:LEFT_OUT_SHOWN]]
        more = len(found.left_out) - LEFT_OUT_SHOWN
        lines += [f"-# and {more:,} more"] if more > 0 else []
    if found.zones:
        names = listed([f"“{plain(name, 40)}”" for name in found.zones[:3]])
        lines.append(f"I do not know the time zone {names}, and read those times as {found.zone}. Please check one.")
    return "\n".join(lines)


def brought_in(source: CalendarSource, done: Done, button: ui.Item[Any], *, nowhere: bool) -> ui.LayoutView:
    """What came in."""
    said = _counts(done.new, done.changed, done.moved, done.cancelled, done.revived) or "Nothing was different."
    words = f"### Brought in: {plain(source.name, 100)}\n{said} /events shows them."
    if nowhere:
        words += "\n-# They got no cards: set up a channel for announcements first, with /setup settings."
    return note(words, button, tone=Tone.DONE)


def followed(sources: Sequence[tuple[CalendarSource, ui.Item[Any]]], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A page of the calendars that were brought in."""
    if not sources:
        return card(text(f"### Calendars of others 📥\n{HOW}"), *rows(*buttons))
    parts: list[Any] = [text(f"### Calendars of others 📥\n-# {HOW}")]
    for source, button in sources:
        parts += [text(f"**{plain(source.name, 100)}**\n{state(source)}"), row(button)]
    return card(*parts, line(), *rows(*buttons))


def one(source: CalendarSource, buttons: Sequence[ui.Item[Any]], *, said: str = "") -> ui.LayoutView:
    """One calendar, with what can be done about it."""
    words = f"### {plain(source.name, 100)} 📥\n{f'{said}{chr(10)}' if said else ''}{state(source)}"
    host = urlsplit(source.url).hostname
    words += f"\n-# From {plain(host, 80)}." if host else "\n-# From a file, which was read once."
    return card(text(words), *rows(*buttons), tone=Tone.ASK if source.trouble else Tone.PLAIN)


def state(source: CalendarSource) -> str:
    """How it stands with a calendar."""
    if not source.url:
        return f"Read <t:{int((source.looked_at or source.made_at).timestamp())}:R>"
    lines = []
    if source.trouble:
        since = source.trouble_since or source.made_at
        lines.append(f"**Not read since <t:{int(since.timestamp())}:f>.** {source.trouble_words} Nothing was changed.")
    if source.paused_at is not None:
        lines.append("**Paused.** Its events stay as they are.")
    elif source.looked_at is not None:
        lines.append(f"Looked at <t:{int(source.looked_at.timestamp())}:R>, and again every few hours.")
    if source.changed_at is not None:
        lines.append(f"Last change <t:{int(source.changed_at.timestamp())}:R>.")
    return "\n".join(lines)


def looked(done: Done) -> str:
    """What a look led to, in a few words."""
    said = _counts(done.new, done.changed, done.moved, done.cancelled, done.revived)
    watched = f" {counted(done.missing, 'event')} missing; I look once more before I call anything off."
    return (said or "Nothing is different.") + (watched if done.missing else "")


def trouble(source: CalendarSource, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A calendar that could not be read, told once."""
    return note(
        f"### I could not read “{plain(source.name, 100)}”\n{source.trouble_words} Its events here stay as they are. I "
        "go on looking, and say no more about it until it works again."
        + (" I have paused it." if source.paused_at is not None else "")
        + "\n-# You get this because organizers brought in this calendar; **Pause** or **Stop following** ends it.",
        *buttons,
        tone=Tone.ASK,
    )


def stopped(source: CalendarSource) -> ui.LayoutView:
    """A calendar that is followed no more."""
    return note(
        f"### No longer followed: {plain(source.name, 100)}\nIts events stay, and are yours to change or call off. "
        "To follow it again, bring its link in once more.",
        tone=Tone.DONE,
    )
