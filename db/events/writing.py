"""Events and series, written: made, changed, cancelled; and where their cards stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, update

from db.events.table import (
    CANCELLED,
    PLANNED,
    event_table,
    host_table,
    series_host_table,
    series_table,
    settings_table,
    template_table,
)
from db.events.values import Event, Native, Plan, Posted, Series, Source, Template, columns_of, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Table
    from sqlalchemy.ext.asyncio import AsyncConnection


async def add(
    connection: AsyncConnection,
    guild_id: int,
    plan: Plan,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: int,
    now: datetime,
    announce_at: datetime | None = None,
    series_id: int | None = None,
    occurrence_key: str | None = None,
    source: Source | None = None,
) -> Event:
    """Add an event and return it; the server must be known (guilds.see). Its end lies after its start."""
    values: dict[str, Any] = {
        "guild_id": guild_id,
        "series_id": series_id,
        "occurrence_key": occurrence_key,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "announce_at": announce_at,
        "state": PLANNED,
        "detached": False,
        "note": "",
        "sequence": 0,
        "version": 1,
        "changed_at": now,
        "made_by": by,
        "made_at": now,
    }
    source_columns = {
        "source_id": source.source_id if source else None,
        "source_uid": source.uid if source else None,
        "source_recurrence": (source.recurrence or "") if source else None,
    }
    result = await connection.execute(
        insert(event_table)
        .values(**values, **columns_of(plan), **source_columns, native_said="", native_off=False)
        .returning(event_table.c.event_id)
    )
    number = int(result.scalar_one())
    await _put_hosts(connection, host_table, {"event_id": number}, plan.hosts)
    return Event(event_id=number, plan=plan, source=source, **values)


async def change(
    connection: AsyncConnection,
    event: Event,
    now: datetime,
    *,
    plan: Plan | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    detached: bool | None = None,
    announce_at: datetime | None = None,
) -> Event:
    """Let an event say something else; what is None stays. Its version and its sequence rise by one."""
    values: dict[str, Any] = {
        name: value
        for name, value in (
            ("starts_at", starts_at),
            ("ends_at", ends_at),
            ("detached", detached),
            ("announce_at", announce_at),
        )
        if value is not None
    }
    changed = await _changed(connection, event, now, values, columns_of(plan) if plan else {})
    if plan is None:
        return changed
    await connection.execute(delete(host_table).where(host_table.c.event_id == event.event_id))
    await _put_hosts(connection, host_table, {"event_id": event.event_id}, plan.hosts)
    return replace(changed, plan=plan)


async def cancel(connection: AsyncConnection, event: Event, by: int | None, note: str, now: datetime) -> Event:
    """Cancel an event, with a note of 300 characters at most; `by` is None where nobody here did it."""
    return await _changed(connection, event, now, {"state": CANCELLED, "note": note, "cancelled_by": by})


async def take_back(connection: AsyncConnection, event: Event, now: datetime) -> Event:
    """Let a cancelled event be planned again."""
    return await _changed(connection, event, now, {"state": PLANNED, "note": "", "cancelled_by": None})


async def _changed(
    connection: AsyncConnection, event: Event, now: datetime, values: dict[str, Any], more: dict[str, Any] | None = None
) -> Event:
    risen: dict[str, Any] = {"sequence": event.sequence + 1, "version": event.version + 1, "changed_at": now}
    await connection.execute(
        update(event_table).where(event_table.c.event_id == event.event_id).values(**values, **risen, **(more or {}))
    )
    return replace(event, **values, **risen)


async def note_posted(connection: AsyncConnection, event_id: int, posted: Posted) -> None:
    """Remember where an event's card and its thread stand."""
    await connection.execute(
        update(event_table)
        .where(event_table.c.event_id == event_id)
        .values(channel_id=posted.channel_id, message_id=posted.message_id, thread_id=posted.thread_id)
    )


async def note_native(connection: AsyncConnection, event_id: int, native: Native) -> None:
    """Remember the scheduled event of Discord's own that stands beside an event, and what was put into it."""
    await connection.execute(
        update(event_table)
        .where(event_table.c.event_id == event_id)
        .values(native_id=native.native_id, native_said=native.said, native_off=native.off)
    )


