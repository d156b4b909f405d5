"""What questions keep about one person: what they asked, answered and marked, and what they offered as a helper.

What was answered stays when its people go, without their names; what never was loses what they wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select, update

from db.personal import NOBODY, here, listed
from db.questions.around import picture_table
from db.questions.helping import asked_table, helper_table
from db.questions.table import ANSWERED, mark_table, question_table

if TYPE_CHECKING:
    from sqlalchemy import Column, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

_QUESTION, _MARK, _HELPER = question_table.c, mark_table.c, helper_table.c
_ASKED, _PICTURE = asked_table.c, picture_table.c

FORGOTTEN = "A deleted question"
"""The title of a question that nobody answered, after whoever asked it was forgotten."""
COLUMNS = (
    "question.asker_id",
    "question.turned_by",
    "question.answer_author_id",
    "question.answer_marked_by",
    "question.checked_by",
    "question_mark.by",
    "question_mark.author_id",
    "question_helper.user_id",
    "question_asked.user_id",
    "question_picture.user_id",
)
"""The columns that hold people's numbers."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """All of it, by what the person did."""
    return {name: await listed(connection, query) for name, query in _queries(guild_id, user_id).items()}


def _queries(guild_id: int | None, user_id: int) -> dict[str, Select[Any]]:
    def did(by: Column[Any], *columns: Column[Any]) -> Select[Any]:
        mine = (by == user_id, here(_QUESTION.guild_id, guild_id))
        return select(_QUESTION.guild_id, _QUESTION.title, *columns).where(*mine).order_by(_QUESTION.question_id)

    def marked(by: Column[Any]) -> Select[Any]:
        both = mark_table.join(question_table, _QUESTION.question_id == _MARK.question_id)
        mine = (by == user_id, here(_MARK.guild_id, guild_id))
        columns = (_MARK.guild_id, _QUESTION.title, _MARK.deed, _MARK.at)
        return select(*columns).select_from(both).where(*mine).order_by(_MARK.mark_id)

    both = asked_table.join(question_table, _QUESTION.question_id == _ASKED.question_id)
    return {
        "asked": did(
            _QUESTION.asker_id,
            *(_QUESTION.details, _QUESTION.tried, _QUESTION.tools, _QUESTION.asked_at, _QUESTION.state),
        ),
        "turned_into_questions": did(_QUESTION.turned_by, _QUESTION.asked_at),
        "answered": did(_QUESTION.answer_author_id, _QUESTION.answer_text, _QUESTION.answered_at),
        "marked_as_answer": did(_QUESTION.answer_marked_by, _QUESTION.answered_at),
        "confirmed": did(_QUESTION.checked_by, _QUESTION.checked_on),
        "marks_made": marked(_MARK.by),
        "marks_received": marked(_MARK.author_id),
        "helper": select(*(column for column in _HELPER if column.name != "user_id")).where(
            _HELPER.user_id == user_id, here(_HELPER.guild_id, guild_id)
        ),
        "asked_for_help": select(_ASKED.guild_id, _QUESTION.title, _ASKED.tool, _ASKED.at, _ASKED.outcome)
        .select_from(both)
        .where(_ASKED.user_id == user_id, here(_ASKED.guild_id, guild_id)),
        "pictures": select(_PICTURE.guild_id, _PICTURE.name, _PICTURE.about, _PICTURE.created_at).where(
            _PICTURE.user_id == user_id, here(_PICTURE.guild_id, guild_id)
        ),
    }


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> list[tuple[int, int]]:
    """Delete what was theirs alone, and take their number and name out of what stays.

    Returns server and number of each question that reads differently now, so that cards and search records follow.
    """
    mine = or_(_QUESTION.asker_id == user_id, _QUESTION.answer_author_id == user_id)
    touched = [
        (row.guild_id, row.question_id)
        for row in await connection.execute(
            select(_QUESTION.guild_id, _QUESTION.question_id).where(mine, here(_QUESTION.guild_id, guild_id))
        )
    ]
    for table in (helper_table, asked_table, picture_table):
        await connection.execute(delete(table).where(table.c.user_id == user_id, here(table.c.guild_id, guild_id)))
    scope = here(_QUESTION.guild_id, guild_id)
    await connection.execute(
        update(question_table)
        .where(_QUESTION.asker_id == user_id, scope, _QUESTION.state != ANSWERED)
        .values(title=FORGOTTEN, details="", tried="")
    )
    await connection.execute(
        update(question_table).where(_QUESTION.answer_author_id == user_id, scope).values(answer_author_name="")
    )
    for column in (
        *(_QUESTION.asker_id, _QUESTION.turned_by, _QUESTION.answer_author_id),
        *(_QUESTION.answer_marked_by, _QUESTION.checked_by),
    ):
        await connection.execute(update(question_table).where(column == user_id, scope).values({column.name: None}))
    for column, nobody in ((_MARK.by, NOBODY), (_MARK.author_id, None)):
        await connection.execute(
            update(mark_table).where(column == user_id, here(_MARK.guild_id, guild_id)).values({column.name: nobody})
        )
    return touched
