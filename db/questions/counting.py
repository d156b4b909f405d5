"""Numbers for organizers: one line for each question, as the overview needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from db.questions.around import spared_table
from db.questions.table import ANSWERED, GONE, POSTING, question_table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_TABLE = question_table.c


@dataclass(frozen=True, slots=True)
class Counted:
    """When a question was asked, first replied to and answered (None for not yet), and its tools."""

    asked_at: datetime
    first_reply_at: datetime | None
    answered_at: datetime | None
    tools: tuple[str, ...]


async def counted_since(connection: AsyncConnection, guild_id: int, since: datetime) -> list[Counted]:
    """All questions asked since then that are not gone, oldest first; one that leads to another is answered with it."""
    other = question_table.alias("other")
    answered_at = case(
        (_TABLE.state == ANSWERED, _TABLE.answered_at), (other.c.state == ANSWERED, other.c.answered_at)
    ).label("answered_at")
    rows = await connection.execute(
        select(_TABLE.asked_at, _TABLE.first_reply_at, answered_at, _TABLE.tools)
        .select_from(question_table.outerjoin(other, other.c.question_id == _TABLE.same_as_id))
        .where(_TABLE.guild_id == guild_id, _TABLE.asked_at >= since, _TABLE.state.not_in((GONE, POSTING)))
        .order_by(_TABLE.asked_at, _TABLE.question_id)
    )
    return [
        Counted(
            row.asked_at,
            row.first_reply_at,
            max(row.answered_at, row.asked_at) if row.answered_at else None,
            tuple(row.tools),
        )
        for row in rows
    ]


async def spared_since(connection: AsyncConnection, guild_id: int, since: datetime) -> int:
    """How often somebody found their answer before they posted, since then."""
    where = (spared_table.c.guild_id == guild_id, spared_table.c.at >= since)
    return int((await connection.execute(select(func.count()).select_from(spared_table).where(*where))).scalar_one())
