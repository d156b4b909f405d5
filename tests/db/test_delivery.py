from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from db import delivery
from db.delivery import DROPPED, LAPSED, PARKED, SENDING, SENT, WAITING, Promise, Way
from db.delivery.marking import tally_table

if TYPE_CHECKING:
    from db.delivery import Delivery
    from db.engine import Database

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORD = Promise("word", 1, "event:1", NOW + HOUR, Way.CHANNEL, 10, moment="day-before")


async def put(database: Database, promise: Promise, now: datetime = NOW) -> int:
    async with database.write() as connection:
        return await delivery.put(connection, promise, now)


async def claim(database: Database, now: datetime = NOW + HOUR, lease: str = "a") -> list[Delivery]:
    async with database.write() as connection:
        return await delivery.claim(
            connection, now=now, until=now + timedelta(minutes=2), tried_at=now, lease=lease, limit=100
        )


async def get(database: Database, number: int) -> Delivery:
    async with database.read() as connection:
        found = await delivery.find(connection, number)
    assert found is not None
    return found


async def settled(database: Database, state: str) -> int:
    number = await put(database, WORD)
    (claimed,) = await claim(database)
    async with database.write() as connection:
        if state == SENT:
            await delivery.mark_sent(connection, number, NOW + HOUR, message_id=5, channel_id=10)
        else:
            marks = {PARKED: delivery.park, LAPSED: delivery.lapse, DROPPED: delivery.drop}
            assert await marks[state](connection, claimed, NOW + HOUR, "because")
    return number


async def test_a_promise_stands_once_for_kind_subject_moment_and_target(database: Database) -> None:
    first = await put(database, WORD)
    assert await put(database, WORD) == first
    others = [
        replace(WORD, kind="other"),
        replace(WORD, subject="event:2"),
        replace(WORD, moment="hour-before"),
        replace(WORD, target_id=11),
        replace(WORD, guild_id=2),
    ]
    assert len({first, *[await put(database, other) for other in others]}) == 6


async def test_a_promise_that_is_moved_is_due_at_its_new_time(database: Database) -> None:
    number = await put(database, WORD)
    assert await put(database, replace(WORD, due_at=NOW + 3 * HOUR)) == number
    moved = await get(database, number)
    assert (moved.due_at, moved.wake_at) == (NOW + 3 * HOUR, NOW + 3 * HOUR)
    assert await claim(database) == []
    await put(database, replace(WORD, due_at=NOW + HOUR / 2))
    assert [one.delivery_id for one in await claim(database)] == [number]


async def test_what_was_tried_keeps_its_pause_when_the_same_promise_is_made_again(database: Database) -> None:
    number = await put(database, WORD)
    (claimed,) = await claim(database)
    async with database.write() as connection:
        await delivery.retry(connection, claimed, NOW + 2 * HOUR, "outage")
    await put(database, replace(WORD, lapses_at=NOW + 9 * HOUR))
    again = await get(database, number)
    assert (again.wake_at, again.lapses_at, again.attempts) == (NOW + 2 * HOUR, NOW + 9 * HOUR, 1)


@pytest.mark.parametrize("state", [SENT, LAPSED, PARKED])
async def test_what_is_over_stays_over_when_the_same_promise_is_made_again(database: Database, state: str) -> None:
    number = await settled(database, state)
    assert await put(database, WORD) == number
    assert (await get(database, number)).state == state


@pytest.mark.parametrize("state", [LAPSED, PARKED, DROPPED])
async def test_what_did_not_go_out_comes_back_for_a_later_time(database: Database, state: str) -> None:
    number = await settled(database, state)
    await put(database, replace(WORD, due_at=NOW + 5 * HOUR))
    back = await get(database, number)
    assert (back.state, back.wake_at, back.reason, back.settled_at) == (WAITING, NOW + 5 * HOUR, "", None)
    assert back.first_try_at is not None, "it was tried once, so it must be looked for before it is sent"


async def test_what_was_sent_is_not_sent_again_for_a_later_time(database: Database) -> None:
    number = await settled(database, SENT)
    await put(database, replace(WORD, due_at=NOW + 5 * HOUR))
    assert (await get(database, number)).state == SENT


