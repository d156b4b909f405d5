"""Members of mentoring: read and written, with their topics; and whom they would rather not be paired with."""

from __future__ import annotations

import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.delivery import Way
from db.mentorship.tables import exclusion_table, member_table, topic_table
from db.mentorship.values import LEARN, TEACH, Member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

_M, _X = member_table.c, exclusion_table.c
_FRESH: dict[str, Any] = {
    **dict.fromkeys(("goal", "zone", "setting", "stage", "employer", "paused"), ""),
    **dict.fromkeys(("mentors", "learns", "takes_groups", "same_setting", "same_employer"), False),
    **dict.fromkeys(("hours", "lapses", "rounds_waited"), 0),
    "ways": [],
    "languages": [],
    "capacity": 1,
    "reach": Way.PRIVATE.value,
}


async def of_user(connection: AsyncConnection, guild_id: int, user_id: int) -> Member | None:
    """The member behind a person in a server, also one who has left mentoring; None where there is none."""
    found = await _read(connection, _M.guild_id == guild_id, _M.user_id == user_id)
    return found[0] if found else None


async def member(connection: AsyncConnection, member_no: int | None) -> Member | None:
    """The member of that number, also one who has left mentoring; None where they deleted their data."""
    found = await _read(connection, _M.member_no == member_no)
    return found[0] if found else None


async def members(
    connection: AsyncConnection, guild_id: int, member_nos: Collection[int] | None = None
) -> list[Member]:
    """The members of a server who have not left mentoring, by number; or those of these numbers, left or not."""
    if member_nos is None:
        return await _read(connection, _M.guild_id == guild_id, _M.left_at.is_(None))
    return await _read(connection, _M.guild_id == guild_id, _M.member_no.in_(list(member_nos)))


async def _read(connection: AsyncConnection, *where: ColumnElement[bool]) -> list[Member]:
    rows = (await connection.execute(select(member_table).where(*where).order_by(_M.member_no))).all()
    topics: dict[tuple[int, str], list[str]] = {}
    if rows:
        chosen = select(_M.member_no).where(*where)
        query = select(topic_table).where(topic_table.c.member_no.in_(chosen)).order_by(topic_table.c.topic)
        for row in await connection.execute(query):
            topics.setdefault((row.member_no, row.side), []).append(row.topic)
    return [
        Member(
            **{
                **row._asdict(),
                "ways": tuple(row.ways),
                "languages": tuple(row.languages),
                "reach": Way(row.reach),
                "teaches": tuple(topics.get((row.member_no, TEACH), ())),
                "wants": tuple(topics.get((row.member_no, LEARN), ())),
            }
        )
        for row in rows
    ]


async def anybody_waits(connection: AsyncConnection, guild_id: int) -> bool:
    """Whether somebody in a server waits for a mentor."""
    query = select(_M.member_no).where(
        _M.guild_id == guild_id, _M.learns, _M.waiting_since.is_not(None), _M.left_at.is_(None)
    )
    return (await connection.execute(query.limit(1))).first() is not None


async def save(
    connection: AsyncConnection,
    guild_id: int,
    user_id: int,
    values: Mapping[str, Any],
    now: datetime,
    *,
    teaches: Sequence[str] | None = None,
    wants: Sequence[str] | None = None,
) -> int:
    """Change what is kept of a member, who is made where there is none; their number.

    Topics are left as they are where None. The server must be known (guilds.see).
    """
    known = await of_user(connection, guild_id, user_id)
    if known is None:
        fresh = {**_FRESH, **values, "guild_id": guild_id, "user_id": user_id, "joined_at": now, "updated_at": now}
        made = await connection.execute(insert(member_table).values(**fresh).returning(_M.member_no))
        member_no = int(made.scalar_one())
    else:
        member_no = known.member_no
        await put(connection, member_no, {**values, "updated_at": now})
    for side, topics in ((TEACH, teaches), (LEARN, wants)):
        if topics is not None:
            await _put_topics(connection, member_no, side, topics)
    return member_no


async def put(connection: AsyncConnection, member_no: int, values: Mapping[str, Any]) -> None:
    """Change columns of a member."""
    await connection.execute(update(member_table).where(_M.member_no == member_no).values(**values))


async def _put_topics(connection: AsyncConnection, member_no: int, side: str, topics: Sequence[str]) -> None:
    mine = (topic_table.c.member_no == member_no, topic_table.c.side == side)
    await connection.execute(delete(topic_table).where(*mine))
    if topics:
        rows = [{"member_no": member_no, "side": side, "topic": topic} for topic in dict.fromkeys(topics)]
        await connection.execute(insert(topic_table), rows)


async def exclude(connection: AsyncConnection, guild_id: int, user_id: int, excluded: int, now: datetime) -> bool:
    """Keep that somebody would rather not be paired with another; False where that was known."""
    if excluded in await excluded_by(connection, guild_id, user_id):
        return False
    values = {"guild_id": guild_id, "user_id": user_id, "excluded_user_id": excluded, "mark": "", "created_at": now}
    await connection.execute(insert(exclusion_table).values(**values))
    return True


async def include(connection: AsyncConnection, guild_id: int, user_id: int, excluded: int) -> bool:
    """Take that back; False where it was not there."""
    mine = (_X.guild_id == guild_id, _X.user_id == user_id, _X.excluded_user_id == excluded)
    return bool((await connection.execute(delete(exclusion_table).where(*mine))).rowcount)


async def excluded_by(connection: AsyncConnection, guild_id: int, user_id: int) -> list[int]:
    """Whom somebody would rather not be paired with, the last named last. Only they may be shown this."""
    query = select(_X.excluded_user_id).where(_X.guild_id == guild_id, _X.user_id == user_id, _X.mark == "")
    return list((await connection.execute(query.order_by(_X.exclusion_id))).scalars())


async def exclusions(connection: AsyncConnection, members: Sequence[Member]) -> set[frozenset[int]]:
    """Pairs of members' numbers of which one would rather not be paired with the other. For the matching only."""
    numbers = {one.user_id: one.member_no for one in members}
    found: set[frozenset[int]] = set()
    if not members:
        return found
    query = select(exclusion_table).where(_X.guild_id == members[0].guild_id, _X.user_id.in_(list(numbers)))
    for row in await connection.execute(query):
        others = [row.excluded_user_id] if not row.mark else [one for one in numbers if marks(row.mark, one)]
        found |= {frozenset((numbers[row.user_id], numbers[other])) for other in others if other in numbers}
    return found


def marked(user_id: int, salt: str = "") -> str:
    """A person's number made unreadable, so that a wish not to be paired with them outlives their deletion."""
    salt = salt or secrets.token_hex(16)
    return f"{salt}:{blake2b(f'{salt}:{user_id}'.encode(), digest_size=16).hexdigest()}"


def marks(mark: str, user_id: int) -> bool:
    """Whether a mark was made from this number."""
    return marked(user_id, mark.partition(":")[0]) == mark
