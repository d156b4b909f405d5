"""How the parts of an event are said on a card: when, where, who."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.words import plain, tidy
from cogs.events import terms
from db import events

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.events import Event, Plan

TITLE_SHOWN = 100
NAMES_SHOWN = 40
ONE_DAY = timedelta(hours=18)
"""What is shorter says its day once."""
_LINK = re.compile(r"(https?://[^\s<>]+)")


def title(event: Event, limit: int = TITLE_SHOWN) -> str:
    """Its emoji and its title."""
    return f"{plain(event.plan.title, limit)} {terms.kind(event.plan.template).emoji}"


def name(event: Event, limit: int = TITLE_SHOWN) -> str:
    """Its title, for the middle of a sentence."""
    return plain(event.plan.title, limit)


def when(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, in each reader's own time."""
    start, end = int(starts_at.timestamp()), int(ends_at.timestamp())
    style = "t" if ends_at - starts_at < ONE_DAY else "f"
    return f"<t:{start}:F> to <t:{end}:{style}>"


def relative(moment: datetime) -> str:
    """How long until then, or since."""
    return f"<t:{int(moment.timestamp())}:R>"


def at(moment: datetime) -> str:
    """A moment with its day, in each reader's own time."""
    return f"<t:{int(moment.timestamp())}:f>"


def where(plan: Plan, *, told: bool) -> str:
    """Where it is; `told` says whether the reader may see a link that is hidden. Empty where nothing is said yet."""
    match plan.where.kind:
        case events.CHANNEL:
            return f"<#{plan.where.channel_id}>"
        case events.LINK:
            return plan.where.text if told or not plan.where.hidden else "Online. Who presses **Going** gets the link."
        case events.PLACE:
            return plain(plan.where.text)
    return ""


def about(text: str) -> str:
    """What it is, with its line breaks; links stay links, all else is harmless."""
    rows = tidy(text, lines=True).splitlines()
    return "\n".join(
        "".join(part if _LINK.fullmatch(part) else _harmless(part) for part in _LINK.split(row)) for row in rows
    )


def _harmless(part: str) -> str:
    lead = " " if part[:1] == " " else ""
    tail = " " if part[1:] and part[-1] == " " else ""
    return f"{lead}{plain(part)}{tail}"


def people(users: Sequence[int], shown: int = NAMES_SHOWN) -> str:
    """Members by name; nobody is notified by it."""
    more = len(users) - shown
    return ", ".join(f"<@{user}>" for user in users[:shown]) + (f" and {more:,} more" if more > 0 else "")


def places_left(free: int | None, places: int | None, in_line: int) -> str:
    """How the places stand; empty where there is no limit."""
    if places is None or free is None:
        return ""
    if free == 0:
        waits = f"; {in_line:,} in line" if in_line else ""
        return f"All {places:,} places are taken{waits}." if places > 1 else f"The one place is taken{waits}."
    return f"{free:,} of {places:,} left" if free < places else f"{places:,}"
