"""Afterwards: the host of an event gets one card, to add what is left of it to the catalogue; or wants no such card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

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
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.events import Event

AFTER = "event-after"
"""The kind of delivery."""
SOON = timedelta(minutes=15)
"""So long after the end: the host is still there, and nobody is talking any more."""
LASTS = timedelta(days=3)
MOST_CAME = 100_000


async def follow_after(connection: AsyncConnection, event: Event, now: datetime) -> None:
    """Promise the host of an event their card for when it is over; nothing for what repeats every day.

    Where several host it, the first named gets it: one card, so that nothing is added twice.
    """
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
    """The card after an event."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def due(self, one: Delivery) -> Event | None:
        """The event that a host is asked about; None where it was called off, moved, or its host wants no card."""
        async with self._database.read() as connection:
            event = await events.get(connection, one.guild_id, number_in(one.subject))
            if event is None or event.state != PLANNED or event.ends_at > self._clock():
                return None
            quiet = await events.is_quiet(connection, one.guild_id, one.target_id)
        return None if quiet or one.target_id not in event.plan.hosts else event

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
