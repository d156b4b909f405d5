"""Joining mentoring, pausing, leaving, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.words import listed
from cogs.mentorship import days
from cogs.mentorship.matching.waiting import WISHES
from cogs.mentorship.service import ending, passing, saying
from cogs.mentorship.service.saying import Said
from cogs.mentorship.service.telling import RETURN
from db import drafts, guilds, people
from db.mentorship import drafting, joining, opening, pairing, proposing
from db.mentorship.values import ENDED, LEFT, OPEN, OWN

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.telling import Post
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.mentorship import Meeting, Member, Pair, Proposal, Round

FORM = "mentor-join"
"""The name of the draft."""
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody said so far, and the number of its draft."""

    draft_id: int
    said: Said


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands. `others` are the members that occur in it, by number."""

    member: Member
    rounds: tuple[Round, ...]
    proposals: tuple[Proposal, ...]
    pairs: tuple[Pair, ...]
    next_check_ins: dict[int, datetime]
    others: dict[int, Member]
    meetings: tuple[Meeting, ...] = ()


class Joining:
    """A member's own side of mentoring."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary
        self._post = post

    async def begin(self, guild_id: int, user_id: int, round_id: int = 0) -> Begun:
        """What somebody began and did not finish; else what they said before; else what their profile says."""
        now = self._clock()
        async with self._database.write() as connection:
            draft = await drafts.newest(connection, guild_id, user_id, FORM)
            if draft is not None:
                said = replace(Said.of(draft.answers), round_id=round_id or draft.answers.get("round_id", 0))
                await drafts.change(connection, draft.draft_id, said.answers(), now)
                return Begun(draft.draft_id, said)
            member = await joining.of_user(connection, guild_id, user_id)
            if member is not None:
                said = saying.of_member(member)
            else:
                said = saying.of_profile(await people.of_member(connection, guild_id, user_id))
            said = replace(said, round_id=round_id)
            number = await drafts.add(
                connection, guild_id=guild_id, user_id=user_id, form=FORM, argument="", answers=said.answers(), now=now
            )
        return Begun(number, said)

    async def choose(
        self, guild_id: int, user_id: int, draft_id: int, what: str, values: list[str], offered: list[str]
    ) -> Begun:
        """Keep what was chosen in a select. Raises UserError, GoneError or NotAllowedError."""
        async with self._database.write() as connection:
            draft = await self._own(connection, guild_id, user_id, draft_id)
            said = saying.chosen(Said.of(draft.answers), what, values, self._vocabulary, offered)
            await drafts.change(connection, draft_id, said.answers(), self._clock())
        return Begun(draft_id, said)

    async def type(self, guild_id: int, user_id: int, draft_id: int, answers: dict[str, str]) -> Begun:
        """Keep what was typed. Raises UserError, GoneError or NotAllowedError."""
        async with self._database.write() as connection:
            draft = await self._own(connection, guild_id, user_id, draft_id)
            said = saying.typed(Said.of(draft.answers), answers)
            await drafts.change(connection, draft_id, said.answers(), self._clock())
        return Begun(draft_id, said)

    async def look(self, guild_id: int, user_id: int, draft_id: int) -> Begun:
        """What was said so far. Raises GoneError or NotAllowedError."""
        async with self._database.read() as connection:
            draft = await self._own(connection, guild_id, user_id, draft_id)
        return Begun(draft_id, Said.of(draft.answers))

    async def _own(self, connection: AsyncConnection, guild_id: int, user_id: int, draft_id: int) -> Draft:
        draft = await drafts.get(connection, draft_id)
        if draft is None or draft.guild_id != guild_id or draft.form != FORM:
            raise GoneError("This was sent already, or is older than two weeks. **/mentor join** begins anew.")
        if draft.user_id != user_id:
            raise NotAllowedError("Someone else is filling this in. Start your own with **/mentor join**.")
        return draft

    async def join(
        self, guild_id: int, user_id: int, draft_id: int, *, place_id: int | None
    ) -> tuple[Member, Round | None]:
        """Join with what was said, and sign up for the round one came for, or the one that is open.

        `place_id` is the channel for a private thread. Raises UserError where one of the four required things is
        missing; a draft that was sent is gone.
        """
        now = self._clock()
        async with self._database.write() as connection:
            draft = await self._own(connection, guild_id, user_id, draft_id)
            said = Said.of(draft.answers)
            if missing := said.missing():
                raise UserError(f"Still missing: {listed(missing)}. Please choose it above; the rest can wait.")
            await guilds.see(connection, guild_id, now)
            known = await joining.of_user(connection, guild_id, user_id)
            values = {**said.columns(), "place_id": place_id, "left_at": None}
            if known is None or known.left_at is not None:  # else a break goes on that they take
                values |= {"paused": "", "paused_until": None, "lapses": 0}
            member_no = await joining.save(
                connection, guild_id, user_id, values, now, teaches=said.teaches, wants=said.wants
            )
            await drafts.remove(connection, draft_id)
            member = await self._there(connection, member_no)
            if not member.mentors:
                await passing.withdraw_from(connection, self._post, member, now, as_mentor=True)
            if not member.learns:
                await passing.withdraw_from(connection, self._post, member, now, as_mentee=True)
            signed = await self._sign_up(connection, member, said.round_id, now)
            if signed is None and member.learns and member.waiting_since is None:
                await joining.put(connection, member_no, {"waiting_since": now})
                member = await self._there(connection, member_no)
            await passing.room_is_free(connection, self._post, member, now)
        return member, signed

    async def sign_up(self, guild_id: int, user_id: int, round_id: int) -> tuple[Member | None, Round]:
        """Sign a member up for a round by one press; None where they have not joined mentoring yet.

        Raises UserError where the round takes nobody more.
        """
        now = self._clock()
        async with self._database.write() as connection:
            wanted = await opening.get_round(connection, guild_id, round_id)
            if wanted is None or wanted.state != OPEN or wanted.sign_up_until <= now:
                raise GoneError(
                    "Sign-up for this round is over. With **/mentor join** you are on the waitlist, and come first in "
                    "the next round."
                )
            member = await joining.of_user(connection, guild_id, user_id)
            if member is None or member.left_at is not None:
                return None, wanted
            await self._sign_up(connection, member, round_id, now, strictly=True)
        return member, wanted

    async def _sign_up(
        self, connection: AsyncConnection, member: Member, round_id: int, now: datetime, *, strictly: bool = False
    ) -> Round | None:
        open_now = [one for one in await opening.rounds(connection, member.guild_id, OPEN) if one.sign_up_until > now]
        wanted = next((one for one in open_now if one.round_id == round_id), None)
        wanted = wanted or (open_now[0] if open_now else None)
        if wanted is None:
            return None
        full = (
            wanted.at_most is not None and await opening.count_signed_up(connection, wanted.round_id) >= wanted.at_most
        )
        if full and member.member_no not in await opening.signed_up(connection, wanted.round_id):
            if strictly:
                raise UserError("All places of this round are taken. You are on the waitlist between rounds.")
            return None
        await opening.sign_up(connection, wanted.round_id, member.member_no, now)
        return wanted

    async def pause(self, guild_id: int, user_id: int, until: datetime | None) -> Member:
        """Take nothing new until a moment (None: until one comes back); proposals go to others, a pair goes on.

        Raises UserError for a moment that is past or more than a year away, and where one has not joined.
        """
        now = self._clock()
        if until is not None and not now < until <= now + LONGEST_PAUSE:
            raise UserError("Please choose a day in the next twelve months, such as **2027-01-15** or **Jan 15**.")
        async with self._database.write() as connection:
            member = await self._mine(connection, guild_id, user_id)
            await joining.put(connection, member.member_no, {"paused": OWN, "paused_until": until, "updated_at": now})
            member = await self._there(connection, member.member_no)
            await passing.withdraw_from(connection, self._post, member, now, as_mentor=True, as_mentee=True)
            await passing.keep_in_line(connection, await self._there(connection, member.member_no), now)
            if until is not None:
                subject, moment = f"member:{member.member_no}", f"{int(until.timestamp())}"
                await self._post.chore(connection, guild_id, RETURN, subject, until, now, moment)
        return member

    async def returned(self, member_no: int) -> None:
        """A pause may be over by now: then it ends, and the member is told at a decent hour."""
        now = self._clock()
        async with self._database.write() as connection:
            member = await joining.member(connection, member_no)
            if member is None or member.left_at is not None or not member.paused or member.is_paused(now):
                return
            about = int((member.paused_until or now).timestamp())
            await joining.put(connection, member_no, {"paused": "", "paused_until": None})
            due = days.decent(now, member.zone)
            await self._post.news(connection, member, "back", about, now, due)
            member = await passing.keep_in_line(connection, member, now)
            await passing.room_is_free(connection, self._post, member, now)

    async def resume(self, guild_id: int, user_id: int) -> Member:
        """Come back from a pause. Raises UserError where one has not joined."""
        now = self._clock()
        async with self._database.write() as connection:
            member = await self._mine(connection, guild_id, user_id)
            values = {"paused": "", "paused_until": None, "lapses": 0, "updated_at": now}
            await joining.put(connection, member.member_no, values)
            member = await self._there(connection, member.member_no)
            await passing.room_is_free(connection, self._post, member, now)
        return member

    async def leave(self, guild_id: int, user_id: int) -> Member:
        """Leave mentoring: proposals go to others, pairs end, and whom one leaves hears of it kindly.

        Raises UserError where one has not joined.
        """
        now = self._clock()
        async with self._database.write() as connection:
            member = await self._mine(connection, guild_id, user_id)
            await leave(connection, self._post, member, LEFT, now)
        return member

    async def stand(self, guild_id: int, user_id: int) -> Standing | None:
        """Where somebody stands; None where they have not joined, or have left."""
        async with self._database.read() as connection:
            member = await joining.of_user(connection, guild_id, user_id)
            if member is None or member.left_at is not None:
                return None
            pairs = await pairing.pairs_of(connection, member.member_no)
            proposals = await proposing.live_of(connection, member.member_no)
            numbers = {number for pair in pairs for number in pair.people}
            numbers |= {number for one in proposals for number in (one.mentor_no, one.mentee_no)}
            others = {one.member_no: one for one in await joining.members(connection, guild_id, numbers)}
            asked = [one for pair in pairs for one in await pairing.check_ins(connection, pair.pair_id)]
            rounds = tuple(await opening.rounds_of(connection, member.member_no))
        last = {one.pair_id: one.week for one in asked}
        coming = {}
        for pair in pairs:
            length = round((pair.ends_at - pair.started_at) / timedelta(weeks=1))
            week = days.following(last.get(pair.pair_id, 0), length) or length - 1
            coming[pair.pair_id] = pair.started_at + timedelta(weeks=week)
        return Standing(member, rounds, tuple(proposals), tuple(pairs), coming, others)

    async def members(self, guild_id: int, numbers: Collection[int]) -> dict[int, Member]:
        """The members of these numbers that there are."""
        async with self._database.read() as connection:
            return {one.member_no: one for one in await joining.members(connection, guild_id, numbers)}

    async def member(self, guild_id: int, user_id: int) -> Member | None:
        """The member behind a person, also one who has left mentoring; None where there is none."""
        async with self._database.read() as connection:
            return await joining.of_user(connection, guild_id, user_id)

    async def exclude(self, guild_id: int, user_id: int, excluded: int) -> list[int]:
        """Keep that one would rather not be paired with somebody; all of these then.

        A proposal between the two that is on its way ends without a word about why, and in a draft the mentee waits as
        others do whose wishes do not fit. Raises UserError for oneself.
        """
        if excluded == user_id:
            raise UserError("You are never paired with yourself. Choose somebody else.")
        now = self._clock()
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, now)
            await joining.exclude(connection, guild_id, user_id, excluded, now)
            mine = await joining.of_user(connection, guild_id, user_id)
            other = await joining.of_user(connection, guild_id, excluded)
            if mine is not None and other is not None:
                await passing.withdraw_between(connection, self._post, mine, other, now)
                for one in await opening.rounds(connection, guild_id):
                    for couple in ((mine.member_no, other.member_no), (other.member_no, mine.member_no)):
                        await drafting.part(connection, one.round_id, *couple, WISHES)
            return await joining.excluded_by(connection, guild_id, user_id)

    async def include(self, guild_id: int, user_id: int, excluded: int) -> list[int]:
        """Take that back; those that are left."""
        async with self._database.write() as connection:
            await joining.include(connection, guild_id, user_id, excluded)
            return await joining.excluded_by(connection, guild_id, user_id)

    async def excluded(self, guild_id: int, user_id: int) -> list[int]:
        """Whom one would rather not be paired with; to be shown to nobody else."""
        async with self._database.read() as connection:
            return await joining.excluded_by(connection, guild_id, user_id)

    async def _mine(self, connection: AsyncConnection, guild_id: int, user_id: int) -> Member:
        member = await joining.of_user(connection, guild_id, user_id)
        if member is None or member.left_at is not None:
            raise UserError("You have not joined mentoring here. **/mentor join** takes three minutes.")
        return member

    async def _there(self, connection: AsyncConnection, member_no: int) -> Member:
        member = await joining.member(connection, member_no)
        if member is None:
            msg = "a member that was just written is not there"
            raise RuntimeError(msg)
        return member


async def leave(connection: AsyncConnection, post: Post, member: Member, how: str, now: datetime) -> None:
    """Let a member leave, within a transaction; `how` says why their pairs end."""
    await passing.withdraw_from(connection, post, member, now, as_mentor=True, as_mentee=True)
    await joining.put(connection, member.member_no, {"left_at": now, "updated_at": now, "waiting_since": None})
    for pair in await pairing.pairs_of(connection, member.member_no):
        if pair.state != ENDED:
            await ending.part(connection, post, pair, member, how, now)
    for one in await opening.rounds_of(connection, member.member_no):
        if one.state == OPEN:
            await opening.take_out(connection, one.round_id, member.member_no)
