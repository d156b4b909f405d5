"""Pairs, groups and circles; their check-ins, and what was said at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, or_, select, update

from db.mentorship import joining
from db.mentorship.tables import check_in_table, closing_table, meeting_table, pair_mentee_table, pair_table
from db.mentorship.values import ACTIVE, ENDED, CheckIn, Closing, Meeting, Member, Pair

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

_P, _M, _C = pair_table.c, pair_mentee_table.c, check_in_table.c


async def make_pair(connection: AsyncConnection, values: Mapping[str, Any], mentees: Collection[int]) -> int:
    """Put people together; the pair's number."""
    fresh = {"state": ACTIVE, "how": "", **values}
    made = await connection.execute(insert(pair_table).values(**fresh).returning(_P.pair_id))
    pair_id = int(made.scalar_one())
    if mentees:  # a circle begins empty
        await connection.execute(
            insert(pair_mentee_table), [{"pair_id": pair_id, "member_no": mentee} for mentee in mentees]
        )
    return pair_id


async def join_pair(connection: AsyncConnection, pair_id: int, member_no: int) -> None:
    """Let somebody into a pair, group or circle, perhaps again."""
    back = await connection.execute(
        update(pair_mentee_table).where(_M.pair_id == pair_id, _M.member_no == member_no).values(left_at=None)
    )
    if not back.rowcount:
        await connection.execute(insert(pair_mentee_table).values(pair_id=pair_id, member_no=member_no))


async def goes_with(connection: AsyncConnection, member: Member, pair: Pair) -> bool:
    """Whether a member and all in a pair may be together. Nobody may be told why they may not."""
    inside = await joining.members(connection, pair.guild_id, pair.people)
    couples = await joining.exclusions(connection, [member, *inside])
    return not any(member.member_no in couple for couple in couples)


async def leave_pair(connection: AsyncConnection, pair_id: int, member_no: int, now: datetime) -> None:
    """Let a mentee out of a group or circle that goes on."""
    await connection.execute(
        update(pair_mentee_table).where(_M.pair_id == pair_id, _M.member_no == member_no).values(left_at=now)
    )


async def pairs(connection: AsyncConnection, *where: ColumnElement[bool]) -> list[Pair]:
    """The pairs for which this is true, the oldest first."""
    rows = (await connection.execute(select(pair_table).where(*where).order_by(_P.pair_id))).all()
    inside = select(_P.pair_id).where(*where)
    query = select(_M.pair_id, _M.member_no).where(_M.pair_id.in_(inside), _M.left_at.is_(None)).order_by(_M.member_no)
    mentees: dict[int, list[int]] = {}
    if rows:
        for pair_id, member_no in await connection.execute(query):
            mentees.setdefault(pair_id, []).append(member_no)
    return [Pair(**row._asdict(), mentees=tuple(mentees.get(row.pair_id, ()))) for row in rows]


async def pair(connection: AsyncConnection, pair_id: int) -> Pair | None:
    """The pair of that number, or None."""
    found = await pairs(connection, _P.pair_id == pair_id)
    return found[0] if found else None


async def pairs_of(connection: AsyncConnection, member_no: int, *, active: bool = True) -> list[Pair]:
    """The pairs that a member is in, as mentor or mentee; only the active ones unless asked otherwise."""
    mine = select(_M.pair_id).where(_M.member_no == member_no, _M.left_at.is_(None))
    state = [_P.state == ACTIVE] if active else []
    return await pairs(connection, or_(_P.mentor_no == member_no, _P.pair_id.in_(mine)), *state)


async def active_pairs(connection: AsyncConnection, guild_id: int, round_id: int | None = None) -> list[Pair]:
    """The active pairs of a server; of one round where named."""
    of_round = [_P.round_id == round_id] if round_id is not None else []
    return await pairs(connection, _P.guild_id == guild_id, _P.state == ACTIVE, *of_round)


async def pair_of_thread(connection: AsyncConnection, thread_id: int) -> Pair | None:
    """The pair that talks in a thread, or None."""
    found = await pairs(connection, _P.thread_id == thread_id)
    return found[0] if found else None


async def put_pair(connection: AsyncConnection, pair_id: int, **values: Any) -> None:
    """Change columns of a pair."""
    await connection.execute(update(pair_table).where(_P.pair_id == pair_id).values(**values))


async def end_pair(connection: AsyncConnection, pair_id: int, how: str, now: datetime) -> bool:
    """End a pair; False where it had ended."""
    result = await connection.execute(
        update(pair_table).where(_P.pair_id == pair_id, _P.state == ACTIVE).values(state=ENDED, how=how, ended_at=now)
    )
    return bool(result.rowcount)


async def ask_how_it_goes(connection: AsyncConnection, pair_id: int, week: int, member_no: int, now: datetime) -> bool:
    """Note that a member is asked in a week of their pair; False where they were."""
    known = await connection.execute(
        select(_C.week).where(_C.pair_id == pair_id, _C.week == week, _C.member_no == member_no)
    )
    if known.first() is not None:
        return False
    values = {"pair_id": pair_id, "week": week, "member_no": member_no, "asked_at": now, "answer": ""}
    await connection.execute(insert(check_in_table).values(**values))
    return True


async def say_how_it_goes(
    connection: AsyncConnection, pair_id: int, week: int, member_no: int, answer: str, now: datetime
) -> bool:
    """Keep what a member says to a check-in, the last word counts; False where they were not asked."""
    mine = (_C.pair_id == pair_id, _C.week == week, _C.member_no == member_no)
    result = await connection.execute(update(check_in_table).where(*mine).values(answer=answer, answered_at=now))
    return bool(result.rowcount)


async def check_ins(connection: AsyncConnection, *pair_ids: int) -> list[CheckIn]:
    """All check-ins of these pairs, in order."""
    query = select(check_in_table).where(_C.pair_id.in_(pair_ids)).order_by(_C.pair_id, _C.week, _C.member_no)
    return [CheckIn(**row._asdict()) for row in await connection.execute(query)]


async def say_at_the_end(connection: AsyncConnection, said: Closing) -> bool:
    """Keep what a member said at the end; False where they had said it."""
    if any(one.member_no == said.member_no for one in await closings(connection, said.pair_id)):
        return False
    values = {name: getattr(said, name) for name in closing_table.c.keys()}  # noqa: SIM118 - columns, not a dict
    await connection.execute(insert(closing_table).values(**values))
    return True


async def closings(connection: AsyncConnection, *pair_ids: int) -> list[Closing]:
    """What was said at the end of these pairs."""
    table = closing_table.c
    query = select(closing_table).where(table.pair_id.in_(pair_ids)).order_by(table.pair_id, table.member_no)
    return [Closing(**row._asdict()) for row in await connection.execute(query)]


async def closings_here(connection: AsyncConnection, guild_id: int, round_id: int | None = None) -> list[Closing]:
    """All that was said at the end in a server, or in one round of it."""
    of_round = [_P.round_id == round_id] if round_id is not None else []
    query = (
        select(closing_table)
        .join(pair_table, _P.pair_id == closing_table.c.pair_id)
        .where(_P.guild_id == guild_id, *of_round)
    )
    return [Closing(**row._asdict()) for row in await connection.execute(query)]


async def meetings(connection: AsyncConnection, pair_id: int) -> list[Meeting]:
    """The times suggested to a pair, the oldest first."""
    query = select(meeting_table).where(meeting_table.c.pair_id == pair_id).order_by(meeting_table.c.meeting_id)
    return [Meeting(**row._asdict()) for row in await connection.execute(query)]
