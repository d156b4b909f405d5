"""Circles: a round with too few people for pairs, in which all who like meet together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.errors import GoneError, NotAllowedError
from cogs.mentorship import days
from cogs.mentorship.matching import FEWEST_FOR_PAIRS
from cogs.mentorship.service import ending, passing
from cogs.mentorship.service.telling import CIRCLE, OVER, READY, SHUT, THREAD, WEEK, WITH
from db import delivery
from db.mentorship import joining, opening, pairing
from db.mentorship.leaving import CIRCLE_DUE
from db.mentorship.values import ACTIVE, OPEN, ORGANIZERS, RUNNING
from db.mentorship.values import CIRCLE as A_CIRCLE

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from cogs.mentorship.service.telling import Post
    from db.engine import AsyncConnection, Database
    from db.mentorship import Member, Pair, Round

FEWEST = 2
"""People who can talk with each other."""
FILLED_UP = "This circle has filled up meanwhile. You stay in line: as soon as somebody fits, I ask."
CHANGED = "This round has changed meanwhile. Please look again."


class Circling:
    """Circles, from the offer to their thread; then they go on as pairs do."""

    def __init__(self, database: Database, clock: Clock, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._post = post

    async def offer(self, guild_id: int, round_id: int, by: int) -> tuple[Round, int]:
        """Start a round as a circle, and ask everybody in it; how many are asked. The caller has checked who asks.

        Raises GoneError where the round is not open any more, or has enough people for pairs by now.
        """
        now = self._clock()
        async with self._database.write() as connection:
            found = await opening.get_round(connection, guild_id, round_id)
            signed_up = await opening.signed_up(connection, round_id)
            if found is None or found.state != OPEN or len(signed_up) >= FEWEST_FOR_PAIRS:
                raise GoneError(CHANGED)
            ends = now + timedelta(weeks=found.weeks)
            running = await opening.change_round(
                connection, found, state=RUNNING, approved_by=by, starts_at=now, ends_at=ends
            )
            if running is None:
                raise GoneError(CHANGED)
            pair_id = await pairing.make_pair(connection, _circle(guild_id, round_id, now, ends), ())
            due = days.working_days_after(now, days.TO_ANSWER, "")
            await delivery.cancel(connection, guild_id, READY, f"round:{round_id}", now)
            await self._post.chore(connection, guild_id, OVER, f"round:{round_id}", ends, now)
            await self._post.chore(connection, guild_id, CIRCLE_DUE, f"pair:{pair_id}", due, now)
            here = [one for one in await joining.members(connection, guild_id, signed_up) if one.is_here(now)]
            for member in here:
                await self._post.to_member(connection, member, CIRCLE, f"pair:{pair_id}", now, lapses=due)
        return running, len(here)

    async def offered(self, guild_id: int, user_id: int, pair_id: int) -> tuple[Pair, Round, int] | None:
        """A circle that somebody is asked about, its round, and how many signed up; None where it is settled."""
        async with self._database.read() as connection:
            pair, member = await self._found(connection, guild_id, user_id, pair_id)
            of_round = await opening.get_round(connection, guild_id, pair.round_id) if pair else None
            if pair is None or member is None or of_round is None or member.member_no in pair.mentees:
                return None
            return pair, of_round, await opening.count_signed_up(connection, of_round.round_id)

    async def join(self, guild_id: int, user_id: int, pair_id: int) -> int:
        """Come into a circle; how many are in it then. From the second one on it has a thread.

        Raises GoneError where it has ended, or where one of two would rather not be with the other: nobody can tell
        which. They stay in line. Raises NotAllowedError for somebody who is not in its round.
        """
        now = self._clock()
        async with self._database.write() as connection:
            pair, member = await self._invited(connection, guild_id, user_id, pair_id)
            if member.member_no in pair.mentees:
                return len(pair.mentees)
            fits = await pairing.goes_with(connection, member, pair)
            inside = await self._let_in(connection, pair, member, now) if fits else 0
            if not fits:
                await self._wait(connection, member, now)
        if not fits:
            raise GoneError(FILLED_UP)
        return inside

    async def _let_in(self, connection: AsyncConnection, pair: Pair, member: Member, now: datetime) -> int:
        """Let somebody into a circle; how many are in it then."""
        guild_id, pair_id = pair.guild_id, pair.pair_id
        await pairing.join_pair(connection, pair_id, member.member_no)
        await joining.put(connection, member.member_no, {"waiting_since": None, "rounds_waited": 0, "lapses": 0})
        inside = len(pair.mentees) + 1
        subject = f"pair:{pair_id}"
        if inside >= FEWEST:
            await self._post.chore(
                connection, guild_id, THREAD, subject, now, now, f"{WITH}{member.member_no}-{now:%Y%m%dT%H%M%S}"
            )
        if inside == FEWEST:
            week, due = ending.next_step(now, pair.ends_at, 0)
            await self._post.chore(connection, guild_id, WEEK, subject, due, now, f"w{week}")
        return inside

    async def refuse(self, guild_id: int, user_id: int, pair_id: int) -> Member:
        """Say no to a circle: they go on waiting for a mentor, or for mentees. Raises as `join`."""
        now = self._clock()
        async with self._database.write() as connection:
            pair, member = await self._invited(connection, guild_id, user_id, pair_id)
            if member.member_no in pair.mentees:
                raise GoneError("You are in the circle already. **/mentor status** has the way out.")
            await self._wait(connection, member, now)
        return member

    async def due(self, pair_id: int) -> None:
        """The time to answer is over: a circle of fewer than two does not come about.

        Whoever signed up and is in no pair now waits, also where the circle has ended already.
        """
        now = self._clock()
        async with self._database.write() as connection:
            pair = await pairing.pair(connection, pair_id)
            if pair is None or pair.round_id is None:
                return
            alone = pair.mentees if pair.state == ACTIVE and len(pair.mentees) < FEWEST else ()
            if pair.state == ACTIVE and len(pair.mentees) < FEWEST:
                await pairing.end_pair(connection, pair_id, ORGANIZERS, now)
                await ending.call_off(connection, pair, now)
                await self._post.chore(connection, pair.guild_id, SHUT, f"pair:{pair_id}", now, now)
            signed_up = await opening.signed_up(connection, pair.round_id)
            for member in await joining.members(connection, pair.guild_id, signed_up):
                inside = await pairing.pairs_of(connection, member.member_no)
                if any(member.member_no in one.mentees for one in inside):
                    continue
                if member.member_no in alone:
                    await self._post.news(connection, member, "no-circle", pair_id, now)
                await self._wait(connection, member, now)

    async def _wait(self, connection: AsyncConnection, member: Member, now: datetime) -> None:
        if member.left_at is None and member.learns and member.waiting_since is None:
            await joining.put(connection, member.member_no, {"waiting_since": now})
        changed = await joining.member(connection, member.member_no)
        if changed is not None:
            await passing.room_is_free(connection, self._post, changed, now)

    async def _invited(
        self, connection: AsyncConnection, guild_id: int, user_id: int, pair_id: int
    ) -> tuple[Pair, Member]:
        pair, member = await self._found(connection, guild_id, user_id, pair_id)
        if pair is None:
            raise GoneError("This circle is over, or did not come about. **/mentor status** says where you stand.")
        if member is None:
            raise NotAllowedError(
                "This circle is for those who signed up for its round. **/mentor join** signs you up."
            )
        return pair, member

    async def _found(
        self, connection: AsyncConnection, guild_id: int, user_id: int, pair_id: int
    ) -> tuple[Pair | None, Member | None]:
        pair = await pairing.pair(connection, pair_id)
        if pair is None or pair.guild_id != guild_id or pair.sort != A_CIRCLE or pair.state != ACTIVE:
            return None, None
        member = await joining.of_user(connection, guild_id, user_id)
        signed_up = await opening.signed_up(connection, pair.round_id or 0)
        return pair, member if member is not None and member.member_no in signed_up else None


def _circle(guild_id: int, round_id: int, now: datetime, ends: datetime) -> dict[str, Any]:
    """The columns of a circle that nobody has joined yet."""
    return {
        "guild_id": guild_id,
        "round_id": round_id,
        "proposal_id": None,
        "mentor_no": None,
        "sort": A_CIRCLE,
        "started_at": now,
        "ends_at": ends,
    }
