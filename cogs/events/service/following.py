"""What follows from an event as it is now, as promises: its card, what is kept in step with it, its line, its thread.

The functions belong into the transaction of the change; `follow` is called after every one of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.events.places import AT_ONCE_UNTIL, FIRST_TAP_FROM
from cogs.events.service.afterwards import follow_after
from cogs.events.service.records import subject
from cogs.events.service.reminding import follow_reminders
from db import delivery, events
from db.delivery import SENDING, Promise, Way

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import AsyncConnection
    from db.events import Event

CARD, IN_STEP, LINE, THREAD = "event-card", "event-in-step", "event-line", "event-thread"
"""The kinds of delivery: the card, and the chores that keep the rest in step, the line moving, the thread open."""
GATHERED = 5
"""Seconds: so far apart are two edits of a card."""
LOOK = "look"
"""How the moment of a chore begins that also looks at Discord's own event, whether or not ours has changed."""
HERE = "here"
"""How the moment of a chore begins that also sees whether all who have a place are still in the server."""
SOME_TIME = timedelta(hours=2)
"""So long before a free place is no longer simply given, those who left are looked for."""
THREAD_LOOKS = timedelta(days=6, hours=12)
"""A thread is looked at before Discord, which knows no more than seven quiet days, puts it away."""


async def announce(connection: AsyncConnection, event: Event, channel_id: int, now: datetime) -> None:
    """Promise an event's card to a channel, once it is due."""
    due = max(now, event.announce_at or now)
    promise = Promise(CARD, event.guild_id, subject(event.event_id), due, Way.CHANNEL, channel_id)
    await delivery.put(connection, promise, now)


async def announce_again(connection: AsyncConnection, event: Event, channel_id: int, now: datetime) -> None:
    """Promise a new card in place of the one that stood last, which somebody took away; once for each that stood."""
    cards = await delivery.of_subject(connection, event.guild_id, CARD, subject(event.event_id))
    if any(card.state == SENDING for card in cards):
        return
    last = max((card for card in cards if card.message_id), key=lambda card: card.delivery_id, default=None)
    await delivery.cancel(connection, event.guild_id, CARD, subject(event.event_id), now)
    promise = Promise(
        kind=CARD,
        guild_id=event.guild_id,
        subject=subject(event.event_id),
        due_at=now,
        way=Way.CHANNEL,
        target_id=channel_id,
        moment=f"after-{last.message_id if last else None}",
    )
    await delivery.put(connection, promise, now)


async def follow(connection: AsyncConnection, event: Event, now: datetime) -> None:
    """Promise all that follows from an event as it is now."""
    await keep_in_step(connection, event, now)
    await follow_later(connection, event, now)


async def follow_later(connection: AsyncConnection, event: Event, now: datetime) -> None:
    """Promise what is due later: the reminders, the end, the last hours of the line, and the host's card afterwards."""
    await follow_reminders(connection, event, now)
    await follow_after(connection, event, now)
    if event.state != events.PLANNED:
        return
    number = subject(event.event_id)
    over = f"over-{int(event.ends_at.timestamp())}"
    await delivery.put(connection, Promise(IN_STEP, event.guild_id, number, event.ends_at, moment=over), now)
    if event.plan.places is not None:
        await look_at_line(connection, event, event.starts_at - FIRST_TAP_FROM, now)
        here = f"{HERE}-{int(event.starts_at.timestamp())}"
        at = event.starts_at - AT_ONCE_UNTIL - SOME_TIME
        await delivery.put(connection, Promise(LINE, event.guild_id, number, at, moment=here), now)


async def keep_in_step(connection: AsyncConnection, event: Event, now: datetime, *, look: bool = False) -> None:
    """Promise that card, thread and Discord's own event say what the event says: in a few seconds, for all changes."""
    seconds = (int(now.timestamp()) // GATHERED + 1) * GATHERED - now.timestamp()
    due = now + timedelta(seconds=seconds)
    moment = f"{f'{LOOK}-' if look else ''}{due:%Y-%m-%dT%H:%M:%S}"
    await delivery.put(connection, Promise(IN_STEP, event.guild_id, subject(event.event_id), due, moment=moment), now)


async def step_later(connection: AsyncConnection, event: Event, due: datetime, now: datetime) -> None:
    """Promise another look at an event at some later moment."""
    moment = f"later-{due:%Y-%m-%dT%H:%M:%S}"
    await delivery.put(connection, Promise(IN_STEP, event.guild_id, subject(event.event_id), due, moment=moment), now)


async def look_at_line(connection: AsyncConnection, event: Event, at: datetime, now: datetime) -> None:
    """Promise to move the line up at a moment: when an offer ends, when somebody wakes, when the first tap counts."""
    moment = f"{at:%Y-%m-%dT%H:%M:%S}"
    due = max(at, now)
    await delivery.put(connection, Promise(LINE, event.guild_id, subject(event.event_id), due, moment=moment), now)


async def look_at_thread(connection: AsyncConnection, event: Event, at: datetime, now: datetime) -> None:
    """Promise to look whether an event's thread is to stay open or to be put away."""
    moment = f"{at:%Y-%m-%dT%H}"
    await delivery.put(connection, Promise(THREAD, event.guild_id, subject(event.event_id), at, moment=moment), now)
