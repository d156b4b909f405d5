"""Questions, written: asked, placed, heard of, answered, opened again, gone. Each belongs into a transaction."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, insert, select, update

from db import guilds
from db.questions.table import OPEN, POSTING, Answer, Mark, Question, answer_values, mark_table, question_of
from db.questions.table import question_table as table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that is about to be kept; the values are those of `Question`."""

    guild_id: int
    forum_id: int
    asker_id: int | None
    title: str
    tools: tuple[str, ...]
    thread_id: int | None = None
    details: str = ""
    tried: str = ""
    by_hand: bool = False
    from_channel_id: int | None = None
    from_message_id: int | None = None
    turned_by: int | None = None
    safety: bool = False


async def add(connection: AsyncConnection, asking: Asking, asked_at: datetime) -> Question:
    """Keep a question: one that is to be posted, or one whose post (`thread_id`) is there already."""
    await guilds.see(connection, asking.guild_id, asked_at)
    values: dict[str, Any] = {field.name: getattr(asking, field.name) for field in fields(Asking)}
    values |= {"tools": list(asking.tools), "state": POSTING if asking.thread_id is None else OPEN, "version": 1}
    values |= {"asked_at": asked_at, "last_activity_at": asked_at, **answer_values(None)}
    row = (await connection.execute(insert(table).values(**values).returning(table))).one()
    return question_of(row)


async def change(connection: AsyncConnection, question: Question, **values: Any) -> Question:
    """Put other values (names of the table's columns) in the place of a question's; the question as it is then.

    `version` rises, so that cards which show it as it was no longer count. Tools are given as a list.
    """
    row = (
        await connection.execute(
            update(table)
            .where(table.c.question_id == question.question_id)
            .values(version=table.c.version + 1, **values)
            .returning(table)
        )
    ).one()
    return question_of(row)


async def note(connection: AsyncConnection, question_id: int, **values: Any) -> None:
    """Note something about a question that no card shows, so that its version stays."""
    await connection.execute(update(table).where(table.c.question_id == question_id).values(**values))


async def answer(connection: AsyncConnection, question: Question, given: Answer | None, **values: Any) -> Question:
    """Give a question this answer, or none, and other values with it; the question as it is then."""
    return await change(connection, question, **answer_values(given), **values)


async def heard(connection: AsyncConnection, question: Question, author_id: int, at: datetime) -> None:
    """Note that a member wrote in a question's post at that moment; what comes late never turns a moment back."""

    def later(name: str) -> Any:
        column = table.c[name]
        return case((column.is_(None), at), (column < at, at), else_=column)

    values = {"last_activity_at": later("last_activity_at")}
    if author_id == question.asker_id:
        values["last_asker_at"] = later("last_asker_at")
    else:
        values["last_reply_at"] = later("last_reply_at")
        values["first_reply_at"] = func.coalesce(table.c.first_reply_at, at)
    await note(connection, question.question_id, **values)


async def add_mark(connection: AsyncConnection, question: Question, mark: Mark) -> None:
    """Write a line into the history of a question's marks."""
    await connection.execute(
        insert(mark_table).values(
            question_id=question.question_id,
            guild_id=question.guild_id,
            deed=mark.deed,
            at=mark.at,
            by=mark.by,
            asker_chose=mark.asker_chose,
            message_id=mark.message_id,
            author_id=mark.author_id,
            resource_id=mark.resource_id,
        )
    )


async def thanks(
    connection: AsyncConnection, guild_id: int, user_id: int, since: datetime
) -> list[tuple[int | None, tuple[str, ...]]]:
    """Who asked (None for who has left), and the tools, of each question this person answered for others since then."""
    mine = (table.c.guild_id == guild_id, table.c.answer_author_id == user_id, table.c.answered_at >= since)
    others = table.c.asker_id.is_distinct_from(user_id)
    shown = select(table.c.asker_id, table.c.tools).where(*mine, others, table.c.state == "answered")
    return [(row.asker_id, tuple(row.tools)) for row in await connection.execute(shown)]
