from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from db.guilds import guild_table
from db.types import UtcDateTime

if TYPE_CHECKING:
    from db.engine import Database

NOON = datetime(2026, 3, 14, 12, 0, 0, 123456, tzinfo=UTC)


async def kept(database: Database, moment: datetime) -> datetime:
    """The moment as it comes back from the file."""
    async with database.write() as connection:
        await connection.execute(insert(guild_table).values(guild_id=1, first_seen_at=moment))
    async with database.read() as connection:
        back: datetime = (await connection.execute(select(guild_table.c.first_seen_at))).scalar_one()
    return back


async def test_a_moment_comes_back_as_it_was_to_the_microsecond_and_in_utc(database: Database) -> None:
    back = await kept(database, NOON)
    assert back == NOON
    assert back.tzinfo is UTC


@pytest.mark.parametrize("zone", [timezone(timedelta(hours=-7)), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Europe/Berlin")])
async def test_a_moment_of_another_zone_comes_back_as_the_same_moment_in_utc(
    database: Database, zone: timezone | ZoneInfo
) -> None:
    back = await kept(database, NOON.astimezone(zone))
    assert back == NOON
    assert back.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused_and_nothing_is_stored(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone") as refused:
        await kept(database, NOON.replace(tzinfo=None))
    assert isinstance(refused.value.orig, ValueError)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM guild"))).scalar_one() == 0


async def test_a_moment_without_a_zone_is_refused_in_a_comparison_too(database: Database) -> None:
    query = select(guild_table).where(guild_table.c.first_seen_at < NOON.replace(tzinfo=None))
    async with database.read() as connection:
        with pytest.raises(StatementError, match="without a time zone"):
            await connection.execute(query)


async def test_moments_written_in_different_zones_are_compared_as_moments(database: Database) -> None:
    await kept(database, NOON.astimezone(ZoneInfo("Asia/Kathmandu")))
    hour = timedelta(hours=1)
    for moment, found in ((NOON - hour, 0), (NOON + hour, 1)):
        query = select(guild_table).where(guild_table.c.first_seen_at < moment.astimezone(ZoneInfo("America/Denver")))
        async with database.read() as connection:
            assert len((await connection.execute(query)).all()) == found


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)))  # noqa: DTZ001
def test_any_moment_survives_the_way_in_and_out(moment: datetime) -> None:
    dialect = sqlite.dialect()
    stored = UtcDateTime().process_bind_param(moment, dialect)
    assert stored is not None
    assert stored.tzinfo is None
    assert UtcDateTime().process_result_value(stored, dialect) == moment.astimezone(UTC)


def test_no_moment_stays_no_moment() -> None:
    dialect = sqlite.dialect()
    assert UtcDateTime().process_bind_param(None, dialect) is None
    assert UtcDateTime().process_result_value(None, dialect) is None
