"""Minding what waits: organizers hear once of what has no answer, and askers are asked whether a reply solved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.kit.asking import may_be_asked_from
from cogs.questions import workdays
from cogs.questions.service.looking import (
    DESK,
    DESK_AFTER,
    DESK_LIST,
    GATHERED,
    QUIET_LOOK,
    SOLVED,
    TO_DESK,
    look,
    zone_for,
)
from cogs.questions.service.promises import number_in, promised
from db import delivery, questions
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.kit.clock import Clock
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.questions import Asked, Question

QUIET = timedelta(days=3)
"""So long after the last word, where somebody replied, the asker is asked whether it is solved."""
ASKED_APART = timedelta(days=7)
"""Nobody is asked that twice within it."""
A_NIGHT = timedelta(hours=12)
SMALL = 50
"""A server with fewer people gets one note a week about what waits; a larger one a note for each question."""
ONE_BY_ONE = 3
"""So many notes a day at most; what comes then is gathered for the next working morning."""
MORNING = time(9)
NO_DESK_AGAIN = timedelta(days=7)
_MONDAY, _FRIDAY = 0, 4


@dataclass(frozen=True, slots=True)
class Desk:
    """Where organizers are told, None where they have no desk; and how many people the server has."""

    channel_id: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Waits:
    """A question for the organizers, and who was asked about it."""

    question: Question
    asked: tuple[Asked, ...]


class Minding:
    """Following up."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def to_desk(self, guild_id: int, question_id: int, desk: Desk, *, nobody: bool = False) -> None:
        """Promise the organizers a note about a question that has waited long enough; at once where `nobody` can help.

        Each question is brought to them once. One that is talked about is looked at again later.
        """
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state != questions.OPEN or question.desk_told_at is not None:
                return
            zone = await zone_for(connection, guild_id)
            due_at = now if nobody else _due(question, zone)
            if due_at > now:
                await look(connection, TO_DESK, question, due_at, now)
            elif desk.channel_id is None:
                await look(connection, TO_DESK, question, now + NO_DESK_AGAIN, now)
            else:
                await self._tell(connection, question, desk.channel_id, desk.people, now)

    async def _tell(
        self, connection: AsyncConnection, question: Question, channel_id: int, people: int, now: datetime
    ) -> None:
        zone = await zone_for(connection, question.guild_id)
        kind, subject, moment, due_at = DESK, promised(question), "", now
        if people < SMALL:
            due_at = workdays.at_time_on(now, _MONDAY, MORNING, zone)
        elif await questions.told_between(connection, question.guild_id, _midnight(now, zone), now) >= ONE_BY_ONE:
            due_at = min(workdays.at_time_on(now, day, MORNING, zone) for day in range(_MONDAY, _FRIDAY + 1))
        if due_at > now:
            kind, subject, moment = DESK_LIST, GATHERED, f"{due_at:%Y-%m-%dT%H:%M}"
        promise = Promise(kind, question.guild_id, subject, due_at, Way.CHANNEL, channel_id, moment=moment)
        await delivery.put(connection, promise, now)
        await questions.note(connection, question.question_id, desk_told_at=due_at)

    async def for_desk(self, due: Delivery) -> Waits | None:
        """The question that a note to the organizers is about, as it is now; None where it needs nobody any more."""
        async with self._database.read() as connection:
            question = await questions.get(connection, due.guild_id, number_in(due.subject))
            if question is None or question.state != questions.OPEN:
                return None
            return Waits(question, tuple(await questions.asked_about(connection, question.question_id)))

    async def list_for_desk(self, due: Delivery) -> list[Question]:
        """The questions that were gathered for this note and still wait, oldest first."""
        async with self._database.read() as connection:
            return await questions.told_at(connection, due.guild_id, due.due_at)

    async def quiet_look(self, guild_id: int, question_id: int) -> None:
        """Where somebody replied and it has been quiet since, promise to ask the asker whether that solved it."""
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state != questions.OPEN or question.last_reply_at is None:
                return
            asked = question.solved_asked_at
            if asked is not None and asked >= question.last_reply_at:
                return
            due_at = question.last_activity_at + QUIET
            if asked is not None:
                due_at = max(due_at, asked + ASKED_APART)
            if due_at <= now and question.asker_id is not None:
                due_at = await self._may_be_asked(connection, question, question.asker_id, now)
            if due_at > now:
                await look(connection, QUIET_LOOK, question, due_at, now)
                return
            await questions.note(connection, question_id, solved_asked_at=now)
            if question.asker_id is not None and question.thread_id is not None:
                moment = f"{now:%Y-%m-%dT%H:%M:%S}"
                promise = Promise(SOLVED, guild_id, promised(question), now, Way.CHANNEL, question.thread_id, moment)
                await delivery.put(connection, promise, now)
            if question.desk_told_at is None:
                zone = await zone_for(connection, guild_id)
                await look(connection, TO_DESK, question, workdays.after(now, DESK_AFTER, zone), now)

    async def _may_be_asked(
        self, connection: AsyncConnection, question: Question, asker_id: int, now: datetime
    ) -> datetime:
        """When the asker may be asked. Where that is only days from now, organizers need not wait for it."""
        zone = await zone_for(connection, question.guild_id)
        at = await may_be_asked_from(connection, question.guild_id, asker_id, now, zone)
        if at - now > A_NIGHT and question.desk_told_at is None:
            await look(connection, TO_DESK, question, _due(question, zone), now)
        return at

    async def to_ask_whether_solved(self, due: Delivery) -> Question | None:
        """The question whose asker is asked now; None where it has an answer, or is talked about again."""
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, due.guild_id, number_in(due.subject))
            if question is None or question.state != questions.OPEN or question.asker_id is None:
                return None
            if question.last_activity_at > due.created_at:
                await questions.note(connection, question.question_id, solved_asked_at=None)
                await look(connection, QUIET_LOOK, question, question.last_activity_at + QUIET, now)
                return None
            return question


def _due(question: Question, zone: ZoneInfo) -> datetime:
    """When organizers are to hear of a question: two working days after it was asked, or was found not to be solved."""
    if question.last_reply_at is None:
        return workdays.after(question.asked_at, DESK_AFTER, zone)
    asked = question.solved_asked_at
    if asked is None or asked < question.last_reply_at:  # the asker is asked first
        return workdays.after(question.last_activity_at + QUIET, DESK_AFTER, zone)
    return workdays.after(asked, DESK_AFTER, zone)


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
