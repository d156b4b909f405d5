from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.bot.delivery.steps import said, tick
from tests.cogs.events.steps import announced_in, card, event_of, natives, post, press, settle, until
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.events import Event
    from tests.kit.world import World


async def edited(world: World, event: Event, who: MemberActor, **changed: str) -> Any:
    """The answer to saving a change, after the command, the form and the preview."""
    preview = seen(await who.slash(world.general, "event edit", event=str(event.event_id)))
    form = await who.click(preview, custom_id=custom_id(preview, "Edit"))
    typed = {
        "title": event.plan.title,
        "about": event.plan.about,
        "when": "January 13, 2026 at 3pm",
        "where": event.plan.where.text,
        "places": "",
    }
    shown = seen(await who.submit_modal(form, {**typed, **changed}))
    return await press(who, shown, "Save changes")


async def cancelled(world: World, event: Event, note: str = "") -> Any:
    form = await world.organizer.slash(world.general, "event cancel", event=str(event.event_id))
    return seen(await world.organizer.submit_modal(form, {"note": note}))


async def test_a_change_stands_on_the_card_and_in_discords_own_event(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    answer = await edited(world, event, world.organizer, title="Vinyl cutters, part two")
    assert "### Saved" in words(answer)
    assert "will be told" not in words(answer)
    await settle(world)
    assert "part two" in words(card(world, event))
    (native,) = natives(world)
    assert native.name == "Vinyl cutters, part two"
    changed = await event_of(world, event.event_id)
    assert (changed.sequence, changed.version) == (event.sequence + 1, event.version + 1)
    assert said(world, world.desk.id) == [], "our own change is nobody's hand"


async def test_a_wrong_date_can_be_undone_before_anybody_hears_of_it(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    reminded = await press(world.other, card(world, event), "Remind me")
    await press(world.other, reminded, "Direct message")
    answer = await edited(world, event, world.organizer, when="January 14, 2026 at 4pm", title="Wrong")
    undone = await press(world.organizer, answer, "Undo")
    assert "As it was before" in words(undone)
    await tick(world, 90)
    now = await event_of(world, event.event_id)
    assert (now.starts_at, now.ends_at, now.plan) == (event.starts_at, event.ends_at, event.plan)
    assert said(world, world.other.user.dm_channel.id) == []
    assert buttons(undone) == ["Open"]


async def test_after_the_word_went_out_an_undo_is_told_as_well(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    reminded = await press(world.other, card(world, event), "Remind me")
    await press(world.other, reminded, "Direct message")
    answer = await edited(world, event, world.organizer, when="January 14, 2026 at 4pm")
    await tick(world, 90)
    await press(world.organizer, answer, "Undo")
    await tick(world, 90)
    assert [one.split("\n")[0] for one in said(world, world.other.user.dm_channel.id)] == ["### Moved"] * 2


async def test_who_wants_to_come_is_told_that_it_moved_each_the_way_they_chose(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    reminded = await press(world.other, card(world, event), "Remind me")
    await press(world.other, reminded, "Direct message")
    answer = await edited(world, event, world.organizer, when="January 14, 2026 at 4pm")
    assert "2 people who want to come will be told in a minute" in words(answer)
    await tick(world, 90)
    (thread,) = channel.threads
    (told,) = said(world, thread.id)
    assert "### Moved" in told
    assert world.member.mention in told
    assert world.other.mention not in told
    assert f"It was to start <t:{int(event.starts_at.timestamp())}:f>" in told
    assert "### Moved" in said(world, world.other.user.dm_channel.id)[0]
    assert natives(world)[0].scheduled_start_time.startswith("2026-01-14T21:00")


async def test_two_moves_within_a_minute_are_told_as_one(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    await edited(world, event, world.organizer, when="January 14, 2026 at 4pm")
    await edited(world, await event_of(world, event.event_id), world.organizer, when="January 15, 2026 at 5pm")
    await tick(world, 90)
    (told,) = said(world, channel.threads[0].id)
    assert f"It was to start <t:{int(event.starts_at.timestamp())}:f>" in told


async def test_a_cohost_may_edit_and_a_member_may_not(world: World) -> None:
    await announced_in(world)
    event = await post(world, options={"cohost": world.member.user})
    assert world.member.id in event.plan.hosts
    assert "### Saved" in words(await edited(world, event, world.member, title="Mine too"))
    refused = seen(await world.other.slash(world.general, "event edit", event=str(event.event_id)))
    assert "Only its hosts and organizers can change this event" in words(refused)


async def test_what_two_change_at_once_is_not_lost(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    slow = seen(await world.owner.slash(world.general, "event edit", event=str(event.event_id)))
    await edited(world, event, world.organizer, title="The fast one")
    result = await world.owner.click(slow, custom_id=custom_id(slow, "Save changes"))
    assert "Somebody changed this event while you were at it" in words(result.followups[-1])
    assert (await event_of(world, event.event_id)).plan.title == "The fast one"
    again: Any = result.response
    assert "Vinyl cutters for beginners" in words(again)
    await press(world.owner, again, "Save changes")
    assert (await event_of(world, event.event_id)).plan.title == "Vinyl cutters for beginners"


async def test_an_event_that_is_called_off_says_so_everywhere_and_to_all_who_go(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    await press(world.other, card(world, event), "Can't")
    answer = await cancelled(world, event, "The speaker is ill.")
    assert "1 person will be told in a minute" in words(answer)
    await tick(world, 90)
    await tick(world, 60)
    shown = card(world, event)
    assert "Called off" in words(shown)
    assert "The speaker is ill." in words(shown)
    assert buttons(shown) == []
    (told,) = said(world, channel.threads[0].id)
    assert "will not take place" in told
    assert world.member.mention in told
    assert world.other.mention not in told
    assert natives(world)[0].status == 4
    late = await world.member.slash(world.general, "events")
    assert "Nothing yet" in words(seen(late))


async def test_undo_comes_before_anybody_is_told(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    answer = await cancelled(world, event)
    await tick(world, 20)
    assert "It takes place" in words(await press(world.organizer, answer, "Undo"))
    await tick(world, 90)
    assert said(world, channel.threads[0].id) == []
    assert "Called off" not in words(card(world, event))
    assert [native.status for native in natives(world)] == [1], "a cancelled one could not be brought back"


async def test_who_was_told_already_is_told_that_it_takes_place_after_all(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    answer = await cancelled(world, event)
    await tick(world, 90)
    await press(world.organizer, answer, "Undo")
    await tick(world, 90)
    assert "It takes place after all" in said(world, channel.threads[0].id)[-1]
    await settle(world)
    assert [native.status for native in natives(world)] == [4, 1]


async def test_more_places_let_those_in_line_come_in(world: World) -> None:
    await announced_in(world)
    event = await post(world, places="1")
    for who in (world.organizer, world.member, world.other):
        await press(who, card(world, event), "Going")
    await edited(world, event, world.organizer, places="2")
    await settle(world)
    shown = words(card(world, event)).replace("**", "")
    assert "Going (2)" in shown
    assert "In line (1)" in shown


def archived(world: World, thread: int) -> bool:
    metadata = world.env.backend.get_thread(thread).thread_metadata
    return metadata is not None and metadata.archived


async def test_a_thread_is_put_away_after_fourteen_quiet_days_and_not_before(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await until(world, event, timedelta(days=1))
    thread = channel.threads[0].id
    world.env.backend.edit_channel(thread, {}, thread_metadata={"archived": True})
    for _ in range(4):
        await tick(world, 86_400 * 3.5)
    assert not archived(world, thread), "not quiet for fourteen days yet"
    await tick(world, 86_400 * 7)
    assert archived(world, thread)
