"""Reminding: a member wants to read a resource later, and is told when it is time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from cogs.resources.reading import moment_of
from db import delivery, resources
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

KIND = "reading-reminder"
LASTS = timedelta(days=7)
"""How late a reminder is still sent; it says that it is late."""


class Reminding:
    """A member's reminders to read something: one for each resource."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def remind(
        self,
        guild_id: int,
        user_id: int,
        resource_id: int,
        choice: str,
        *,
        place_id: int | None,
        way: Way = Way.PRIVATE,
    ) -> tuple[Resource, datetime]:
        """Promise a reminder, in place of an earlier one; the resource, and when it comes (UTC).

        `choice` is one of reading.CHOICES; `place_id` the channel under which a private thread may be made. Raises
        GoneError where the resource is no longer in the catalogue.
        """
        now = self._clock()
        due = moment_of(choice, now, self._servers.zone(guild_id))
        async with self._database.write() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
            if resource is None or resource.status != resources.PUBLISHED:
                raise GoneError(
                    "This resource is no longer in the catalogue, so I will not remind you of it. Search again to "
                    "see what else there is."
                )
            await self._cancel(connection, guild_id, user_id, resource_id)
            await delivery.put(connection, _promise(guild_id, user_id, resource_id, due, way, place_id), now)
        return resource, due

    async def by_direct_message(self, guild_id: int, user_id: int, resource_id: int) -> tuple[Resource, datetime]:
        """Let the reminder that waits come as a direct message, because its member asks for it.

        The resource, and when it comes (UTC). Raises GoneError where none waits any more.
        """
        async with self._database.write() as connection:
            waiting = await self._waiting(connection, guild_id, user_id, resource_id)
            resource = await resources.get(connection, guild_id, resource_id)
            if waiting is None or resource is None:
                raise GoneError(
                    "This reminder no longer waits, so there is nothing to change. Press **Save** below the "
                    "resource for another one."
                )
            promise = _promise(guild_id, user_id, resource_id, waiting.due_at, Way.DM, waiting.place_id)
            await delivery.put(connection, promise, self._clock())
        return resource, waiting.due_at

    async def forget(self, guild_id: int, user_id: int, resource_id: int) -> bool:
        """Take a reminder back; False where none waited."""
        async with self._database.write() as connection:
            return bool(await self._cancel(connection, guild_id, user_id, resource_id))

    async def due(self, reminder: Delivery) -> Resource | None:
        """The resource a reminder is about, as it is now; None where it is no longer in the catalogue."""
        number = int(reminder.subject.removeprefix("resource:"))
        async with self._database.read() as connection:
            resource = await resources.get(connection, reminder.guild_id, number)
        return resource if resource is not None and resource.status == resources.PUBLISHED else None

    async def _cancel(self, connection: AsyncConnection, guild_id: int, user_id: int, resource_id: int) -> int:
        subject = _subject(resource_id)
        return await delivery.cancel(connection, guild_id, KIND, subject, self._clock(), target_id=user_id)

    async def _waiting(
        self, connection: AsyncConnection, guild_id: int, user_id: int, resource_id: int
    ) -> Delivery | None:
        found = await delivery.of_subject(connection, guild_id, KIND, _subject(resource_id), target_id=user_id)
        return next((one for one in found if one.state == delivery.WAITING), None)


def _subject(resource_id: int) -> str:
    return f"resource:{resource_id}"


def _promise(guild_id: int, user_id: int, resource_id: int, due: datetime, way: Way, place_id: int | None) -> Promise:
    return Promise(
        KIND,
        guild_id,
        _subject(resource_id),
        due,
        way,
        user_id,
        moment=f"{due:%Y-%m-%dT%H:%M}",
        place_id=place_id,
        lapses_at=due + LASTS,
    )
