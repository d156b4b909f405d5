"""Moving up: what happens to an event's line when places are free or offers have ended, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kit.asking import zone_of
from bot.kit.nights import asleep
from cogs.events.places import InLine, Phase, moves, phase
from cogs.events.service import telling
from cogs.events.service.following import look_at_line
from db import events
from db.events import GOING, OFFERED, WAITING

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from db.engine import AsyncConnection
    from db.events import Event


async def move_up(
    connection: AsyncConnection, event: Event, server_zone: ZoneInfo, now: datetime, *, freed: bool = False
) -> bool:
    """End the offers whose time is over, and give or offer what is free; whether anybody's answer changed.

    `freed` is whether somebody has given up a place just now.

    Never more places are given or offered than there are: this reads and writes in one write transaction.
    """
    ended = await _end_offers(connection, event, now)
    line = await events.in_line(connection, event.event_id, WAITING)
    free = await free_places(connection, event)
    if free is None:  # the limit was taken away: all come in
        free = len(line)
    asked = [
        InLine(one.user_id, await zone_of(connection, event.guild_id, one.user_id, server_zone), one.passed)
        for one in line
    ]
    found = moves(free, asked, event.starts_at, now)
    by_user = {one.user_id: one for one in line}
    for user_id in found.given:
        rsvp = replace(by_user[user_id], answer=GOING, line=None, passed=False, at=now)
        await events.put_answer(connection, rsvp)
        await telling.tell_one(connection, event, rsvp, telling.GIVEN, now)
    for user_id, until in found.offered:
        rsvp = replace(by_user[user_id], answer=OFFERED, offered_until=until)
        await events.put_answer(connection, rsvp)
        await telling.tell_one(connection, event, rsvp, telling.OFFERED, now, lapses_at=until)
        await look_at_line(connection, event, until, now)
    if found.look_at is not None:
        await look_at_line(connection, event, found.look_at, now)
    if free and phase(event.starts_at, now) is Phase.FIRST_TAP and event.starts_at > now:
        awake = [one for one, where in zip(line, asked, strict=True) if not asleep(now, where.zone)]
        await telling.tell_who_waits(connection, event, awake, now, just_freed=freed and free == 1)
    return ended or bool(found.given or found.offered)


async def _end_offers(connection: AsyncConnection, event: Event, now: datetime) -> bool:
    """Who let an offer pass goes to the end of the line."""
    over = [
        one
        for one in await events.in_line(connection, event.event_id, OFFERED)
        if one.offered_until is not None and one.offered_until <= now
    ]
    last = (await events.line_of(connection, event.event_id)).last
    for place, one in enumerate(over, last + 1):
        await events.put_answer(connection, replace(one, answer=WAITING, offered_until=None, passed=True, line=place))
    return bool(over)


async def free_places(connection: AsyncConnection, event: Event) -> int | None:
    """How many places are neither taken nor kept for somebody; None where there is no limit."""
    if event.plan.places is None:
        return None
    return max(0, event.plan.places - (await events.line_of(connection, event.event_id)).taken)
