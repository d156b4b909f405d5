"""How pairs go on and end: their next step, parting without blame, and those who are left.

The functions belong into the transaction of what causes them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.mentorship import days
from cogs.mentorship.service import passing
from cogs.mentorship.service.telling import CHECK_IN, CLOSING, END, SHUT, WEEK
from db import delivery
from db.mentorship import joining, leaving, pairing

if TYPE_CHECKING:
    from datetime import datetime

    from cogs.mentorship.service.telling import Post
    from db.engine import AsyncConnection
    from db.mentorship import Member, Pair, Round

LAST = 0
"""In the place of a week: the last questions."""
WEEK_LONG = timedelta(weeks=1)
SHORTEST = timedelta(weeks=4)
"""Who comes together late in a round has at least so long."""


def until(of_round: Round | None, now: datetime) -> datetime:
    """Until when a pair lasts that comes together at `now`, in a round or between rounds."""
    if of_round is None or of_round.ends_at is None:
        return now + timedelta(weeks=days.WEEKS_BETWEEN_ROUNDS)
    return max(of_round.ends_at, now + SHORTEST)


def next_step(started_at: datetime, ends_at: datetime, week: int) -> tuple[int, datetime]:
    """The next week in which a pair is asked, after `week`, and when; `LAST` a week before its end."""
    length = int((ends_at - started_at) / WEEK_LONG)
    following = days.following(week, length)
    if following is None:
        return LAST, max(started_at, ends_at - WEEK_LONG)
    return following, started_at + following * WEEK_LONG


async def call_off(connection: AsyncConnection, pair: Pair, now: datetime) -> None:
    """Take back what is still to be sent to a pair that has ended."""
    for kind in (WEEK, CHECK_IN, CLOSING, END):
        await delivery.cancel(connection, pair.guild_id, kind, f"pair:{pair.pair_id}", now)


async def part(connection: AsyncConnection, post: Post, pair: Pair, who: Member, how: str, now: datetime) -> bool:
    """Let `who` out of a pair, and end it where that leaves nobody to talk with; `how` says why. False if it had ended.

    Those who are left are told by a chore, and mentees among them get somebody else.
    """
    if await leaving.goes_on(connection, pair, who.member_no):
        await leaving.let_out(connection, pair, who.member_no, who.user_id, now)
        await post.look_for_mentor(connection, pair.guild_id, who.member_no, now)
        return True
    if not await pairing.end_pair(connection, pair.pair_id, how, now):
        return False
    await call_off(connection, pair, now)
    await post.see_to_the_others(connection, pair.guild_id, pair.pair_id, who.member_no, now)
    return True


async def see_to_the_others(connection: AsyncConnection, post: Post, pair: Pair, now: datetime, by: int | None) -> None:
    """Tell those in an ended pair (but `by`, who ended it), look for somebody new for its mentees, close its thread."""
    for member in await joining.members(connection, pair.guild_id, pair.people):
        if member.left_at is not None:
            continue
        if member.member_no != by:
            await post.news(connection, member, "ended", pair.pair_id, now)
        if member.member_no in pair.mentees:
            await post.look_for_mentor(connection, pair.guild_id, member.member_no, now)
        else:
            await passing.room_is_free(connection, post, member, now)
    await post.chore(connection, pair.guild_id, SHUT, f"pair:{pair.pair_id}", now, now)
