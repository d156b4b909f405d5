"""Passing on: proposals that end before both agreed, and the search for the next best free mentor.

The functions belong into the transaction of what causes them; the search itself is a chore, `Passing.look`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cogs.mentorship import days, matching
from cogs.mentorship.service import fitting
from cogs.mentorship.service.telling import AGAIN, DUE, PROPOSAL
from db import delivery
from db.mentorship import joining, opening, proposing
from db.mentorship.values import LAPSED, MENTEE, MENTOR, OPEN, RUNNING, WITHDRAWN

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.telling import Post
    from db.engine import AsyncConnection, Database
    from db.mentorship import Member, Proposal


async def propose(
    connection: AsyncConnection,
    post: Post,
    couple: tuple[int, int],
    fit: tuple[int, str, tuple[str, ...]],
    round_id: int | None,
    now: datetime,
    *,
    grouped: bool = False,
) -> Proposal | None:
    """Propose to a mentor a mentee (`couple`), for these reasons (score, strength, sentences).

    Much may have changed since the two were found, so all that keeps them apart is looked at again here. None where the
    mentee has somebody, or is asked; where they take a break, they are in line; else somebody else is looked for.
    `grouped`: as one of a group that the mentor takes together.
    """
    mentor, mentee = [await joining.member(connection, number) for number in couple]
    if mentee is None or not mentee.learns or await proposing.is_spoken_for(connection, mentee.member_no):
        return None
    if not mentee.is_here(now):
        await keep_in_line(connection, mentee, now)
        return None
    if (
        mentor is None
        or not await fitting.may_meet(connection, mentor, mentee, now)
        or not await free(connection, mentor, grouped=grouped)
    ):
        await post.look_for_mentor(connection, mentee.guild_id, mentee.member_no, now)
        return None
    score, strength, reasons = fit
    due = days.working_days_after(now, days.TO_ANSWER, mentor.zone)
    values = {
        "guild_id": mentor.guild_id,
        "round_id": round_id,
        "mentor_no": mentor.member_no,
        "mentee_no": mentee.member_no,
        "state": MENTOR,
        "score": score,
        "strength": strength,
        "reasons": list(reasons),
        "grouped": grouped,
        "proposed_at": now,
        "due_at": due,
    }
    made = await proposing.propose(connection, values)
    if made is not None:
        await ask(connection, post, made, mentor, now)
    return made


async def ask(connection: AsyncConnection, post: Post, proposal: Proposal, member: Member, now: datetime) -> None:
    """Promise the side that is asked now its card, one reminder, and what happens without an answer."""
    subject, side = f"proposal:{proposal.proposal_id}", proposal.state
    await post.to_member(connection, member, PROPOSAL, subject, now, moment=side, lapses=proposal.due_at)
    await clocks(connection, post, proposal, member, now)


async def clocks(connection: AsyncConnection, post: Post, proposal: Proposal, member: Member, now: datetime) -> None:
    """Set a proposal's reminder and its end, for the side that is asked now; moves them where they are set."""
    subject, side = f"proposal:{proposal.proposal_id}", proposal.state
    remind = days.decent(days.working_days_after(now, days.REMIND_AFTER, member.zone), member.zone)
    await post.to_member(connection, member, AGAIN, subject, now, moment=side, due=remind, lapses=proposal.due_at)
    await post.chore(connection, proposal.guild_id, DUE, subject, proposal.due_at, now, side)


async def quiet(connection: AsyncConnection, proposal: Proposal, now: datetime) -> None:
    """Take back what is still to be sent about a proposal."""
    for kind in (PROPOSAL, AGAIN, DUE):
        await delivery.cancel(connection, proposal.guild_id, kind, f"proposal:{proposal.proposal_id}", now)


async def end(
    connection: AsyncConnection,
    post: Post,
    proposal: Proposal,
    state: str,
    now: datetime,
    *,
    said_no: str = "",
    why: str = "",
) -> bool:
    """End a live proposal in this state, and let the mentor know if they had said yes; False where it had ended."""
    settled = await proposing.settle(connection, proposal, state, settled_at=now, said_no=said_no, why_not=why)
    if settled is None:
        return False
    await quiet(connection, proposal, now)
    if proposal.state == MENTEE:
        mentor = await joining.member(connection, proposal.mentor_no)
        if mentor is not None and mentor.left_at is None:
            day = days.day_there(now, mentor.zone).toordinal()  # of several mentees, one word a day
            await post.news(connection, mentor, "not-now", day, now)
            await room_is_free(connection, post, mentor, now)
    return True


