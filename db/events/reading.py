"""Events and series, read: one by its number, what is coming up, what lies in a span of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from db.events.table import (
    CANT,
    PLANNED,
    event_table,
    host_table,
    rsvp_table,
    series_host_table,
    series_table,
    settings_table,
    template_table,
)
from db.events.values import Event, Series, Template, event_of, series_of
from db.personal import here
from db.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

_EVENT, _HOST, _RSVP = event_table.c, host_table.c, rsvp_table.c
_BY_NUMBER = Prepared(
    select(event_table).where(_EVENT.event_id == bindparam("event_id"), _EVENT.guild_id == bindparam("guild_id"))
)
_HOSTS = Prepared(select(_HOST.user_id).where(_HOST.event_id == bindparam("event_id")).order_by(_HOST.place))


async def get(connection: AsyncConnection, guild_id: int, event_id: int) -> Event | None:
    """The event of that number in this server, or None."""
    row = await _BY_NUMBER.first(connection, event_id=event_id, guild_id=guild_id)
    if row is None:
        return None
    return event_of(row, [host.user_id for host in await _HOSTS.all(connection, event_id=event_id)])


async def with_native(connection: AsyncConnection, guild_id: int, native_id: int) -> Event | None:
    """The event beside which Discord's own of that number stands, or None."""
    found = await events_by(
        connection, select(event_table).where(_EVENT.guild_id == guild_id, _EVENT.native_id == native_id)
    )
    return found[0] if found else None


async def upcoming(
    connection: AsyncConnection,
    guild_id: int,
    now: datetime,
    *,
    template: str | None = None,
    of: int | None = None,
    announced: bool = False,
    limit: int = 25,
    offset: int = 0,
) -> tuple[list[Event], int]:
    """Events that are planned and not over, the next first, and how many there are in all.

    `template` narrows them to a kind, `of` to those that a member hosts or has answered (but not with "can't"),
    `announced` to those whose card is posted or due: of a series the next, not a whole year of it.
    """
    where = [_EVENT.guild_id == guild_id, _EVENT.state == PLANNED, _EVENT.ends_at > now]
    if template:
        where.append(_EVENT.template == template)
    if of is not None:
        where.append(_theirs(of))
    if announced:
        where.append(or_(_EVENT.series_id.is_(None), _EVENT.announce_at <= now))
    total = (await connection.execute(select(func.count()).select_from(event_table).where(*where))).scalar_one()
    query = select(event_table).where(*where).order_by(_EVENT.starts_at, _EVENT.event_id).limit(limit).offset(offset)
    return await events_by(connection, query), int(total)


async def naming(connection: AsyncConnection, guild_id: int | None, user_id: int, now: datetime) -> list[Event]:
    """Events to come whose card names a member, as a host or for an answer; of one server, or of all (None)."""
    named = exists().where(_RSVP.event_id == _EVENT.event_id, _RSVP.user_id == user_id)
    where = (here(_EVENT.guild_id, guild_id), _EVENT.ends_at > now, or_(named, _theirs(user_id)))
    return await events_by(connection, select(event_table).where(*where))


def _theirs(user_id: int) -> ColumnElement[bool]:
    hosts = exists().where(_HOST.event_id == _EVENT.event_id, _HOST.user_id == user_id)
    answered = exists().where(_RSVP.event_id == _EVENT.event_id, _RSVP.user_id == user_id, _RSVP.answer != CANT)
    return or_(hosts, answered)


async def between(
    connection: AsyncConnection, guild_id: int, since: datetime, until: datetime, *, cancelled: bool = False
) -> list[Event]:
    """Events that overlap a span of time (aware; its ends do not count), in order of their start."""
    where = [_EVENT.guild_id == guild_id, _EVENT.starts_at < until, _EVENT.ends_at > since]
    if not cancelled:
        where.append(_EVENT.state == PLANNED)
    return await events_by(connection, select(event_table).where(*where).order_by(_EVENT.starts_at, _EVENT.event_id))


async def of_series(connection: AsyncConnection, series: Series, *, since: str = "") -> list[Event]:
    """All occurrences that were made of a series whose key is `since` or later, cancelled ones too, in order."""
    where = and_(_EVENT.series_id == series.series_id, _EVENT.occurrence_key >= since)
    return await events_by(connection, select(event_table).where(where).order_by(_EVENT.occurrence_key))


async def get_series(connection: AsyncConnection, guild_id: int, series_id: int) -> Series | None:
    """The series of that number in this server, or None."""
    table = series_table.c
    found = await _series(
        connection, select(series_table).where(table.series_id == series_id, table.guild_id == guild_id)
    )
    return found[0] if found else None


async def every_series(connection: AsyncConnection, guild_id: int, *, ended: bool = False) -> list[Series]:
    """The series of a server that go on (or all), the oldest first."""
    table = series_table.c
    query = select(series_table).where(table.guild_id == guild_id).order_by(table.series_id)
    return await _series(connection, query if ended else query.where(table.ended_at.is_(None)))


async def events_by(connection: AsyncConnection, query: Select[Any]) -> list[Event]:
    """The events that a query for rows of the event table finds, in its order, each with its hosts."""
    rows = (await connection.execute(query)).all()
    hosts = await _hosts(connection, _HOST.event_id, [row.event_id for row in rows])
    return [event_of(row, hosts.get(row.event_id, ())) for row in rows]


async def _series(connection: AsyncConnection, query: Select[Any]) -> list[Series]:
    rows = (await connection.execute(query)).all()
    hosts = await _hosts(connection, series_host_table.c.series_id, [row.series_id for row in rows])
    return [series_of(row, hosts.get(row.series_id, ())) for row in rows]


async def _hosts(connection: AsyncConnection, key: Any, numbers: Sequence[int]) -> dict[int, list[int]]:
    if not numbers:
        return {}
    table = key.table.c
    rows = await connection.execute(select(key, table.user_id).where(key.in_(list(numbers))).order_by(key, table.place))
    found: dict[int, list[int]] = {}
    for number, user_id in rows:
        found.setdefault(number, []).append(user_id)
    return found


async def templates(connection: AsyncConnection, guild_id: int) -> dict[str, Template]:
    """What a server wants its templates to begin with, by their slugs; those it never changed are left out."""
    rows = await connection.execute(select(template_table).where(template_table.c.guild_id == guild_id))
    return {
        row.template: Template(row.template, row.title, row.about, row.minutes, row.where_text, row.places)
        for row in rows
    }


async def news_role(connection: AsyncConnection, guild_id: int) -> int | None:
    """The role of those who want news of events in a server; None where there is none."""
    query = select(settings_table.c.news_role_id).where(settings_table.c.guild_id == guild_id)
    return (await connection.execute(query)).scalar_one_or_none()
