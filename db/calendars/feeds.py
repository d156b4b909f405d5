"""Links that people subscribe to: one for a server, one for each member who wants one. Only a secret's hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, select, update

from db.calendars.table import feed_table
from db.events.reading import events_by
from db.events.table import GOING, event_table, host_table, rsvp_table
from db.personal import NOBODY
from db.prepared import Prepared

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from db.events.values import Event

_BY_HASH = Prepared(select(feed_table).where(feed_table.c.secret_hash == bindparam("secret_hash")))
_EVENT = event_table.c


@dataclass(frozen=True, slots=True)
class Feed:
    """A link that people subscribe to. `user_id` is whose it is, None for the server's own.

    `open_code` is the secret itself where the organizers want everybody to have it; else None, and nobody can read it.
    """

    feed_id: int
    guild_id: int
    user_id: int | None
    name: str
    open_code: str | None
    made_by: int
    made_at: datetime


async def put_feed(
    connection: AsyncConnection,
    guild_id: int,
    user_id: int | None,
    *,
    name: str,
    secret_hash: str,
    open_code: str | None,
    by: int,
    now: datetime,
) -> None:
    """Keep a new link in place of the one there was, which leads nowhere from then on.

    The server must be known (guilds.see); `name` has 100 characters at most.
    """
    await drop_feed(connection, guild_id, user_id)
    await connection.execute(
        insert(feed_table).values(
            guild_id=guild_id,
            user_id=user_id or NOBODY,
            name=name,
            secret_hash=secret_hash,
            open_code=open_code,
            made_by=by,
            made_at=now,
        )
    )


async def drop_feed(connection: AsyncConnection, guild_id: int, user_id: int | None) -> bool:
    """Let a link lead nowhere; False where there was none."""
    result = await connection.execute(delete(feed_table).where(*_of(guild_id, user_id)))
    return bool(result.rowcount)


async def rename_feed(connection: AsyncConnection, guild_id: int, user_id: int | None, name: str) -> None:
    """Let a calendar have another name."""
    await connection.execute(update(feed_table).where(*_of(guild_id, user_id)).values(name=name))


async def feed_of(connection: AsyncConnection, guild_id: int, user_id: int | None) -> Feed | None:
    """A server's own link (`user_id` None) or a member's; None where there is none."""
    row = (await connection.execute(select(feed_table).where(*_of(guild_id, user_id)))).first()
    return None if row is None else _feed(row)


async def feed_by_hash(connection: AsyncConnection, secret_hash: str) -> Feed | None:
    """The link whose secret has this hash, or None."""
    row = await _BY_HASH.first(connection, secret_hash=secret_hash)
    return None if row is None else _feed(row)


def _of(guild_id: int, user_id: int | None) -> tuple[Any, ...]:
    return feed_table.c.guild_id == guild_id, feed_table.c.user_id == (user_id or NOBODY)


def _feed(row: Any) -> Feed:
    return Feed(row.feed_id, row.guild_id, row.user_id or None, row.name, row.open_code, row.made_by, row.made_at)


async def events_since(connection: AsyncConnection, guild_id: int, since: datetime) -> list[Event]:
    """All events of a server that end after `since` or were changed since, called off ones too, in order."""
    query = select(event_table).where(
        _EVENT.guild_id == guild_id, or_(_EVENT.ends_at > since, _EVENT.changed_at > since)
    )
    return await events_by(connection, query.order_by(_EVENT.starts_at, _EVENT.event_id))


async def events_of_member(connection: AsyncConnection, guild_id: int, user_id: int, since: datetime) -> list[Event]:
    """The events that end after `since` to which a member said yes or which they host, called off ones too."""
    going = exists().where(
        and_(rsvp_table.c.event_id == _EVENT.event_id, rsvp_table.c.user_id == user_id, rsvp_table.c.answer == GOING)
    )
    hosts = exists().where(and_(host_table.c.event_id == _EVENT.event_id, host_table.c.user_id == user_id))
    query = select(event_table).where(_EVENT.guild_id == guild_id, _EVENT.ends_at > since, or_(going, hosts))
    return await events_by(connection, query.order_by(_EVENT.starts_at, _EVENT.event_id))
