"""Seeking help: who is asked about a question that nobody has answered, and whether that still holds when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from bot.kit.asking import A_WEEK
from cogs.questions import workdays
from cogs.questions.marking import Who, require_keeper
from cogs.questions.service.looking import ASK, SEEK, look, zone_for
from cogs.questions.service.promises import number_in, promised
from cogs.questions.turns import APART, AT_ONCE, IN_ALL, WEEK, circles, in_turn, may_be_asked, open_from
from db import asking, delivery, questions
from db.delivery import Promise, Way
from db.questions import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.questions import Offer, Question

GIVEN_UP = timedelta(days=21)
"""A question that is older is brought to nobody new any more; it stays in the list of what waits."""


class Found(Enum):
    """What came of looking for helpers."""

    NOT_NEEDED = "it has an answer, or somebody is helping already"
    ASKED = "somebody is, or will be, asked"
    LATER = "all who could be asked were asked something lately; one looks again tomorrow"
    NOBODY = "nobody offers help with its tools, so the organizers are told"


@dataclass(frozen=True, slots=True)
class Request:
    """A helper who is to be asked now, about what, and for which of the tools they offered."""

    question: Question
    offer: Offer
    tool: str


class Seeking:
    """Asking helpers."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def seek(self, guild_id: int, question_id: int) -> Found:
        """Ask up to `AT_ONCE` helpers in turn, `IN_ALL` in all; those of its tools, else of broader ones.

        Each is promised for the first moment outside of their quiet hours. May be done twice.
        """
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state != questions.OPEN or question.thread_id is None:
                return Found.NOT_NEEDED
            asked = await questions.asked_about(connection, question_id)
            being_asked = [one for one in asked if one.outcome == questions.ASKED]
            wanted = min(AT_ONCE - len(being_asked), IN_ALL - len(asked))
            never = (await questions.choice(connection, guild_id)).ask_after_hours <= 0
            if never or wanted <= 0 or _being_helped(question):
                return Found.NOT_NEEDED
            busy, chosen = await self._chosen(connection, question, {one.user_id for one in asked}, now)
            for offer, tool, at in chosen[:wanted]:
                await self._ask(connection, question, offer, tool, at, now)
            if chosen or being_asked:
                return Found.ASKED
            if not busy or now - question.asked_at > GIVEN_UP:
                return Found.NOBODY
            zone = await zone_for(connection, guild_id)
            await look(connection, SEEK, question, workdays.after(now, workdays.A_DAY, zone), now)
            return Found.LATER

    async def _chosen(
        self, connection: AsyncConnection, question: Question, left_out: set[int], now: datetime
    ) -> tuple[bool, list[tuple[Offer, str, datetime]]]:
        """Whether anybody offers help at all; and whom to ask, for which tool and when, from the nearest circle."""
        offers = [
            offer
            for offer in await questions.offers(connection, question.guild_id)
            if offer.user_id != question.asker_id and offer.user_id not in left_out and not offer.paused
        ]
        zone, busy = await zone_for(connection, question.guild_id), False
        for circle in circles(question.tools, self._vocabulary):
            fitting = in_turn(offers, circle)
            busy = busy or bool(fitting)
            numbers = [offer.user_id for offer, _ in fitting]
            moments = await _asked_since(connection, question.guild_id, numbers, now)
            timed = [(offer, tool, open_from(offer, now, zone)) for offer, tool in fitting]
            found = [one for one in timed if may_be_asked(one[0], moments[one[0].user_id], one[2])]
            if found:
                return busy, found
        return busy, []

    async def _ask(
        self, connection: AsyncConnection, question: Question, offer: Offer, tool: str, at: datetime, now: datetime
    ) -> None:
        asked = Asked(
            question.question_id, offer.user_id, question.guild_id, tool, at, outcome=questions.ASKED, settled_at=None
        )
        await questions.note_asked(connection, asked)
        await delivery.put(connection, _promise(question, offer, at, 1), now)

    async def to_ask(self, due: Delivery) -> Request | None:
        """Whom to ask now, if all that held when it was promised still does; None where not.

        Where only the moment is wrong (quiet hours, somebody asked them today), it is promised again for a better one.
        """
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, due.guild_id, number_in(due.subject))
            offer = await questions.offer_of(connection, due.guild_id, due.target_id)
            row = await self._row(connection, question, due.target_id)
            if question is None or row is None:
                return None
            if offer is None or not self._still(question, offer, row, due, now):
                await questions.forget_asked(connection, question.question_id, due.target_id)
                if question.state == questions.OPEN and not _being_helped(question):
                    await look(connection, SEEK, question, now, now)  # somebody else in their place
                return None
            at = await self._moment(connection, question, offer, row, now)
            await questions.move_asked(connection, question.question_id, offer.user_id, at)
            if at > now:
                number = int(due.moment) if due.moment.isdigit() else 1
                await delivery.put(connection, _promise(question, offer, at, number + 1), now)
                return None
            return Request(question, offer, row.tool)

    async def _row(self, connection: AsyncConnection, question: Question | None, user_id: int) -> Asked | None:
        if question is None:
            return None
        rows = await questions.asked_about(connection, question.question_id)
        return next((one for one in rows if one.user_id == user_id and one.outcome == questions.ASKED), None)

    def _still(self, question: Question, offer: Offer, row: Asked, due: Delivery, now: datetime) -> bool:
        """Whether a helper may still be asked what was promised."""
        if question.state != questions.OPEN or offer.paused or now - question.asked_at > GIVEN_UP:
            return False
        answered_since = question.last_reply_at is not None and question.last_reply_at > due.created_at
        reached = {slug for circle in circles(question.tools, self._vocabulary) for slug in circle}
        return not answered_since and row.tool in reached and row.tool in offer.tools

    async def _moment(
        self, connection: AsyncConnection, question: Question, offer: Offer, row: Asked, now: datetime
    ) -> datetime:
        """When a helper may be asked, from now on."""
        zone = await zone_for(connection, question.guild_id)
        at = open_from(offer, now, zone)
        moments = (await _asked_since(connection, question.guild_id, [offer.user_id], now))[offer.user_id]
        others = list(moments)
        if row.at in others:
            others.remove(row.at)
        others = [one for one in others if one <= at]  # those still to come will see that this one came first
        if may_be_asked(offer, others, at):
            return at
        return _later(offer, now, zone)

    async def not_now(self, guild_id: int, question_id: int, user_id: int) -> bool:
        """A helper declines: somebody else is asked; False where nothing was asked of them, or that is over."""
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None:
                return False
            settled = await questions.settle_asked(connection, question_id, questions.NOT_NOW, now, user_id=user_id)
            if settled and question.state == questions.OPEN and not _being_helped(question):
                await look(connection, SEEK, question, now, now)
            return bool(settled)

    async def not_yet(self, guild_id: int, question_id: int, who: Who) -> Question | None:
        """The asker says that it is not solved: others are asked. None where it has an answer, or is gone.

        Raises NotAllowedError for anybody but the asker and organizers.
        """
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state != questions.OPEN:
                return None
            require_keeper(question, who)
            await questions.settle_asked(connection, question_id, questions.PASSED, now)
            await questions.note(connection, question_id, solved_asked_at=now)
            if (await questions.choice(connection, guild_id)).ask_after_hours > 0:
                await look(connection, SEEK, question, now, now)
            return question


async def _asked_since(
    connection: AsyncConnection, guild_id: int, numbers: Sequence[int], now: datetime
) -> dict[int, list[datetime]]:
    """The moments of a week at which each of these helpers was, or is to be, asked for anything, by any room."""
    ours = await questions.asked_since(connection, guild_id, numbers, now - WEEK)
    others = await asking.asked_since(connection, guild_id, numbers, now - A_WEEK, but_kind=asking.HELPER)
    return {number: [*ours[number], *others[number]] for number in numbers}


def _being_helped(question: Question) -> bool:
    """Whether somebody replied, and the asker was not asked since whether that solved it."""
    replied, asked = question.last_reply_at, question.solved_asked_at
    return replied is not None and (asked is None or asked < replied)


def _later(offer: Offer, now: datetime, zone: ZoneInfo) -> datetime:
    return open_from(offer, now + APART, zone)


def _promise(question: Question, offer: Offer, at: datetime, number: int) -> Promise:
    return Promise(
        ASK,
        question.guild_id,
        promised(question),
        at,
        Way(offer.way),
        offer.user_id,
        moment=str(number),
        place_id=offer.place_id,
    )
