"""How an answered question stands in the one search index, and whether its answer is one to look at again."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.words import clip, tidy
from cogs.questions.limits import CHECK_EVERY_DAYS, LONGEST_ANSWER
from db import questions, search
from db.search import SearchRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection
    from db.questions import Question

ROOM = "questions"
"""The room's name in the index."""
KIND = "answer"
SAFETY = "safety"
"""The vocabulary's term for safety, liability and policy."""


def link_of(guild_id: int, channel_id: int, message_id: int | None = None) -> str:
    """The link that opens a post, or one message in it."""
    link = f"https://discord.com/channels/{guild_id}/{channel_id}"
    return f"{link}/{message_id}" if message_id else link


def post_of(question: Question) -> str:
    """The link that opens a question's post."""
    return link_of(question.guild_id, question.thread_id or question.forum_id)


def about_safety(tools: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether one of the tools is safety and policy, or something narrower: then an answer grows old."""
    scope = {SAFETY, *(tool.slug for tool in vocabulary.narrower(SAFETY))}
    return not scope.isdisjoint(tools)


def review_due(day: date) -> date:
    """When an answer about safety that was checked on that day is looked at again."""
    return day + timedelta(days=CHECK_EVERY_DAYS)


def about(question: Question, tools: Sequence[str], vocabulary: Vocabulary) -> dict[str, Any]:
    """What changes where a question is about other tools: whether its answer grows old follows, and from when on.

    What an organizer said about that stays.
    """
    said_by_hand = question.safety and not about_safety(question.tools, vocabulary)
    safety = about_safety(tools, vocabulary) or said_by_hand
    return {"tools": list(tools), **dated(question, safety=safety)}


def dated(question: Question, *, safety: bool) -> dict[str, Any]:
    """What changes where an answer does, or does not, grow old: it counts as checked from the day it was given."""
    if safety == question.safety:
        return {}
    if not safety or question.answer is None or question.state != questions.ANSWERED:
        return {"safety": safety, "checked_on": None, "checked_by": None, "review_due_on": None}
    day = day_of(question.answer.at)
    return {"safety": True, "checked_on": day, "review_due_on": review_due(day)}


def day_of(moment: datetime) -> date:
    """The day of a moment, in UTC."""
    return moment.astimezone(UTC).date()


def record_of(question: Question, vocabulary: Vocabulary) -> SearchRecord:
    """The search record of an answered question: question, answer, tools, who helped, when."""
    answer = question.answer
    tools = [tool for slug in question.tools if (tool := vocabulary.get(slug))]
    answered_by = answer.author_name if answer and answer.author_id != question.asker_id else ""
    facts = [
        "Answered question ✅",
        ", ".join(f"{tool.label} {tool.emoji}" for tool in tools),
        f"Answered by {answered_by}" if answered_by else "",
        f"{answer.at:%B} {answer.at.day}, {answer.at.year}" if answer else "",
        _checked(question),
    ]
    return SearchRecord(
        guild_id=question.guild_id,
        room=ROOM,
        key=str(question.question_id),
        kind=KIND,
        title=question.title,
        summary=clip(tidy(answer.text), LONGEST_ANSWER) if answer and answer.text else "",
        keywords=" ; ".join([*(tool.label for tool in tools), tidy(question.details)]),
        facts=tuple(fact for fact in facts if fact),
        tools=question.tools,
        link=link_of(question.guild_id, question.thread_id or 0, answer.message_id if answer else None),
    )


def _checked(question: Question) -> str:
    day = question.checked_on
    return f"Checked on {day:%B} {day.day}, {day.year}" if question.safety and day else ""


async def keep_in_step(connection: AsyncConnection, question: Question, vocabulary: Vocabulary) -> None:
    """Let the index hold the question if it is answered, and not otherwise."""
    if question.state == questions.ANSWERED and question.answer is not None:
        await search.put(connection, record_of(question, vocabulary))
    else:
        await search.remove(connection, question.guild_id, ROOM, str(question.question_id))
