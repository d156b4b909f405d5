"""Events in a database, and a calendar program that asks for them over HTTP."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import aiohttp
from icalendar import Calendar

from cogs.events.service.feeding import Feeding
from cogs.events.service.serving import Serving
from db import events, guilds
from db.events import GOING, LINK, Event, Plan, Rsvp, Where
from web.app import Part, make_app, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from db.engine import Database

GUILD, KIM = 7, 70
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONE = "America/New_York"
TALK = Plan("Tool talk", ZONE, about="Vinyl cutters.", where=Where(LINK, "https://zoom.us/j/1"))


@dataclass
class Now:
    """A clock that stands until it is moved."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


async def plan_event(database: Database, plan: Plan = TALK, days: float = 3, **more: object) -> Event:
    at = NOW + timedelta(days=days)
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
        return await events.add(connection, GUILD, plan, at, at + timedelta(hours=1), by=1, now=NOW, **more)  # type: ignore[arg-type]


async def say_yes(database: Database, event: Event, user_id: int = KIM) -> None:
    async with database.write() as connection:
        await events.put_answer(connection, Rsvp(event.event_id, user_id, GOING, "kim", NOW))


@dataclass
class Program:
    """A calendar program: it remembers the tag of what it got."""

    session: aiohttp.ClientSession
    base: str
    feeding: Feeding
    serving: Serving
    tag: str = ""

    async def ask(self, secret: str) -> tuple[int, bytes]:
        headers: Mapping[str, str] = {"If-None-Match": self.tag} if self.tag else {}
        async with self.session.get(f"{self.base}/calendar/{secret}.ics", headers=headers) as answer:
            self.tag = answer.headers.get("ETag", "")
            return answer.status, await answer.read()

    async def events(self, secret: str) -> list[tuple[str, str, str]]:
        """Title, start (UTC) and status of all that is in the calendar now."""
        self.tag = ""
        status, content = await self.ask(secret)
        assert status == 200
        return [
            (
                str(event["SUMMARY"]),
                f"{cast('datetime', event.start).astimezone(UTC):%m-%d %H:%M}",
                str(event["STATUS"]),
            )
            for event in Calendar.from_ical(content).events
        ]


@asynccontextmanager
async def program(database: Database, clock: Now) -> AsyncIterator[Program]:
    """The endpoint on this database, and a program that asks it."""

    async def health() -> Mapping[str, Part]:
        return {}

    serving = Serving(database, clock)
    async with (
        served(make_app(health, serving.calendar), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
    ):
        yield Program(session, f"http://127.0.0.1:{port}", Feeding(database, clock), serving)
