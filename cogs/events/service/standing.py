"""Standing: where an event's card, its thread and Discord's own event stand, remembered once they are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.events.service.following import (
    CARD,
    THREAD_LOOKS,
    announce_again,
    follow,
    follow_later,
    keep_in_step,
    look_at_thread,
    step_later,
)
from cogs.events.service.records import ROOM, record_of, subject
from db import delivery, events, search
from db.delivery import SENT, Promise, Way
from db.events import PLANNED, Posted

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.events import Event, Native

ASKED, TROUBLE = "event-asked", "event-trouble"
"""The kinds of delivery: what organizers are asked about an event, and what they should know."""
CARD_GONE = "card"
"""What organizers are asked about where a card was taken away; the moment says which, by its message's number."""
MOST_NATIVES = 100
"""So many of Discord's own events a server can have that are not over."""
QUIET = timedelta(days=14)
"""A thread in which nobody wrote for so long, once its event is over, is put away."""


class Standing:
    """What stands in Discord for each event."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def find(self, guild_id: int, event_id: int) -> tuple[Event, Delivery | None] | None:
        """An event, and the newest delivery of its card; None where there is no such event."""
        async with self._database.read() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None:
                return None
            cards = await delivery.of_subject(connection, guild_id, CARD, subject(event_id))
        return event, max(cards, key=lambda card: card.delivery_id, default=None)

    async def note_card(self, event: Event, card: Delivery) -> Event:
        """Remember where a card stands now; from then on the event is found by the search."""
        if card.state != SENT or card.message_id is None or card.message_id == event.posted.message_id:
            return event
        if await self._found_gone(event, card.message_id):
            return event
        # The thread outlives the message below which it was opened, though not the channel
        thread = event.posted.thread_id if card.channel_id == event.posted.channel_id else None
        return await self._posted(event, Posted(card.channel_id, card.message_id, thread))

    async def _found_gone(self, event: Event, message_id: int) -> bool:
        """Whether the organizers have been asked already about this card, because somebody took it away."""
        async with self._database.read() as connection:
            asked = await delivery.of_subject(connection, event.guild_id, ASKED, subject(event.event_id))
        return any(one.moment == f"{CARD_GONE}-{message_id}" for one in asked)

    async def note_thread(self, event: Event, thread_id: int | None) -> Event:
        """Remember an event's thread, which is looked at from time to time from now on."""
        now = self._clock()
        changed = await self._posted(event, replace(event.posted, thread_id=thread_id))
        if thread_id is not None:
            async with self._database.write() as connection:
                await look_at_thread(connection, event, now + THREAD_LOOKS, now)
        return changed

    async def _posted(self, event: Event, posted: Posted) -> Event:
        async with self._database.write() as connection:
            # Discord was asked since the event was read: somebody may have moved it meanwhile
            newest = await events.get(connection, event.guild_id, event.event_id)
            changed = replace(newest or event, posted=posted)
            if newest is not None:
                await events.note_posted(connection, event.event_id, posted)
                await self._index(connection, changed)
                await follow_later(connection, changed, self._clock())
        return changed

    async def index(self, event: Event) -> None:
        """Bring the search in step with an event: it is found from its card on until it is over or off."""
        async with self._database.write() as connection:
            await self._index(connection, event)

    async def _index(self, connection: AsyncConnection, event: Event) -> None:
        stands = event.posted.message_id is not None and event.state == PLANNED and event.ends_at > self._clock()
        if stands:
            await search.put(connection, record_of(event, self._vocabulary))
        else:
            await search.remove(connection, event.guild_id, ROOM, str(event.event_id))

    async def card_gone(self, event: Event) -> Event:
        """Remember that an event's card is no longer there."""
        return await self._posted(event, replace(event.posted, message_id=None))

    async def post_again(self, guild_id: int, event_id: int, channel_id: int) -> Event | None:
        """Promise a new card for an event whose card was taken away; None where it is off or over."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is None or event.state != PLANNED or event.ends_at <= now:
                return None
            if event.posted.message_id is None:
                await announce_again(connection, event, channel_id, now)
            await follow(connection, event, now)
        return event

    async def note_native(self, event: Event, native: Native) -> Event:
        """Remember the event of Discord's own beside one of ours, and what it says."""
        async with self._database.write() as connection:
            await events.note_native(connection, event.event_id, native)
        return replace(event, native=native)

    async def with_native(self, guild_id: int, native_id: int) -> Event | None:
        """The event beside which one of Discord's own stands, or None."""
        async with self._database.read() as connection:
            return await events.with_native(connection, guild_id, native_id)

    async def with_natives(self, guild_id: int) -> list[Event]:
        """The events that are to come and beside which one of Discord's own stands."""
        async with self._database.read() as connection:
            found, _ = await events.upcoming(connection, guild_id, self._clock(), limit=MOST_NATIVES * 5)
        return [event for event in found if event.native.native_id is not None and not event.native.off]

    async def look(self, event: Event) -> None:
        """Promise to see in a few seconds whether somebody changed Discord's own event by hand."""
        now = self._clock()
        async with self._database.write() as connection:
            await keep_in_step(connection, event, now, look=True)

    async def bring_in_step(self, guild_id: int, event_id: int) -> None:
        """Promise to bring all that stands in step with an event."""
        now = self._clock()
        async with self._database.write() as connection:
            event = await events.get(connection, guild_id, event_id)
            if event is not None:
                await keep_in_step(connection, event, now)

    async def later(self, event: Event, after: timedelta) -> None:
        """Promise another look, so long from now."""
        now = self._clock()
        async with self._database.write() as connection:
            await step_later(connection, event, now + after, now)

    async def thread_later(self, event: Event, at: datetime) -> None:
        """Promise to look at an event's thread again."""
        async with self._database.write() as connection:
            await look_at_thread(connection, event, at, self._clock())

    async def ask(self, event: Event, about: str, fingerprint: str, desk: tuple[Way, int]) -> None:
        """Promise the organizers a question about an event, once for each state of things."""
        await self._to_desk(ASKED, event.guild_id, subject(event.event_id), f"{about}-{fingerprint}"[:40], desk)

    async def trouble(self, event: Event, reason: str, desk: tuple[Way, int]) -> None:
        """Promise the organizers a word about what I may not do, once a day for each reason."""
        await self._to_desk(TROUBLE, event.guild_id, reason, f"{self._clock():%Y-%m-%d}", desk)

    async def _to_desk(self, kind: str, guild_id: int, about: str, moment: str, desk: tuple[Way, int]) -> None:
        now = self._clock()
        way, target = desk
        promise = Promise(kind, guild_id, about, now, way, target, moment=moment)
        async with self._database.write() as connection:
            await delivery.put(connection, promise, now)
