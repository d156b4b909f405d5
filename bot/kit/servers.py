"""What each server has set up, at hand for every click: read once at the start, and replaced by whoever changes it.

One process serves a server, so nobody else can change it meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.zones import zone_named
from db import setup
from db.setup import Settings

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from db.engine import Database


class Servers:
    """The settings of all servers."""

    def __init__(self) -> None:
        self._settings: dict[int, Settings] = {}
        self._met: set[tuple[int, int]] = set()

    async def load(self, database: Database) -> None:
        """Read what all servers have set up. Raises StorageFault."""
        async with database.read() as connection:
            found = await setup.everything(connection)
        self._settings = {settings.guild_id: settings for settings in found}

    def of(self, guild_id: int) -> Settings:
        """What a server has set up; nothing, where it is not known."""
        return self._settings.get(guild_id) or Settings(guild_id)

    def zone(self, guild_id: int) -> ZoneInfo:
        """The server's time zone; `SERVER_ZONE` where it has named none, or this machine does not know it."""
        return zone_named(self.of(guild_id).zone_name)

    def keep(self, settings: Settings) -> None:
        """Hold what a server has set up now; to be called once the change is committed."""
        if settings.version >= self.of(settings.guild_id).version:
            self._settings[settings.guild_id] = settings

    def meet(self, guild_id: int, user_id: int) -> None:
        """An organizer was here."""
        self._met.add((guild_id, user_id))

    def take_met(self) -> set[tuple[int, int]]:
        """The servers and organizers that were met since this was last asked."""
        taken, self._met = self._met, set()
        return taken

    def forget(self, guild_id: int) -> None:
        """Hold nothing of a server any more."""
        self._settings.pop(guild_id, None)
