"""Settling: one setting of a server is changed, and the log says who did it, when, from what and to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit import cities
from bot.kit.errors import UserError
from bot.kit.words import counted, plain
from db import setup
from db.setup import AGREEMENT, GREETS, ROLE, ZONE, Change, Part

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.engine import Database
    from db.setup import Settings

NOTHING, LEFT_OUT = "not set up", "left out"
"""What the log says where there is no channel."""
GREETING = {True: "greeted", False: "not greeted"}
"""What the log and the settings say of newcomers."""
_BEGINNING = 60
"""Characters of a text that the log shows; escaped they are twice as many at most, and 200 fit into it."""


class Settling:
    """Changes of one server's settings. The caller has checked that a manager asks."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def channel(
        self, guild_id: int, by: int, part: Part, number: int, *, until: datetime | None = None
    ) -> Settings:
        """Take a channel for a part. `until` makes a claim on the making last until then."""
        before = self._servers.of(guild_id)
        left_out = sorted(before.left_out - {part})
        entry = self._entry(by, part, _channel(before, part), f"<#{number}>")
        values: dict[str, Any] = {f"{part}_id": number, "left_out": left_out}
        if part is Part.QUESTIONS:  # another forum has not been given its tags yet
            values["tags_given"] = False
        return await self._write(guild_id, entry, until, **values)

    async def leave_out(self, guild_id: int, by: int, part: Part, *, until: datetime | None = None) -> Settings:
        """The server does not want this part; its channel, if there is one, stays as it is."""
        before = self._servers.of(guild_id)
        left_out = sorted(before.left_out | {part})
        entry = self._entry(by, part, _channel(before, part), LEFT_OUT)
        return await self._write(guild_id, entry, until, **{f"{part}_id": None}, left_out=left_out)

    async def role(self, guild_id: int, by: int, number: int, *, until: datetime | None = None) -> Settings:
        """Take a role as the organizers'."""
        before = self._servers.of(guild_id).organizer_role_id
        entry = self._entry(by, ROLE, f"<@&{before}>" if before else NOTHING, f"<@&{number}>")
        return await self._write(guild_id, entry, until, organizer_role_id=number)

    async def zone(self, guild_id: int, by: int, zone: str, *, until: datetime | None = None) -> Settings:
        """Take a time zone. Raises UserError for a name that this machine does not know."""
        if not cities.is_zone(zone):
            raise UserError("I do not know this time zone. Please type the name of a larger city near you.")
        entry = self._entry(by, ZONE, self._servers.of(guild_id).zone_name or NOTHING, zone)
        return await self._write(guild_id, entry, until, zone=zone)

    async def agreement(self, guild_id: int, by: int, words: str, *, again: bool) -> Settings:
        """Take a text as the community agreement; none, where it is empty. `again` asks everyone, not only newcomers.

        A text where there was none asks everyone.
        """
        before = self._servers.of(guild_id)
        anew = bool(words) and (again or not before.agreement)
        if words == before.agreement and not anew:
            return before
        after = _text(words) + (", which everyone is asked to accept" if anew and before.agreement else "")
        entry = self._entry(by, AGREEMENT, _text(before.agreement), after)
        version = before.agreement_version + anew
        return await self._write(guild_id, entry, None, agreement=words or None, agreement_version=version)

    async def greeting(self, guild_id: int, by: int, *, greets: bool) -> Settings:
        """Greet newcomers, or do not."""
        before = self._servers.of(guild_id).greets
        entry = self._entry(by, GREETS, GREETING[before], GREETING[greets])
        return await self._write(guild_id, entry, None, greets=greets)

    async def note(self, guild_id: int, **values: Any) -> Settings:
        """Keep what is no choice of anybody's and needs no log: `tags_given`, `invitation`."""
        async with self._database.write() as connection:
            settings = await setup.change(connection, guild_id, self._clock(), **values)
        self._servers.keep(settings)
        return settings

    async def log(self, guild_id: int, page: int, per_page: int) -> tuple[list[Change], int]:
        """A page of the log (from 0), newest first, and how many lines there are."""
        async with self._database.read() as connection:
            return await setup.changes(connection, guild_id, limit=per_page, offset=page * per_page)

    def _entry(self, by: int, setting: str, before: str, after: str) -> Change:
        return Change(self._clock(), by, setting, before, after)

    async def _write(self, guild_id: int, entry: Change, until: datetime | None, **values: Any) -> Settings:
        claim = {} if until is None else {"making_until": until}
        if entry.before == entry.after and entry.setting != AGREEMENT:  # of a text it shows only the beginning
            return self._servers.of(guild_id)
        async with self._database.write() as connection:
            settings = await setup.change(connection, guild_id, entry.at, **values, **claim)
            await setup.log(connection, guild_id, entry)
        self._servers.keep(settings)
        return settings


def _text(words: str) -> str:
    """What the log says of a text: how it begins, and how long it is."""
    return f"“{plain(words, _BEGINNING)}” ({counted(len(words), 'character')})" if words else "none"


def _channel(settings: Settings, part: Part) -> str:
    """What the log says of a part as it was."""
    if part in settings.left_out:
        return LEFT_OUT
    number = settings.channels.get(part)
    return f"<#{number}>" if number else NOTHING
