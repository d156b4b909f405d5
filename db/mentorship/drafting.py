"""The draft of a round: what the matching gave, and what organizers wish for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.mentorship.tables import draft_pair_table, draft_table, draft_waiting_table, wish_table
from db.mentorship.values import Draft, DraftPair, Wish

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_D, _W = draft_table.c, wish_table.c


async def put_draft(connection: AsyncConnection, draft: Draft) -> None:
    """Put a draft in the place of the one before."""
    await connection.execute(delete(draft_pair_table).where(draft_pair_table.c.round_id == draft.round_id))
    await connection.execute(delete(draft_waiting_table).where(draft_waiting_table.c.round_id == draft.round_id))
    await connection.execute(delete(draft_table).where(_D.round_id == draft.round_id))
    await connection.execute(
        insert(draft_table).values(
            round_id=draft.round_id,
            version=draft.version,
            run_by=draft.run_by,
            run_at=draft.run_at,
            changes=list(draft.changes),
        )
    )
    pairs = [
        {
            "round_id": draft.round_id,
            "mentor_no": pair.mentor_no,
            "mentee_no": pair.mentee_no,
            "score": pair.score,
            "strength": pair.strength,
            "reasons": list(pair.reasons),
            "grouped": pair.grouped,
        }
        for pair in draft.pairs
    ]
    if pairs:
        await connection.execute(insert(draft_pair_table), pairs)
    waiting = [{"round_id": draft.round_id, "member_no": number, "why": why} for number, why in draft.waiting]
    if waiting:
        await connection.execute(insert(draft_waiting_table), waiting)


async def draft_of(connection: AsyncConnection, round_id: int) -> Draft | None:
    """The draft of a round, the best pairs first; None where none was made."""
    row = (await connection.execute(select(draft_table).where(_D.round_id == round_id))).first()
    if row is None:
        return None
    table, waits = draft_pair_table.c, draft_waiting_table.c
    pairs = await connection.execute(
        select(draft_pair_table)
        .where(table.round_id == round_id)
        .order_by(table.score.desc(), table.mentor_no, table.mentee_no)
    )
    waiting = await connection.execute(
        select(waits.member_no, waits.why).where(waits.round_id == round_id).order_by(waits.member_no)
    )
    return Draft(
        row.round_id,
        row.version,
        row.run_by,
        row.run_at,
        tuple(row.changes),
        tuple(
            DraftPair(one.mentor_no, one.mentee_no, one.score, one.strength, tuple(one.reasons), one.grouped)
            for one in pairs
        ),
        tuple((one.member_no, one.why) for one in waiting),
    )


def _pair(row: Any) -> DraftPair:
    return DraftPair(row.mentor_no, row.mentee_no, row.score, row.strength, tuple(row.reasons), row.grouped)


async def touch_draft(connection: AsyncConnection, round_id: int, version: int) -> bool:
    """Let what was seen as `version` be seen anew; False where somebody was faster."""
    result = await connection.execute(
        update(draft_table).where(_D.round_id == round_id, _D.version == version).values(version=version + 1)
    )
    return bool(result.rowcount)


async def drop_pair(connection: AsyncConnection, round_id: int, mentor_no: int, mentee_no: int) -> bool:
    """Take a pair out of a draft; False where it was not in it."""
    table = draft_pair_table.c
    result = await connection.execute(
        delete(draft_pair_table).where(
            table.round_id == round_id, table.mentor_no == mentor_no, table.mentee_no == mentee_no
        )
    )
    return bool(result.rowcount)


async def part(connection: AsyncConnection, round_id: int, mentor_no: int, mentee_no: int, why: str) -> bool:
    """Let the mentee of a drafted pair wait instead, for this reason, in a draft to be seen anew; False if not in it.

    What was wished for the two goes as well.
    """
    if not await drop_pair(connection, round_id, mentor_no, mentee_no):
        return False
    await unwish(connection, round_id, mentor_no, mentee_no)
    await connection.execute(insert(draft_waiting_table).values(round_id=round_id, member_no=mentee_no, why=why))
    await connection.execute(update(draft_table).where(_D.round_id == round_id).values(version=_D.version + 1))
    return True


async def drop_waiting(connection: AsyncConnection, round_id: int, member_no: int) -> bool:
    """Take somebody who waits out of a draft; False where they were not in it."""
    table = draft_waiting_table.c
    result = await connection.execute(
        delete(draft_waiting_table).where(table.round_id == round_id, table.member_no == member_no)
    )
    return bool(result.rowcount)


async def wish(connection: AsyncConnection, round_id: int, wanted: Wish) -> None:
    """Wish for something about two members, in the place of what was wished about them before."""
    await unwish(connection, round_id, wanted.mentor_no, wanted.mentee_no)
    values = {"round_id": round_id, "mentor_no": wanted.mentor_no, "mentee_no": wanted.mentee_no, "sort": wanted.sort}
    await connection.execute(insert(wish_table).values(**values))


async def unwish(connection: AsyncConnection, round_id: int, mentor_no: int, mentee_no: int) -> bool:
    """Take back what was wished about two members; False where there was nothing."""
    mine = (_W.round_id == round_id, _W.mentor_no == mentor_no, _W.mentee_no == mentee_no)
    return bool((await connection.execute(delete(wish_table).where(*mine))).rowcount)


async def wishes(connection: AsyncConnection, round_id: int) -> list[Wish]:
    """All that organizers wish for in a round."""
    query = select(wish_table).where(_W.round_id == round_id).order_by(_W.mentor_no, _W.mentee_no)
    return [Wish(row.mentor_no, row.mentee_no, row.sort) for row in await connection.execute(query)]
