"""Bringing our events in step with a calendar: what its sessions say becomes what our events say.

A few events at a time are one transaction; each step bears being done twice, so that a look that was cut off is simply
made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.events.ical.in_step import Change, Held, Steps, fingerprint, steps
from cogs.events.imported import plan_of
from cogs.events.service import telling
from cogs.events.service.following import announce, follow
from cogs.events.service.moving_up import move_up
from cogs.events.service.planning import same_place
from cogs.events.service.records import ROOM
from db import calendars, events, search
from db.events import CANCELLED, Source
from db.turns import in_groups

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from cogs.events.ical.found import Found, Reading
    from db.calendars import CalendarSource, Item
    from db.engine import AsyncConnection, Database

CARD_BEFORE = timedelta(days=7)
"""How long before its start the card of an imported event is posted, where the organizers want cards."""
RECENT = timedelta(days=1)
"""So long after its end an event is still compared: what has begun may be moved to later."""
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Done:
    """How many events were added, changed without and with another time, called off, on again; `vanished` as told."""

    new: int = 0
    changed: int = 0
    moved: int = 0
    cancelled: int = 0
    revived: int = 0
    same: int = 0
    missing: int = 0
    vanished: int = 0

    @property
    def anything(self) -> bool:
        """Whether anything is different now."""
        return any((self.new, self.changed, self.moved, self.cancelled, self.revived))


class Syncing:
    """Compares and follows. Whether a person may is for the caller to see."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def compare(self, source: CalendarSource | None, reading: Reading, *, believed: bool = False) -> Steps:
        """What would have to be done; `source` is None for a calendar that is not known yet."""
        return steps(await self._held(source), reading, self._clock(), believed=believed)

    async def _held(self, source: CalendarSource | None) -> list[Held]:
        if source is None:
            return []
        async with self._database.read() as connection:
            found = await calendars.items(connection, source.source_id, since=self._clock() - RECENT)
        return [_held(item) for item in found]

    async def follow(
        self, source: CalendarSource, reading: Reading, channel_id: int | None, *, believed: bool = False
    ) -> Done:
        """Do it, and return what was done. Cards go to `channel_id`. A file takes nothing away: it may be a part."""
        found = await self.compare(source, reading, believed=believed)
        gone = (*found.cancelled, *(found.gone if source.url else ()))
        card = channel_id if source.announced else None
        new = 0
        async for group in in_groups(found.new, _AT_ONCE):
            async with self._database.write() as connection:
                new += sum([await self._add(connection, source, each, card) for each in group])
        for changes, revived in ((found.changed, False), (found.revived, True)):
            async for changed in in_groups(changes, _AT_ONCE):
                async with self._database.write() as connection:
                    for change in changed:
                        await self._change(connection, source, change, card, revived=revived)
        off = {held.event_id for held in found.cancelled}
        async for held_group in in_groups(gone, _AT_ONCE):
            async with self._database.write() as connection:
                for held in held_group:
                    note = "Called off in" if held.event_id in off else "No longer in"
                    await self._cancel(connection, source, held, f"{note} {source.name}")
        if source.url:
            await self._note_missing(found)
        moved = sum(change.moved for change in found.changed)
        return Done(
            new=new,
            changed=len(found.changed) - moved,
            moved=moved,
            cancelled=len(gone),
            revived=len(found.revived),
            same=found.same,
            missing=len(found.missing),
            vanished=found.vanished if source.url else 0,
        )

    async def _add(
        self, connection: AsyncConnection, source: CalendarSource, found: Found, channel_id: int | None
    ) -> bool:
        now, zone = self._clock(), self._servers.zone(source.guild_id)
        if await calendars.known(connection, source.source_id, found.uid, found.recurrence):
            return False
        event = await events.add(
            connection,
            source.guild_id,
            plan_of(found, zone.key),
            found.starts_at,
            _end(found),
            by=source.made_by,
            now=now,
            announce_at=found.starts_at - CARD_BEFORE if channel_id else None,
            source=Source(source.source_id, found.uid, found.recurrence),
        )
        await calendars.put_item(connection, source.source_id, event.event_id, fingerprint(found))
        if channel_id is not None:
            await announce(connection, event, channel_id, now)
        await follow(connection, event, now)
        return True

    async def _change(
        self, connection: AsyncConnection, source: CalendarSource, change: Change, card: int | None, *, revived: bool
    ) -> None:
        now, found, number = self._clock(), change.found, change.held.event_id
        event = await events.get(connection, source.guild_id, number)
        if event is None:
            return
        if revived:
            event = await events.take_back(connection, event, now)
        plan = plan_of(found, event.plan.zone, event.plan)
        differs = (event.plan, event.starts_at, event.ends_at) != (plan, found.starts_at, _end(found))
        changed = event
        if differs:
            changed = await events.change(
                connection,
                event,
                now,
                plan=plan,
                starts_at=found.starts_at,
                ends_at=_end(found),
                announce_at=found.starts_at - CARD_BEFORE if card is not None and not event.posted.message_id else None,
            )
        if (change.held.uid, change.held.recurrence) != (found.uid, found.recurrence):
            await calendars.rename(connection, number, found.uid, found.recurrence)
        await calendars.put_item(connection, source.source_id, number, fingerprint(found))
        if revived:
            await telling.tell_all(connection, changed, telling.ON_AGAIN, now)
        elif changed.starts_at != event.starts_at or not same_place(event.plan.where, changed.plan.where):
            await telling.tell_all(connection, changed, telling.MOVED, now, int(event.starts_at.timestamp()))
        if card is not None and changed.posted.message_id is None:
            await announce(connection, changed, card, now)
        if differs or revived:
            await move_up(connection, changed, self._servers.zone(source.guild_id), now)
            await follow(connection, changed, now)

    async def _cancel(self, connection: AsyncConnection, source: CalendarSource, held: Held, note: str) -> None:
        now = self._clock()
        event = await events.get(connection, source.guild_id, held.event_id)
        if event is None or event.state == CANCELLED:
            return
        event = await events.cancel(connection, event, None, note[:300], now)
        await calendars.note_missing(connection, held.event_id, None)
        await search.remove(connection, source.guild_id, ROOM, str(held.event_id))
        await telling.tell_all(connection, event, telling.CANCELLED, now)
        await follow(connection, event, now)

    async def _note_missing(self, found: Steps) -> None:
        if not found.missing and not found.back:
            return
        now = self._clock()
        async with self._database.write() as connection:
            for held, since in [*((each, now) for each in found.missing), *((each, None) for each in found.back)]:
                await calendars.note_missing(connection, held.event_id, since)


def _held(item: Item) -> Held:
    event = item.event
    source = event.source or Source(0, "")
    return Held(
        event_id=event.event_id,
        uid=source.uid,
        recurrence=source.recurrence or "",
        starts_at=event.starts_at,
        seen=item.seen,
        missing=item.missing_since is not None,
        cancelled=event.state == CANCELLED,
        by_hand=event.cancelled_by is not None,
    )


def _end(found: Found) -> datetime:
    """When it ends; what has no length gets an hour."""
    return found.ends_at if found.ends_at > found.starts_at else found.starts_at + timedelta(hours=1)
