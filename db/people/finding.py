"""Finding people: who shows what one looks for, those who may be asked first, and among equals least lately listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select, update

from db.people.table import EVERYONE, LEARNING, known_table, profile_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom one looks for; what is empty does not matter.

    `tools` are slugs, of which one is enough. `near` are folded words with a space before and behind.
    """

    tools: tuple[str, ...] = ()
    setting: str = ""
    small_or_rural: bool = False
    near: str = ""


def query(guild_id: int, viewer_id: int, audiences: Sequence[str], wanted: Wanted) -> Select[int]:
    """The numbers of the profiles that fit, in their order, for a viewer who belongs to these audiences.

    Only what is shown to the viewer counts; the viewer is not among them, nor who has left.
    """
    table = profile_table.c
    where: list[ColumnElement[bool]] = [table.guild_id == guild_id, table.user_id != viewer_id, ~table.away]
    order: list[ColumnElement[object]] = [table.asks.desc()]
    chosen = select(table.profile_id)
    if wanted.tools:
        known = (
            select(known_table.c.profile_id, func.min(case((known_table.c.level == LEARNING, 1), else_=0)).label("new"))
            .where(known_table.c.guild_id == guild_id, known_table.c.tool.in_(wanted.tools))
            .group_by(known_table.c.profile_id)
            .subquery()
        )
        chosen = chosen.join(known, known.c.profile_id == table.profile_id)
        where.append(table.shown_tools.in_(audiences))
        order.append(known.c.new)
    if wanted.setting or wanted.small_or_rural or wanted.near:
        where.append(table.shown_library.in_(audiences))
    if wanted.setting:
        where.append(table.setting == wanted.setting)
    if wanted.small_or_rural:
        where.append(table.small_or_rural)
    if wanted.near:
        where.append(table.folded_place.contains(wanted.near, autoescape=True))
    if wanted == Wanted():
        groups = (table.shown_me, table.shown_library, table.shown_tools)
        where.append(or_(*(group.in_(audiences) for group in groups)))
    return chosen.where(*where).order_by(*order, table.listed_at.asc().nulls_first(), table.profile_id)


async def find(
    connection: AsyncConnection,
    guild_id: int,
    viewer_id: int,
    audiences: Sequence[str],
    wanted: Wanted,
    *,
    among: Sequence[int] | None = None,
) -> list[int]:
    """The numbers of all profiles that fit, in their order; only these numbers where `among` is given, in its order."""
    statement = query(guild_id, viewer_id, audiences, wanted)
    if among is None:
        return list((await connection.execute(statement)).scalars())
    found = set((await connection.execute(statement.where(profile_table.c.profile_id.in_(list(among))))).scalars())
    return [number for number in among if number in found]


async def note_listed(connection: AsyncConnection, profile_ids: Sequence[int], now: datetime) -> None:
    """Note that these were shown in a list just now, so that others come first next time."""
    await connection.execute(
        update(profile_table).where(profile_table.c.profile_id.in_(list(profile_ids))).values(listed_at=now)
    )


async def in_small_libraries(connection: AsyncConnection, guild_id: int) -> set[int]:
    """The members of a server whose profile lets everyone see that their library is small or rural."""
    seen = (profile_table.c.small_or_rural, profile_table.c.shown_library == EVERYONE)
    query = select(profile_table.c.user_id).where(profile_table.c.guild_id == guild_id, *seen)
    return set((await connection.execute(query)).scalars())
