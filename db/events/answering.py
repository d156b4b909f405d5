"""Who comes: the answers to an event, the line for its places, and how many there are of each.

Writes happen one after the other (db.engine), so what is read in a write transaction still holds when it is written.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, update

from db.events.table import TAKES_A_PLACE, WAITING, event_table, rsvp_table
from db.events.values import Rsvp, rsvp_of
from db.prepared import Prepared, PreparedInsert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

_RSVP = rsvp_table.c
_MINE = Prepared(
    select(rsvp_table).where(_RSVP.event_id == bindparam("event_id"), _RSVP.user_id == bindparam("user_id"))
)

_LINE = Prepared(
    select(
        func.sum(case((or_(*(_RSVP.answer == answer for answer in TAKES_A_PLACE)), 1), else_=0)).label("taken"),
        func.sum(case((and_(_RSVP.answer == WAITING, ~_RSVP.passed), 1), else_=0)).label("waiting"),
        func.max(_RSVP.line).label("last"),
    ).where(_RSVP.event_id == bindparam("event_id"))
)
_AHEAD = Prepared(
    select(func.count().label("many")).where(
        _RSVP.event_id == bindparam("event_id"), _RSVP.answer == WAITING, _RSVP.line < bindparam("line")
    )
)
_INSERT = PreparedInsert(rsvp_table)


@dataclass(frozen=True, slots=True)
class Line:
    """How many places are taken or kept, how many wait who let no offer pass, and the last place in line."""

    taken: int = 0
    waiting: int = 0
    last: int = 0


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


async def counts_here(connection: AsyncConnection, guild_id: int) -> dict[int, dict[str, int]]:
    """How many gave each answer, to every event of a server by its number; events that nobody answered are left out."""
    query = (
        select(_RSVP.event_id, _RSVP.answer, func.count().label("many"))
        .join(event_table, event_table.c.event_id == _RSVP.event_id)
        .where(event_table.c.guild_id == guild_id)
        .group_by(_RSVP.event_id, _RSVP.answer)
    )
    found: dict[int, dict[str, int]] = {}
    for event_id, answer, many in await connection.execute(query):
        found.setdefault(event_id, {})[answer] = many
    return found


async def line_of(connection: AsyncConnection, event_id: int) -> Line:
    """How the places of an event and its line stand."""
    row = await _LINE.first(connection, event_id=event_id)
    return Line() if row is None else Line(int(row.taken or 0), int(row.waiting or 0), int(row.last or 0))


async def ahead(connection: AsyncConnection, event_id: int, line: int) -> int:
    """How many stand in line before the place `line`."""
    row = await _AHEAD.first(connection, event_id=event_id, line=line)
    return 0 if row is None else int(row.many)


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
        await _INSERT.run(connection, [values])
    elif known != rsvp:
        mine = (_RSVP.event_id == rsvp.event_id, _RSVP.user_id == rsvp.user_id)
        await connection.execute(update(rsvp_table).where(*mine).values(**values))


async def drop_answer(connection: AsyncConnection, event_id: int, user_id: int) -> bool:
    """Forget a member's answer; False where there was none."""
    mine = (_RSVP.event_id == event_id, _RSVP.user_id == user_id)
    return bool((await connection.execute(delete(rsvp_table).where(*mine))).rowcount)
