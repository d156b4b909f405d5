"""Reviewing a round: its draft, what organizers wish for in it, and the approval that sends the proposals."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip
from cogs.mentorship import matching
from cogs.mentorship.matching.waiting import WISHES
from cogs.mentorship.service import fitting, passing
from cogs.mentorship.service.telling import OVER, READY, SEND
from db import delivery
from db.mentorship import Draft, DraftPair, Wish, drafting, joining, opening, pairing, proposing
from db.mentorship.values import APART, DECLINED, HAND, LIVE_STATES, LOCK, OPEN, RUNNING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.telling import Post
    from db.engine import AsyncConnection, Database
    from db.mentorship import Member, Proposal, Round

_LONGEST_WHY = 300
_CHANGES_SHOWN = 12
_AT_A_TIME = 20
"""Proposals in one transaction, so that nobody who presses a button meanwhile waits for the storage."""
CHANGED = "Somebody changed this draft meanwhile. Here is how it stands now: please look again."


@dataclass(frozen=True, slots=True)
class Review:
    """A round with its draft (None before the first run), wishes, and the members in it by number."""

    round: Round
    draft: Draft | None
    wishes: dict[tuple[int, int], str]
    members: dict[int, Member]
    signed_up: tuple[int, ...]

    @property
    def version(self) -> int:
        """What one sees, as a number; 0 where there is no draft."""
        return self.draft.version if self.draft else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A running round: how many mentors and mentees are asked now, how many pairs there are, who waits for a match.

    `declined` are the proposals to which somebody said no, the newest first; `members` those that occur, by number.
    """

    round: Round
    asked: dict[str, int]
    pairs: int
    waiting: tuple[int, ...]
    declined: tuple[Proposal, ...]
    members: dict[int, Member]