async def test_what_was_dropped_comes_back_when_it_is_promised_again(database: Database) -> None:
    number = await put(database, WORD)
    async with database.write() as connection:
        assert await delivery.cancel(connection, 1, "word", "event:1", NOW) == 1
    assert (await get(database, number)).state == DROPPED
    await put(database, WORD)
    assert (await get(database, number)).state == WAITING


async def test_a_cancellation_names_a_moment_or_a_target_or_takes_all(database: Database) -> None:
    numbers = [
        await put(database, promise)
        for promise in (WORD, replace(WORD, moment="hour-before"), replace(WORD, target_id=11))
    ]
    async with database.write() as connection:
        assert await delivery.cancel(connection, 1, "word", "event:1", NOW, moment="hour-before") == 1
        assert await delivery.cancel(connection, 1, "word", "event:1", NOW, target_id=11) == 1
        assert await delivery.cancel(connection, 2, "word", "event:1", NOW) == 0
    assert [(await get(database, number)).state for number in numbers] == [WAITING, DROPPED, DROPPED]


async def test_what_arrived_after_it_was_cancelled_is_marked_as_sent(database: Database) -> None:
    number = await put(database, WORD)
    await claim(database)
    async with database.write() as connection:
        await delivery.cancel(connection, 1, "word", "event:1", NOW)
        assert await delivery.mark_sent(connection, number, NOW + HOUR, message_id=5, channel_id=10)
    assert (await get(database, number)).state == SENT


async def test_who_lost_the_lease_marks_nothing_but_that_it_is_there(database: Database) -> None:
    number = await put(database, WORD)
    (first,) = await claim(database)
    (second,) = await claim(database, NOW + HOUR + timedelta(minutes=2), lease="b")
    assert (first.attempts, second.attempts) == (1, 2)
    async with database.write() as connection:
        for mark in (delivery.park, delivery.lapse, delivery.drop):
            assert not await mark(connection, first, NOW + 2 * HOUR, "because")
        assert not await delivery.retry(connection, first, NOW + 2 * HOUR, "outage")
        assert not await delivery.hold(connection, first, NOW + 2 * HOUR)
    assert (await get(database, number)).state == SENDING
    async with database.write() as connection:
        assert await delivery.mark_sent(connection, number, NOW + 2 * HOUR)
        assert not await delivery.mark_sent(connection, number, NOW + 3 * HOUR)
    assert (await get(database, number)).settled_at == NOW + 2 * HOUR


async def test_the_first_try_is_written_down_before_anything_is_sent_and_stays(database: Database) -> None:
    number = await put(database, WORD)
    await claim(database)
    assert (await get(database, number)).first_try_at == NOW + HOUR
    await claim(database, NOW + 5 * HOUR)
    assert (await get(database, number)).first_try_at == NOW + HOUR


async def test_the_next_moment_to_look_is_the_earliest_of_what_is_to_come(database: Database) -> None:
    async with database.read() as connection:
        assert await delivery.next_wake(connection) is None
    await settled(database, SENT)
    await put(database, replace(WORD, subject="event:2", due_at=NOW + 3 * HOUR))
    await put(database, replace(WORD, subject="event:3", due_at=NOW + 2 * HOUR))
    async with database.read() as connection:
        assert await delivery.next_wake(connection) == NOW + 2 * HOUR


async def test_what_is_parked_for_a_channel_moves_to_another_unless_it_has_it_already(database: Database) -> None:
    number = await settled(database, PARKED)
    twin = await put(database, replace(WORD, subject="event:2"))
    await put(database, replace(WORD, subject="event:2", target_id=99))
    async with database.write() as connection:
        assert await delivery.retarget(connection, 1, 10, 99, NOW + 2 * HOUR) == (1, 1)
    moved = await get(database, number)
    assert (moved.target_id, moved.state, moved.attempts, moved.first_try_at) == (99, WAITING, 0, None)
    assert (await get(database, twin)).target_id == 10


async def test_a_promise_to_come_keeps_its_time_when_its_channel_changes(database: Database) -> None:
    number = await put(database, WORD)
    async with database.write() as connection:
        await delivery.retarget(connection, 1, 10, 99, NOW)
    assert (await get(database, number)).wake_at == NOW + HOUR


