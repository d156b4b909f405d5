"""Who comes: the answers to an event, the line for its places, and how many there are of each.

Writes happen one after the other (db.engine), so what is read in a write transaction still holds when it is written.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select, update

from db.events.table import TAKES_A_PLACE, rsvp_table
from db.events.values import Rsvp, rsvp_of
from db.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

_RSVP = rsvp_table.c
_MINE = Prepared(
    select(rsvp_table).where(_RSVP.event_id == bindparam("event_id"), _RSVP.user_id == bindparam("user_id"))
)


async def answer_of(connection: AsyncConnection, event_id: int, user_id: int) -> Rsvp | None:
    """A member's answer to an event, or None."""
    row = await _MINE.first(connection, event_id=event_id, user_id=user_id)
    return None if row is None else rsvp_of(row)


async def answers(connection: AsyncConnection, event_id: int) -> list[Rsvp]:
    """All answers to an event: those in line by their place in it, all others by when they came."""
    query = select(rsvp_table).where(_RSVP.event_id == event_id)
    rows = await connection.execute(query.order_by(_RSVP.line, _RSVP.at, _RSVP.user_id))
    return [rsvp_of(row) for row in rows]


async def counts(connection: AsyncConnection, event_id: int) -> dict[str, int]:
    """How many members gave each answer."""
    query = select(_RSVP.answer, func.count()).where(_RSVP.event_id == event_id).group_by(_RSVP.answer)
    return {answer: int(many) for answer, many in await connection.execute(query)}


async def taken(connection: AsyncConnection, event_id: int) -> int:
    """How many places are taken, or kept for somebody who was offered one."""
    query = select(func.count()).where(_RSVP.event_id == event_id, _RSVP.answer.in_(TAKES_A_PLACE))
    return int((await connection.execute(query)).scalar_one())


async def last_in_line(connection: AsyncConnection, event_id: int) -> int:
    """The place of who stands last in line; 0 where nobody does."""
    query = select(func.coalesce(func.max(_RSVP.line), 0)).where(_RSVP.event_id == event_id)
    return int((await connection.execute(query)).scalar_one())


async def in_line(connection: AsyncConnection, event_id: int, answer: str) -> list[Rsvp]:
    """Those with one of the answers of who stands in line, in the order of the line."""
    query = select(rsvp_table).where(_RSVP.event_id == event_id, _RSVP.answer == answer)
    return [rsvp_of(row) for row in await connection.execute(query.order_by(_RSVP.line, _RSVP.at, _RSVP.user_id))]


async def answers_of(connection: AsyncConnection, event_ids: Sequence[int], user_id: int) -> dict[int, str]:
    """What a member answered to several events, by the events' numbers."""
    query = select(_RSVP.event_id, _RSVP.answer).where(_RSVP.user_id == user_id, _RSVP.event_id.in_(list(event_ids)))
    rows = await connection.execute(query)
    return {row.event_id: row.answer for row in rows}


async def put_answer(connection: AsyncConnection, rsvp: Rsvp) -> None:
    """Keep an answer, in place of the one that its member gave before."""
    values = asdict(rsvp)
    known = await answer_of(connection, rsvp.event_id, rsvp.user_id)
    if known is None:
        await connection.execute(insert(rsvp_table).values(**values))
    elif known != rsvp:
        mine = (_RSVP.event_id == rsvp.event_id, _RSVP.user_id == rsvp.user_id)
        await connection.execute(update(rsvp_table).where(*mine).values(**values))


async def drop_answer(connection: AsyncConnection, event_id: int, user_id: int) -> bool:
    """Forget a member's answer; False where there was none."""
    mine = (_RSVP.event_id == event_id, _RSVP.user_id == user_id)
    return bool((await connection.execute(delete(rsvp_table).where(*mine))).rowcount)