async def withdraw_from(
    connection: AsyncConnection,
    post: Post,
    member: Member,
    now: datetime,
    *,
    as_mentor: bool = False,
    as_mentee: bool = False,
) -> None:
    """End the live proposals of somebody who takes nothing new; their mentees are looked after."""
    for proposal in await proposing.live_of(connection, member.member_no):
        if proposal.mentor_no == member.member_no and as_mentor:
            await proposing.settle(connection, proposal, WITHDRAWN, settled_at=now)
            await quiet(connection, proposal, now)
            await post.look_for_mentor(connection, proposal.guild_id, proposal.mentee_no, now)
        elif proposal.mentee_no == member.member_no and as_mentee:
            await end(connection, post, proposal, WITHDRAWN, now)
            if member.waiting_since is None:  # once they are back, they are in line
                await joining.put(connection, member.member_no, {"waiting_since": now})


async def withdraw_between(connection: AsyncConnection, post: Post, one: Member, other: Member, now: datetime) -> None:
    """End a live proposal between two people, for a reason that nobody is told."""
    for proposal in await proposing.live_of(connection, one.member_no):
        if other.member_no in (proposal.mentor_no, proposal.mentee_no):
            await end(connection, post, proposal, WITHDRAWN, now)
            await post.look_for_mentor(connection, proposal.guild_id, proposal.mentee_no, now)


async def room_is_free(connection: AsyncConnection, post: Post, member: Member, now: datetime) -> None:
    """Somebody may take a mentee, or looks for a mentor: promise to look, for them or among those who wait.

    Who signed up for a round that is still open is looked at with all others of it, and not before.
    """
    if not member.is_here(now):
        return
    to_come = await _to_come(connection, member.guild_id)
    if member.learns and member.waiting_since is not None and member.member_no not in to_come:
        await post.look_for_mentor(connection, member.guild_id, member.member_no, now)
    if member.mentors and await joining.anybody_waits(connection, member.guild_id):
        await post.look_for_mentees(connection, member.guild_id, member.member_no, now)


async def _to_come(connection: AsyncConnection, guild_id: int) -> set[int]:
    """Who signed up for a round that is still open: they are looked at with all others of it."""
    still_open = await opening.rounds(connection, guild_id, OPEN)
    return {number for one in still_open for number in await opening.signed_up(connection, one.round_id)}


