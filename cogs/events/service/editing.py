"""Editing: an event is changed or called off, and whoever comes is told; and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip, tidy
from cogs.events.service import telling
from cogs.events.service.following import CARD, announce, follow
from cogs.events.service.moving_up import move_up
from cogs.events.service.occurring import announced
from cogs.events.service.planning import edited, same_place
from cogs.events.service.records import ROOM, subject
from cogs.events.service.syncing import CARD_BEFORE
from cogs.events.terms import LONGEST_ABOUT, LONGEST_NOTE, LONGEST_TITLE
from cogs.events.whereabouts import where_of
from db import delivery, drafts, events, search
from db.events import CANCELLED, PLANNED

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from cogs.events.service.planning import Planned
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.events import Event, Plan


class StaleError(GoneError):
    """Somebody else changed the event meanwhile; `event` is what it says now."""

    def __init__(self, event: Event) -> None:
        super().__init__(
            "Somebody changed this event while you were at it. Yours is still here: **Save changes** puts it in the "
            "place of theirs, **Throw away** leaves theirs."
        )
        self.event = event


class Editing:
    """Changes events. Whether a person may is for the caller to see."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def save(self, draft: Draft, planned: Planned) -> tuple[Event, bool]:
        """Let an event say what its draft says, once however often it is pressed; whether people are told.

        They are where its time or its place has changed. Raises StaleError, GoneError, and UserError for a time that
        has passed.
        """
        now, event_id = self._clock(), edited(draft)
        _, _, version = draft.argument.partition(".")
        async with self._database.write() as connection:
            if event_id is None or await drafts.get(connection, draft.draft_id) is None:
                raise GoneError("This has been saved or thrown away already. /events shows what is coming up.")
            event = await self._planned(connection, draft.guild_id, event_id, int(version))
            moved = planned.starts_at != event.starts_at
            if moved and planned.starts_at <= now:
                raise UserError("That time has passed. Press **Edit** and give a time that is still to come.")
            await drafts.remove(connection, draft.draft_id)
            changed = await self._change(connection, event, planned, now)
            tell = moved or not same_place(event.plan.where, changed.plan.where)
            if tell:
                before = int(event.starts_at.timestamp()) if moved else 0
                await telling.tell_all(connection, changed, telling.MOVED, now, before)
        return changed, tell

    async def put_back(self, draft: Draft, planned: Planned) -> Event:
        """Let an event say again what it said before it was edited, as its draft kept it; who was told is told again.

        Raises StaleError and GoneError, and UserError where the time it had has passed.
        """
        now, event_id = self._clock(), edited(draft)
        _, _, version = draft.argument.partition(".")
        async with self._database.write() as connection:
            if event_id is None or await drafts.get(connection, draft.draft_id) is None:
                raise GoneError("This has been undone already. /events shows what is coming up.")
            event = await self._planned(connection, draft.guild_id, event_id, int(version))
            if planned.starts_at <= now:
                raise UserError("The time it had has passed, so it cannot be undone. **Edit** gives it a new one.")
            await drafts.remove(connection, draft.draft_id)
            told = await telling.untell(connection, event, telling.MOVED, event.version, now)
            changed = await self._change(connection, event, planned, now)
            if told:
                moved = changed.starts_at != event.starts_at
                before = int(event.starts_at.timestamp()) if moved else 0
                await telling.tell_all(connection, changed, telling.MOVED, now, before)
        return changed

    async def _change(self, connection: AsyncConnection, event: Event, planned: Planned, now: datetime) -> Event:
        """All but the reminders, which have a form of their own: a draft knows them only as they were."""
        changed = await events.change(
            connection,
            event,
            now,
            plan=replace(planned.plan, reminders=event.plan.reminders),
            starts_at=planned.starts_at,
            ends_at=planned.ends_at,
            detached=True if event.series_id is not None else None,
            announce_at=await self._due(connection, event, planned.starts_at),
        )
        if changed.announce_at != event.announce_at:
            await self._announce(connection, changed, now)
        await move_up(connection, changed, self._servers.zone(event.guild_id), now)
        await follow(connection, changed, now)
        return changed

    async def take_over(self, guild_id: int, event_id: int, said: dict[str, str]) -> Event:
        """Let an event say what somebody wrote into Discord's own: "name", "about", "start", "end" (ISO, UTC), "place".

        What is not among them stays. Who comes is told where its time has changed.
        Raises GoneError, and UserError for a place of no use.
        """
        now = self._clock()
        async with self._database.write() as connection:
            event = await self._planned(connection, guild_id, event_id)
            starts_at = datetime.fromisoformat(said["start"]) if said.get("start") else event.starts_at
            ends_at = datetime.fromisoformat(said["end"]) if said.get("end") else starts_at + event.length
            changed = await events.change(
                connection,
                event,
                now,
                plan=_renamed(event, said),
                starts_at=starts_at,
                ends_at=max(ends_at, starts_at + timedelta(minutes=1)),
                detached=True if event.series_id is not None else None,
                announce_at=await self._due(connection, event, starts_at),
            )
            if changed.announce_at != event.announce_at:
                await self._announce(connection, changed, now)
            if starts_at != event.starts_at:
                await telling.tell_all(connection, changed, telling.MOVED, now, int(event.starts_at.timestamp()))
            await follow(connection, changed, now)
        return changed

    async def cancel(self, guild_id: int, event_id: int, by: int | None, note: str) -> Event:
        """Call an event off; whoever comes is told in a minute. Raises GoneError where it is off or over already."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await self._planned(connection, guild_id, event_id)
            if event.ends_at <= now:
                raise GoneError(
                    "This event is over, so there is nothing to call off. **/events** shows what is coming up."
                )
            event = await events.cancel(connection, event, by, clip(tidy(note), LONGEST_NOTE), now)
            await search.remove(connection, guild_id, ROOM, str(event_id))
            await telling.tell_all(connection, event, telling.CANCELLED, now)
            await follow(connection, event, now)
        return event

    async def take_back(self, guild_id: int, event_id: int, version: int) -> Event:
        """Let an event that was called off take place after all; who was told so already is told again.

        Raises GoneError where it has changed since.
        """
        now = self._clock()
        async with self._database.write() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None or event.state != CANCELLED or event.version != version or event.ends_at <= now:
                raise GoneError("This has changed since, so it cannot be undone. /events shows what is coming up.")
            told = await telling.untell(connection, event, telling.CANCELLED, event.version, now)
            event = await events.take_back(connection, event, now)
            await self._announce(connection, event, now)
            if told:
                await telling.tell_all(connection, event, telling.ON_AGAIN, now)
            await move_up(connection, event, self._servers.zone(guild_id), now)
            await follow(connection, event, now)
        return event

    async def _due(self, connection: AsyncConnection, event: Event, starts_at: datetime) -> datetime | None:
        """When the card of an event that is moved is due now; None where it stands, or stays as it was."""
        if event.announce_at is None or event.posted.message_id is not None or starts_at == event.starts_at:
            return None
        if event.source is not None:
            return starts_at - CARD_BEFORE
        if event.series_id is None:
            return None
        series = await events.get_series(connection, event.guild_id, event.series_id)
        rows = [] if series is None else await events.of_series(connection, series)
        ends = [row.ends_at for row in rows if row.event_id != event.event_id and row.starts_at < starts_at]
        return min(event.announce_at, announced(starts_at, max(ends, default=None), ZoneInfo(event.plan.zone)))

    async def _announce(self, connection: AsyncConnection, event: Event, now: datetime) -> None:
        """Promise its card again, where it was called off before that was posted."""
        cards = await delivery.of_subject(connection, event.guild_id, CARD, subject(event.event_id))
        if cards and event.posted.message_id is None:
            await announce(connection, event, cards[-1].target_id, now)

    async def _planned(
        self, connection: AsyncConnection, guild_id: int, event_id: int, version: int | None = None
    ) -> Event:
        event = await events.get(connection, guild_id, event_id)
        if event is None:
            raise GoneError("This event is no longer there. /events shows what is coming up.")
        if event.state != PLANNED:
            raise GoneError("This event was called off already. **/events** shows what is coming up.")
        if version is not None and event.version != version:
            raise StaleError(event)
        return event


def _renamed(event: Event, said: dict[str, str]) -> Plan:
    title = clip(tidy(said.get("name", "")), LONGEST_TITLE) or event.plan.title
    about = clip(tidy(said["about"], lines=True), LONGEST_ABOUT) if "about" in said else event.plan.about
    where = where_of(said["place"], {}) if said.get("place") else event.plan.where
    return replace(event.plan, title=title, about=about, where=where)
