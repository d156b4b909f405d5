"""An event as plain text, for a mailing list or another platform: with the time in each of the US time zones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.kit.words import tidy
from cogs.events import terms, uszones

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.events import Plan


def text(plan: Plan, starts_at: datetime, ends_at: datetime, *, where: str, hosts: Sequence[str], link: str) -> str:
    """The whole announcement; moments are aware. `where`, `hosts` and `link` (to the card) may be empty."""
    zone = ZoneInfo(plan.zone)
    there = starts_at.astimezone(zone)
    lines = [
        tidy(plan.title),
        "",
        f"{there:%A, %B} {there.day}, {there.year}",
        uszones.contiguous(starts_at, zone),
        uszones.beyond(starts_at, zone),
        f"It takes {terms.length(int((ends_at - starts_at).total_seconds()) // 60)}.",
    ]
    lines += ["", f"Where: {where}"] if where else []
    lines += ["", f"Hosted by {', '.join(hosts)}"] if hosts else []
    lines += ["", tidy(plan.about, lines=True)] if plan.about else []
    lines += ["", f"Details, and to say whether you come: {link}"] if link else []
    return "\n".join(lines)
