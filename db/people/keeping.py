"""Profiles, read and written one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from db.people.table import NOBODY, Profile, known_table, profile_of, profile_table
from db.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy.ext.asyncio import AsyncConnection

_OF_MEMBER = Prepared(
    select(profile_table).where(
        profile_table.c.guild_id == bindparam("guild_id"), profile_table.c.user_id == bindparam("user_id")
    )
)
_TOOLS = Prepared(
    select(known_table.c.tool, known_table.c.level)
    .where(known_table.c.profile_id == bindparam("profile_id"))
    .order_by(known_table.c.tool)
)
_FRESH: dict[str, Any] = {
    **dict.fromkeys(("name", "library", "setting", "role", "interests", "zone", "place", "folded_place"), ""),
    **dict.fromkeys(("small_or_rural", "asks", "away"), False),
    **dict.fromkeys(("shown_me", "shown_library", "shown_tools"), NOBODY),
}


async def of_member(connection: AsyncConnection, guild_id: int, user_id: int) -> Profile | None:
    """A member's profile in a server, or None where they have none."""
    row = await _OF_MEMBER.first(connection, guild_id=guild_id, user_id=user_id)
    return None if row is None else profile_of(row, await _known(connection, row.profile_id))


async def several(connection: AsyncConnection, guild_id: int, profile_ids: Sequence[int]) -> list[Profile]:
    """The profiles of these numbers that are in this server, in the order of the numbers."""
    if not profile_ids:
        return []
    rows = await connection.execute(
        select(profile_table).where(
            profile_table.c.profile_id.in_(list(profile_ids)), profile_table.c.guild_id == guild_id
        )
    )
    found = {row.profile_id: row for row in rows}
    return [profile_of(found[number], await _known(connection, number)) for number in profile_ids if number in found]


async def _known(connection: AsyncConnection, profile_id: int) -> list[tuple[str, str]]:
    return [(row.tool, row.level) for row in await _TOOLS.all(connection, profile_id=profile_id)]


async def change(
    connection: AsyncConnection, guild_id: int, user_id: int, values: Mapping[str, Any], now: datetime
) -> None:
    """Change a member's profile, which is made where there is none; the server must be known (guilds.see).

    Whoever changes their profile is here, so it no longer counts as away.
    """
    columns = {**values, "away": False, "updated_at": now}
    done = await connection.execute(
        update(profile_table)
        .where(profile_table.c.guild_id == guild_id, profile_table.c.user_id == user_id)
        .values(**columns)
    )
    if not done.rowcount:
        await connection.execute(
            insert(profile_table).values(**{**_FRESH, **columns}, guild_id=guild_id, user_id=user_id, created_at=now)
        )


async def put_tools(connection: AsyncConnection, profile: Profile, tools: Mapping[str, str]) -> None:
    """Let a member know these tools, with a level each, and no others."""
    await connection.execute(delete(known_table).where(known_table.c.profile_id == profile.profile_id))
    if tools:
        same = {"profile_id": profile.profile_id, "guild_id": profile.guild_id}
        await connection.execute(
            insert(known_table), [{**same, "tool": tool, "level": level} for tool, level in tools.items()]
        )


async def note_away(connection: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Note that a member has left the server, until they change their profile again; False where nothing changed."""
    result = await connection.execute(
        update(profile_table)
        .where(profile_table.c.guild_id == guild_id, profile_table.c.user_id == user_id, ~profile_table.c.away)
        .values(away=True)
    )
    return bool(result.rowcount)


async def note_asked(connection: AsyncConnection, profile_id: int, now: datetime, pause: timedelta) -> bool:
    """Note that a member who may be asked is asked now; False where they may not, or were within the last `pause`."""
    result = await connection.execute(
        update(profile_table)
        .where(
            profile_table.c.profile_id == profile_id,
            profile_table.c.asks,
            ~profile_table.c.away,
            or_(profile_table.c.asked_at.is_(None), profile_table.c.asked_at <= now - pause),
        )
        .values(asked_at=now)
    )
    return bool(result.rowcount)


async def take_asked_back(connection: AsyncConnection, profile_id: int, before: datetime | None) -> None:
    """Put back when a member was asked last: what was to be asked now did not go out."""
    await connection.execute(
        update(profile_table).where(profile_table.c.profile_id == profile_id).values(asked_at=before)
    )
