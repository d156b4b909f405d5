"""Leaving a group or circle that goes on: out of its people, out of its thread, and a line for those who stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import delivery
from db.delivery import Promise, Way
from db.mentorship import pairing
from db.mentorship.values import CIRCLE, PAIR

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from db.mentorship.values import Pair

CIRCLE_DUE = "mentor-circle-due"
"""The chore at the end of the time to answer the offer of a circle."""
OUT, LEFT = "mentor-out", "mentor-left"
"""The chore that takes somebody (its target) out of a thread, and the line in it."""
A_PAIR = 2


async def goes_on(connection: AsyncConnection, pair: Pair, member_no: int) -> bool:
    """Whether a group or circle goes on without this one: others are left, or the circle is offered to others still."""
    if pair.sort == PAIR or pair.mentor_no == member_no:
        return False
    return len(pair.people) > A_PAIR or await _is_offered(connection, pair)


async def _is_offered(connection: AsyncConnection, pair: Pair) -> bool:
    due = await delivery.of_subject(connection, pair.guild_id, CIRCLE_DUE, f"pair:{pair.pair_id}")
    return pair.sort == CIRCLE and any(one.settled_at is None for one in due)


async def let_out(connection: AsyncConnection, pair: Pair, member_no: int, user_id: int, now: datetime) -> None:
    """Let somebody out of a group or circle that goes on; it is not said who it was."""
    await pairing.leave_pair(connection, pair.pair_id, member_no, now)
    if pair.thread_id is None:
        return
    subject, moment = f"pair:{pair.pair_id}", f"{now:%Y%m%dT%H%M%S}"
    out = Promise(OUT, pair.guild_id, subject, now, Way.CHORE, user_id, moment=moment)
    line = Promise(LEFT, pair.guild_id, subject, now, Way.CHANNEL, pair.thread_id, moment=moment)
    await delivery.put(connection, out, now)
    await delivery.put(connection, line, now)
