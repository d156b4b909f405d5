"""The panels that stand in channels: posted once for each channel, and brought in step when what they show changes.

They are deliveries, so that a crash neither loses nor doubles them; their rows remember the messages.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from bot.kit.words import counted
from db import delivery as deliveries
from db import welcome
from db.delivery import Promise, Way
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from bot.kit.upcoming import Next, Upcoming
    from bot.kit.waiting import Waiting
    from db.delivery import Delivery
    from db.engine import Database

START, DESK, IN_STEP = "start-panel", "desk-panel", "panels-in-step"
"""The kinds of delivery: the two panels, and the chore that edits and pins them."""
PARTS = {START: Part.START, DESK: Part.DESK}
SUBJECT = "panel"
POSTED = "posted-"
"""How the moment of a chore begins that follows a post, and pins it."""
DAILY = "daily-"
"""How it begins for one that looks whether the panels still stand."""
UNTIL = "until-"
"""How it begins for one that follows the end of what came next."""
SOON = timedelta(seconds=5)
DAY = timedelta(days=1)


class Standing:
    """The panels of all servers. `waiting` and `upcoming` may grow after it was made."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        servers: Servers,
        waiting: Mapping[str, Waiting],
        upcoming: Mapping[str, Next],
    ) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers
        self._waiting = waiting
        self._upcoming = upcoming
        self._written = 0
        self._looked: dict[int, int] = {}
        self._shown: dict[int, tuple[int, list[str], list[str]]] = {}
        self._put: dict[int, dict[int, object]] = {}
        self._pinned: dict[int, set[int]] = {}
        database.after_commit(self._note)

    def _note(self) -> None:
        self._written += 1

    def place(self, guild_id: int, kind: str) -> int | None:
        """The channel in which a panel stands; None where the server has none for it."""
        return self._servers.of(guild_id).channels.get(PARTS[kind])

    async def waits(self, guild_id: int) -> list[str]:
        """What waits for the organizers, in words; nothing of which there is none."""
        numbers = [(await one.count(guild_id), one) for one in self._waiting.values()]
        return [counted(number, one.one, one.many) for number, one in numbers if number]

    async def next(self, guild_id: int) -> list[Upcoming]:
        """What comes next in each room, the earliest first."""
        found = [await ask(guild_id) for ask in self._upcoming.values()]
        return sorted((one for one in found if one is not None), key=lambda one: one.starts_at)

    async def look(self, guild_id: int) -> None:
        """Promise to bring the panels in step where what they show has changed, and once in a start."""
        if self._looked.get(guild_id) == self._written:
            return  # nothing at all was written since
        self._looked[guild_id] = self._written
        settings = self._servers.of(guild_id)
        if guild_id not in self._shown and not {Part.START, Part.DESK} & set(settings.channels):
            return
        waits = await self.waits(guild_id) if Part.DESK in settings.channels else []
        comes = [one.words for one in await self.next(guild_id)] if Part.DESK in settings.channels else []
        if self._shown.get(guild_id) == (settings.version, waits, comes):
            return
        now = self._clock()
        async with self._database.write() as connection:
            moment = f"{now:%Y-%m-%dT%H:%M:%S.%f}"
            await deliveries.put(connection, Promise(IN_STEP, guild_id, SUBJECT, now, moment=moment), now)
        self._shown[guild_id] = settings.version, waits, comes

    def put_into(self, guild_id: int) -> dict[int, object]:
        """What was last put into each message of a server since the start, so as not to edit it in vain."""
        return self._put.setdefault(guild_id, {})

    def pinned_in(self, guild_id: int) -> set[int]:
        """The messages of a server that were found or made pinned since the start."""
        return self._pinned.setdefault(guild_id, set())

    def forget(self, guild_id: int) -> None:
        """Remember nothing of a server that took the bot out; should it come back, it is looked at anew."""
        self._looked.pop(guild_id, None)
        self._shown.pop(guild_id, None)
        self._put.pop(guild_id, None)
        self._pinned.pop(guild_id, None)

    async def panels(self, guild_id: int, kind: str) -> list[Delivery]:
        """The newest panel of each channel that ever had one."""
        async with self._database.read() as connection:
            return await welcome.panels(connection, guild_id, kind, SUBJECT)

    async def post(self, guild_id: int, kind: str, channel: int, *, after: int | None = None) -> None:
        """Promise a panel in a channel, once; `after` names the message of it that somebody took away."""
        now = self._clock()
        moment = f"after-{after}" if after else ""
        async with self._database.write() as connection:
            await deliveries.put(
                connection, Promise(kind, guild_id, SUBJECT, now, Way.CHANNEL, channel, moment=moment), now
            )

    async def look_at(self, guild_id: int, moment: datetime) -> None:
        """Promise to bring the panels in step at a moment (aware UTC) at which what they show is no longer true."""
        async with self._database.write() as connection:
            promise = Promise(IN_STEP, guild_id, SUBJECT, moment, moment=f"{UNTIL}{moment:%Y-%m-%dT%H:%M:%S}")
            await deliveries.put(connection, promise, self._clock())

    async def look_tomorrow(self, guild_id: int) -> None:
        """Promise to look once a day whether the panels still stand, at a time that differs from server to server."""
        now = self._clock()
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
        due = midnight + timedelta(seconds=guild_id % int(DAY.total_seconds()))
        async with self._database.write() as connection:
            promise = Promise(IN_STEP, guild_id, SUBJECT, due, moment=f"{DAILY}{due:%Y-%m-%d}")
            await deliveries.put(connection, promise, now)

    def know_nothing(self, guild_id: int) -> None:
        """Take nothing for granted about the messages of a server: the next look edits them all."""
        self._put.pop(guild_id, None)

    async def again(self, guild_id: int, after: timedelta = SOON) -> None:
        """Promise another look, once the panels that were promised stand."""
        due = self._clock() + after
        moment = f"{POSTED}{due:%Y-%m-%dT%H:%M:%S.%f}"
        async with self._database.write() as connection:
            promise = Promise(IN_STEP, guild_id, SUBJECT, due, moment=moment)
            await deliveries.put(connection, promise, self._clock())
