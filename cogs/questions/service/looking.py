"""When a question is looked at again: chores that follow it until it has an answer, in the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.zones import SERVER_ZONE
from cogs.questions import workdays
from cogs.questions.service.promises import promised
from cogs.questions.turns import zone_of
from db import delivery, questions, setup
from db.delivery import Promise

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from db.engine import AsyncConnection
    from db.questions import Question

SEEK, TO_DESK, QUIET_LOOK = "question-seek", "question-to-desk", "question-quiet-look"
"""Chores: find helpers, bring a question to the organizers' desk, and see whether a reply has solved it."""
ASK, DESK, DESK_LIST, SOLVED = "question-ask", "question-desk", "question-desk-list", "question-solved"
"""Messages: to a helper, to the organizers' desk about one question or several, and to the asker."""
GATHERED = "questions"
"""The subject of a note about several questions."""
DESK_AFTER = 2 * workdays.A_DAY
"""Hours of working days without an answer, after which organizers hear of a question."""


async def zone_for(connection: AsyncConnection, guild_id: int) -> ZoneInfo:
    """The server's time zone."""
    return zone_of((await setup.get(connection, guild_id)).zone_name or "", SERVER_ZONE)


async def look(connection: AsyncConnection, kind: str, question: Question, due_at: datetime, now: datetime) -> None:
    """Look at a question at that moment (at once, where it is past), instead of when it was to be looked at before."""
    due_at = max(due_at, now)
    await delivery.cancel(connection, question.guild_id, kind, promised(question), now)
    moment = f"{due_at:%Y-%m-%dT%H:%M:%S.%f}"
    await delivery.put(connection, Promise(kind, question.guild_id, promised(question), due_at, moment=moment), now)


async def wait(connection: AsyncConnection, question: Question, start: datetime, now: datetime) -> None:
    """A question waits for an answer since `start`: ask helpers after the time the organizers chose, then tell them."""
    zone = await zone_for(connection, question.guild_id)
    hours = (await questions.choice(connection, question.guild_id)).ask_after_hours
    if hours > 0:
        await look(connection, SEEK, question, workdays.after(start, hours, zone), now)
    if question.desk_told_at is None:
        await look(connection, TO_DESK, question, workdays.after(start, DESK_AFTER, zone), now)


async def heed(connection: AsyncConnection, question: Question, quiet_at: datetime, now: datetime) -> None:
    """Somebody replied: nobody else needs to be found for now; see whether it is quiet, and solved, at that moment."""
    for kind in (SEEK, TO_DESK):
        await delivery.cancel(connection, question.guild_id, kind, promised(question), now)
    await look(connection, QUIET_LOOK, question, quiet_at, now)


async def stop(connection: AsyncConnection, question: Question, now: datetime) -> None:
    """Nothing needs to be looked at any more, and nobody asked: it has an answer, or is gone."""
    for kind in (SEEK, TO_DESK, QUIET_LOOK, ASK, DESK, SOLVED):
        await delivery.cancel(connection, question.guild_id, kind, promised(question), now)
    if question.desk_told_at is not None and not await _desk_knows(connection, question, question.desk_told_at):
        await questions.note(connection, question.question_id, desk_told_at=None)
    await questions.forget_unasked(connection, question.question_id, now)
    helper = question.answer.author_id if question.answer else None
    if helper is not None:
        await questions.settle_asked(connection, question.question_id, questions.HELPED, now, user_id=helper)
    await questions.settle_asked(connection, question.question_id, questions.PASSED, now)


async def _desk_knows(connection: AsyncConnection, question: Question, told_at: datetime) -> bool:
    """Whether a note with this question reached the organizers; one that is to come, or was taken back, did not."""
    own = await delivery.of_subject(connection, question.guild_id, DESK, promised(question))
    lists = await delivery.of_subject(connection, question.guild_id, DESK_LIST, GATHERED)
    notes = [*own, *(one for one in lists if one.due_at == told_at)]
    return not notes or any(one.state == delivery.SENT for one in notes)
