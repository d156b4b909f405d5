"""What follows from what happens to a question, in the transaction in which it happens: one place for all promises."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from cogs.questions.service import looking, promises
from cogs.questions.service.minding import QUIET
from cogs.questions.service.records import ROOM, keep_in_step
from cogs.questions.service.tagging import learn, unlearn
from db import questions, search

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection
    from db.questions import Question


async def opened(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """A question stands in the forum, and waits for an answer."""
    await looking.wait(connection, question, question.asked_at, now)


async def replied(connection: AsyncConnection, question: Question, author_id: int, now: datetime) -> None:
    """Somebody other than the asker wrote in an open question's post."""
    del author_id
    await looking.heed(connection, question, now + QUIET, now)


async def answered(connection: AsyncConnection, question: Question, vocabulary: Vocabulary, now: datetime) -> None:
    """A question has an answer, or another one than before."""
    await stands(connection, question, vocabulary, now)
    await looking.stop(connection, question, now)
    await promises.put_away(connection, question, now)
    for other in await questions.same_as(connection, question.question_id):
        await promises.answered_elsewhere(connection, other, question, now)
    await _grows_old(connection, question, now)


async def reopened(connection: AsyncConnection, question: Question, vocabulary: Vocabulary, now: datetime) -> None:
    """A question is open again."""
    await _remember(connection, question, vocabulary)
    await _twins_in_step(connection, question, now)
    await promises.open_up(connection, question, now)
    await promises.unthank(connection, question, now)
    await looking.wait(connection, question, now, now)
    if question.last_reply_at is not None:
        await looking.look(connection, looking.QUIET_LOOK, question, now + QUIET, now)


async def stands(connection: AsyncConnection, question: Question, vocabulary: Vocabulary, now: datetime) -> None:
    """A question reads differently now: the index, what tags are learned from, and all cards that show it follow."""
    await _remember(connection, question, vocabulary)
    await _twins_in_step(connection, question, now)
    await promises.in_step(connection, question, now)


async def _twins_in_step(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """The cards of the questions that lead to this one show its answer: what it loses, they lose."""
    for other in await questions.same_as(connection, question.question_id):
        await promises.in_step(connection, await questions.change(connection, other), now)


async def _remember(connection: AsyncConnection, question: Question, vocabulary: Vocabulary) -> None:
    await keep_in_step(connection, question, vocabulary)
    key = str(question.question_id)
    if question.state == questions.ANSWERED and question.tools:
        await learn(connection, question.guild_id, vocabulary, key, question.title, question.details, question.tools)
    else:
        await unlearn(connection, question.guild_id, key)


async def reads_differently(
    connection: AsyncConnection, question: Question, vocabulary: Vocabulary, now: datetime
) -> None:
    """A question has another title or other tools, or its answer ages otherwise; whether it has one is as it was."""
    await stands(connection, question, vocabulary, now)
    if question.state == questions.ANSWERED:
        await _grows_old(connection, question, now)


async def _grows_old(connection: AsyncConnection, question: Question, now: datetime) -> None:
    if question.safety and question.review_due_on is not None:
        due_at = datetime.combine(question.review_due_on, time(), UTC)
        await promises.age(connection, question, due_at, now)


async def gone(connection: AsyncConnection, question: Question, vocabulary: Vocabulary, now: datetime) -> None:
    """A question's post was deleted: nothing more is said about it, and what led to it stands by itself again."""
    await search.remove(connection, question.guild_id, ROOM, str(question.question_id))
    await unlearn(connection, question.guild_id, str(question.question_id))
    await promises.keep_none(connection, question, now)
    await looking.stop(connection, question, now)
    for other in await questions.same_as(connection, question.question_id):
        alone = await questions.change(connection, other, state=questions.OPEN, same_as_id=None)
        await reopened(connection, alone, vocabulary, now)
