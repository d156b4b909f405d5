"""What the tests of series and reminders have in common: the services on a real database, a clock that is moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.kit.servers import Servers
from cogs.events.service.afterwards import Afterwards
from cogs.events.service.agenda import Agenda
from cogs.events.service.answering import Answering
from cogs.events.service.editing import Editing
from cogs.events.service.planning import Planned, Planning, answers_of
from cogs.events.service.reminding import OWN_REMINDER, REMINDER, Reminding
from cogs.events.service.repeating import Repeating
from cogs.events.service.rescheduling import Rescheduled, Rescheduling, Scope
from cogs.events.service.standing import Standing
from db import drafts, events
from db.delivery.table import Delivery, delivery_of, delivery_table
from db.events import Event, Posted
from tests.kit.world import TOOLS

if TYPE_CHECKING:
    from db.drafts import Draft
    from db.engine import Database

GUILD, ORGANIZER, MEMBER, CHANNEL, THREAD = 10, 20, 30, 40, 50
EASTERN = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Nine in the morning in New York."""


class Room:
    """The services of the room, without Discord."""

    def __init__(self, database: Database, now: datetime = MONDAY) -> None:
        self.database = database
        self.now = now
        self.servers = servers = Servers()
        self.planning = Planning(database, self.clock, servers)
        self.editing = Editing(database, self.clock, servers)
        self.answering = Answering(database, self.clock, servers)
        self.repeating = Repeating(database, self.clock, servers)
        self.rescheduling = Rescheduling(database, self.clock, servers)
        self.reminding = Reminding(database, self.clock)
        self.agenda = Agenda(database, self.clock)
        self.afterwards = Afterwards(database, self.clock, servers)
        self.standing = Standing(database, self.clock, TOOLS)

    def clock(self) -> datetime:
        return self.now

    def move_to(self, zone: str) -> None:
        """Let the server be in another time zone from now on."""
        settings = self.servers.of(GUILD)
        self.servers.keep(replace(settings, zone_name=zone, version=settings.version + 1))

    async def draft(self, when: str, argument: str = "", **more: Any) -> tuple[Draft, Planned]:
        """What an organizer typed, and what it was understood as."""
        typed = {"title": more.pop("title", "Book club"), "when": when, "about": "", "where": "", "places": ""}
        chosen: dict[str, Any] = {key: more.pop(key) for key in ("hosts", "template", "minutes") if key in more}
        kept = self.planning.typed(GUILD, {**typed, **more}, {}, {})
        answers: dict[str, Any] = {"minutes": 60, "template": "bookclub", "hosts": [str(ORGANIZER)], **kept, **chosen}
        async with self.database.write() as connection:
            number = await drafts.add(
                connection,
                guild_id=GUILD,
                user_id=ORGANIZER,
                form="event",
                argument=argument,
                answers=answers,
                now=self.now,
            )
            draft = await drafts.get(connection, number)
        assert draft is not None
        return draft, await self.planning.planned(draft, {})

    async def post(self, when: str, **more: Any) -> Event:
        """Post an event, or a series where it repeats; the first event."""
        draft, planned = await self.draft(when, **more)
        if planned.rule:
            return (await self.repeating.post(draft, planned, CHANNEL))[1]
        return await self.planning.post(draft, {}, CHANNEL)

    async def change(self, event: Event, scope: Scope, **more: Any) -> Rescheduled:
        """Edit an occurrence, and others with it."""
        answers = answers_of(event)
        more = {"when": answers["when"], "title": event.plan.title} | more
        draft, planned = await self.draft(**more, argument=f"{event.event_id}.{event.version}")
        return await self.rescheduling.save(draft, planned, scope)

    async def stand(self, event: Event, *, thread: bool = True) -> Event:
        """Let the card of an event stand in its channel, with its thread."""
        posted = Posted(CHANNEL, 1_000 + event.event_id, THREAD if thread else None)
        return await self.standing._posted(event, posted)

    async def get(self, event: Event) -> Event:
        async with self.database.read() as connection:
            found = await events.get(connection, GUILD, event.event_id)
        assert found is not None
        return found

    async def series(self, event: Event) -> list[Event]:
        """All occurrences of an event's series."""
        async with self.database.read() as connection:
            found = await events.get_series(connection, GUILD, event.series_id or 0)
            assert found is not None
            return await events.of_series(connection, found)

    async def starts(self, event: Event, *, cancelled: bool = False) -> list[str]:
        """When the occurrences of an event's series start, on the wall."""
        return [
            f"{one.starts_at.astimezone(EASTERN):%m-%d %H:%M}"
            for one in await self.series(event)
            if cancelled or one.state == events.PLANNED
        ]

    async def promised(self, *kinds: str) -> list[Delivery]:
        """What waits of these kinds, in the order in which it is due."""
        query = select(delivery_table).where(delivery_table.c.state == "waiting", delivery_table.c.kind.in_(kinds))
        async with self.database.read() as connection:
            rows = await connection.execute(query.order_by(delivery_table.c.due_at, delivery_table.c.delivery_id))
            return [delivery_of(row) for row in rows]

    async def reminders(self) -> list[str]:
        """The reminders that wait: when, which, and where."""
        places = {CHANNEL: "channel", THREAD: "thread"}
        return [
            f"{one.due_at.astimezone(EASTERN):%m-%d %H:%M} {one.moment.partition('-')[0]}"
            f" {places.get(one.target_id, one.way.value)}"
            for one in await self.promised(REMINDER, OWN_REMINDER)
        ]
