"""Links to calendars: made, shown once, given anew, taken back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from bot.kit.words import clip, tidy
from cogs.events.ical.entry import Calendar
from cogs.events.ical.writing import write
from cogs.events.service.entries import entries_of, entry_of
from cogs.events.service.serving import hash_of
from db import calendars, events, guilds

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.calendars import Feed
    from db.engine import Database
    from db.events import Event

SECRET_BYTES = 24
"""192 bits: nobody finds one by trying."""
_LONGEST_NAME = 100


class Feeding:
    """The links of a server and of its members. Who may is for the caller to see."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def standing(self, guild_id: int, user_id: int | None) -> Feed | None:
        """The link of a member, or of the server (None); None where there is none."""
        async with self._database.read() as connection:
            return await calendars.feed_of(connection, guild_id, user_id)

    async def give(self, guild_id: int, user_id: int | None, name: str, by: int, *, for_all: bool = False) -> str:
        """A new secret, in place of the one there was; it is not kept, so that it must be shown now.

        `for_all` keeps it, so that everybody can be shown it.
        """
        secret, now = secrets.token_urlsafe(SECRET_BYTES), self._clock()
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, now)
            await calendars.put_feed(
                connection,
                guild_id,
                user_id,
                name=clip(tidy(name), _LONGEST_NAME) or "Events",
                secret_hash=hash_of(secret),
                open_code=secret if for_all else None,
                by=by,
                now=now,
            )
        return secret

    async def event_file(self, event: Event, *, told: bool) -> bytes:
        """An event as a file. `told` says that its reader may see a link that is hidden."""
        return write(Calendar(event.plan.title, (entry_of(event, told=told),))).content

    async def series_file(self, guild_id: int, series_id: int) -> tuple[str, bytes]:
        """The title of a series, and all its dates as a file. Raises GoneError."""
        async with self._database.read() as connection:
            series = await events.get_series(connection, guild_id, series_id)
            if series is None:
                raise GoneError("This series is no longer there. /events shows what is coming up.")
            made = await events.of_series(connection, series)
        entries = entries_of(series, made, self._clock())
        return series.plan.title, write(Calendar(series.plan.title, entries)).content

    async def take_back(self, guild_id: int, user_id: int | None) -> bool:
        """Let a link lead nowhere from now on; False where there was none."""
        async with self._database.write() as connection:
            return await calendars.drop_feed(connection, guild_id, user_id)
