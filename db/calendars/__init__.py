"""Calendars: the links that people subscribe to, and the calendars of others that are followed."""

from __future__ import annotations

from db.calendars.feeds import (
    Feed,
    drop_feed,
    events_of_member,
    events_since,
    feed_by_hash,
    feed_of,
    put_feed,
    rename_feed,
)
from db.calendars.personal import COLUMNS, forget, personal
from db.calendars.sources import (
    CalendarSource,
    Item,
    add_source,
    change_source,
    drop_source,
    get_source,
    items,
    known,
    note_missing,
    put_item,
    rename,
    sources,
)

__all__ = [
    "COLUMNS",
    "CalendarSource",
    "Feed",
    "Item",
    "add_source",
    "change_source",
    "drop_feed",
    "drop_source",
    "events_of_member",
    "events_since",
    "feed_by_hash",
    "feed_of",
    "forget",
    "get_source",
    "items",
    "known",
    "note_missing",
    "personal",
    "put_feed",
    "put_item",
    "rename",
    "rename_feed",
    "sources",
]
