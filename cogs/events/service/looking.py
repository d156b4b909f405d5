"""Looking: one event as it is now with who comes, and what is coming up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from bot.kit.paging import PER_PAGE, within
from bot.kit.upcoming import Upcoming
from bot.kit.words import plain
from cogs.events.pointing import jump
from cogs.events.service.repeating import in_words
from db import events
from db.events import GOING, MAYBE, OFFERED, PLANNED, WAITING

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import Database
    from db.events import Event, Rsvp


@dataclass(frozen=True, slots=True)
class Shown:
    """An event and all answers to it, in order; `over` is whether it has ended, `repeats` its series' rule in words."""

    event: Event
    rsvps: tuple[Rsvp, ...] = ()
    over: bool = False
    repeats: str = ""

    def who(self, *answers: str) -> list[int]:
        """Who gave one of these answers."""
        return [rsvp.user_id for rsvp in self.rsvps if rsvp.answer in answers]

    @property
    def going(self) -> list[int]:
        """Who goes."""
        return self.who(GOING)

    @property
    def maybe(self) -> list[int]:
        """Who may come."""
        return self.who(MAYBE)

    @property
    def in_line(self) -> list[int]:
        """Who waits for a place, or has been offered one."""
        return self.who(OFFERED, WAITING)

    @property
    def free(self) -> int | None:
        """How many places are free; None where there is no limit."""
        if self.event.plan.places is None:
            return None
        return max(0, self.event.plan.places - len(self.who(GOING, OFFERED)))

    def answer_of(self, user_id: int) -> Rsvp | None:
        """What a member answered, or None."""
        return next((rsvp for rsvp in self.rsvps if rsvp.user_id == user_id), None)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what is coming up: events with how many go and what the member answered; `total` counts all pages."""

    entries: tuple[tuple[Event, int, str], ...]
    total: int
    page: int


class Looking:
    """What there is to see."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find(self, guild_id: int, event_id: int) -> Shown | None:
        """An event with its answers; None where there is none of that number."""
        async with self._database.read() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None:
                return None
            rsvps = await events.answers(connection, event_id)
            series = await events.get_series(connection, guild_id, event.series_id) if event.series_id else None
        repeats = in_words(series) if series is not None else ""
        return Shown(event, tuple(rsvps), event.ends_at <= self._clock(), repeats)

    async def one(self, guild_id: int, event_id: int) -> Shown:
        """An event with its answers. Raises GoneError, in words, where there is none of that number."""
        found = await self.find(guild_id, event_id)
        if found is None:
            raise GoneError("This event is no longer there. /events shows what is coming up.")
        return found

    async def page(
        self, guild_id: int, user_id: int, page: int, *, template: str | None = None, mine: bool = False
    ) -> Page:
        """Page `page` (from 0) of what is coming up: of one kind, or only the member's own; of each series the next."""
        now, of = self._clock(), user_id if mine else None
        async with self._database.read() as connection:
            _, total = await events.upcoming(
                connection, guild_id, now, template=template, of=of, announced=True, limit=0
            )
            page = within(page, total)
            found, _ = await events.upcoming(
                connection,
                guild_id,
                now,
                template=template,
                of=of,
                announced=True,
                limit=PER_PAGE,
                offset=page * PER_PAGE,
            )
            answers = await events.answers_of(connection, [event.event_id for event in found], user_id)
            entries = []
            for event in found:
                counts = await events.counts(connection, event.event_id)
                entries.append((event, counts.get(GOING, 0), answers.get(event.event_id, "")))
        return Page(tuple(entries), total, page)

    async def next_one(self, guild_id: int) -> Event | None:
        """The event that comes next, or None."""
        async with self._database.read() as connection:
            found, _ = await events.upcoming(connection, guild_id, self._clock(), limit=1)
        return found[0] if found else None

    async def coming(self, guild_id: int) -> Upcoming | None:
        """The next event, for the organizers' desk; None where none comes."""
        event = await self.next_one(guild_id)
        if event is None:
            return None
        async with self._database.read() as connection:
            going = (await events.counts(connection, event.event_id)).get(GOING, 0)
        start = int(event.starts_at.timestamp())
        title = f"[{plain(event.plan.title)}]({jump(event)})" if jump(event) else plain(event.plan.title)
        who = f", {going:,} going" if going else ""
        return Upcoming(event.starts_at, f"{title}: <t:{start}:f>{who}", event.ends_at)

    async def titles(self, guild_id: int, typed: str, *, hosted_by: int | None = None) -> list[Event]:
        """Up to 25 events that are coming up and have `typed` in their title, the next first.

        `hosted_by` narrows them to those that a member hosts.
        """
        async with self._database.read() as connection:
            found, _ = await events.upcoming(connection, guild_id, self._clock(), limit=200)
        fitting = [event for event in found if typed.casefold() in event.plan.title.casefold()]
        return [event for event in fitting if hosted_by is None or hosted_by in event.plan.hosts][:25]

    async def kinds(self, guild_id: int) -> list[str]:
        """The templates of which something is coming up, the next first."""
        async with self._database.read() as connection:
            found, _ = await events.upcoming(connection, guild_id, self._clock(), limit=200)
        return list(dict.fromkeys(event.plan.template for event in found if event.state == PLANNED))
