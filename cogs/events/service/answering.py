"""Answering: going, maybe, can't; the line for places; and how a member wants to hear about an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from bot.kit.words import clip, tidy
from cogs.events.places import Phase, phase
from cogs.events.service.following import follow, follow_later, keep_in_step
from cogs.events.service.moving_up import move_up
from db import events
from db.events import CANT, GOING, IN_LINE, OFFERED, TAKES_A_PLACE, WAITING, Rsvp

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.delivery import Way
    from db.engine import AsyncConnection, Database
    from db.events import Event

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Answered:
    """What a member's answer led to. `before` is their answer until now (empty: none), `ahead` who is before them."""

    event: Event
    rsvp: Rsvp
    before: str = ""
    ahead: int = 0


class Answering:
    """What members say to events."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def answer(self, guild_id: int, event_id: int, user_id: int, name: str, choice: str) -> Answered:
        """Note that a member comes (`GOING`), may come (`MAYBE`) or cannot (`CANT`); who finds no place stands in line.

        A place that this frees goes on in the same transaction. Raises GoneError where the event is over or off.
        """
        now = self._clock()
        async with self._database.write() as connection:
            event = await open_event(connection, guild_id, event_id, now)
            known = await events.answer_of(connection, event_id, user_id)
            if known is not None and known.answer == OFFERED and (known.offered_until or now) <= now:
                # The chore that ends offers has not come by yet
                if await move_up(connection, event, self._servers.zone(guild_id), now):
                    await keep_in_step(connection, event, now)
                known = await events.answer_of(connection, event_id, user_id)
            rsvp = known or fresh(event_id, user_id, name, now)
            before = rsvp.answer
            if choice != GOING:
                changed = replace(rsvp, answer=choice, line=None, passed=False, offered_until=None)
            else:
                changed = await self._coming(connection, event, rsvp, now)
            if changed.answer != before:
                changed = replace(changed, at=now, name=_named(name))
                await events.put_answer(connection, changed)
                if before in TAKES_A_PLACE and changed.answer not in TAKES_A_PLACE:
                    await move_up(connection, event, self._servers.zone(guild_id), now, freed=True)
                await keep_in_step(connection, event, now)
                if changed.remind:  # all else that follows from the event is promised already
                    await follow_later(connection, event, now)
            waits = changed.answer == WAITING
            ahead = await events.ahead(connection, event_id, changed.line or 0) if waits else 0
        return Answered(event, changed, before, ahead)

    async def _coming(self, connection: AsyncConnection, event: Event, rsvp: Rsvp, now: datetime) -> Rsvp:
        """What becomes of a member who wants to come."""
        taken = replace(rsvp, answer=GOING, line=None, passed=False, offered_until=None)
        if rsvp.answer == GOING or event.plan.places is None:
            return taken
        if rsvp.answer == OFFERED and rsvp.offered_until is not None and rsvp.offered_until > now:
            return taken
        line = await events.line_of(connection, event.event_id)
        first_tap = phase(event.starts_at, now) is Phase.FIRST_TAP
        before_them = line.waiting - (rsvp.answer == WAITING and not rsvp.passed)
        if line.taken < event.plan.places and (first_tap or not before_them):
            return taken
        if rsvp.answer in IN_LINE:
            return rsvp
        return replace(rsvp, answer=WAITING, line=line.last + 1, passed=False, offered_until=None)

    async def remind(self, guild_id: int, event_id: int, user_id: int, name: str, *, on: bool = True) -> Answered:
        """Note whether a member wants to be reminded, whatever they answered. Raises GoneError."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await open_event(connection, guild_id, event_id, now)
            known = await events.answer_of(connection, event_id, user_id)
            rsvp = replace(known or fresh(event_id, user_id, name, now), remind=on)
            if known is None and not on:
                return Answered(event, rsvp, rsvp.answer)
            if not on and not rsvp.answer:
                await events.drop_answer(connection, event_id, user_id)
            else:
                await events.put_answer(connection, rsvp)
            await follow(connection, event, now)
        return Answered(event, rsvp, rsvp.answer)

    async def reach(
        self, guild_id: int, event_id: int, user_id: int, name: str, way: Way, place_id: int | None
    ) -> Answered:
        """Note how a member wants to hear about an event; `place_id` is the channel for a private thread."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await open_event(connection, guild_id, event_id, now)
            known = await events.answer_of(connection, event_id, user_id)
            rsvp = known or fresh(event_id, user_id, name, now)
            rsvp = replace(rsvp, way=way.value, place_id=place_id or rsvp.place_id)
            await events.put_answer(connection, rsvp)
            await follow(connection, event, now)
        return Answered(event, rsvp, rsvp.answer)

    async def move_up(self, guild_id: int, event_id: int) -> bool:
        """Let the line of an event go on, if it has one; whether anybody's answer changed. May be done twice."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None or event.state != events.PLANNED or event.ends_at <= now:
                return False
            changed = await move_up(connection, event, self._servers.zone(guild_id), now)
            if changed:
                await keep_in_step(connection, event, now)
        return changed

    async def left(self, guild_id: int, user_id: int) -> None:
        """Take a member who is no longer in the server off the events that are to come."""
        now = self._clock()
        async with self._database.read() as connection:
            found, _ = await events.upcoming(connection, guild_id, now, of=user_id, limit=1_000)
        for event in found:
            async with self._database.write() as connection:
                known = await events.answer_of(connection, event.event_id, user_id)
                if known is None or known.answer in ("", CANT):
                    continue
                await events.drop_answer(connection, event.event_id, user_id)
                freed = known.answer in TAKES_A_PLACE
                await move_up(connection, event, self._servers.zone(guild_id), now, freed=freed)
                await follow(connection, event, now)


async def open_event(connection: AsyncConnection, guild_id: int, event_id: int, now: datetime) -> Event:
    """An event that can still be answered. Raises GoneError, in words, where it is over, off or gone."""
    event = await events.get(connection, guild_id, event_id)
    if event is None:
        raise GoneError("This event is no longer there. /events shows what is coming up.")
    if event.state == events.CANCELLED:
        raise GoneError("This event was called off. /events shows what is coming up.")
    if event.ends_at <= now:
        raise GoneError("This event is over. /events shows what is coming up.")
    return event


def fresh(event_id: int, user_id: int, name: str, now: datetime) -> Rsvp:
    """A member's answer before they have given any."""
    return Rsvp(event_id, user_id, "", _named(name), now)


def _named(name: str) -> str:
    return clip(tidy(name) or "A member", LONGEST_NAME)
