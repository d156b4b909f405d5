"""Questions, read: one by its number, its post or its answer, and lists of those that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from db.prepared import Prepared
from db.questions.table import ANSWERED, MERGED, OPEN, Mark, Question, mark_table, question_of, question_table

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_TABLE = question_table.c
_BY_NUMBER = Prepared(
    select(question_table).where(
        _TABLE.question_id == bindparam("question_id"), _TABLE.guild_id == bindparam("guild_id")
    )
)
_BY_THREAD = Prepared(
    select(question_table).where(_TABLE.guild_id == bindparam("guild_id"), _TABLE.thread_id == bindparam("thread_id"))
)
_BY_ANSWER = Prepared(
    select(question_table).where(
        _TABLE.guild_id == bindparam("guild_id"), _TABLE.answer_message_id == bindparam("message_id")
    )
)


async def get(connection: AsyncConnection, guild_id: int, question_id: int) -> Question | None:
    """The question of that number in that server, or None."""
    row = await _BY_NUMBER.first(connection, question_id=question_id, guild_id=guild_id)
    return None if row is None else question_of(row)


async def posted(connection: AsyncConnection, guild_id: int, after: int, limit: int) -> list[Question]:
    """What stands in a forum or stood there, in the order in which it came, from behind the number `after` on."""
    where = (_TABLE.guild_id == guild_id, _TABLE.state.in_((OPEN, ANSWERED, MERGED)), _TABLE.question_id > after)
    rows = await connection.execute(select(question_table).where(*where).order_by(_TABLE.question_id).limit(limit))
    return [question_of(row) for row in rows]


async def by_thread(connection: AsyncConnection, guild_id: int, thread_id: int) -> Question | None:
    """The question whose post this is, or None."""
    row = await _BY_THREAD.first(connection, guild_id=guild_id, thread_id=thread_id)
    return None if row is None else question_of(row)


async def by_answer(connection: AsyncConnection, guild_id: int, message_id: int) -> Question | None:
    """The question that this message is the answer of, or None."""
    row = await _BY_ANSWER.first(connection, guild_id=guild_id, message_id=message_id)
    return None if row is None else question_of(row)


async def known_threads(connection: AsyncConnection, guild_id: int, thread_ids: Collection[int]) -> set[int]:
    """Those of the posts that are known."""
    known: set[int] = set()
    numbers = list(thread_ids)
    for start in range(0, len(numbers), 500):
        query = select(_TABLE.thread_id).where(
            _TABLE.guild_id == guild_id, _TABLE.thread_id.in_(numbers[start : start + 500])
        )
        known.update((await connection.execute(query)).scalars())
    return known


async def of_forum(connection: AsyncConnection, guild_id: int, forum_id: int) -> list[int]:
    """The numbers of the questions that stand in a forum."""
    query = select(_TABLE.question_id).where(_TABLE.guild_id == guild_id, _TABLE.forum_id == forum_id)
    return list((await connection.execute(query)).scalars())


async def unanswered(
    connection: AsyncConnection, guild_id: int, *, limit: int, offset: int = 0
) -> tuple[list[Question], int]:
    """What is open and posted, oldest first, and how much it is in all."""
    where = (_TABLE.guild_id == guild_id, _TABLE.state == OPEN, _TABLE.thread_id.is_not(None))
    total = (await connection.execute(select(func.count()).select_from(question_table).where(*where))).scalar_one()
    rows = await connection.execute(
        select(question_table).where(*where).order_by(_TABLE.asked_at, _TABLE.question_id).limit(limit).offset(offset)
    )
    return [question_of(row) for row in rows], int(total)


async def to_check(
    connection: AsyncConnection, guild_id: int, today: date, *, limit: int, offset: int = 0
) -> tuple[list[Question], int]:
    """Answers about safety that somebody should look at again by `today`, the oldest first, and how many in all."""
    where = (
        _TABLE.guild_id == guild_id,
        _TABLE.state == ANSWERED,
        _TABLE.safety.is_(True),
        _TABLE.review_due_on <= today,
    )
    total = (await connection.execute(select(func.count()).select_from(question_table).where(*where))).scalar_one()
    rows = await connection.execute(
        select(question_table)
        .where(*where)
        .order_by(_TABLE.review_due_on, _TABLE.question_id)
        .limit(limit)
        .offset(offset)
    )
    return [question_of(row) for row in rows], int(total)


async def marks(connection: AsyncConnection, question_id: int) -> list[Mark]:
    """The history of a question's marks, the oldest first."""
    columns = mark_table.c
    rows = await connection.execute(
        select(
            columns.deed,
            columns.at,
            columns.by,
            columns.asker_chose,
            columns.message_id,
            columns.author_id,
            columns.resource_id,
        )
        .where(columns.question_id == question_id)
        .order_by(columns.mark_id)
    )
    return [Mark(*row) for row in rows]


async def same_as(connection: AsyncConnection, question_id: int) -> list[Question]:
    """The questions that lead to this one, oldest first."""
    where = (_TABLE.same_as_id == question_id, _TABLE.state == MERGED)
    rows = await connection.execute(select(question_table).where(*where).order_by(_TABLE.question_id))
    return [question_of(row) for row in rows]


async def told_between(connection: AsyncConnection, guild_id: int, since: datetime, until: datetime) -> int:
    """About how many questions organizers were told between these moments."""
    where = (_TABLE.guild_id == guild_id, _TABLE.desk_told_at >= since, _TABLE.desk_told_at <= until)
    return int((await connection.execute(select(func.count()).select_from(question_table).where(*where))).scalar_one())


async def told_at(connection: AsyncConnection, guild_id: int, at: datetime) -> list[Question]:
    """The questions about which organizers are told at just that moment and which still wait, oldest first."""
    where = (_TABLE.guild_id == guild_id, _TABLE.desk_told_at == at, _TABLE.state == OPEN)
    rows = await connection.execute(select(question_table).where(*where).order_by(_TABLE.asked_at, _TABLE.question_id))
    return [question_of(row) for row in rows]
