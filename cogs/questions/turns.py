"""Whose turn it is: which helpers are asked about a question, and when they may be. Plain rules over plain values."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.kit.vocabulary import Vocabulary
    from db.questions import Offer

AT_ONCE = 2
"""So many helpers are asked about a question."""
IN_ALL = 4
"""So many at most in all: others are asked where one says **Not now**, or the asker **Not yet**."""
APART = timedelta(days=1)
"""Nobody is asked twice within it."""
WEEK = timedelta(days=7)
_A_DAY = 24 * 60


def zone_of(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of that IANA name; `otherwise` where it is empty, or this machine does not know it."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError):
        return otherwise


def open_from(offer: Offer, at: datetime, server_zone: ZoneInfo) -> datetime:
    """The first moment (UTC) from `at` (aware) on that is outside of a helper's quiet hours.

    Quiet hours are read off the clock on the helper's wall: where it is put forward or back in the night they are an
    hour shorter or longer, and end when it says so.
    """
    if offer.quiet_from is None or offer.quiet_until is None or offer.quiet_from == offer.quiet_until:
        return at.astimezone(UTC)
    zone = zone_of(offer.zone, server_zone)
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    over_midnight = offer.quiet_from > offer.quiet_until
    quiet = (
        minute >= offer.quiet_from or minute < offer.quiet_until
        if over_midnight
        else offer.quiet_from <= minute < offer.quiet_until
    )
    if not quiet:
        return at.astimezone(UTC)
    day = local.date() + timedelta(days=1 if over_midnight and minute >= offer.quiet_from else 0)
    hour, rest = divmod(offer.quiet_until % _A_DAY, 60)
    end = datetime.combine(day, time(hour, rest), zone).astimezone(UTC)
    if end <= at:  # the hour that comes twice: the second time the clock says so
        end = datetime.combine(day, time(hour, rest, fold=1), zone).astimezone(UTC)
    return max(end, at.astimezone(UTC))


def may_be_asked(offer: Offer, asked: Sequence[datetime], at: datetime) -> bool:
    """Whether a helper may be asked at that moment (aware): `asked` are the moments at which they were, or will be."""
    if offer.paused:
        return False
    lately = [one for one in asked if abs(at - one) < WEEK]
    return all(abs(at - one) >= APART for one in lately) and len(lately) < offer.a_week


def circles(tools: Iterable[str], vocabulary: Vocabulary) -> list[list[str]]:
    """Who is looked for, nearest first: helpers of the question's tools, then of their broader terms, and theirs."""
    found: list[list[str]] = []
    level = list(dict.fromkeys(slug for slug in tools if vocabulary.get(slug)))
    seen: set[str] = set()
    while level:
        found.append(level)
        seen.update(level)
        broader = [tool.broader for slug in level if (tool := vocabulary.get(slug)) and tool.broader]
        level = [slug for slug in dict.fromkeys(broader) if slug not in seen]
    return found


def in_turn(offers: Iterable[Offer], tools: Collection[str]) -> list[tuple[Offer, str]]:
    """The helpers of these tools with the tool each is asked for, who was asked longest ago (or never) first."""
    fitting = [(offer, slug) for offer in offers if (slug := next((one for one in tools if one in offer.tools), None))]
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(fitting, key=lambda pair: (pair[0].asked_at or never, pair[0].created_at, pair[0].user_id))
