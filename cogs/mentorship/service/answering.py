"""Answering a proposal: accept, decline, or ask something first, which is carried through the bot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.mentorship import days
from cogs.mentorship.service import ending, joining, passing
from cogs.mentorship.service.telling import ANSWER, QUESTION, THREAD, WEEK, WITH
from db.mentorship import joining as members
from db.mentorship import opening, pairing, proposing
from db.mentorship.values import ACCEPTED, DECLINED, GONE, GROUP, LAPSED, MENTEE, MENTOR, PAIR, WITHDRAWN

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from cogs.mentorship.service.telling import Post
    from db.engine import AsyncConnection, Database
    from db.mentorship import Member, Proposal, Question

LONGEST_QUESTION = 1_000
LONGEST_REASON = 500
QUESTIONS_AT_MOST = 3
"""So many each side may ask before it says yes or no; after that one meets."""
_OVER = {
    ACCEPTED: "You two are together already: your thread is in the server.",
    DECLINED: "This proposal has been answered already.",
    LAPSED: "This proposal had to be answered by a day that has passed, so it went to somebody else. **/mentor "
    "status** "
    "says where you stand.",
    WITHDRAWN: "This proposal is no longer open: something changed on the way. **/mentor status** says where you "
    "stand.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal with the two it is about, as the one who is asked sees it."""

    proposal: Proposal
    mentor: Member
    mentee: Member
    questions: tuple[Question, ...] = ()

    @property
    def asked(self) -> Member:
        """Who is asked now; the mentee where nobody is."""
        return self.mentor if self.proposal.state == MENTOR else self.mentee

    @property
    def other(self) -> Member:
        """The other of the two."""
        return self.mentee if self.proposal.state == MENTOR else self.mentor


