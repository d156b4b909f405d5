from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cogs.events.service import News
from tests.bot.delivery.steps import said, tick
from tests.cogs.events.steps import announced_in, card, event_of, post, press, settle, until
from tests.cogs.resources.files import content
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import ChannelHandle

    from tests.kit.world import World

HOUR = timedelta(hours=1)
AMA = {"template": "ama", "title": "Ask Me Anything with Ada"}


async def last_in(channel: Any) -> Any:
    return channel.history()[-1]


def private_thread(channel: ChannelHandle) -> Any:
    """The thread in which the bot writes to one member."""
    return next(
        thread for thread in channel.threads if thread.name not in ("Vinyl cutters for beginners", AMA["title"])
    )


async def test_the_day_before_the_news_role_is_mentioned_and_nobody_else(world: World) -> None:
    channel = await announced_in(world)
    role = world.guild.create_role("Event news")
    await world.bot.service(News).note(world.guild.id, role.id)
    event = await post(world)
    await until(world, event, timedelta(days=1))
    reminder = await last_in(channel)
    assert f"<@&{role.id}>" in words(reminder)
    assert f"Starts <t:{int(event.starts_at.timestamp())}:R>" in words(reminder)
    assert buttons(reminder) == ["Going", "Open the event", "Event news"]
    posted = [body for body in world.wire.bodies if isinstance(body, dict) and "allowed_mentions" in body]
    assert posted[-1]["allowed_mentions"]["roles"] == [role.id]
    assert not posted[-1]["allowed_mentions"].get("users")


async def test_at_the_start_the_thread_has_a_join_button_and_a_hidden_link_only_for_who_goes(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    opened = seen(await world.organizer.slash(world.general, "event edit", event=str(event.event_id)))
    hidden = await press(world.organizer, opened, "Hide the link")
    await press(world.organizer, hidden, "Save changes")
    await settle(world)
    await press(world.member, card(world, event), "Going")
    await until(world, event, timedelta())
    thread = channel.threads[0]
    start = await last_in(thread)
    assert words(start).startswith("### Starting now")
    assert "https://zoom" not in words(start)
    assert buttons(start) == ["Join", "Open the event"]
    assert "**Where** https://zoom.example.org/j/123" in words(await press(world.member, start, "Join"))
    other = await press(world.other, start, "Join")
    assert "is for those who go" in words(other)
    await press(world.other, other, "Going")
    assert "https://zoom" in words(await press(world.other, start, "Join"))


async def test_who_pressed_remind_me_hears_a_day_and_an_hour_before_and_can_stop_it(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Remind me")
    await until(world, event, timedelta(days=1))
    thread = private_thread(channel)
    reminder = await last_in(thread)
    assert f"<@{world.member.id}>, you pressed **Remind me**" in words(reminder)
    stopped = await press(world.member, reminder, "Don't remind me")
    assert "will not remind you" in words(stopped)
    before = len(said(world, thread.id))
    await until(world, event, HOUR)
    assert len(said(world, thread.id)) == before


async def test_an_organizer_chooses_which_reminders_an_event_has(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    listed = seen(await world.organizer.slash(world.general, "events"))
    opened = await press(world.organizer, listed, "Open")
    shown = await press(world.organizer, opened, "Reminders")
    assert "a day before, at the start" in words(shown)
    select = select_id(shown, "No reminder in the channel")
    changed = seen(await world.organizer.select(shown, custom_id=select, values=["hour"]))
    assert "In the channel: an hour before" in words(changed)
    await until(world, event, timedelta(days=1))
    before = len(said(world, channel.id))
    await until(world, event, HOUR)
    assert len(said(world, channel.id)) == before + 1


async def test_the_reminders_of_one_date_are_given_to_the_whole_series(world: World) -> None:
    await announced_in(world)
    event = await post(world, when="every Thursday 5pm")
    listed = seen(await world.organizer.slash(world.general, "events"))
    shown = await press(world.organizer, await press(world.organizer, listed, "Open"), "Reminders")
    assert "In the channel: an hour before" in words(shown)
    select = select_id(shown, "No reminder in the channel")
    changed = seen(await world.organizer.select(shown, custom_id=select, values=["day", "start"]))
    saved = await press(world.organizer, changed, "For all to come")
    assert "52 dates to come" in words(saved) or "53 dates to come" in words(saved)
    assert event.series_id is not None


async def test_questions_go_on_the_agenda_without_a_name_and_the_host_ticks_them_off(world: World) -> None:
    await announced_in(world)
    event = await post(world, **AMA)
    asked = await press(world.member, card(world, event), "Put it on the agenda")
    assert "caretaker, could look it up" in words(asked)
    form = await world.member.click(asked, custom_id=custom_id(asked, "Ask without a name"))
    mine = seen(await world.member.submit_modal(form, {"question": "How do you pay for filament?"}))
    assert "open, without your name" in words(mine)
    asked = await press(world.other, card(world, event), "Put it on the agenda")
    form = await world.other.click(asked, custom_id=custom_id(asked, "Ask with my name"))
    await world.other.submit_modal(form, {"question": "Which laser?"})
    host = await press(world.organizer, card(world, event), "Put it on the agenda")
    agenda = await press(world.organizer, host, "Agenda")
    assert "How do you pay for filament?\n-# Without a name" in words(agenda)
    assert f"Which laser?\n-# <@{world.other.id}>" in words(agenda)
    assert str(world.member.id) not in words(agenda)
    ticked = await press(world.organizer, agenda, "Answered")
    assert "How do you pay for filament? ✅" in words(ticked)
    assert "1 question open" in words(ticked)
    assert "Agenda" not in buttons(asked), "a member sees no list"


async def test_after_an_event_its_host_adds_the_recording_and_it_leads_back(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await tick(world, (event.ends_at - world.bot.clock()).total_seconds() + 16 * 60)
    event = await event_of(world, event.event_id)
    after = await last_in(private_thread(channel))
    assert words(after).startswith("### Thank you for hosting")
    form = await world.organizer.click(after, custom_id=custom_id(after, "Add the recording"))
    begun = str(form.modal)
    title = "Recording: Vinyl cutters for beginners (January 13, 2026)"
    assert title in begun
    assert f"/{event.posted.message_id}" in begun
    typed = {"link": "https://video.example.org/1", "title": title, "text": "The event: somewhere"}
    shown = seen(await world.organizer.submit_modal(form, typed))
    assert "Recording: Vinyl cutters" in words(shown)
    form = await world.organizer.click(after, custom_id=custom_id(after, "How many came?"))
    refused = seen(await world.organizer.submit_modal(form, {"came": "a lot"}))
    assert "Please give a number" in words(refused)
    form = await world.organizer.click(refused, custom_id=custom_id(refused, "Open the form again"))
    await world.organizer.submit_modal(form, {"came": "24"})
    await settle(world)
    assert "24 people came." in words(card(world, event))
    assert "will not ask" in words(await press(world.organizer, after, "Don't ask me again"))


async def test_a_host_gets_who_comes_as_a_table_and_a_member_does_not(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    listed = seen(await world.organizer.slash(world.general, "events"))
    opened = await press(world.organizer, listed, "Open")
    table = await press(world.organizer, opened, "Who comes, as CSV")
    assert b"kim,going,2025-12-31" in (await content(world, table))[1]
    listed = seen(await world.member.slash(world.general, "events"))
    assert "Who comes, as CSV" not in buttons(await press(world.member, listed, "Open"))
