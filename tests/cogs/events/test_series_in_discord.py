from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from db import events
from tests.bot.delivery.steps import said, tick
from tests.cogs.events.steps import announced_in, event_of, newest, plan, press, settle
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import ChannelHandle

    from db.events import Event
    from tests.kit.world import World

WEEKLY = {"title": "Book club", "when": "every Thursday 5pm", "template": "bookclub"}


@pytest.fixture
async def channel(world: World) -> ChannelHandle:
    return await announced_in(world)


async def occurrences(world: World) -> list[Event]:
    async with world.database.read() as connection:
        series = (await events.every_series(connection, world.guild.id))[-1]
        return await events.of_series(connection, series)


async def post_series(world: World, **changed: Any) -> list[Event]:
    shown = await press(world.organizer, await plan(world, **{**WEEKLY, **changed}), "Post")
    assert "Posted" in words(shown)
    await settle(world)
    return await occurrences(world)


async def test_a_series_is_posted_and_only_its_next_date_stands_in_the_channel_and_in_discords_list(
    world: World, channel: ChannelHandle
) -> None:
    shown = await press(world.organizer, await plan(world, **WEEKLY), "Post")
    assert "every Thursday" in words(shown)
    await settle(world)
    rows = await occurrences(world)
    assert len(rows) > 50
    assert len([card for card in said(world, channel.id) if "Book club" in card]) == 1
    assert "**Repeats** every Thursday" in said(world, channel.id)[0]
    assert len(world.env.backend.get_guild(world.guild.id).scheduled_events) == 1
    await tick(world, (rows[0].ends_at - world.bot.clock()).total_seconds() + 1)
    await settle(world)
    cards = [card for card in said(world, channel.id) if card.startswith("### Book club 📖\n") and "**When**" in card]
    assert len([card for card in cards if "Hosted by" in card]) == 2
    assert (await event_of(world, rows[1].event_id)).posted.message_id is not None
    assert (await event_of(world, rows[2].event_id)).posted.message_id is None


async def test_a_single_event_is_made_to_repeat_in_its_preview(world: World, channel: ChannelHandle) -> None:
    shown = await plan(world, when="first Tuesday 3pm")
    rules = select_id(shown, "Does it repeat?")
    shown = seen(await world.organizer.select(shown, custom_id=rules, values=["FREQ=MONTHLY;BYDAY=1TU"]))
    assert "the first Tuesday of each month" in words(shown)
    said = re.search(r"-# (\w+ \d+, .*)", words(shown))
    assert said is not None
    assert len(re.findall(r"[A-Z][a-z]{2} \d{1,2}\b", said[1])) == 12
    await press(world.organizer, shown, "Post")
    assert len(await occurrences(world)) == 12
    assert channel.id


async def test_series_are_listed_and_the_next_date_is_skipped_and_taken_back(
    world: World, channel: ChannelHandle
) -> None:
    rows = await post_series(world)
    listed = seen(await world.organizer.slash(world.general, "event series"))
    assert "Every Thursday" in words(listed)
    skipped = await press(world.organizer, listed, "Skip the next")
    assert "is left out" in words(skipped)
    assert (await event_of(world, rows[0].event_id)).state == events.CANCELLED
    again = await press(world.organizer, skipped, "Undo")
    assert "is on again" in words(again)
    assert (await event_of(world, rows[0].event_id)).state == events.PLANNED
    assert channel.id


async def test_a_member_sees_no_series_list_and_a_host_ends_one(world: World, channel: ChannelHandle) -> None:
    await post_series(world)
    refused = seen(await world.member.slash(world.general, "event series"))
    assert "Only organizers" in words(refused)
    listed = seen(await world.organizer.slash(world.general, "event series"))
    asked = await press(world.organizer, listed, "End the series")
    assert "End this series?" in words(asked)
    ended = await press(world.organizer, asked, "This is the last")
    assert "is its last date" in words(ended)
    assert [row.state for row in await occurrences(world)] == [events.PLANNED]
    assert channel.id


async def test_all_to_come_move_when_an_organizer_says_so(world: World, channel: ChannelHandle) -> None:
    rows = await post_series(world)
    opened = seen(await world.organizer.slash(world.general, "event edit", event=str(rows[2].event_id)))
    form = await world.organizer.click(opened, custom_id=custom_id(opened, "Edit"))
    local = "January 15, 2026 at 6pm"
    changed = {"title": "Reading circle", "about": "", "when": local, "where": "", "places": ""}
    shown = seen(await world.organizer.submit_modal(form, changed))
    asked = await press(world.organizer, shown, "Save changes")
    assert buttons(asked) == ["Only this one", "This and following", "All to come", "Back"]
    saved = await press(world.organizer, asked, "All to come")
    assert "Saved" in words(saved)
    await settle(world)
    moved = await occurrences(world)
    assert {row.plan.title for row in moved} == {"Reading circle"}
    assert {f"{row.starts_at:%H:%M}" for row in moved[:9]} == {"23:00"}
    assert any("Reading circle" in card for card in said(world, channel.id))


async def test_only_this_one_leaves_the_others_alone(world: World, channel: ChannelHandle) -> None:
    rows = await post_series(world)
    opened = seen(await world.organizer.slash(world.general, "event edit", event=str(rows[0].event_id)))
    asked = await press(world.organizer, opened, "Save changes")
    await press(world.organizer, asked, "Only this one")
    changed = await occurrences(world)
    assert [row.detached for row in changed[:3]] == [True, False, False]
    assert channel.id


async def test_the_daily_chore_runs_while_a_series_goes_on(world: World, channel: ChannelHandle) -> None:
    before = len(await post_series(world))
    await tick(world, timedelta(days=8).total_seconds())
    assert len(await occurrences(world)) == before + 1
    assert (await newest(world)).plan.title == "Book club"
    assert channel.id


async def test_what_is_coming_up_shows_the_next_date_of_a_series_and_not_a_year_of_it(
    world: World, channel: ChannelHandle
) -> None:
    await post_series(world)
    listed = words(seen(await world.member.slash(world.general, "events")))
    assert "1 event" in listed
    mine = words(seen(await world.organizer.slash(world.general, "events", mine=True)))
    assert "1 event" in mine, "also for who hosts them all"
    assert channel.id


async def test_a_bot_that_was_away_for_days_sends_no_stale_reminder_and_goes_on_with_the_series(
    world: World, channel: ChannelHandle
) -> None:
    rows = await post_series(world)
    await world.env.advance_time(timedelta(days=16).total_seconds())
    await settle(world)
    cards = said(world, channel.id)
    assert [card for card in cards if "Starts <t" in card or "Starting now" in card] == []
    rows = await occurrences(world)
    coming = next(row for row in rows if row.starts_at > world.bot.clock())
    assert any(f"<t:{int(coming.starts_at.timestamp())}:F>" in card for card in cards), "the next date has its card"
    over = [row for row in rows if row.ends_at <= world.bot.clock()]
    assert len(over) == 3
    assert sum("Hosted by" in card for card in cards) == 2, "what was over meanwhile is not announced afterwards"


async def test_a_channel_that_is_gone_stops_no_other_series(world: World, channel: ChannelHandle) -> None:
    await post_series(world)
    world.env.backend.delete_channel(channel.id)
    other = await announced_in(world)
    rows = await post_series(world, title="Tool talk", when="every Friday 5pm", template="talk")
    await tick(world, (rows[0].ends_at - world.bot.clock()).total_seconds() + 1)
    await settle(world)
    assert sum("Hosted by" in card for card in said(world, other.id)) == 2
