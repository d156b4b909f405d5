"""Telling: what organizers hear about a suggestion, and what its suggester hears, as promises in the delivery table.

The functions belong into the transaction of the change that causes them; `Telling` is the member's side.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError
from cogs.resources.service.records import number_in, promised
from db import delivery, resources
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

SUGGESTION, QUESTION, DECIDED = "suggestion", "suggestion-question", "suggestion-decided"
"""The kinds of delivery: to the organizers' desk, a question to the suggester, and what became of it."""

A_DAY_AT_MOST = 3
"""So many suggestions that wait are shown to the organizers one by one, within a day."""
_A_DAY = timedelta(days=1)


def moment(resource: Resource) -> str:
    """Which state of a resource a delivery is about."""
    return f"v{resource.version}"


def asked_moment(resource: Resource) -> str:
    """Which question a delivery is about: the one that was asked then. An edit in between changes nothing about it."""
    return f"asked-{int(resource.asked.at.timestamp())}" if resource.asked.at else ""


async def show_to_desk(connection: AsyncConnection, resource: Resource, desk_id: int, now: datetime) -> None:
    """Promise the organizers' channel the card of a suggestion as it stands."""
    promise = Promise(
        SUGGESTION, resource.guild_id, promised(resource), now, Way.CHANNEL, desk_id, moment=moment(resource)
    )
    await delivery.put(connection, promise, now)


async def show_new_to_desk(connection: AsyncConnection, resource: Resource, desk_id: int, now: datetime) -> None:
    """Promise the organizers' channel the card of a new suggestion, unless `A_DAY_AT_MOST` of a day still wait there.

    What comes on top waits in the queue without a card of its own; the panel in that channel says how many wait.
    """
    guild_id, waiting = resource.guild_id, 0
    shown = await delivery.made_since(connection, guild_id, SUGGESTION, desk_id, now - _A_DAY)
    for subject in {one.subject for one in shown}:
        other = await resources.get(connection, guild_id, number_in(subject))
        waiting += other is not None and other.status == resources.WAITING
    if waiting < A_DAY_AT_MOST:
        await show_to_desk(connection, resource, desk_id, now)


async def show_to_desk_again(connection: AsyncConnection, resource: Resource, now: datetime) -> None:
    """Promise the card to the channel that was promised it before, if any: the suggestion has changed."""
    before = await delivery.of_subject(connection, resource.guild_id, SUGGESTION, promised(resource))
    if before:
        await show_to_desk(connection, resource, before[-1].target_id, now)


async def ask_suggester(connection: AsyncConnection, resource: Resource, now: datetime) -> None:
    """Promise the suggester an organizer's question the way they chose; else as a note, which disturbs nobody."""
    await _to_suggester(connection, QUESTION, resource, Way(resource.tell or Way.NOTE), now, asked_moment(resource))


async def tell_suggester(connection: AsyncConnection, resource: Resource, now: datetime) -> None:
    """Promise the suggester what became of it, if they asked to be told."""
    if resource.tell:
        await _to_suggester(connection, DECIDED, resource, Way(resource.tell), now, moment(resource))


async def untell(connection: AsyncConnection, resource: Resource, now: datetime) -> None:
    """Take back what was to be told about a resource, as far as it has not gone out."""
    for kind in (QUESTION, DECIDED):
        await delivery.cancel(connection, resource.guild_id, kind, promised(resource), now)


async def _to_suggester(
    connection: AsyncConnection, kind: str, resource: Resource, way: Way, now: datetime, when: str
) -> None:
    if resource.suggested_by is None:
        return
    promise = Promise(
        kind=kind,
        guild_id=resource.guild_id,
        subject=promised(resource),
        due_at=now,
        way=way,
        target_id=resource.suggested_by,
        moment=when,
        place_id=resource.tell_place,
    )
    await delivery.put(connection, promise, now)


class Telling:
    """How members say that they want to hear what becomes of their suggestions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def own(self, guild_id: int, user_id: int, resource_id: int) -> Resource:
        """A suggestion, for the person who made it. Raises GoneError or NotAllowedError."""
        async with self._database.read() as connection:
            return await self._own(connection, guild_id, user_id, resource_id)

    async def tell_me(self, guild_id: int, user_id: int, resource_id: int, way: Way, place_id: int | None) -> Resource:
        """Note how the suggester wants to hear; `place_id` is the channel for a private thread.

        What was decided already is not promised: the caller shows it. Raises GoneError or NotAllowedError.
        """
        async with self._database.write() as connection:
            resource = await self._own(connection, guild_id, user_id, resource_id)
            return await resources.tell(connection, resource, way.value, place_id)

    async def current(self, guild_id: int, resource_id: int) -> Resource | None:
        """A resource as it is now, for a card that is about to be sent; None where it is gone."""
        async with self._database.read() as connection:
            return await resources.get(connection, guild_id, resource_id)

    async def _own(self, connection: AsyncConnection, guild_id: int, user_id: int, resource_id: int) -> Resource:
        resource = await resources.get(connection, guild_id, resource_id)
        if resource is None:
            raise GoneError("This suggestion is no longer there. If you still have the link, suggest it again.")
        if resource.suggested_by != user_id:
            raise NotAllowedError("Someone else suggested this, so only they can choose.")
        return resource
