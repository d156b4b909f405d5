"""A year of the group's calendar: what the organizers do in it, and every message that is to come of it.

What is to come is written down here from the calendar alone, in the server's own time, without the bot's reckoning.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from sqlalchemy import or_, update

from cogs.events.service.following import THREAD
from db import delivery as deliveries
from db.delivery import Way
from db.delivery.table import DROPPED, WAITING, delivery_table
from db.events import event_table
from tests.kit.world import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from tests.kit.world import World

EASTERN = ZoneInfo("America/New_York")
BEGIN = datetime(2025, 12, 31, 19, 0)  # noqa: DTZ001 - on the wall; the simulated clock stands there
END = datetime(2026, 12, 31, 23, 0)  # noqa: DTZ001
DISCUSSIONS = [
    date(2026, month, day)
    for month, day in enumerate((6, 3, 3, 7, 5, 2, 7, 4, 1, 6, 3, 1), start=1)
]  # fmt: skip
"""The first Tuesdays."""
MOVED_FROM, MOVED_TO = date(2026, 7, 7), date(2026, 7, 14)
CLUBS = [date(2026, 1, 1) + timedelta(weeks=week) for week in range(53)]
"""All Thursdays, from New Year's Day on."""
SKIPPED = date(2026, 11, 26)
TOURS = [date(2026, month, day) for month, day in ((2, 18), (4, 15), (6, 17), (8, 19), (10, 21), (12, 16))]
CLOCKS_CHANGE = (date(2026, 3, 8), date(2026, 11, 1))

MESSAGES = tuple(way for way in Way if way is not Way.CHORE)
SETTLED = timedelta(seconds=12)

Sent = tuple[str, str, str]
"""When (local, to the minute), where (channel, thread, private or dm), and what."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour on the server's wall."""
    return datetime.combine(day, time(hour, minute))


def expected() -> Counter[Sent]:
    """Every message of the year."""
    found: list[tuple[datetime, str, str]] = []
    for place, day in enumerate([*DISCUSSIONS, date(2027, 1, 5)]):
        held = MOVED_TO if day == MOVED_FROM else day
        found.append((BEGIN if place == 0 else at(day - timedelta(days=14), 15), "channel", "card Monthly discussion"))
        found.append((at(held - timedelta(days=1), 15), "channel", "soon Monthly discussion"))
        found.append((at(held, 15), "thread", "now Monthly discussion"))
        found.append((at(held, 16, 15), "private", "after Monthly discussion"))
    for place, day in enumerate([*CLUBS, date(2027, 1, 7)]):
        if day == SKIPPED:
            continue
        found.append((BEGIN if place == 0 else at(day - timedelta(days=7), 18), "channel", "card Book club"))
        found.append((at(day, 16), "channel", "soon Book club"))
        found.append((at(day, 18, 15), "private", "after Book club"))
    for day in TOURS:
        found.append((at(day - timedelta(days=30), 12), "channel", "card Virtual tour"))
        found += [(at(day - timedelta(days=ahead), 13), "channel", "soon Virtual tour") for ahead in (7, 1)]
        found.append((at(day, 13), "thread", "now Virtual tour"))
        found.append((at(day, 14, 15), "private", "after Virtual tour"))
    found += [
        (at(date(2026, 2, 15), 12), "dm", "place Virtual tour"),
        (at(date(2026, 6, 1), 15), "dm", "soon Monthly discussion"),
        (at(date(2026, 6, 2), 14), "dm", "soon Monthly discussion"),
        (at(date(2026, 6, 25), 12, 1), "dm", "moved Monthly discussion"),
        (at(date(2026, 6, 25), 12, 1), "thread", "moved Monthly discussion"),
    ]
    return Counter((_minute(when), place, what) for when, place, what in found if when <= END)


_WHAT = (
    (r"### Starting now: ([\w ]*\w).*", "now"),
    (r"### Thank you for hosting\n“([\w ]*\w).*?”", "after"),
    (r"### You have a place\nSomebody could not come to “([\w ]*\w).*?”", "place"),
    (r"### Moved\n“([\w ]*\w).*?”", "moved"),
    (r"### ([\w ]*\w).*\nStarts", "soon"),
    (r"### ([\w ]*\w)[^\n]*\n(?:.*\n)*?.*\*\*Hosted by\*\*", "card"),
)


def sent(world: World, announcements: int) -> Counter[Sent]:
    """Every message that was sent, also to the organizers and to members."""
    backend, found = world.env.backend, []
    for channel_id, messages in backend.messages.items():
        for message in messages.values():
            if message.author_id != backend.bot_user.id or message.is_ephemeral or not words(message):
                continue
            when = datetime.fromisoformat(message.timestamp).astimezone(EASTERN)
            found.append((_minute(when), _place(world, channel_id, announcements), _what(message)))
    return Counter(found)


def _what(message: Any) -> str:
    said = words(message)
    for pattern, what in _WHAT:
        title = re.match(pattern, said)
        if title is not None:
            return f"{what} {title[1].partition(':')[0]}"
    return said[:60]


def _place(world: World, channel_id: int, announcements: int) -> str:
    if channel_id == announcements:
        return "channel"
    kind = world.env.backend.channels[channel_id].type
    names = {
        discord.ChannelType.private.value: "dm",
        discord.ChannelType.private_thread.value: "private",
        discord.ChannelType.public_thread.value: "thread",
    }
    return names.get(int(kind), f"channel {channel_id}")


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


async def live_through(world: World, plans: Iterable[tuple[datetime, Callable[[], Awaitable[object]]]]) -> None:
    """Let the year pass, from one message that is due to the next, and do each plan (local) when it is time."""
    for when, do in [*sorted(plans, key=lambda plan: plan[0]), (END, None)]:
        await _until(world, when.replace(tzinfo=EASTERN).astimezone(UTC))
        if do is not None:
            await do()


async def _until(world: World, until: datetime) -> None:
    """Wake for each message, and once more when what follows from it is in step; other chores come with these."""
    while True:
        async with world.database.read() as connection:
            due = await deliveries.next_wake(connection, MESSAGES)
        if due is None or due > until:
            await _at(world, until)
            return
        for moment in (due, due + SETTLED):
            await _at(world, moment)


async def _at(world: World, moment: datetime) -> None:
    await world.env.advance_time(max((moment - world.bot.clock()).total_seconds(), 0))
    await alone(world)
    await world.bot.delivery.run_due()


async def alone(world: World) -> None:
    """Let rest what sends no message: the other rooms' chores, quiet threads, and Discord's own list of events."""
    table = delivery_table.c
    others = or_(table.kind.not_like("event%"), table.kind == THREAD)
    async with world.database.write() as connection:
        await connection.execute(update(delivery_table).where(others, table.state == WAITING).values(state=DROPPED))
        await connection.execute(update(event_table).where(~event_table.c.native_off).values(native_off=True))
