"""Rounds, and who signed up for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from db.mentorship.tables import member_table, round_member_table, round_table
from db.mentorship.values import OPEN, RUNNING, Round

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

_R, _S = round_table.c, round_member_table.c


def _round(row: Any) -> Round:
    return Round(**row._asdict())


async def open_round(connection: AsyncConnection, guild_id: int, values: Mapping[str, Any]) -> Round:
    """Open a round; the server must be known (guilds.see)."""
    fresh = {"state": OPEN, "version": 1, **values, "guild_id": guild_id}
    return _round((await connection.execute(insert(round_table).values(**fresh).returning(round_table))).one())


async def get_round(connection: AsyncConnection, guild_id: int, round_id: int | None) -> Round | None:
    """The round of that number in this server, or None."""
    query = select(round_table).where(_R.guild_id == guild_id, _R.round_id == round_id)
    row = (await connection.execute(query)).first()
    return None if row is None else _round(row)


async def rounds(connection: AsyncConnection, guild_id: int, *states: str) -> list[Round]:
    """The rounds of a server in these states (open and running, if none is named), the newest first."""
    query = select(round_table).where(_R.guild_id == guild_id, _R.state.in_(states or (OPEN, RUNNING)))
    return [_round(row) for row in await connection.execute(query.order_by(_R.round_id.desc()))]


async def change_round(connection: AsyncConnection, known: Round, **values: Any) -> Round | None:
    """Change a round as it was known; None where somebody changed it meanwhile."""
    result = await connection.execute(
        update(round_table)
        .where(_R.round_id == known.round_id, _R.version == known.version)
        .values(**values, version=known.version + 1)
        .returning(round_table)
    )
    row = result.first()
    return None if row is None else _round(row)


async def sign_up(connection: AsyncConnection, round_id: int, member_no: int, now: datetime) -> bool:
    """Sign a member up for a round; False where they were."""
    if member_no in await signed_up(connection, round_id):
        return False
    values = {"round_id": round_id, "member_no": member_no, "signed_up_at": now}
    await connection.execute(insert(round_member_table).values(**values))
    return True


async def take_out(connection: AsyncConnection, round_id: int, member_no: int) -> bool:
    """Take a member's sign-up back; False where there was none."""
    mine = (_S.round_id == round_id, _S.member_no == member_no)
    return bool((await connection.execute(delete(round_member_table).where(*mine))).rowcount)


async def signed_up(connection: AsyncConnection, round_id: int) -> list[int]:
    """The members who signed up and have not left mentoring, in the order in which they did."""
    query = (
        select(_S.member_no)
        .join(member_table, member_table.c.member_no == _S.member_no)
        .where(_S.round_id == round_id, member_table.c.left_at.is_(None))
        .order_by(_S.signed_up_at, _S.member_no)
    )
    return list((await connection.execute(query)).scalars())


async def signed_up_after(connection: AsyncConnection, round_id: int, moment: datetime) -> bool:
    """Whether somebody signed up after a moment who has not left mentoring."""
    query = (
        select(_S.member_no)
        .join(member_table, member_table.c.member_no == _S.member_no)
        .where(_S.round_id == round_id, _S.signed_up_at > moment, member_table.c.left_at.is_(None))
    )
    return (await connection.execute(query.limit(1))).first() is not None


async def count_signed_up(connection: AsyncConnection, round_id: int) -> int:
    """How many signed up, those who left mentoring since included."""
    query = select(func.count()).select_from(round_member_table).where(_S.round_id == round_id)
    return int((await connection.execute(query)).scalar_one())


async def rounds_of(connection: AsyncConnection, member_no: int) -> list[Round]:
    """The open and running rounds that a member signed up for, the newest first."""
    query = (
        select(round_table)
        .join(round_member_table, _S.round_id == _R.round_id)
        .where(_S.member_no == member_no, _R.state.in_((OPEN, RUNNING)))
        .order_by(_R.round_id.desc())
    )
    return [_round(row) for row in await connection.execute(query)]
