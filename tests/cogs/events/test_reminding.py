from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cogs.events import reminders
from cogs.events.service.following import CARD
from cogs.events.service.reminding import OWN_REMINDER, REMINDER
from cogs.events.service.rescheduling import Scope
from db import delivery
from db.delivery import Way
from db.events import CANT
from tests.cogs.events.series_steps import GUILD, MEMBER, ORGANIZER, Room

if TYPE_CHECKING:
    from db.engine import Database

HOUR = timedelta(hours=1)


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


async def sends(room: Room, code: str) -> None:
    """Let time pass until that reminder is due, and count it as sent."""
    room.now = next(one.due_at for one in await room.promised(REMINDER) if one.moment.startswith(code))
    async with room.database.write() as connection:
        claimed = await delivery.claim(
            connection, now=room.now, until=room.now + HOUR, tried_at=room.now, lease="x", limit=9
        )
        for one in claimed:
            await delivery.mark_sent(connection, one.delivery_id, room.now, message_id=1, channel_id=2)


async def test_an_event_has_a_reminder_a_day_before_and_one_in_its_thread_at_the_start(room: Room) -> None:
    event = await room.post("first Tuesday 3pm")
    assert await room.reminders() == []
    await room.stand(event)
    assert await room.reminders() == ["11-30 15:00 day channel", "12-01 15:00 start thread"]


async def test_a_week_before_is_only_for_limited_places_and_a_weekly_series_has_an_hour(room: Room) -> None:
    await room.stand(await room.post("December 8 3pm", places="30"))
    assert await room.reminders() == ["12-01 15:00 week channel", "12-07 15:00 day channel", "12-08 15:00 start thread"]
    assert await room.reminding.chosen(GUILD, (await room.post("every Thursday 5pm")).event_id) == ("hour",)
    assert await room.reminding.chosen(GUILD, (await room.post("every other Friday 5pm")).event_id) == ("day", "start")


async def test_the_day_before_is_the_same_hour_also_when_the_clocks_change_in_between(room: Room) -> None:
    await room.stand(await room.post("March 14 2027 3pm"))
    assert (await room.reminders())[0] == "03-13 15:00 day channel"


async def test_reminders_move_with_the_event_and_go_when_it_is_called_off(room: Room) -> None:
    event = await room.stand(await room.post("first Tuesday 3pm"))
    await room.answering.remind(GUILD, event.event_id, MEMBER, "Kim")
    draft, planned = await room.draft("December 3 2026 at 5pm", f"{event.event_id}.{event.version}")
    await room.editing.save(draft, planned)
    assert await room.reminders() == [
        "12-02 17:00 day channel", "12-02 17:00 day private", "12-03 16:00 hour private", "12-03 17:00 start thread",
    ]  # fmt: skip
    await room.editing.cancel(GUILD, event.event_id, ORGANIZER, "")
    assert await room.reminders() == []


async def test_a_move_while_the_card_is_being_posted_keeps_its_reminders(room: Room) -> None:
    event = await room.post("first Tuesday 3pm")
    draft, planned = await room.draft("December 3 2026 at 5pm", f"{event.event_id}.{event.version}")
    await room.editing.save(draft, planned)
    await room.stand(event)
    assert await room.reminders() == ["12-02 17:00 day channel", "12-03 17:00 start thread"]


async def test_a_date_that_is_moved_earlier_gets_its_card_earlier_too(room: Room) -> None:
    third = (await room.series(await room.post("every first Thursday 5pm")))[2]
    before = await room.promised(CARD)
    draft, planned = await room.draft("January 28 2027 at 5pm", f"{third.event_id}.{third.version}")
    await room.editing.save(draft, planned)
    changed = await room.get(third)
    (card,) = [one for one in await room.promised(CARD) if one.subject == f"event:{third.event_id}"]
    assert changed.announce_at == card.due_at == changed.starts_at - timedelta(days=14)
    assert [one.due_at for one in before if one.subject == card.subject] == [third.announce_at]


async def test_a_member_is_reminded_a_day_and_an_hour_before_the_way_they_chose_until_they_cannot_come(
    room: Room,
) -> None:
    event = await room.stand(await room.post("first Tuesday 3pm"))
    await room.answering.remind(GUILD, event.event_id, MEMBER, "Kim")
    await room.answering.reach(GUILD, event.event_id, MEMBER, "Kim", Way.DM, 7)
    assert [one for one in await room.reminders() if "dm" in one] == ["11-30 15:00 day dm", "12-01 14:00 hour dm"]
    await room.answering.answer(GUILD, event.event_id, MEMBER, "Kim", CANT)
    assert [one for one in await room.reminders() if "dm" in one] == []
    await room.answering.remind(GUILD, event.event_id, MEMBER, "Kim", on=False)
    assert len(await room.reminders()) == 2


