"""Afterwards: the host of an event gets one card, to add what is left of it to the catalogue; or wants no such card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.asking import may_be_asked_from
from bot.kit.errors import GoneError, UserError
from bot.kit.words import tidy
from cogs.events.recurrence import Frequency, Rule
from cogs.events.service.records import number_in, subject
from cogs.events.service.reminding import rule_of
from db import delivery, events, guilds
from db.delivery import Promise, Way
from db.events import PLANNED

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.events import Event

AFTER = "event-after"
"""The kind of delivery."""
SOON = timedelta(minutes=15)
"""So long after the end: the host is still there, and nobody is talking any more."""
LASTS = timedelta(days=14)
"""So long after the end, who was asked for something else meanwhile may still be asked what is left of an event."""
NEXT = timedelta(days=3)
"""What is put off waits so much longer for the host's next event, to be asked together."""
A_MOMENT = timedelta(minutes=1)
AT_ONCE = 3
"""So many events on one card; of four the buttons are more than a card takes."""
PUT_OFF = "."
"""In the moment of a card that was put off, before the time until which."""
MOST_CAME = 100_000


async def follow_after(connection: AsyncConnection, event: Event, now: datetime) -> None:
    """Promise the host of an event their card for when it is over; nothing for what repeats every day.

    Where several host it, the first named gets it: one card, so that nothing is added twice. Once it is over, what
    was promised stays.
    """
    if event.state == PLANNED and event.ends_at + SOON <= now:
        return
    number = subject(event.event_id)
    known = await delivery.of_subject(connection, event.guild_id, AFTER, number)
    wanted = await _wanted(connection, event, now)
    for one in known:
        if wanted is None or (one.moment, one.target_id) != (wanted.moment, wanted.target_id):
            await delivery.cancel(
                connection, event.guild_id, AFTER, number, now, moment=one.moment, target_id=one.target_id
            )
    if wanted is not None:
        await delivery.put(connection, wanted, now)


async def _wanted(connection: AsyncConnection, event: Event, now: datetime) -> Promise | None:
    due = event.ends_at + SOON
    posted = event.posted.channel_id
    if event.state != PLANNED or due <= now or posted is None or not event.plan.hosts:
        return None
    rule = await rule_of(connection, event)
    if rule and Rule.parse(rule).frequency is Frequency.DAILY:
        return None
    return Promise(
        kind=AFTER,
        guild_id=event.guild_id,
        subject=subject(event.event_id),
        due_at=due,
        way=Way.PRIVATE,
        target_id=event.plan.hosts[0],
        moment=f"{int(event.ends_at.timestamp())}",
        place_id=posted,
        lapses_at=due + LASTS,
    )


class Afterwards:
    """The card after events."""

    def __init__(self, database: Database, clock: Clock, servers: Servers) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers

    async def due(self, one: Delivery) -> list[Event]:
        """The events that a host is asked about now: the one it was promised for, and those put off until now.

        None that was called off or moved, and none where the host wants no card. Who was asked for something else this
        week, or sleeps, is asked later, about all of them together.
        """
        now = self._clock()
        async with self._database.write() as connection:
            if await events.is_quiet(connection, one.guild_id, one.target_id):
                return []
            over = await self._over(connection, one)
            if over is None:
                return []
            zone = self._servers.zone(one.guild_id)
            at = await may_be_asked_from(connection, one.guild_id, one.target_id, now, zone, but=one.delivery_id)
            if at > now:
                await self._put_off(connection, one, over, at, now)
                return []
            found = [over]
            for other in await self._put_off_until_now(connection, one):
                event = await self._over(connection, other)
                found += [event] if event is not None else []
        return sorted(found, key=lambda event: event.ends_at)

    async def placed(self, connection: AsyncConnection, one: Delivery) -> None:
        """The card is there: what was put off and stands on it is not promised any more."""
        for other in await self._put_off_until_now(connection, one):
            subject_, target = other.subject, other.target_id
            await delivery.cancel(
                connection, one.guild_id, AFTER, subject_, self._clock(), moment=other.moment, target_id=target
            )

    async def _put_off_until_now(self, connection: AsyncConnection, one: Delivery) -> list[Delivery]:
        waiting = await self._waiting(connection, one)
        return [other for other in waiting if PUT_OFF in other.moment][: AT_ONCE - 1]

    async def _over(self, connection: AsyncConnection, one: Delivery) -> Event | None:
        """The event that a card was promised for, if it took place and this is its host still."""
        event = await events.get(connection, one.guild_id, number_in(one.subject))
        if event is None or event.state != PLANNED or event.ends_at > self._clock():
            return None
        return event if one.target_id in event.plan.hosts else None

    async def _waiting(self, connection: AsyncConnection, one: Delivery) -> list[Delivery]:
        known = await delivery.waiting_for(connection, one.guild_id, AFTER, one.target_id)
        return [other for other in known if other.delivery_id != one.delivery_id]

    async def _put_off(
        self, connection: AsyncConnection, one: Delivery, event: Event, at: datetime, now: datetime
    ) -> None:
        """Promise it for later: with the host's next event, where that is soon after `at`."""
        # A moment after the next one, whose card names both
        coming = [other.due_at for other in await self._waiting(connection, one) if at <= other.due_at <= at + NEXT]
        await delivery.put(
            connection,
            Promise(
                kind=AFTER,
                guild_id=one.guild_id,
                subject=one.subject,
                due_at=min(coming) + A_MOMENT if coming else at,
                way=one.way,
                target_id=one.target_id,
                moment=f"{one.moment.partition(PUT_OFF)[0]}{PUT_OFF}{int(at.timestamp())}",
                place_id=one.place_id,
                lapses_at=event.ends_at + LASTS,
            ),
            now,
        )

    async def note_came(self, guild_id: int, event_id: int, typed: str) -> Event:
        """Note how many came, as a host typed it; nothing typed takes it back. Nobody is named.

        Raises UserError for what is no number, GoneError where the event is not over or gone.
        """
        text = tidy(typed).replace(",", "")
        if text and not (text.isascii() and text.isdigit() and int(text[:7]) <= MOST_CAME):
            raise UserError(f"Please give a number, such as 24, up to {MOST_CAME:,}; about right is right enough.")
        now = self._clock()
        async with self._database.write() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None or event.state != PLANNED or event.starts_at > now:
                raise GoneError("This event did not take place, or has not yet begun. /events shows what is coming up.")
            event = replace(event, came=int(text) if text else None)
            await events.note_came(connection, event_id, event.came, now)
        return event

    async def ask(self, guild_id: int, user_id: int, *, again: bool) -> None:
        """Note whether a host wants a card after their events."""
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, self._clock())
            await events.put_quiet(connection, guild_id, user_id, quiet=not again)
