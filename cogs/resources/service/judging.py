"""Judging: what a look at a link changes. It is noted, and the resource comes into the organizers' queue or leaves it.

The functions belong into one transaction; nothing is opened here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from cogs.resources import links
from cogs.resources.checking import Health, Kind, Outcome, next_check
from db import resources
from db.resources import Link

if TYPE_CHECKING:
    from datetime import date, datetime

    from cogs.resources.checking import Archived
    from db.engine import AsyncConnection
    from db.resources import Resource

FINE_FOR = timedelta(days=90)
"""How long an organizer's word that a link is fine keeps it out of the queue for the same cause."""
A_FEW = 10
"""How many moved links are in the queue at a time; the others wait, for they work meanwhile."""

_SAME_PAGE = frozenset({Kind.MOVED, Kind.MOVED_FOR_NOW})
_WHERE_IT_WAS = frozenset({Kind.ALIVE, Kind.MOVED_FOR_NOW})
_UNCOUNTED = frozenset({Kind.BUSY, Kind.KEPT_OUT, Kind.UNREAD, Kind.ODD})


def health_of(known: Link | None) -> Health:
    """How a link was when it was last looked at."""
    if known is None:
        return Health()
    return Health(
        known.failures,
        known.first_failed_on,
        known.last_failed_on,
        known.checked_at.astimezone(UTC).date(),
        Kind(known.kind) if known.kind in set(Kind) else None,
        known.unread_since,
    )


def would_be_dead(known: Link | None, outcome: Outcome, today: date) -> bool:
    """Whether a link counts as dead with this look."""
    return health_of(known).after(outcome.kind, today).dead


async def judge(
    connection: AsyncConnection, guild_id: int, number: int, outcome: Outcome, archived: Archived | None, now: datetime
) -> None:
    """Note one look at the link of resource `number`, and put it into the queue or take it out.

    Does nothing where the resource is no longer published or has another link meanwhile. Doing it twice on a day
    changes nothing more.
    """
    resource = await resources.get(connection, guild_id, number)
    if resource is None or resource.status != resources.PUBLISHED or resource.about.link != outcome.link:
        return
    known = await resources.link_of(connection, resource)
    link = noted(resource, known, outcome, archived, now)
    await resources.keep_link(connection, link)
    await _queue(connection, resource, link, outcome, now)


def noted(resource: Resource, known: Link | None, outcome: Outcome, archived: Archived | None, now: datetime) -> Link:
    """What is known of a link after a look at it."""
    today = now.astimezone(UTC).date()
    health = health_of(known).after(outcome.kind, today)
    before = known or Link(resource.resource_id, resource.guild_id, resource.about.link, now, today, outcome.kind.value)
    answered = health.failures == 0 and outcome.kind not in _UNCOUNTED
    moved_to = outcome.moved_to or ""
    same_page = bool(moved_to) and outcome.kind in _SAME_PAGE
    return replace(
        before,
        checked_at=now,
        due_on=next_check(health) or today,
        kind=outcome.kind.value,
        http_status=outcome.status,
        reason=outcome.reason.value if outcome.reason else "",
        failures=health.failures,
        first_failed_on=health.first_failed,
        last_failed_on=health.last_failed,
        answered_on=today if answered else before.answered_on,
        unread_since=health.unread_since,
        moved_to=moved_to,
        moved_key=links.key(moved_to) if same_page else "",
        archived_link=archived.link if archived else before.archived_link,
        archived_on=archived.taken if archived else before.archived_on,
        dead_fine_until=None if answered else before.dead_fine_until,
    )


async def _queue(connection: AsyncConnection, resource: Resource, link: Link, outcome: Outcome, now: datetime) -> None:
    today, number = now.astimezone(UTC).date(), resource.resource_id
    flags = await resources.flags(connection, number)
    if health_of(link).dead:
        if resources.CHANGED in flags:
            await resources.unflag(connection, number, [resources.CHANGED])
        if link.dead_fine_until is None or link.dead_fine_until <= today:
            await _flag(connection, resource, resources.DEAD_LINK, link.archived_link, now)
        return
    if link.failures == 0 and resources.DEAD_LINK in flags:
        await resources.unflag(connection, number, [resources.DEAD_LINK])
    if outcome.kind in _WHERE_IT_WAS and resources.CHANGED in flags:
        await resources.unflag(connection, number, [resources.CHANGED])
    if await _worth_asking(connection, resource, link, outcome.kind, flags, today):
        await _flag(connection, resource, resources.CHANGED, link.moved_to, now)


async def _worth_asking(
    connection: AsyncConnection, resource: Resource, link: Link, kind: Kind, flags: list[str], today: date
) -> bool:
    """Whether organizers are asked about where a link leads now.

    Not where only http became https, or a slash came or went: that is the same link. A link that ends at the front page
    of its own site has often lost its page.
    """
    if not link.moved_to or kind not in (Kind.MOVED, Kind.OTHER_SITE, Kind.ODD):
        return False
    if links.key(link.moved_to) == resource.about.link_key:
        return False
    if link.moved_fine_until is not None and link.moved_fine_until > today and link.moved_fine_to == link.moved_to:
        return False
    if kind is not Kind.MOVED or resources.CHANGED in flags:
        return True
    return await resources.flagged(connection, resource.guild_id, resources.CHANGED) < A_FEW


async def _flag(connection: AsyncConnection, resource: Resource, reason: str, about: str, now: datetime) -> None:
    if not await resources.flag(connection, resource, reason, now, note=about):
        await resources.renote(connection, resource.resource_id, reason, about)
