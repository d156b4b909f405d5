"""Proposals, and the questions that are carried before an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, or_, select, update

from db.mentorship.tables import LIVE, pair_mentee_table, pair_table, proposal_table, question_table
from db.mentorship.values import ACCEPTED, ACTIVE, DECLINED, LAPSED, MENTEE, Proposal, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, TextClause
    from sqlalchemy.ext.asyncio import AsyncConnection

_P, _Q = proposal_table.c, question_table.c


def _proposal(row: Any) -> Proposal:
    return Proposal(**{**row._asdict(), "reasons": tuple(row.reasons)})


async def propose(connection: AsyncConnection, values: Mapping[str, Any]) -> Proposal | None:
    """Make a proposal; None where its mentee has a live one."""
    if await live_of_mentee(connection, values["mentee_no"]) is not None:
        return None
    fresh = {"said_no": "", "why_not": "", "grouped": False, **values}
    return _proposal((await connection.execute(insert(proposal_table).values(**fresh).returning(proposal_table))).one())


async def proposal(connection: AsyncConnection, proposal_id: int | None) -> Proposal | None:
    """The proposal of that number, or None."""
    row = (await connection.execute(select(proposal_table).where(_P.proposal_id == proposal_id))).first()
    return None if row is None else _proposal(row)


async def proposals(connection: AsyncConnection, *where: ColumnElement[bool] | TextClause) -> list[Proposal]:
    """The proposals for which this is true, the oldest first."""
    rows = await connection.execute(select(proposal_table).where(*where).order_by(_P.proposal_id))
    return [_proposal(row) for row in rows]


async def live_of_mentee(connection: AsyncConnection, member_no: int) -> Proposal | None:
    """A mentee's live proposal, or None."""
    found = await proposals(connection, LIVE, _P.mentee_no == member_no)
    return found[0] if found else None


async def live_of(connection: AsyncConnection, member_no: int) -> list[Proposal]:
    """The live proposals that a member is part of, on either side."""
    return await proposals(connection, LIVE, or_(_P.mentor_no == member_no, _P.mentee_no == member_no))


async def proposals_of_round(connection: AsyncConnection, round_id: int, *, live: bool = False) -> list[Proposal]:
    """The proposals of a round; only the live ones where asked."""
    return await proposals(connection, _P.round_id == round_id, *([LIVE] if live else []))


async def proposals_of_mentee(connection: AsyncConnection, member_no: int) -> list[Proposal]:
    """All proposals that were ever made for a mentee."""
    return await proposals(connection, _P.mentee_no == member_no)


async def settle(connection: AsyncConnection, known: Proposal, state: str, **values: Any) -> Proposal | None:
    """Bring a proposal from the state it was known in to another; None where it has left that state meanwhile."""
    result = await connection.execute(
        update(proposal_table)
        .where(_P.proposal_id == known.proposal_id, _P.state == known.state)
        .values(state=state, **values)
        .returning(proposal_table)
    )
    row = result.first()
    return None if row is None else _proposal(row)


async def mentees_of(connection: AsyncConnection, member_no: int) -> int:
    """How many mentees a mentor has now."""
    query = (
        select(func.count())
        .select_from(pair_table.join(pair_mentee_table, pair_mentee_table.c.pair_id == pair_table.c.pair_id))
        .where(pair_table.c.mentor_no == member_no, pair_table.c.state == ACTIVE, pair_mentee_table.c.left_at.is_(None))
    )
    return int((await connection.execute(query)).scalar_one())


async def proposed_to(connection: AsyncConnection, member_no: int) -> int:
    """How many mentees are proposed to a mentor, or have been accepted by them and not answered yet."""
    query = select(func.count()).select_from(proposal_table).where(LIVE, _P.mentor_no == member_no)
    return int((await connection.execute(query)).scalar_one())


async def promised_by(connection: AsyncConnection, member_no: int) -> int:
    """How many mentees a mentor has said yes to who have not answered yet."""
    query = select(func.count()).select_from(proposal_table).where(_P.mentor_no == member_no, _P.state == MENTEE)
    return int((await connection.execute(query)).scalar_one())


