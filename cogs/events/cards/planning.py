"""Cards of an event on its way: the preview with what to ask about, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import counted, plain
from cogs.events import terms
from cogs.events.cards import wording
from db import events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.events.service import Planned
    from db.events import Event


def preview(
    planned: Planned,
    selects: Sequence[ui.Item[Any]],
    buttons: Sequence[ui.Item[Any]],
    *,
    channel_id: int | None,
    repeats: str = "",
    dates: str = "",
) -> ui.LayoutView:
    """How I understood it, before anybody else sees it. `channel_id` is where it will be posted.

    `repeats` is its rule in words, `dates` those of its first year.
    """
    heading = "### Your event, before it is posted" if planned.event_id is None else "### The event, before it is saved"
    plan = planned.plan
    lines = [f"**{plain(plan.title)} {terms.kind(plan.template).emoji}**"]
    lines.append(f"**When** {plain(planned.said)}, for {terms.length(planned.minutes)}")
    lines.append(f"-# For you: {wording.when(planned.starts_at, planned.ends_at)}")
    if repeats:
        lines.append(f"**Repeats** {plain(repeats)}")
    if dates:
        lines.append(f"-# {dates}")
    where = wording.where(plan, told=True) or "not said yet"
    hidden = " (shown only to those who go)" if plan.where.hidden else ""
    lines.append(f"**Where** {where}{hidden}")
    lines.append(f"**Places** {plan.places:,}" if plan.places else "**Places** for everyone")
    lines.append(f"**Hosted by** {wording.people(plan.hosts)}" if plan.hosts else "**Hosted by** nobody yet")
    parts: list[Part] = [text(heading), line(), text("\n".join(lines))]
    if plan.about:
        parts.append(text(wording.about(plan.about)))
    if channel_id is not None:
        parts.append(text(f"-# It will be posted in <#{channel_id}>."))
    if asked := concerns(planned):
        parts += [line(), text("\n".join(["**Please look at this first**", *(f"- {words}" for words in asked)]))]
    parts += [line(), *(row(select) for select in selects), *rows(*buttons)]
    return card(*parts, tone=Tone.ASK if asked else Tone.PLAIN)


def concerns(planned: Planned) -> list[str]:
    """What to ask about, in words."""
    found = []
    if planned.past:
        found.append(f"That is in the past, {wording.relative(planned.starts_at)}. Press **Edit** and change the time.")
    found += planned.doubts
    for event in planned.clashes:
        found.append(
            f"“{wording.name(event)}” is at the same time: {wording.when(event.starts_at, event.ends_at)}. "
            "Is that all right?"
        )
    if planned.plan.where.kind == events.OPEN:
        found.append("It says nothing of where. You can add that later with **Edit**.")
    return found


def posted(event: Event, channel_id: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It is on its way."""
    return note(
        f"### Posted\n“{wording.name(event)}” is on its way to <#{channel_id}>: "
        f"{wording.when(event.starts_at, event.ends_at)}. It gets a thread of its own, and "
        "stands in Discord's own list of events.",
        *buttons,
        tone=Tone.DONE,
    )


def saved(event: Event, told: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It says something else now; `told` is how many hear that it has moved."""
    heard = f" {counted(told, 'person who wants', 'people who want')} to come will be told in a minute." if told else ""
    return note(f"### Saved\n“{wording.name(event)}” says so in a few seconds.{heard}", *buttons, tone=Tone.DONE)


def as_before(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """An edit was undone."""
    when = wording.when(event.starts_at, event.ends_at)
    words = f"### As it was before\n“{wording.name(event)}” says again what it said: {when}."
    return note(words, *buttons, tone=Tone.DONE)


def called_off(event: Event, told: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It is off, and how many hear of it."""
    heard = f" {counted(told, 'person', 'people')} will be told in a minute." if told else ""
    return note(
        f"### Called off\n“{wording.name(event)}” was called off; its card says so in a few seconds.{heard}",
        *buttons,
        tone=Tone.DONE,
    )


def on_again(event: Event, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It takes place after all."""
    return note(f"### It takes place\n“{wording.name(event)}” is on again.", *buttons, tone=Tone.DONE)
