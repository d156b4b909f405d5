"""What goes with publishing and taking away, in the transaction that does it: the search index, and the closing date.

Every use case that brings a resource into the catalogue or out of it calls `shelve` or `unshelve`, nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources import freshness
from cogs.resources.service.records import ROOM, promised, record_of
from db import delivery, resources, search
from db.delivery import Promise
from db.turns import in_groups

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection
    from db.resources import Resource
    from db.search import SearchRecord

_AT_A_TIME = 25
CLOSING = "opportunity-closed"
"""The chore that takes an opportunity out of the catalogue when it has closed."""


async def shelve(connection: AsyncConnection, resource: Resource, vocabulary: Vocabulary, now: datetime) -> None:
    """Let a published resource be found, and promise to take it away when it closes."""
    await shelve_many(connection, (), (resource,), vocabulary, now)


async def shelve_many(
    connection: AsyncConnection,
    new: Sequence[Resource],
    changed: Sequence[Resource],
    vocabulary: Vocabulary,
    now: datetime,
) -> None:
    """The same for many: `new` were never in the catalogue before, `changed` may have been."""
    records: list[SearchRecord] = []
    async for group in in_groups((*new, *changed), _AT_A_TIME):
        records += [record_of(resource, vocabulary) for resource in group]
    await search.put_many(connection, records)
    for resource in changed:
        await delivery.cancel(connection, resource.guild_id, CLOSING, promised(resource), now)
    for resource in (*new, *changed):
        await _promise_closing(connection, resource, now)


async def _promise_closing(connection: AsyncConnection, resource: Resource, now: datetime) -> None:
    closes_on = resource.about.closes_on
    if closes_on is not None:
        promise = Promise(
            kind=CLOSING,
            guild_id=resource.guild_id,
            subject=promised(resource),
            moment=closes_on.isoformat(),
            due_at=freshness.closed_at(closes_on),
        )
        await delivery.put(connection, promise, now)


async def unshelve(connection: AsyncConnection, resource: Resource, now: datetime) -> None:
    """Let a resource no longer be found."""
    await search.remove(connection, resource.guild_id, ROOM, str(resource.resource_id))
    await delivery.cancel(connection, resource.guild_id, CLOSING, promised(resource), now)


async def close_over(connection: AsyncConnection, guild_id: int, now: datetime) -> int:
    """Take all opportunities whose day is over everywhere on Earth out of the catalogue; return how many."""
    over = await resources.over(connection, guild_id, freshness.still_open(now))
    for resource in over:
        closed = await resources.settle(connection, resource, resources.CLOSED, touched=resource.touched)
        if closed is not None:
            await unshelve(connection, closed, now)
    return len(over)