class Answering:
    """Proposals, for the two they are about."""

    def __init__(self, database: Database, clock: Clock, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._post = post

    async def shown(self, proposal_id: int) -> Shown | None:
        """A proposal with its people; None where it, or one of them, is gone."""
        async with self._database.read() as connection:
            return await _shown(connection, proposal_id)

    async def other_of(self, user_id: int, proposal_id: int) -> Member:
        """The other of the two, for a look whether they are still in the server. Raises as `accept` does."""
        async with self._database.read() as connection:
            shown = await self._asked(connection, user_id, proposal_id)
        return shown.other

    async def accept(self, user_id: int, proposal_id: int) -> Shown:
        """Say yes. After the mentor the mentee is asked; after the mentee the two are a pair, and the state ACCEPTED.

        Raises GoneError where it is over, NotAllowedError for others, UserError where a mentor's places are taken.
        """
        now = self._clock()
        refused: str | None = None
        async with self._database.write() as connection:
            shown = await self._asked(connection, user_id, proposal_id)
            if shown.proposal.due_at <= now:
                raise GoneError(_OVER[LAPSED])
            pairs = await proposing.mentees_of(connection, shown.mentor.member_no)
            places = passing.places(shown.mentor, grouped=shown.proposal.grouped)
            if await proposing.has_mentor(connection, shown.mentee.member_no):
                await passing.end(connection, self._post, shown.proposal, WITHDRAWN, now)
                refused = _OVER[WITHDRAWN]
            elif shown.proposal.state == MENTOR:
                promised = await proposing.promised_by(connection, shown.mentor.member_no)
                if pairs + promised >= places:
                    raise UserError(
                        "All your places are taken. Tell me in **/mentor join** if you can take more at once, or "
                        "decline this one."
                    )
                shown = await self._to_mentee(connection, shown, now)
            elif pairs >= places or not shown.mentor.is_here(now):
                await passing.end(connection, self._post, shown.proposal, WITHDRAWN, now)
                await self._post.look_for_mentor(connection, shown.mentee.guild_id, shown.mentee.member_no, now)
                refused = (
                    "Your mentor-to-be has just given the last free place away, so I am looking for somebody else "
                    "for you "
                    "right now."
                )
            else:
                await self._together(connection, shown, now)
                shown = replace(shown, proposal=replace(shown.proposal, state=ACCEPTED))
        if refused:
            raise GoneError(refused)
        return shown

    async def _to_mentee(self, connection: AsyncConnection, shown: Shown, now: datetime) -> Shown:
        due = days.working_days_after(now, days.TO_ANSWER, shown.mentee.zone)
        await passing.quiet(connection, shown.proposal, now)
        moved = await proposing.settle(connection, shown.proposal, MENTEE, due_at=due)
        if moved is None:
            raise GoneError(_OVER[DECLINED])
        await members.put(connection, shown.mentor.member_no, {"lapses": 0})
        await passing.ask(connection, self._post, moved, shown.mentee, now)
        return replace(shown, proposal=moved)

    async def _together(self, connection: AsyncConnection, shown: Shown, now: datetime) -> None:
        if await proposing.settle(connection, shown.proposal, ACCEPTED, settled_at=now) is None:
            raise GoneError(_OVER[DECLINED])
        await passing.quiet(connection, shown.proposal, now)
        mentee = shown.mentee.member_no
        await members.put(connection, mentee, {"waiting_since": None, "rounds_waited": 0, "lapses": 0})
        if shown.proposal.grouped and await _into_group(connection, self._post, shown, now):
            return
        sort = GROUP if shown.proposal.grouped else PAIR
        await bring_together(connection, self._post, shown.mentor, [mentee], now, proposal=shown.proposal, sort=sort)

    async def decline(self, user_id: int, proposal_id: int, why: str) -> Shown:
        """Say no; the reason is for organizers. The mentee's next best free mentor is looked for. Raises as accept."""
        now = self._clock()
        async with self._database.write() as connection:
            shown = await self._asked(connection, user_id, proposal_id)
            words = clip(tidy(why, lines=True), LONGEST_REASON)
            side = shown.proposal.state
            await passing.end(connection, self._post, shown.proposal, DECLINED, now, said_no=side, why=words)
            again = {"waiting_since": None} if side == MENTEE else {}  # whom nobody fits then is told so
            await members.put(connection, shown.asked.member_no, {"lapses": 0, **again})
            await self._post.look_for_mentor(connection, shown.mentee.guild_id, shown.mentee.member_no, now)
        return shown

    async def ask(self, user_id: int, proposal_id: int, typed: str) -> Shown:
        """Carry a question to the other side; there is as much time again. Raises as accept, and UserError."""
        now = self._clock()
        words = clip(tidy(typed, lines=True), LONGEST_QUESTION)
        if not has_letters(words):
            raise UserError("I cannot find a question in that. Please write a sentence or two.")
        async with self._database.write() as connection:
            shown = await self._asked(connection, user_id, proposal_id)
            if shown.proposal.due_at <= now:
                raise GoneError(_OVER[LAPSED])
            asked = [one for one in shown.questions if one.side == shown.proposal.state]
            if len(asked) >= QUESTIONS_AT_MOST:
                raise UserError("You have asked three things already. The rest is good to talk about when you meet.")
            number = await proposing.ask(connection, proposal_id, shown.proposal.state, words, now)
            await self._post.to_member(connection, shown.other, QUESTION, f"question:{number}", now)
            await self._more_time(connection, shown, now)
        return shown

    async def answer(self, user_id: int, question_id: int, typed: str) -> Shown:
        """Carry the answer back. Raises GoneError, NotAllowedError or UserError."""
        now = self._clock()
        words = clip(tidy(typed, lines=True), LONGEST_QUESTION)
        if not has_letters(words):
            raise UserError("I cannot find an answer in that. Please write a sentence; one is enough.")
        async with self._database.write() as connection:
            question, shown = await self._question(connection, question_id)
            if user_id != self._answers(question, shown).user_id:
                raise NotAllowedError(
                    "This question is for somebody else. **/mentor status** shows what waits for you."
                )
            if not await proposing.answer(connection, question_id, words, now):
                raise GoneError("You have answered this already. Thank you!")
            asker = shown.mentor if question.side == MENTOR else shown.mentee
            await self._post.to_member(connection, asker, ANSWER, f"question:{question_id}", now)
            if shown.proposal.state == question.side:
                await self._more_time(connection, shown, now)
        return shown

    async def question(self, question_id: int) -> tuple[Question, Shown] | None:
        """A question with its proposal, for its cards; None where it no longer matters."""
        async with self._database.read() as connection:
            try:
                return await self._question(connection, question_id)
            except GoneError:
                return None

    async def to_answer(self, user_id: int, question_id: int) -> Shown:
        """The proposal of a question, for who was asked it. Raises GoneError, NotAllowedError for anybody else."""
        async with self._database.read() as connection:
            question, shown = await self._question(connection, question_id)
        if user_id != self._answers(question, shown).user_id:
            raise NotAllowedError("This question is for somebody else. **/mentor status** shows what waits for you.")
        return shown

    async def gone(self, guild_id: int, user_id: int) -> bool:
        """Somebody has left the server: they leave mentoring. False where they take no part."""
        now = self._clock()
        async with self._database.write() as connection:
            member = await members.of_user(connection, guild_id, user_id)
            if member is None or member.left_at is not None:
                return False
            await joining.leave(connection, self._post, member, GONE, now)
        return True

    @staticmethod
    def _answers(question: Question, shown: Shown) -> Member:
        return shown.mentee if question.side == MENTOR else shown.mentor

    async def _question(self, connection: AsyncConnection, question_id: int) -> tuple[Question, Shown]:
        question = await proposing.question(connection, question_id)
        shown = None if question is None else await _shown(connection, question.proposal_id)
        if question is None or shown is None or not shown.proposal.live:
            raise GoneError(
                "This is settled meanwhile, so the question needs no answer any more. **/mentor status** says "
                "where you stand."
            )
        return question, shown

    async def _more_time(self, connection: AsyncConnection, shown: Shown, now: datetime) -> None:
        due = days.working_days_after(now, days.TO_ANSWER, shown.asked.zone)
        moved = await proposing.settle(connection, shown.proposal, shown.proposal.state, due_at=due)
        if moved is not None:
            await passing.clocks(connection, self._post, moved, shown.asked, now)

    async def _asked(self, connection: AsyncConnection, user_id: int, proposal_id: int) -> Shown:
        """A live proposal, for the side that is asked now."""
        shown = await _shown(connection, proposal_id)
        if shown is None:
            raise GoneError(_OVER[WITHDRAWN])
        if user_id not in (shown.mentor.user_id, shown.mentee.user_id):
            raise NotAllowedError("This proposal is for somebody else. **/mentor status** shows yours.")
        if not shown.proposal.live:
            raise GoneError(_OVER[shown.proposal.state])
        if user_id != shown.asked.user_id:
            raise GoneError("You have said yes already. Now it is the other's turn; I will tell you.")
        return shown


async def _shown(connection: AsyncConnection, proposal_id: int) -> Shown | None:
    proposal = await proposing.proposal(connection, proposal_id)
    if proposal is None:
        return None
    both = await members.members(connection, proposal.guild_id, (proposal.mentor_no, proposal.mentee_no))
    found = {one.member_no: one for one in both}
    if not {proposal.mentor_no, proposal.mentee_no} <= found.keys():
        return None
    questions = tuple(await proposing.questions(connection, proposal_id))
    return Shown(proposal, found[proposal.mentor_no], found[proposal.mentee_no], questions)


async def _into_group(connection: AsyncConnection, post: Post, shown: Shown, now: datetime) -> bool:
    """Let a mentee into the group of their mentor, whichever round it came from; False where there is none for them.

    A group with somebody whom they exclude, or who excludes them, is none: they and the mentor have a thread of their
    own then.
    """
    mentor = shown.mentor.member_no
    groups = [
        one
        for one in await pairing.pairs_of(connection, mentor)
        if one.sort == GROUP and one.mentor_no == mentor and await pairing.goes_with(connection, shown.mentee, one)
    ]
    if not groups:
        return False
    mentee = shown.mentee.member_no
    await pairing.join_pair(connection, groups[0].pair_id, mentee)
    await post.chore(
        connection,
        groups[0].guild_id,
        THREAD,
        f"pair:{groups[0].pair_id}",
        now,
        now,
        f"{WITH}{mentee}-{now:%Y%m%dT%H%M%S}",
    )
    return True


async def bring_together(
    connection: AsyncConnection,
    post: Post,
    mentor: Member | None,
    mentees: list[int],
    now: datetime,
    *,
    proposal: Proposal | None = None,
    sort: str = PAIR,
    guild_id: int = 0,
    round_id: int | None = None,
) -> int:
    """Make a pair, group or circle (the latter without a mentor), and promise its thread and its check-ins.

    It lasts as long as its round does, or `days.WEEKS_BETWEEN_ROUNDS`. The pair's number.
    """
    guild_id = mentor.guild_id if mentor is not None else guild_id
    round_id = proposal.round_id if proposal is not None else round_id
    of_round = None if round_id is None else await opening.get_round(connection, guild_id, round_id)
    ends = ending.until(of_round, now)
    values = {
        "guild_id": guild_id,
        "round_id": round_id,
        "proposal_id": proposal.proposal_id if proposal is not None else None,
        "sort": sort,
        "mentor_no": mentor.member_no if mentor is not None else None,
        "started_at": now,
        "ends_at": ends,
    }
    pair_id = await pairing.make_pair(connection, values, mentees)
    subject = f"pair:{pair_id}"
    await post.chore(connection, guild_id, THREAD, subject, now, now)
    week, due = ending.next_step(now, ends, 0)
    await post.chore(connection, guild_id, WEEK, subject, due, now, f"w{week}")
    return pair_id