class Passing:
    """What happens to proposals by themselves: they lapse, and pass on."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary
        self._post = post

    async def lapse(self, proposal_id: int) -> bool:
        """A proposal got no answer in time: it passes on. False where it was answered, or has more time by now."""
        now = self._clock()
        async with self._database.write() as connection:
            proposal = await proposing.proposal(connection, proposal_id)
            if proposal is None or not proposal.live:
                return False
            if proposal.due_at > now:  # there was more time just as this end came: it is still to come, then
                again = f"{proposal.state}:{int(proposal.due_at.timestamp())}"
                subject = f"proposal:{proposal_id}"
                await self._post.chore(connection, proposal.guild_id, DUE, subject, proposal.due_at, now, again)
                return False
            if not await end(connection, self._post, proposal, LAPSED, now):
                return False
            silent = proposal.mentor_no if proposal.state == MENTOR else proposal.mentee_no
            member = await joining.member(connection, silent)
            if proposal.state == MENTOR:
                await self._post.look_for_mentor(connection, proposal.guild_id, proposal.mentee_no, now)
            if member is not None:
                await self._let_lapse(connection, member, proposal, now)
            return True

    async def _let_lapse(self, connection: AsyncConnection, member: Member, proposal: Proposal, now: datetime) -> None:
        """A mentor is paused after two, a mentee at once: their next mentor should not wait in vain as well."""
        lapses = member.lapses + 1
        enough = lapses >= PAUSED_AFTER or proposal.state == MENTEE
        values: dict[str, Any] = {"lapses": lapses, **({"paused": LAPSED, "paused_until": None} if enough else {})}
        if proposal.state == MENTEE and member.waiting_since is None:  # once they are back, they are in line
            values["waiting_since"] = now
        await joining.put(connection, member.member_no, values)
        if enough:
            changed = await joining.member(connection, member.member_no)
            if changed is not None:
                await withdraw_from(connection, self._post, changed, now, as_mentor=True, as_mentee=True)
            what = "paused" if proposal.state == MENTOR else "lapsed"
            await self._post.news(connection, member, what, proposal.proposal_id, now)

    async def look(self, guild_id: int, mentee_no: int) -> Proposal | None:
        """Look for the best free mentor for a mentee who has none, and propose; None where nobody fits now.

        The looking is done outside any transaction; whom it finds is checked again before they are asked.
        """
        now = self._clock()
        async with self._database.read() as connection:
            pool = await fitting.pool(connection, guild_id, now)
        if mentee_no in pool.spoken_for:
            return None
        wanted = fitting.round_of(pool, self._vocabulary, now, mentees=(mentee_no,))
        draft = await asyncio.to_thread(matching.draft, wanted)
        async with self._database.write() as connection:
            mentee = await joining.member(connection, mentee_no)
            if mentee is None or not mentee.learns:
                return None
            if not mentee.is_here(now):
                await keep_in_line(connection, mentee, now)
                return None
            if draft.pairs:
                found = draft.pairs[0]
                fit = (found.score, found.strength.value, found.reasons)
                running = await _running_round(connection, mentee_no)
                return await propose(connection, self._post, (found.mentor, mentee_no), fit, running, now)
            await wait(connection, self._post, mentee, now)
        return None

    async def look_for_mentees(self, guild_id: int, mentor_no: int) -> None:
        """Look who of those who wait fits a mentor with room, and propose as many as there is room for.

        As in `look`, whom it finds is checked again. Of two who fit equally, who has waited more rounds comes first.
        """
        now = self._clock()
        async with self._database.read() as connection:
            pool = await fitting.pool(connection, guild_id, now)
            to_come = await _to_come(connection, guild_id)
        in_line = [one for one in pool.members.values() if one.learns and one.waiting_since is not None]
        waiting = [one.member_no for one in in_line if one.member_no not in to_come]
        if not waiting or not pool.room.get(mentor_no):
            return
        wanted = fitting.round_of(pool, self._vocabulary, now, mentees=waiting, mentors=(mentor_no,))
        draft = await asyncio.to_thread(matching.draft, wanted)
        together = {mentee for group in draft.groups for mentee in group.mentees}
        async with self._database.write() as connection:
            mentor = await joining.member(connection, mentor_no)
            for found in draft.pairs:
                mentee = await joining.member(connection, found.mentee)
                grouped = found.mentee in together
                if mentor is None or not mentor.is_here(now) or not await free(connection, mentor, grouped=grouped):
                    return
                if mentee is not None and mentee.is_here(now) and mentee.waiting_since is not None:
                    fit = (found.score, found.strength.value, found.reasons)
                    running = await _running_round(connection, found.mentee)
                    couple = (mentor_no, found.mentee)
                    await propose(connection, self._post, couple, fit, running, now, grouped=grouped)


async def keep_in_line(connection: AsyncConnection, member: Member, now: datetime) -> Member:
    """Let a mentee who has nobody wait, without a word: who takes a break is in line once they are back."""
    if member.left_at is not None or not member.learns or member.waiting_since is not None:
        return member
    if await proposing.is_spoken_for(connection, member.member_no):
        return member
    await joining.put(connection, member.member_no, {"waiting_since": now})
    return replace(member, waiting_since=now)


PAUSED_AFTER = 2
"""So many proposals that a mentor lets lapse, one after the other, pause them."""


async def wait(connection: AsyncConnection, post: Post, mentee: Member, now: datetime) -> None:
    """Let a mentee wait for a match, and tell them so once."""
    if mentee.waiting_since is None:
        await joining.put(connection, mentee.member_no, {"waiting_since": now})
        await post.news(connection, mentee, "waiting", int(now.timestamp()), now)


def places(mentor: Member, *, grouped: bool = False) -> int:
    """How many mentees a mentor may have; in a group of their own, as many as one takes."""
    return max(mentor.capacity, matching.MOST_ROOM) if grouped and mentor.takes_groups else mentor.capacity


async def free(connection: AsyncConnection, mentor: Member, *, grouped: bool = False) -> bool:
    """Whether a mentor has room for one more proposal."""
    pairs = await proposing.mentees_of(connection, mentor.member_no)
    return pairs + await proposing.proposed_to(connection, mentor.member_no) < places(mentor, grouped=grouped)


async def _running_round(connection: AsyncConnection, member_no: int) -> int | None:
    found = [one for one in await opening.rounds_of(connection, member_no) if one.state == RUNNING]
    return found[0].round_id if found else None