async def test_old_deliveries_are_folded_into_numbers_by_month(database: Database) -> None:
    await settled(database, SENT)
    february = NOW + timedelta(days=40)
    for subject in ("a", "b"):
        number = await put(database, replace(WORD, subject=subject, due_at=february))
        async with database.write() as connection:
            await delivery.mark_sent(connection, number, february)
    kept = await put(database, replace(WORD, subject="c"))
    async with database.write() as connection:
        assert await delivery.fold(connection, february + HOUR) == 3
        assert await delivery.fold(connection, february + HOUR) == 0
    async with database.read() as connection:
        rows = (await connection.execute(select(tally_table).order_by(tally_table.c.month))).all()
    assert [(row.guild_id, row.kind, row.state, row.month, row.number) for row in rows] == [
        (1, "word", "sent", "2026-01", 1),
        (1, "word", "sent", "2026-02", 2),
    ]
    assert (await get(database, kept)).state == WAITING
    again = await put(database, replace(WORD, subject="d", due_at=february))
    async with database.write() as connection:
        await delivery.mark_sent(connection, again, february)
        await delivery.fold(connection, february + HOUR)
        assert (await connection.execute(select(tally_table.c.number))).scalars().all() == [1, 3]


async def test_what_is_parked_is_not_folded_away(database: Database) -> None:
    number = await settled(database, PARKED)
    async with database.write() as connection:
        assert await delivery.fold(connection, NOW + timedelta(days=400)) == 0
    assert (await get(database, number)).state == PARKED


async def test_a_claim_looks_only_at_what_is_due(database: Database) -> None:
    await put(database, WORD)
    async with database.read() as connection:
        plan = await connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT wake_at FROM delivery "
                "WHERE state IN ('waiting', 'sending') AND wake_at <= '2026-01-05'"
            )
        )
        assert "ix_delivery_live" in " ".join(str(row) for row in plan)


SUBJECTS = ["a", "b"]
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(SUBJECTS), st.integers(-2, 4)),
        st.tuples(st.just("cancel"), st.sampled_from(SUBJECTS), st.just(0)),
        st.tuples(st.just("sent"), st.sampled_from(SUBJECTS), st.just(0)),
        st.tuples(st.just("parked"), st.sampled_from(SUBJECTS), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
async def test_nothing_that_was_sent_is_ever_due_again_and_nothing_promised_vanishes(
    database: Database, changes: list[tuple[str, str, int]]
) -> None:
    async with database.write() as connection:
        await connection.execute(text("DELETE FROM delivery"))
    sent: set[int] = set()
    for change, subject, hours in changes:
        promise = replace(WORD, subject=subject, due_at=NOW + hours * HOUR)
        async with database.write() as connection:
            if change == "put":
                number = await delivery.put(connection, promise, NOW)
                assert (await delivery.find(connection, number)) is not None
            elif change == "cancel":
                await delivery.cancel(connection, 1, "word", subject, NOW)
            else:
                for one in await delivery.claim(
                    connection, now=NOW + 9 * HOUR, until=NOW + 9 * HOUR, tried_at=NOW, lease="x", limit=9
                ):
                    assert one.delivery_id not in sent
                    if change == "sent":
                        await delivery.mark_sent(connection, one.delivery_id, NOW)
                        sent.add(one.delivery_id)
                    else:
                        await delivery.park(connection, one, NOW, "because")


async def test_the_row_of_a_message_that_stands_is_not_folded(database: Database) -> None:
    number = await settled(database, SENT)
    dropped = await put(database, replace(WORD, subject="dropped"))
    async with database.write() as connection:
        assert await delivery.call_off(connection, [dropped], NOW)
        assert await delivery.fold(connection, NOW + 2 * HOUR, keeping=["word"]) == 1
        assert await delivery.fold(connection, NOW + 2 * HOUR, keeping=["word"]) == 0
    assert (await get(database, number)).message_id == 5


async def test_what_waits_for_a_member_is_never_moved_into_a_channel(database: Database) -> None:
    number = await put(database, replace(WORD, way=Way.PRIVATE, place_id=5))
    parked = await settled(database, PARKED)
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE delivery SET way = 'dm' WHERE delivery_id = ?", (parked,))
        assert await delivery.retarget(connection, 1, 10, 99, NOW) == (0, 0)
        assert await delivery.give_up(connection, 1, 10, NOW) == 0
        assert await delivery.parked_in(connection, 1, 10) == []
    assert [(await get(database, one)).target_id for one in (number, parked)] == [10, 10]
