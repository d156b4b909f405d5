"""One rule for all rooms: nobody is asked for things twice a week, nor at night.

It is about what Benchmate asks of itself: whether something is solved, how a pair gets on, what is left of an event.
What a member wished for is brought when it is due: a reminder, a place, a proposal of the round they signed up for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.kit.nights import wakes_at
from db import asking, people

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import AsyncConnection

A_WEEK = timedelta(days=6, hours=22)
"""So far apart are two questions to somebody. Two hours less than a week: what comes every week keeps to its day,
though it came late once, or the clocks were changed."""


async def may_be_asked_from(
    connection: AsyncConnection,
    guild_id: int,
    user_id: int,
    at: datetime,
    server_zone: ZoneInfo,
    *,
    but: int | None = None,
) -> datetime:
    """The first moment (UTC) from `at` (aware) on at which a member may be asked for something.

    That is by day, where they live, and a week from any other time. `but` is the number of the delivery that would ask.
    """
    lately = await asking.asked_since(connection, guild_id, [user_id], at - A_WEEK, but=but)
    for moment in sorted(lately[user_id]):
        if abs(moment - at) < A_WEEK:
            at = moment + A_WEEK
    return wakes_at(at, await zone_of(connection, guild_id, user_id, server_zone))


async def zone_of(connection: AsyncConnection, guild_id: int, user_id: int, server_zone: ZoneInfo) -> ZoneInfo:
    """The zone a member lives in, as their profile says; else the server's."""
    profile = await people.of_member(connection, guild_id, user_id)
    try:
        return ZoneInfo(profile.zone) if profile is not None and profile.zone else server_zone
    except (ZoneInfoNotFoundError, ValueError):
        return server_zone
