"""What calendars keep about one person: their own link, and which links and imports they made as organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from db.calendars.table import feed_table, source_table
from db.personal import NOBODY, here, listed

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_FEED, _SOURCE = feed_table.c, source_table.c
COLUMNS = ("calendar_feed.user_id", "calendar_feed.made_by", "calendar_source.made_by")
"""The columns that hold people's numbers."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """All of it, by what the person did."""
    feed = (_FEED.guild_id, _FEED.name, _FEED.made_at)
    in_feeds, in_sources = here(_FEED.guild_id, guild_id), here(_SOURCE.guild_id, guild_id)
    queries = {
        "own_link": select(*feed).where(_FEED.user_id == user_id, in_feeds),
        "links_made": select(*feed).where(_FEED.made_by == user_id, in_feeds),
        "calendars_brought": select(_SOURCE.guild_id, _SOURCE.name, _SOURCE.url, _SOURCE.made_at).where(
            _SOURCE.made_by == user_id, in_sources
        ),
    }
    return {name: await listed(connection, query) for name, query in queries.items()}


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Delete a person's link; what they made for the server stays without their number."""
    await connection.execute(delete(feed_table).where(_FEED.user_id == user_id, here(_FEED.guild_id, guild_id)))
    for column, guild in ((_FEED.made_by, _FEED.guild_id), (_SOURCE.made_by, _SOURCE.guild_id)):
        await connection.execute(
            update(column.table).where(column == user_id, here(guild, guild_id)).values(made_by=NOBODY)
        )
