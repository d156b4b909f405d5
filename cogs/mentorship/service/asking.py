"""When somebody in a pair is asked how it goes: by day, and not in a week in which they were asked for something else.

The function belongs into the transaction of the week's chore.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.asking import A_WEEK, may_be_asked_from
from bot.kit.zones import SERVER_ZONE
from cogs.mentorship import days
from cogs.mentorship.service.ending import LAST, WEEK_LONG
from cogs.mentorship.service.telling import WEEK
from db import delivery
from db.mentorship import pairing

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import AsyncConnection
    from db.mentorship import Member, Pair


async def asking_when(
    connection: AsyncConnection, pair: Pair, week: int, member: Member, now: datetime
) -> datetime | None:
    """When (UTC) to ask a member of a pair about this week; None where this time is left out.

    It comes late by at most half the time until the pair is asked again. Who is in several pairs is asked about one of
    them in a week, about each in turn; the others of the pair are asked in any case. The last questions always come.
    """
    at = await may_be_asked_from(connection, pair.guild_id, member.user_id, now, SERVER_ZONE)
    if week == LAST:
        return days.decent(at, member.zone)
    length = int((pair.ends_at - pair.started_at) / WEEK_LONG)
    following = days.following(week, length) or length
    planned = pair.started_at + week * WEEK_LONG
    if at - planned > (following - week) * WEEK_LONG / 2:
        return None
    if await _another_pair_is_next(connection, pair, member, now):
        return None
    return days.decent(at, member.zone)


async def _another_pair_is_next(connection: AsyncConnection, pair: Pair, member: Member, now: datetime) -> bool:
    """Whether the member is to be asked within a week about another pair of theirs, whose turn it is rather."""
    others = [one for one in await pairing.pairs_of(connection, member.member_no) if one.pair_id != pair.pair_id]
    if not others:
        return False
    asked = {one.pair_id: one.started_at for one in (pair, *others)}
    for one in await pairing.check_ins(connection, *asked):
        if one.member_no == member.member_no:
            asked[one.pair_id] = max(asked[one.pair_id], one.asked_at)
    for other in others:
        if (asked[other.pair_id], other.pair_id) >= (asked[pair.pair_id], pair.pair_id):
            continue
        weeks = await delivery.of_subject(connection, pair.guild_id, WEEK, f"pair:{other.pair_id}")
        if any(one.state == delivery.WAITING and one.due_at < now + A_WEEK for one in weeks):
            return True
    return False
