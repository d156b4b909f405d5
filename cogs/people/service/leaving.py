"""Taking one's data along, and taking it away: across all rooms, which said themselves what they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bot.kit.clock import Clock
    from bot.kit.privacy import PersonalData
    from db.engine import AsyncConnection, Database

FORMAT = 1
"""The version of the file's form; it rises when a reader would have to know."""


class Leaving:
    """Export and deletion. `guild_id` is a server, or None for every server this Benchmate is in."""

    def __init__(self, database: Database, clock: Clock, personal: Mapping[str, PersonalData]) -> None:
        self._database = database
        self._clock = clock
        self._personal = personal

    async def export(self, guild_id: int | None, user_id: int) -> dict[str, Any]:
        """Everything about a person, room by room, as JSON can hold it."""
        async with self._database.read() as connection:
            found = await self._all(connection, guild_id, user_id)
        return {
            "about": "Everything that Benchmate keeps about you "
            + ("in every server." if guild_id is None else "in this server.")
            + " Times are UTC; long numbers are Discord's.",
            "format": FORMAT,
            "you": str(user_id),
            "server": "all" if guild_id is None else str(guild_id),
            "exported_at": self._clock().isoformat(),
            **found,
        }

    async def kept(self, guild_id: int | None, user_id: int) -> list[PersonalData]:
        """The rooms that keep anything about a person, so that they can be told what would go."""
        async with self._database.read() as connection:
            found = await self._all(connection, guild_id, user_id)
        return [self._personal[name] for name in found]

    async def elsewhere(self, guild_id: int, user_id: int) -> bool:
        """Whether other servers keep anything about them as well."""
        async with self._database.read() as connection:
            return await self._all(connection, guild_id, user_id) != await self._all(connection, None, user_id)

    async def delete(self, guild_id: int | None, user_id: int) -> list[PersonalData]:
        """Delete everything about a person, all rooms in one transaction; return the rooms that kept anything.

        It is looked up again before it counts: where anything is left, nothing is deleted, and RuntimeError raised.
        """
        async with self._database.write() as connection:
            before = await self._all(connection, guild_id, user_id)
            for data in self._personal.values():
                await data.delete(connection, guild_id, user_id)
            left = await self._all(connection, guild_id, user_id)
            if left:
                msg = f"a deletion left something in {sorted(left)}"
                raise RuntimeError(msg)
        return [self._personal[name] for name in before]

    async def _all(self, connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, dict[str, Any]]:
        found = {}
        for name, data in self._personal.items():
            parts = await data.export(connection, guild_id, user_id)
            filled = {key: value for key, value in parts.items() if value}
            if filled:
                found[name] = filled
        return found