class Reviewing:
    """Drafts, for organizers. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary
        self._post = post

    async def look(self, guild_id: int, round_id: int) -> Review:
        """The round as it stands. Raises GoneError where it is gone."""
        async with self._database.read() as connection:
            return await self._look(connection, guild_id, round_id)

    async def progress(self, guild_id: int, round_id: int) -> Progress:
        """How a round goes that was approved. Raises GoneError where it is gone."""
        async with self._database.read() as connection:
            review = await self._look(connection, guild_id, round_id)
            made = await proposing.proposals_of_round(connection, round_id)
            pairs = await pairing.active_pairs(connection, guild_id, round_id)
            numbers = {*review.signed_up, *(number for one in made for number in (one.mentor_no, one.mentee_no))}
            members = {one.member_no: one for one in await joining.members(connection, guild_id, numbers)}
        asked: dict[str, int] = {state: sum(one.state == state for one in made) for state in LIVE_STATES}
        waiting = tuple(number for number in review.signed_up if members[number].waiting_since is not None)
        declined = tuple(one for one in reversed(made) if one.state == DECLINED)
        return Progress(review.round, asked, len(pairs), waiting, declined, members)

    async def run(self, guild_id: int, round_id: int, by: int) -> Review:
        """Run the matching with the wishes as they are, in a worker thread, and keep its draft. Raises GoneError."""
        now = self._clock()
        async with self._database.read() as connection:
            before = await self._look(connection, guild_id, round_id, open_only=True)
            pool = await fitting.pool(connection, guild_id, now)
        wanted = fitting.round_of(
            pool,
            self._vocabulary,
            now,
            mentees=before.signed_up,
            mentors=before.signed_up,
            apart=[couple for couple, sort in before.wishes.items() if sort == APART],
            fixed=[couple for couple, sort in before.wishes.items() if sort in (LOCK, HAND)],
        )
        found = await asyncio.to_thread(matching.draft, wanted)
        async with self._database.write() as connection:
            current = await self._look(connection, guild_id, round_id, open_only=True)
            draft = _draft(current, found, by, now)
            await drafting.put_draft(connection, draft)
            for fixed in found.dropped:  # they cannot stay together, so the wish cannot stay either
                await drafting.unwish(connection, round_id, fixed.mentor, fixed.mentee)
            return await self._look(connection, guild_id, round_id)

    async def lock(self, guild_id: int, round_id: int, version: int, couple: tuple[int, int]) -> Review:
        """Keep a pair of the draft whatever comes, or let it free again. Raises GoneError where the draft changed."""
        async with self._database.write() as connection:
            review = await self._seen(connection, guild_id, round_id, version)
            if couple not in {(pair.mentor_no, pair.mentee_no) for pair in (review.draft or _NONE).pairs}:
                raise GoneError(CHANGED)
            if review.wishes.get(couple) in (LOCK, HAND):
                await drafting.unwish(connection, round_id, *couple)
            else:
                await drafting.wish(connection, round_id, Wish(*couple, LOCK))
            return await self._look(connection, guild_id, round_id)

    async def keep_apart(self, guild_id: int, round_id: int, version: int, couple: tuple[int, int], by: int) -> Review:
        """Never pair these two in this round, and run again. Raises GoneError where the draft changed."""
        async with self._database.write() as connection:
            await self._seen(connection, guild_id, round_id, version)
            await drafting.wish(connection, round_id, Wish(*couple, APART))
        return await self.run(guild_id, round_id, by)

    async def let_together(self, guild_id: int, round_id: int, by: int) -> Review:
        """Forget all that was to be kept apart in this round, and run again."""
        async with self._database.write() as connection:
            for wish in await drafting.wishes(connection, round_id):
                if wish.sort == APART:
                    await drafting.unwish(connection, round_id, wish.mentor_no, wish.mentee_no)
        return await self.run(guild_id, round_id, by)

    async def by_hand(self, guild_id: int, round_id: int, couple: tuple[int, int], by: int) -> Review:
        """Pair two members whatever their score, mentor and mentee; and run again.

        Raises UserError where one of them does not take part in that role. Nobody is told of what members said in
        confidence: where two cannot be paired, it is refused in the same words for whatever reason.
        """
        now = self._clock()
        async with self._database.write() as connection:
            review = await self._look(connection, guild_id, round_id, open_only=True)
            found = {one.member_no: one for one in await joining.members(connection, guild_id, couple)}
            mentor, mentee = (found.get(number) for number in couple)
            if mentor is None or not mentor.mentors or not mentor.is_here(now):
                raise UserError("The first of the two does not take part as a mentor now. Choose somebody else.")
            if mentee is None or not mentee.learns or not mentee.is_here(now):
                raise UserError("The second of the two does not look for a mentor now. Choose somebody else.")
            pool = await fitting.pool(connection, guild_id, now)
            locked = sum(sort in (LOCK, HAND) and one[0] == couple[0] for one, sort in review.wishes.items())
            taken = mentee.member_no in pool.spoken_for or pool.room.get(couple[0], 0) <= locked
            if couple[0] == couple[1] or couple in pool.apart or taken:
                raise UserError("These two cannot be paired in this round. Choose somebody else for one of them.")
            for one, sort in review.wishes.items():
                if one[1] == couple[1] and sort in (LOCK, HAND):
                    await drafting.unwish(connection, round_id, *one)
            for number in couple:
                await opening.sign_up(connection, round_id, number, now)
            await drafting.wish(connection, round_id, Wish(*couple, HAND))
        return await self.run(guild_id, round_id, by)

    async def approve(self, guild_id: int, round_id: int, version: int, by: int) -> tuple[Round, int, int]:
        """Start a round with its draft as it was seen; how many proposals go out by and by, and how many people wait.

        Two who approve at once: one does, the other is told. Raises GoneError where the draft or the round changed,
        or somebody signed up since: a run without them would lose them.
        """
        now = self._clock()
        async with self._database.write() as connection:
            review = await self._seen(connection, guild_id, round_id, version)
            if review.draft is None:
                raise GoneError(CHANGED)
            if await opening.signed_up_after(connection, round_id, review.draft.run_at):
                raise GoneError("People signed up since this draft was made. Press **Run again**, then approve.")
            ends = now + timedelta(weeks=review.round.weeks)
            running = await opening.change_round(
                connection, review.round, state=RUNNING, approved_by=by, starts_at=now, ends_at=ends
            )
            if running is None:
                raise GoneError(CHANGED)
            subject = f"round:{round_id}"
            await delivery.cancel(connection, guild_id, READY, subject, now)
            await self._post.chore(connection, guild_id, SEND, subject, now, now)
            await self._post.chore(connection, guild_id, OVER, subject, ends, now)
            await self._look_at_the_rest(connection, review.draft, guild_id, now)
        return running, len(review.draft.pairs), len(review.draft.waiting)

    async def _look_at_the_rest(self, connection: AsyncConnection, draft: Draft, guild_id: int, now: datetime) -> None:
        """Who took a break while the draft was made is not in it: from now on they are looked at like all who wait."""
        known = {pair.mentee_no for pair in draft.pairs} | {number for number, _ in draft.waiting}
        rest = [number for number in await opening.signed_up(connection, draft.round_id) if number not in known]
        for member in await joining.members(connection, guild_id, rest):
            if member.learns:
                await passing.room_is_free(connection, self._post, member, now)

    async def send(self, guild_id: int, round_id: int) -> None:
        """Send the proposals of an approved draft, a few in a transaction: what is sent is no longer in the draft."""
        while await self._send_some(guild_id, round_id):
            continue

    async def _send_some(self, guild_id: int, round_id: int) -> bool:
        now = self._clock()
        async with self._database.read() as connection:
            draft = await drafting.draft_of(connection, round_id)
        if draft is None or not (draft.pairs or draft.waiting):
            return False
        pairs, waiting = draft.pairs[:_AT_A_TIME], draft.waiting[:_AT_A_TIME]
        async with self._database.write() as connection:
            of_round = await opening.get_round(connection, guild_id, round_id)
            if of_round is None or of_round.state != RUNNING:
                return False
            numbers = [number for number, _ in waiting]
            members = {one.member_no: one for one in await joining.members(connection, guild_id, numbers)}
            for pair in pairs:
                if await drafting.drop_pair(connection, round_id, pair.mentor_no, pair.mentee_no):
                    couple, fit = (pair.mentor_no, pair.mentee_no), (pair.score, pair.strength, pair.reasons)
                    await passing.propose(connection, self._post, couple, fit, round_id, now, grouped=pair.grouped)
            for number, why in waiting:
                member = members.get(number)
                if not await drafting.drop_waiting(connection, round_id, number) or member is None:
                    continue
                if member.is_here(now):
                    await joining.put(connection, number, {"rounds_waited": member.rounds_waited + 1})
                    if why == WISHES:  # perhaps since the draft was made: somebody else may have room for them
                        await self._post.look_for_mentor(connection, guild_id, number, now)
                    else:
                        await passing.wait(connection, self._post, member, now)
                else:
                    await passing.keep_in_line(connection, member, now)
        return True

    async def _seen(self, connection: AsyncConnection, guild_id: int, round_id: int, version: int) -> Review:
        review = await self._look(connection, guild_id, round_id, open_only=True)
        if review.version != version or not await drafting.touch_draft(connection, round_id, version):
            raise GoneError(CHANGED)
        return review

    async def _look(
        self, connection: AsyncConnection, guild_id: int, round_id: int, *, open_only: bool = False
    ) -> Review:
        found = await opening.get_round(connection, guild_id, round_id)
        if found is None:
            raise GoneError("This round is no longer there. **/mentorship review** shows those that are.")
        if open_only and found.state != OPEN:
            raise GoneError(
                "This round has been approved already." if found.state == RUNNING else "This round has been closed."
            )
        draft = await drafting.draft_of(connection, round_id)
        wishes = await drafting.wishes(connection, round_id)
        signed_up = await opening.signed_up(connection, round_id)
        numbers = {*signed_up, *(number for wish in wishes for number in (wish.mentor_no, wish.mentee_no))}
        if draft is not None:
            numbers |= {number for pair in draft.pairs for number in (pair.mentor_no, pair.mentee_no)}
            numbers |= {number for number, _ in draft.waiting}
        members = {one.member_no: one for one in await joining.members(connection, guild_id, numbers)}
        by_couple = {(wish.mentor_no, wish.mentee_no): wish.sort for wish in wishes}
        return Review(found, draft, by_couple, members, tuple(signed_up))


_NONE = Draft(0, 0, None, None, ())  # type: ignore[arg-type]  # only its pairs are asked for, of which it has none


def _draft(review: Review, found: matching.Draft, by: int, now: datetime) -> Draft:
    grouped = {(group.mentor, mentee) for group in found.groups for mentee in group.mentees}
    pairs = tuple(
        DraftPair(
            pair.mentor,
            pair.mentee,
            pair.score,
            pair.strength.value,
            pair.reasons,
            (pair.mentor, pair.mentee) in grouped,
        )
        for pair in found.pairs
    )
    waiting = tuple((one.mentee, clip(one.reason, _LONGEST_WHY)) for one in found.waiting)
    changes = _changes(review, pairs, waiting)
    return Draft(review.round.round_id, review.version + 1, by, now, changes, pairs, waiting)


def _changes(review: Review, pairs: tuple[DraftPair, ...], waiting: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """What is different from the draft before, in sentences; Discord numbers stand in them as mentions of members' own.

    The numbers are those of members ("{12}"), so that a sentence outlives nobody.
    """
    if review.draft is None:
        return ()
    before = {pair.mentee_no: pair.mentor_no for pair in review.draft.pairs}
    after = {pair.mentee_no: pair.mentor_no for pair in pairs}
    waited = {number for number, _ in review.draft.waiting}
    said = []
    for mentee, mentor in sorted(after.items()):
        if mentee not in before:
            said.append(f"{{{mentee}}} is now with {{{mentor}}}.")
        elif before[mentee] != mentor:
            said.append(f"{{{mentee}}} is with {{{mentor}}} instead of {{{before[mentee]}}}.")
    for number, _ in waiting:
        if number not in waited:
            said.append(f"{{{number}}} now waits for a match.")
    said += [
        f"{{{number}}} is no longer in it."
        for number in sorted((set(before) | waited) - set(after) - {n for n, _ in waiting})
    ]
    more = len(said) - _CHANGES_SHOWN
    return (*said[:_CHANGES_SHOWN], *([f"And {more} more."] if more > 0 else []))