async def test_the_organizer_chooses_other_reminders_or_none(room: Room) -> None:
    event = await room.stand(await room.post("first Tuesday 3pm"))
    await room.reminding.choose(GUILD, event.event_id, ["hour", "start"])
    assert await room.reminders() == ["12-01 14:00 hour channel", "12-01 15:00 start thread"]
    await room.reminding.choose(GUILD, event.event_id, [])
    assert await room.reminders() == []


async def test_no_reminder_comes_right_after_the_card_or_twice_because_of_a_small_move(room: Room) -> None:
    event = await room.stand(await room.post("tomorrow 11am"))
    assert await room.reminders() == ["11-24 11:00 start thread"]
    later = await room.stand(await room.post("first Tuesday 3pm"))
    await sends(room, "day")
    later = await room.get(later)
    draft, planned = await room.draft("December 1 2026 at 5pm", f"{later.event_id}.{later.version}")
    await room.editing.save(draft, planned)
    assert await room.reminders() == ["12-01 17:00 start thread"]
    assert event.event_id != later.event_id


async def test_who_comes_is_called_again_an_hour_before_and_at_the_start_when_an_event_is_postponed(
    room: Room,
) -> None:
    event = await room.stand(await room.post("first Tuesday 3pm"))
    await room.reminding.choose(GUILD, event.event_id, ["hour", "start"])
    await sends(room, "hour")
    assert await room.reminders() == ["12-01 15:00 start thread"]
    draft, planned = await room.draft("December 1 2026 at 8pm", f"{event.event_id}.{event.version}")
    room.now += timedelta(minutes=10)
    await room.editing.save(draft, planned)
    assert await room.reminders() == ["12-01 19:00 hour channel", "12-01 20:00 start thread"]


async def test_a_reminder_says_what_is_true_when_it_comes(room: Room) -> None:
    event = await room.stand(await room.post("first Tuesday 3pm"))
    await room.answering.remind(GUILD, event.event_id, MEMBER, "Kim")
    waiting = {(one.kind, reminder.partition(" ")[0]): one for one, reminder in zip(
        await room.promised(REMINDER, OWN_REMINDER), await room.reminders(), strict=True
    )}  # fmt: skip
    day = next(one for (kind, _), one in waiting.items() if kind == REMINDER)
    own = next(one for (kind, _), one in waiting.items() if kind == OWN_REMINDER)
    assert (await room.reminding.due(day)) is not None
    assert (await room.reminding.due(own)) is not None
    await room.answering.answer(GUILD, event.event_id, MEMBER, "Kim", CANT)
    await room.editing.cancel(GUILD, event.event_id, ORGANIZER, "")
    assert await room.reminding.due(day) is None
    assert await room.reminding.due(own) is None


async def test_what_is_chosen_for_one_date_is_taken_over_by_all_to_come_and_by_those_made_later(room: Room) -> None:
    first = await room.post("every Thursday 5pm")
    await room.reminding.choose(GUILD, first.event_id, ["day", "start"])
    second = (await room.series(first))[1]
    assert await room.reminding.chosen(GUILD, second.event_id) == ("hour",)
    assert await room.reminding.choose_for_all(GUILD, first.event_id) == 52
    assert await room.reminding.chosen(GUILD, second.event_id) == ("day", "start")
    room.now += timedelta(days=8)
    await room.repeating.keep_up(GUILD, room.now)
    assert {row.plan.reminders for row in await room.series(first)} == {"day start"}


async def test_the_reminders_of_an_event_stay_when_an_edit_begun_earlier_is_saved(room: Room) -> None:
    event = await room.stand(await room.post("first Tuesday 3pm"))
    draft, planned = await room.draft("first Tuesday 3pm", f"{event.event_id}.{event.version}", title="Another")
    await room.reminding.choose(GUILD, event.event_id, ["hour"])
    saved, _ = await room.editing.save(draft, planned)
    assert (saved.plan.title, saved.plan.reminders) == ("Another", "hour")
    assert await room.reminders() == ["12-01 14:00 hour channel"]


@pytest.mark.parametrize("when", ["December 3 2026 at 5pm", "December 3 2026 at 6pm"])
@pytest.mark.parametrize("scope", list(Scope))
async def test_each_date_of_a_series_keeps_its_own_reminders_when_the_series_is_changed(
    room: Room, scope: Scope, when: str
) -> None:
    first = await room.post("every Thursday 5pm")
    rows = await room.series(first)
    await room.reminding.choose(GUILD, rows[1].event_id, ["start"])
    await room.reminding.choose(GUILD, rows[2].event_id, ["day"])
    saved = await room.change(await room.get(rows[1]), scope, when=when, title="Another")
    assert saved.series.plan.reminders is None
    assert [(await room.get(row)).plan.reminders for row in rows[1:4]] == ["start", "day", None]
    assert [(await room.get(row)).plan.title for row in rows[1:4]] == ["Another"] * 3


def test_the_names_of_reminders_are_kept_in_order() -> None:
    assert reminders.packed(["start", "week", "start", "never"]) == "week start"
