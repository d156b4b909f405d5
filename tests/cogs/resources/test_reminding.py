from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.zones import SERVER_ZONE
from cogs.resources.reading import CHOICES, moment_of
from cogs.resources.service.reminding import KIND
from db import delivery
from tests.bot.delivery.steps import said, tick
from tests.kit.world import buttons, custom_id, words

if TYPE_CHECKING:
    from db.delivery import Delivery
    from tests.kit.world import World

ZONES = [SERVER_ZONE, ZoneInfo("Europe/Vienna"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Honolulu")]


async def saved_card(world: World) -> Any:
    found: Any = (await world.member.slash(world.general, "find", query="laser cutter")).response
    return (await world.member.click(found, custom_id=custom_id(found, "Save"))).response


async def remind(world: World, label: str) -> Any:
    card = await saved_card(world)
    return (await world.member.click(card, custom_id=custom_id(card, label))).response


async def waiting(world: World) -> list[Delivery]:
    async with world.database.read() as connection:
        return [one for one in await delivery.page(connection, ("waiting",), limit=50) if one.kind == KIND]


async def wait_until_due(world: World) -> None:
    due = (await waiting(world))[0].due_at
    await tick(world, (due - world.bot.clock()).total_seconds())


async def test_who_saves_something_is_offered_to_be_reminded_of_it(world: World) -> None:
    card = await saved_card(world)
    assert "Shall I remind you to read it?" in words(card)
    assert buttons(card) == ["Undo", "This evening", "Tomorrow", "Next week"]


async def test_a_reminder_comes_in_a_private_thread_unless_a_direct_message_is_asked_for(world: World) -> None:
    promised = await remind(world, "Tomorrow")
    due = (await waiting(world))[0].due_at
    assert f"<t:{int(due.timestamp())}:F>, in a private thread" in words(promised)
    assert promised.flags.ephemeral
    await tick(world)
    assert world.general.threads == []
    await wait_until_due(world)
    (thread,) = world.general.threads
    (reminder,) = said(world, thread.id)
    assert f"<@{world.member.id}>, you asked me to remind you of this. It comes once." in reminder
    assert "laser" in reminder.casefold()
    assert said(world, world.member.user.dm_channel.id) == []
    members = world.env.backend.get_thread(thread.id).thread_members
    assert world.other.id not in members


async def test_a_reminder_comes_by_direct_message_where_its_member_asks_for_that(world: World) -> None:
    promised = await remind(world, "Next week")
    changed = await world.member.click(promised, custom_id=custom_id(promised, "Direct message"))
    assert "by direct message" in words(changed.response)
    await wait_until_due(world)
    assert "Time to read" in said(world, world.member.user.dm_channel.id)[0]
    assert buttons(world.member.user.dm_channel.last_message) == [], "they need their server"
    assert world.general.threads == []


async def test_a_reminder_is_taken_back_with_undo(world: World) -> None:
    promised = await remind(world, "Tomorrow")
    undone = await world.member.click(promised, custom_id=custom_id(promised, "Undo"))
    assert "I will not remind you" in words(undone.response)
    assert await waiting(world) == []
    await tick(world, 3 * 86_400)
    assert world.general.threads == []


async def test_another_time_replaces_the_first(world: World) -> None:
    await remind(world, "This evening")
    await remind(world, "Next week")
    (kept,) = await waiting(world)
    assert kept.due_at - world.bot.clock() > timedelta(days=1)


async def test_a_resource_that_has_left_the_catalogue_is_not_reminded_of(world: World) -> None:
    await remind(world, "Tomorrow")
    (promise,) = await waiting(world)
    async with world.database.write() as connection:
        from sqlalchemy import text

        await connection.execute(text("UPDATE resource SET status = 'declined', version = version + 1"))
    await wait_until_due(world)
    async with world.database.read() as connection:
        dropped = await delivery.find(connection, promise.delivery_id)
    assert dropped is not None
    assert (dropped.state, dropped.reason) == (delivery.DROPPED, "not-needed")
    assert world.general.threads == []


async def test_from_the_reminder_one_can_ask_for_another(world: World) -> None:
    await remind(world, "Tomorrow")
    await wait_until_due(world)
    thread = world.general.threads[0]
    card: Any = thread.last_message
    assert buttons(card) == ["Tomorrow", "Next week"]
    await world.member.click(card, custom_id=custom_id(card, "Tomorrow"))
    await wait_until_due(world)
    assert len(said(world, thread.id)) == 2
    assert len(world.general.threads) == 1


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given apart
    st.sampled_from(sorted(CHOICES)),
    st.sampled_from(ZONES),
)
def test_a_moment_lies_ahead_and_is_what_its_name_says(now: datetime, choice: str, zone: ZoneInfo) -> None:
    moment = moment_of(choice, now, zone)
    here, there = now.astimezone(zone), moment.astimezone(zone)
    assert moment.utcoffset() == timedelta(0)
    if choice == "evening":
        assert timedelta(minutes=59) <= moment - now
        assert there.hour == 18 or moment - now <= timedelta(hours=2)
    elif choice == "tomorrow":
        assert (there.date() - here.date()).days == 1
        assert there.hour == 9
    else:
        assert there.weekday() == 0
        assert 1 <= (there.date() - here.date()).days <= 7
        assert there.hour == 9


def test_a_choice_there_is_none_of_is_refused() -> None:
    with pytest.raises(KeyError):
        moment_of("never", datetime(2026, 1, 1, tzinfo=UTC), SERVER_ZONE)
