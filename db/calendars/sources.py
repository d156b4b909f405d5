"""Calendars that are followed, or were read once, and which of our events came from them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.calendars.table import item_table, source_table
from db.events.reading import events_by
from db.events.table import event_table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from db.events.values import Event

_SOURCE, _ITEM, _EVENT = source_table.c, item_table.c, event_table.c


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """A calendar of somebody else's. `url` is empty for a file, which is read once.

    `etag` and `last_modified` are what its server said last, `unchanged` how often in a row it said that nothing has
    changed. `trouble` is why it could not be read last (and in
    words), empty where it could; `announced` that each of its events gets a card.
    """

    source_id: int
    guild_id: int
    url: str
    name: str
    made_by: int
    made_at: datetime
    paused_at: datetime | None = None
    looked_at: datetime | None = None
    changed_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    unchanged: int = 0
    trouble: str = ""
    trouble_words: str = ""
    trouble_since: datetime | None = None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An event of ours that came from a calendar: what was seen of it there last, and since when it is missing."""

    event: Event
    seen: str
    missing_since: datetime | None


async def add_source(
    connection: AsyncConnection, guild_id: int, *, url: str, name: str, by: int, now: datetime, announced: bool
) -> CalendarSource:
    """Remember a calendar; the server must be known (guilds.see). `name` has 200 characters at most, `url` 2,000."""
    values: dict[str, Any] = {"guild_id": guild_id, "url": url, "name": name, "made_by": by, "made_at": now}
    values["announced"] = announced
    result = await connection.execute(
        insert(source_table)
        .values(**values, etag="", last_modified="", unchanged=0, trouble="", trouble_words="")
        .returning(_SOURCE.source_id)
    )
    return CalendarSource(source_id=int(result.scalar_one()), **values)


async def get_source(connection: AsyncConnection, guild_id: int, source_id: int) -> CalendarSource | None:
    """The calendar of that number in this server, or None."""
    found = await connection.execute(
        select(source_table).where(_SOURCE.source_id == source_id, _SOURCE.guild_id == guild_id)
    )
    row = found.first()
    return None if row is None else _source(row)


async def sources(connection: AsyncConnection, guild_id: int) -> list[CalendarSource]:
    """The calendars of a server, the oldest first."""
    rows = await connection.execute(
        select(source_table).where(_SOURCE.guild_id == guild_id).order_by(_SOURCE.source_id)
    )
    return [_source(row) for row in rows]


async def change_source(connection: AsyncConnection, source_id: int, **values: Any) -> None:
    """Remember something else about a calendar: columns by their names."""
    await connection.execute(update(source_table).where(_SOURCE.source_id == source_id).values(**values))


async def drop_source(connection: AsyncConnection, source_id: int) -> None:
    """Forget a calendar; its events stay, and are no longer said to come from it."""
    await connection.execute(
        update(event_table)
        .where(_EVENT.source_id == source_id)
        .values(source_id=None, source_uid=None, source_recurrence=None)
    )
    await connection.execute(delete(source_table).where(_SOURCE.source_id == source_id))


async def items(connection: AsyncConnection, source_id: int, *, since: datetime | None = None) -> list[Item]:
    """The events that came from a calendar and end after `since` (or all), in order."""
    query = select(event_table).where(_EVENT.source_id == source_id).order_by(_EVENT.starts_at, _EVENT.event_id)
    found = await events_by(connection, query if since is None else query.where(_EVENT.ends_at > since))
    rows = await connection.execute(select(item_table).where(_ITEM.source_id == source_id))
    known = {row.event_id: row for row in rows}
    return [
        Item(event, known[event.event_id].seen, known[event.event_id].missing_since)
        for event in found
        if event.event_id in known
    ]


async def known(connection: AsyncConnection, source_id: int, uid: str, recurrence: str) -> bool:
    """Whether there is an event of that name from a calendar, however long ago it was."""
    query = select(_EVENT.event_id).where(
        _EVENT.source_id == source_id, _EVENT.source_uid == uid, _EVENT.source_recurrence == recurrence
    )
    return (await connection.execute(query)).first() is not None


async def put_item(connection: AsyncConnection, source_id: int, event_id: int, seen: str) -> None:
    """Remember what was seen of an event in its calendar; it is not missing then."""
    await connection.execute(delete(item_table).where(_ITEM.event_id == event_id))
    await connection.execute(insert(item_table).values(event_id=event_id, source_id=source_id, seen=seen))


async def note_missing(connection: AsyncConnection, event_id: int, since: datetime | None) -> None:
    """Remember since when an event is missing from its calendar; None where it is there again."""
    await connection.execute(update(item_table).where(_ITEM.event_id == event_id).values(missing_since=since))


async def rename(connection: AsyncConnection, event_id: int, uid: str, recurrence: str) -> None:
    """Let an event have another name in its calendar."""
    await connection.execute(
        update(event_table).where(_EVENT.event_id == event_id).values(source_uid=uid, source_recurrence=recurrence)
    )


def _source(row: Any) -> CalendarSource:
    return CalendarSource(**{field.name: getattr(row, field.name) for field in fields(CalendarSource)})
