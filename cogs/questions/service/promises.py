"""What questions promise through the delivery table, each in the transaction of the change that causes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.questions.limits import A_MOMENT, QUIET
from db import delivery
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import AsyncConnection
    from db.questions import Question

POST, REST, CARD, LINK_BACK, THANKS = (
    "question-post",
    "question-rest",
    "question-card",
    "question-link-back",
    "question-thanks",
)
"""Messages: the post, what of it did not fit into one, the card below a post written by hand, the link where it was
asked before, and thanks to who answered."""
LEADS_TO, LED_HERE = "question-leads-to", "question-led-here"
"""Messages in the posts of two questions that are the same."""
IN_STEP, PUT_AWAY, AGE = "question-in-step", "question-put-away", "question-age"
"""Chores: bring a post's card and tags in step, put a quiet post away, and look how old an answer about safety is."""
OPEN_UP = "open-v"
"""How the moment of a chore begins that brings a post back from where it was put away."""
SOON = timedelta(minutes=1)


def promised(question: Question) -> str:
    """A question as the subject of a delivery."""
    return f"question:{question.question_id}"


def number_in(subject: str) -> int:
    """The number of the question that a delivery is about; 0 where it is about none."""
    name, _, number = subject.partition(":")
    return int(number) if name == "question" and number.isdigit() else 0


async def post(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise the question's post in its forum."""
    await _put(connection, question, POST, now, now, Way.FORUM, question.forum_id)


async def rest(connection: AsyncConnection, question: Question, parts: int, now: datetime) -> None:
    """Promise the parts of a long question that did not fit into its post, from the second on."""
    for part in range(1, parts):
        due_at = now + timedelta(seconds=part)
        await _put(connection, question, REST, due_at, now, Way.CHANNEL, question.thread_id or 0, str(part))


async def card(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise the quiet card below a post that was written by hand."""
    await _put(connection, question, CARD, now + A_MOMENT, now, Way.CHANNEL, question.thread_id or 0)


async def link_back(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise the link to the post where it was asked before, if it was turned into a question."""
    if question.from_channel_id is not None:
        await _put(connection, question, LINK_BACK, now, now, Way.CHANNEL, question.from_channel_id)


async def thank(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise thanks to who answered, in the post."""
    moment = f"answer-{question.answer.message_id if question.answer else 0}"
    await _put(connection, question, THANKS, now + A_MOMENT, now, Way.CHANNEL, question.thread_id or 0, moment)


async def joined(connection: AsyncConnection, question: Question, target: Question, now: datetime) -> None:
    """Promise a word in both posts: this question leads to that one."""
    moment = f"to-{target.question_id}"
    await _put(connection, question, LEADS_TO, now, now, Way.CHANNEL, question.thread_id or 0, moment)
    await _put(connection, question, LED_HERE, now, now, Way.CHANNEL, target.thread_id or 0, moment)


async def answered_elsewhere(connection: AsyncConnection, question: Question, target: Question, now: datetime) -> None:
    """Promise a word in the post that leads to a question which has an answer now."""
    answer = target.answer.message_id or target.version if target.answer else 0
    await _put(connection, question, LEADS_TO, now, now, Way.CHANNEL, question.thread_id or 0, f"answered-{answer}")


async def in_step(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise to bring the post's card and tags in step with the question as it is now."""
    if question.thread_id is not None:
        await _put(connection, question, IN_STEP, now, now, moment=f"v{question.version}")


async def open_up(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise that the post of a question that is open again is not among those put away."""
    if question.thread_id is not None:
        await _put(connection, question, IN_STEP, now, now, moment=f"{OPEN_UP}{question.version}")


async def put_away(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Promise to put an answered post away once it has been quiet for long enough."""
    due_at = max(question.last_activity_at, question.answer.at if question.answer else now) + QUIET
    if due_at <= now:
        due_at = now + SOON
    await _put(connection, question, PUT_AWAY, due_at, now, moment=f"{due_at:%Y-%m-%dT%H:%M:%S}")


async def age(connection: AsyncConnection, question: Question, due_at: datetime, now: datetime) -> None:
    """Promise to show on the card that an answer about safety was checked long ago, when that is so."""
    await _put(connection, question, AGE, due_at, now, moment=f"{due_at:%Y-%m-%d}")


async def keep_none(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Take back all that was promised for a post that is gone."""
    for kind in (POST, REST, CARD, LINK_BACK, THANKS, IN_STEP, PUT_AWAY, AGE):
        await delivery.cancel(connection, question.guild_id, kind, promised(question), now)


async def unthank(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Take back thanks for an answer that is none any more, and the putting away, as far as they are to come."""
    for kind in (THANKS, PUT_AWAY, AGE):
        await delivery.cancel(connection, question.guild_id, kind, promised(question), now)


async def _put(
    connection: AsyncConnection,
    question: Question,
    kind: str,
    due_at: datetime,
    now: datetime,
    way: Way = Way.CHORE,
    target: int = 0,
    moment: str = "",
) -> None:
    promise = Promise(kind, question.guild_id, promised(question), due_at, way, target, moment)
    await delivery.put(connection, promise, now)
