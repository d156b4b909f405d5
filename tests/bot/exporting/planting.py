"""A database in which every table has a row, and every text and every number in it says where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, Integer, LargeBinary, String, insert

from db.schema import metadata
from db.types import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

GUILD = 1_100_000_000_000_000_001
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_FIRST_NUMBER = 7_000_000_000_000_000_000

# What a column must hold for the rest to be exported; all others are planted.
HELD: dict[str, Any] = {
    "guild.name": "Mark-guild-name",
    "setup.zone": "America/Chicago",
    "setup.left_out": ["show"],
    "resource.status": "published",
    "resource.link": "https://example.org/Mark-resource-link",
    "resource.kind": "guide",
    "resource.tools": ["laser-cutter"],
    "resource.topics": ["Mark-resource-topics"],
    "resource.audience": ["public"],
    "resource.levels": ["adult"],
    "resource.language": "en",
    "resource.closes_on": None,
    "resource_link.link": "https://example.org/Mark-resource-link",
    "resource_flag.reason": "reported",
    "import_row.outcome": "added",
    "delivery.state": "parked",
    "delivery.way": "chore",
    "profile.shown_me": "everyone",
    "profile.shown_library": "everyone",
    "profile.shown_tools": "everyone",
    "profile_tool.level": "use",
    "question.state": "answered",
    "question.tools": ["laser-cutter"],
    "question.same_as_id": None,
    "question_mark.deed": "marked",
    "question_helper.way": "note",
    "question_asked.outcome": "asked",
    "mentoring_member.reach": "dm",
    "mentoring_member.paused": "",
    "mentoring_member.setting": "public",
    "mentoring_member.ways": ["Mark-mentoring_member-ways"],
    "mentoring_member.languages": ["Mark-mentoring_member-languages"],
    "mentoring_topic.side": "teach",
    "mentoring_topic.topic": "laser-cutter",
    "mentoring_round.state": "running",
    "mentoring_draft_wish.sort": "apart",
    "mentoring_proposal.state": "mentor",
    "mentoring_question.side": "mentor",
    "mentoring_pair.state": "active",
    "mentoring_pair.sort": "pair",
    "event.state": "cancelled",
    "event.template": "ama",
    "event.zone": "America/Chicago",
    "event.where_kind": "link",
    "event.where_text": "https://example.org/Mark-event-where_text",
    "event.series_id": None,
    "event.occurrence_key": None,
    "event.starts_at": datetime(2026, 12, 1, 18, 0, tzinfo=UTC),
    "event.ends_at": datetime(2026, 12, 1, 19, 0, tzinfo=UTC),
    "event_series.template": "ama",
    "event_series.zone": "America/Chicago",
    "event_series.where_kind": "link",
    "event_series.rule": "FREQ=MONTHLY;BYDAY=1TU",
    "event_series.start_local": "2026-12-01T15:00",
    "event_series.until_local": None,
    "event_series.made_until": "2026-12-01T15:00",
    "event_series.ended_at": None,
    "event_rsvp.answer": "going",
    "event_rsvp.way": "",
}


async def plant(connection: AsyncConnection) -> tuple[dict[str, str], dict[int, str]]:
    """Put a row into each table; what was planted: marks and numbers, and the columns they are in."""
    marks: dict[str, str] = {}
    numbers: dict[int, str] = {}
    for order, table in enumerate(metadata.sorted_tables):
        if table.name.startswith("search"):
            continue  # a copy of what the rooms hold, which no room reads for this
        row = {column.name: _value(table, column, 100 * order + at) for at, column in enumerate(table.columns)}
        await connection.execute(insert(table).values(row))
        for name, value in row.items():
            place = f"{table.name}.{name}"
            if f"Mark-{table.name}-{name}" in str(value):
                marks[f"Mark-{table.name}-{name}"] = place
            if isinstance(value, int) and value >= _FIRST_NUMBER:
                numbers[value] = place
    return marks, numbers


def row_of(table: Table, **values: Any) -> dict[str, Any]:
    """A row of a table for this server, planted where no value is given."""
    return {column.name: _value(table, column, at) for at, column in enumerate(table.columns)} | values


def _value(table: Table, column: Column[Any], at: int) -> Any:
    place, mark = f"{table.name}.{column.name}", f"Mark-{table.name}-{column.name}"
    if place in HELD:
        return HELD[place]
    if column.name == "guild_id":
        return GUILD
    if column.primary_key and column.type._type_affinity is Integer and not isinstance(column.type, BigInteger):
        return 1
    if column.foreign_keys:
        return 1
    kinds: tuple[tuple[type, Any], ...] = (
        (Boolean, True),
        (BigInteger, _FIRST_NUMBER + 1_000_003 * at),
        (Integer, 7),
        (JSON, [mark]),
        (UtcDateTime, NOW),
        (Date, date(2026, 11, 1)),
        (LargeBinary, mark.encode()),
        (String, mark),
    )
    return next(value for kind, value in kinds if isinstance(column.type, kind))
