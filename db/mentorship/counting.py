"""Where everybody stands, for the organizers' overview: facts without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.mentorship.joining import members
from db.mentorship.tables import member_table, pair_mentee_table, pair_table, round_member_table
from db.mentorship.values import ACTIVE, FINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

_P, _M = pair_table.c, pair_mentee_table.c


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in a round, or in all of them: their side, kind of place (a slug), subjects (slugs), and how it goes.

    `quiet` is being in a pair that was not heard from; `finished` one that went on to its end.
    """

    mentors: bool
    learns: bool
    setting: str
    subjects: tuple[str, ...]
    waiting: bool
    paired: bool
    met: bool
    quiet: bool
    finished: bool


async def participants(connection: AsyncConnection, guild_id: int, round_id: int | None) -> list[Participant]:
    """Everybody who signed up for a round or came into a pair of it; of the whole server's mentoring for None.

    Those who have left mentoring since are among them; those who deleted their data are not.
    """
    where = _P.guild_id == guild_id if round_id is None else _P.round_id == round_id
    pairs = (await connection.execute(select(pair_table).where(where))).all()
    query = select(_M.pair_id, _M.member_no).join(pair_table, _P.pair_id == _M.pair_id).where(where)
    inside: dict[int, list[Row[object]]] = {}
    by_number = {row.pair_id: row for row in pairs}
    for row in pairs:
        if row.mentor_no is not None:
            inside.setdefault(row.mentor_no, []).append(row)
    for pair_id, member_no in await connection.execute(query):
        inside.setdefault(member_no, []).append(by_number[pair_id])
    if round_id is None:
        chosen = select(member_table.c.member_no).where(member_table.c.guild_id == guild_id)
    else:
        chosen = select(round_member_table.c.member_no).where(round_member_table.c.round_id == round_id)
    numbers = {*(await connection.execute(chosen)).scalars(), *inside}
    return [
        Participant(
            mentors=one.mentors,
            learns=one.learns,
            setting=one.setting,
            subjects=tuple(dict.fromkeys((*one.teaches, *one.wants))),
            waiting=one.left_at is None and one.learns and one.waiting_since is not None,
            **_flags(inside.get(one.member_no, ())),
        )
        for one in await members(connection, guild_id, numbers)
    ]


def _flags(pairs: Iterable[Row[object]]) -> dict[str, bool]:
    rows = list(pairs)
    return {
        "paired": bool(rows),
        "met": any(row.met_at is not None for row in rows),
        "quiet": any(row.state == ACTIVE and row.quiet_told_at is not None for row in rows),
        "finished": any(row.how == FINISHED for row in rows),
    }
