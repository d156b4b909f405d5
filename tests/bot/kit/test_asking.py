"""One rule for all rooms: nobody is asked for things twice a week, nor at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.kit.asking import A_WEEK, may_be_asked_from
from db import asking, delivery, guilds, people, questions
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from db.engine import Database

GUILD, KIM, SAM = 10, 20, 30
NOW = datetime(2026, 3, 3, 15, tzinfo=UTC)
"""Ten in the morning in New York."""
EAST = ZoneInfo("America/New_York")
DAY = timedelta(days=1)


async def promised(database: Database, kind: str, due: datetime, who: int = KIM) -> int:
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
        promise = Promise(kind, GUILD, "it:1", due, Way.DM, who, moment=f"{due}")
        return await delivery.put(connection, promise, NOW - 9 * DAY)


async def came(database: Database, kind: str, at: datetime, who: int = KIM) -> None:
    number = await promised(database, kind, at, who)
    async with database.write() as connection:
        await delivery.mark_sent(connection, number, at, message_id=1, channel_id=2)


async def may_be(database: Database, at: datetime = NOW, but: int | None = None) -> datetime:
    async with database.read() as connection:
        return await may_be_asked_from(connection, GUILD, KIM, at, EAST, but=but)


@pytest.mark.parametrize("kind", asking.ASKING)
async def test_who_was_asked_by_one_room_is_asked_by_another_a_week_later(database: Database, kind: str) -> None:
    assert await may_be(database) == NOW
    await came(database, kind, NOW - 3 * DAY, SAM)
    assert await may_be(database) == NOW, "somebody else was asked"
    await came(database, kind, NOW - 3 * DAY)
    assert await may_be(database) == NOW - 3 * DAY + A_WEEK
    assert await may_be(database, NOW + 5 * DAY) == NOW + 5 * DAY


async def test_whether_something_is_solved_is_asked_as_well(database: Database) -> None:
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
        made = questions.Asking(GUILD, 1, KIM, "Glowforge smells", (), thread_id=2)
        question = await questions.add(connection, made, NOW - 9 * DAY)
        await questions.note(connection, question.question_id, solved_asked_at=NOW - DAY)
    assert await may_be(database) == NOW - DAY + A_WEEK


async def test_a_question_of_another_member_counts_too(database: Database) -> None:
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
        await people.change(connection, GUILD, KIM, {"asks": True}, NOW)
        profile = await people.of_member(connection, GUILD, KIM)
        assert profile is not None
        assert await people.note_asked(connection, profile.profile_id, NOW - DAY, DAY)
    assert await may_be(database) == NOW - DAY + A_WEEK


async def test_what_is_promised_counts_but_not_what_hangs_on_an_event_to_come(database: Database) -> None:
    await promised(database, "event-after", NOW + 2 * DAY)
    await promised(database, "mentor-proposal-again", NOW + 2 * DAY)
    assert await may_be(database) == NOW
    await promised(database, "mentor-check-in", NOW + 9 * DAY)
    assert await may_be(database) == NOW, "there is more than a week in between"
    await promised(database, "mentor-check-in", NOW + 2 * DAY)
    assert await may_be(database) == NOW + 9 * DAY + A_WEEK, "the one of the ninth day is in the way, too"


async def test_of_two_that_are_sent_in_the_same_moment_the_first_has_its_way(database: Database) -> None:
    first = await promised(database, "event-after", NOW)
    second = await promised(database, "mentor-check-in", NOW)
    async with database.write() as connection:
        claimed = await delivery.claim(
            connection, ways=(Way.DM,), now=NOW, until=NOW + DAY, tried_at=NOW, lease="a", limit=9
        )
    assert [one.delivery_id for one in claimed] == [first, second]
    assert await may_be(database, but=first) == NOW
    assert await may_be(database, but=second) == NOW + A_WEEK


async def test_nobody_is_asked_at_night_where_they_live(database: Database) -> None:
    late = NOW.replace(hour=3)
    assert await may_be(database, late) == datetime(2026, 3, 3, 13, tzinfo=UTC), "eight in New York"
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
        await people.change(connection, GUILD, KIM, {"zone": "Asia/Tokyo"}, NOW)
    assert await may_be(database, late) == late, "noon in Tokyo"