async def add_series(
    connection: AsyncConnection,
    guild_id: int,
    plan: Plan,
    *,
    rule: str,
    start_local: datetime,
    minutes: int,
    by: int,
    now: datetime,
    until_local: datetime | None = None,
    split_from: int | None = None,
    channel_id: int | None = None,
) -> Series:
    """Add a series and return it; its occurrences are added apart. The server must be known (guilds.see)."""
    values: dict[str, Any] = {
        "guild_id": guild_id,
        "rule": rule,
        "minutes": minutes,
        "split_from": split_from,
        "channel_id": channel_id,
        "sequence": 0,
        "version": 1,
        "changed_at": now,
        "made_by": by,
        "made_at": now,
    }
    local = {"start_local": key_of(start_local), "until_local": key_of(until_local) if until_local else None}
    result = await connection.execute(
        insert(series_table)
        .values(**values, **local, made_until="", **columns_of(plan))
        .returning(series_table.c.series_id)
    )
    number = int(result.scalar_one())
    await _put_hosts(connection, series_host_table, {"series_id": number}, plan.hosts)
    return Series(series_id=number, plan=plan, start_local=start_local, until_local=until_local, **values)


async def change_series(
    connection: AsyncConnection,
    series: Series,
    now: datetime,
    *,
    plan: Plan | None = None,
    rule: str | None = None,
    start_local: datetime | None = None,
    until_local: datetime | None = None,
    minutes: int | None = None,
    ended_at: datetime | None = None,
) -> Series:
    """Let a series say something else; what is None stays. Its version and its sequence rise by one."""
    given = (
        ("rule", rule),
        ("start_local", start_local),
        ("until_local", until_local),
        ("minutes", minutes),
        ("ended_at", ended_at),
    )
    values: dict[str, Any] = {name: value for name, value in given if value is not None}
    risen: dict[str, Any] = {"sequence": series.sequence + 1, "version": series.version + 1, "changed_at": now}
    columns = {**values, **risen, **(columns_of(plan) if plan else {})}
    for name in ("start_local", "until_local"):
        if name in columns:
            columns[name] = key_of(columns[name])
    await connection.execute(update(series_table).where(series_table.c.series_id == series.series_id).values(**columns))
    if plan is not None:
        await connection.execute(delete(series_host_table).where(series_host_table.c.series_id == series.series_id))
        await _put_hosts(connection, series_host_table, {"series_id": series.series_id}, plan.hosts)
    return replace(series, plan=plan or series.plan, **values, **risen)


async def note_made(connection: AsyncConnection, series_id: int, made_until: datetime) -> None:
    """Remember up to which local start (naive) the occurrences of a series have been made."""
    await connection.execute(
        update(series_table).where(series_table.c.series_id == series_id).values(made_until=key_of(made_until))
    )


async def _put_hosts(connection: AsyncConnection, table: Table, of: dict[str, int], hosts: Sequence[int]) -> None:
    rows = [{**of, "user_id": user_id, "place": place} for place, user_id in enumerate(dict.fromkeys(hosts))]
    if rows:
        await connection.execute(insert(table), rows)


async def put_template(connection: AsyncConnection, guild_id: int, template: Template, by: int, now: datetime) -> None:
    """Let a server's template begin with other words."""
    here = (template_table.c.guild_id == guild_id, template_table.c.template == template.template)
    await connection.execute(delete(template_table).where(*here))
    await connection.execute(
        insert(template_table).values(
            guild_id=guild_id,
            template=template.template,
            title=template.title,
            about=template.about,
            minutes=template.minutes,
            where_text=template.where_text,
            places=template.places,
            changed_by=by,
            changed_at=now,
        )
    )


async def put_news_role(connection: AsyncConnection, guild_id: int, role_id: int | None) -> None:
    """Remember the role of those who want news of events; the server must be known (guilds.see)."""
    await connection.execute(delete(settings_table).where(settings_table.c.guild_id == guild_id))
    await connection.execute(insert(settings_table).values(guild_id=guild_id, news_role_id=role_id))
