"""The line for places on a real database: what a press or a chore finds, at which minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cogs.events.cards.answers import answered
from cogs.events.service.answering import Answered
from cogs.events.service.telling import TOLD
from db import delivery, events
from db.events import CANT, GOING, OFFERED, WAITING, Rsvp
from tests.cogs.events.series_steps import GUILD, MEMBER, Room

if TYPE_CHECKING:
    from db.engine import Database
    from db.events import Event

OTHER, THIRD = 31, 32


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


async def filled(room: Room, *, before: timedelta) -> Event:
    """An event with one place, which one has and two wait for; so long before its start."""
    event = await room.post("first Tuesday 3pm", places="1")
    for user in (MEMBER, OTHER, THIRD):
        await room.answering.answer(GUILD, event.event_id, user, "Kim", GOING)
    room.now = event.starts_at - before
    return event


async def test_who_presses_going_just_after_their_offer_ended_is_in_line(room: Room) -> None:
    event = await filled(room, before=timedelta(hours=6))
    await room.answering.answer(GUILD, event.event_id, MEMBER, "Kim", CANT)
    room.now += timedelta(hours=2, seconds=1)
    found = await room.answering.answer(GUILD, event.event_id, OTHER, "Kim", GOING)
    assert (found.rsvp.answer, found.ahead) == (WAITING, 0)
    async with room.database.read() as connection:
        third = await events.answer_of(connection, event.event_id, THIRD)
    assert third is not None
    assert third.answer == OFFERED


async def test_a_place_that_is_kept_is_said_to_be_so(room: Room) -> None:
    event = await room.post("first Tuesday 3pm", places="1")
    rsvp = Rsvp(event.event_id, MEMBER, OFFERED, "Kim", room.now, offered_until=room.now)
    shown = str([item.to_component_dict() for item in answered(Answered(event, rsvp), [], "Eastern").children])
    assert "A place is kept for you" in shown
    assert "You can't come" not in shown


async def test_two_moves_leave_one_note_for_whoever_comes_by_later(room: Room) -> None:
    event = await room.post("first Tuesday 3pm")
    await room.answering.answer(GUILD, event.event_id, MEMBER, "Kim", GOING)
    for day in (2, 3):
        event = await room.get(event)
        draft, planned = await room.draft(f"December {day} 2026 at 5pm", f"{event.event_id}.{event.version}")
        await room.editing.save(draft, planned)
        assert len(await room.promised(TOLD)) == 1
        if day == 2:
            async with room.database.write() as connection:
                await connection.exec_driver_sql("UPDATE delivery SET state = 'parked' WHERE kind = 'event-told'")
    async with room.database.read() as connection:
        notes = await delivery.of_subject(connection, GUILD, TOLD, f"event:{event.event_id}")
    assert [one.state for one in notes] == ["dropped", "waiting"]