async def taken(connection: AsyncConnection, guild_id: int) -> dict[int, int]:
    """For each mentor of a server who has any: how many mentees they have, or may get by a live proposal."""
    pairs = (
        select(pair_table.c.mentor_no, func.count())
        .select_from(pair_table.join(pair_mentee_table, pair_mentee_table.c.pair_id == pair_table.c.pair_id))
        .where(
            pair_table.c.guild_id == guild_id,
            pair_table.c.mentor_no.is_not(None),
            pair_table.c.state == ACTIVE,
            pair_mentee_table.c.left_at.is_(None),
        )
        .group_by(pair_table.c.mentor_no)
    )
    proposed = select(_P.mentor_no, func.count()).where(LIVE, _P.guild_id == guild_id).group_by(_P.mentor_no)
    found: dict[int, int] = {}
    for query in (pairs, proposed):
        for mentor_no, number in await connection.execute(query):
            found[mentor_no] = found.get(mentor_no, 0) + int(number)
    return found


async def spoken_for(connection: AsyncConnection, guild_id: int) -> set[int]:
    """The mentees of a server who are in an active pair, or have a live proposal."""
    pairs = (
        select(pair_mentee_table.c.member_no)
        .join(pair_table, pair_table.c.pair_id == pair_mentee_table.c.pair_id)
        .where(pair_table.c.guild_id == guild_id, pair_table.c.state == ACTIVE, pair_mentee_table.c.left_at.is_(None))
    )
    proposed = select(_P.mentee_no).where(LIVE, _P.guild_id == guild_id)
    return {number for query in (pairs, proposed) for number in (await connection.execute(query)).scalars()}


async def has_mentor(connection: AsyncConnection, member_no: int) -> bool:
    """Whether a mentee is in an active pair, group or circle."""
    query = (
        select(pair_mentee_table.c.member_no)
        .join(pair_table, pair_table.c.pair_id == pair_mentee_table.c.pair_id)
        .where(
            pair_mentee_table.c.member_no == member_no,
            pair_mentee_table.c.left_at.is_(None),
            pair_table.c.state == ACTIVE,
        )
    )
    return (await connection.execute(query.limit(1))).first() is not None


async def is_spoken_for(connection: AsyncConnection, member_no: int) -> bool:
    """Whether a mentee is in an active pair, or has a live proposal."""
    return await live_of_mentee(connection, member_no) is not None or await has_mentor(connection, member_no)


async def not_again(
    connection: AsyncConnection, guild_id: int, since: datetime, among: Collection[int] | None = None
) -> set[tuple[int, int]]:
    """Mentors and mentees who were together before or declined each other; or one let it lapse, after `since`.

    Only couples both of whom are `among` these members, where given.
    """
    two = [] if among is None else [_P.mentor_no.in_(list(among)), _P.mentee_no.in_(list(among))]
    query = select(_P.mentor_no, _P.mentee_no).where(
        _P.guild_id == guild_id,
        *two,
        or_(_P.state.in_((ACCEPTED, DECLINED)), and_(_P.state == LAPSED, _P.settled_at > since)),
    )
    return {(mentor_no, mentee_no) for mentor_no, mentee_no in await connection.execute(query)}


async def ask(connection: AsyncConnection, proposal_id: int, side: str, words: str, now: datetime) -> int:
    """Keep a question of one side; its number."""
    values = {"proposal_id": proposal_id, "side": side, "question": words, "asked_at": now, "answer": ""}
    made = await connection.execute(insert(question_table).values(**values).returning(_Q.question_id))
    return int(made.scalar_one())


async def answer(connection: AsyncConnection, question_id: int, words: str, now: datetime) -> bool:
    """Keep the answer to a question; False where there is one."""
    result = await connection.execute(
        update(question_table)
        .where(_Q.question_id == question_id, _Q.answered_at.is_(None))
        .values(answer=words, answered_at=now)
    )
    return bool(result.rowcount)


async def question(connection: AsyncConnection, question_id: int) -> Question | None:
    """The question of that number, or None."""
    row = (await connection.execute(select(question_table).where(_Q.question_id == question_id))).first()
    return None if row is None else Question(**row._asdict())


async def questions(connection: AsyncConnection, proposal_id: int) -> list[Question]:
    """The questions about a proposal, the oldest first."""
    rows = await connection.execute(
        select(question_table).where(_Q.proposal_id == proposal_id).order_by(_Q.question_id)
    )
    return [Question(**row._asdict()) for row in rows]
