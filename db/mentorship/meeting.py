"""Times that were suggested to a pair, and what they agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from db.mentorship.tables import meeting_table
from db.mentorship.values import Meeting

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_T = meeting_table.c


async def suggest(
    connection: AsyncConnection, pair_id: int, starts_at: datetime, minutes: int, member_no: int
) -> Meeting:
    """Keep that a member suggests a time to their pair."""
    values = {"pair_id": pair_id, "starts_at": starts_at, "minutes": minutes, "sequence": 0, "suggested_no": member_no}
    made = await connection.execute(insert(meeting_table).values(**values).returning(meeting_table))
    return Meeting(**made.one()._asdict())


async def meeting(connection: AsyncConnection, meeting_id: int) -> Meeting | None:
    """The suggestion of that number, or None."""
    row = (await connection.execute(select(meeting_table).where(_T.meeting_id == meeting_id))).first()
    return None if row is None else Meeting(**row._asdict())


async def agree(connection: AsyncConnection, meeting_id: int, now: datetime) -> bool:
    """Note that a suggested time is agreed on; False where it was already, or is off."""
    result = await connection.execute(
        update(meeting_table)
        .where(_T.meeting_id == meeting_id, _T.agreed_at.is_(None), _T.off_at.is_(None))
        .values(agreed_at=now)
    )
    return bool(result.rowcount)


async def call_off(connection: AsyncConnection, meeting_id: int, now: datetime) -> bool:
    """Note that a meeting that was agreed on is off; False where it was off already, or never agreed on."""
    known = (_T.meeting_id == meeting_id, _T.agreed_at.is_not(None), _T.off_at.is_(None))
    values = {"off_at": now, "sequence": _T.sequence + 1}
    return bool((await connection.execute(update(meeting_table).where(*known).values(**values))).rowcount)


async def put_on_again(connection: AsyncConnection, meeting_id: int) -> bool:
    """Note that a meeting takes place after all; False where it was not off."""
    known = (_T.meeting_id == meeting_id, _T.off_at.is_not(None))
    values = {"off_at": None, "sequence": _T.sequence + 1}
    return bool((await connection.execute(update(meeting_table).where(*known).values(**values))).rowcount)
