"""Discord's own event beside ours, where people put their hands to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcord.backend import serializers

from cogs.events.nativeside import Said, alike, differences
from tests.bot.delivery.steps import said, tick
from tests.cogs.events.steps import announced_in, card, event_of, natives, post, press, settle
from tests.kit.world import buttons, custom_id, words

if TYPE_CHECKING:
    from tests.kit.world import World


def discords(world: World) -> Any:
    """The server, as the simulated Discord keeps it."""
    return world.env.backend.get_guild(world.guild.id)


async def by_hand(world: World, **changes: Any) -> None:
    """Somebody changes Discord's own event."""
    world.env.backend.edit_scheduled_event(world.guild.id, natives(world)[-1].id, changes)
    await world.env.settle()
    await settle(world)


async def test_a_change_by_hand_is_asked_about_and_taken_over(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    await by_hand(world, name="Cutting vinyl", scheduled_start_time="2026-01-13T21:00:00+00:00")
    ask: Any = world.desk.last_message
    assert "Somebody changed the title and the start" in words(ask)
    assert "Cutting vinyl" in words(ask)
    assert buttons(ask) == ["Take Discord's", "Put mine back", "Leave it so"]
    assert "Vinyl cutters for beginners" in words(card(world, event)), "nothing changes before somebody decides"
    assert "says now what Discord's own event says" in words(await press(world.organizer, ask, "Take Discord's"))
    await tick(world, 90)
    changed = await event_of(world, event.event_id)
    assert changed.plan.title == "Cutting vinyl"
    assert changed.starts_at.hour == 21
    assert "Cutting vinyl" in words(card(world, event))
    assert "### Moved" in said(world, channel.threads[0].id)[0]
    assert len(said(world, world.desk.id)) == 1


async def test_what_was_not_changed_by_hand_stays_as_long_as_it_was(world: World) -> None:
    await announced_in(world)
    about = ("What we cut, and what we learned. " * 40)[:1_000].strip()
    event = await post(world, about=about)
    await by_hand(world, name="Cutting vinyl", scheduled_end_time=None)
    await press(world.organizer, world.desk.last_message, "Take Discord's")
    changed = await event_of(world, event.event_id)
    assert (changed.plan.title, changed.plan.about) == ("Cutting vinyl", event.plan.about)
    assert (changed.starts_at, changed.ends_at) == (event.starts_at, event.ends_at)


async def test_a_change_by_hand_can_be_put_back(world: World) -> None:
    await announced_in(world)
    await post(world)
    await by_hand(world, name="Nonsense")
    await press(world.organizer, world.desk.last_message, "Put mine back")
    await settle(world)
    assert natives(world)[0].name == "Vinyl cutters for beginners"
    assert len(said(world, world.desk.id)) == 1


async def test_what_is_left_apart_is_not_asked_about_again(world: World) -> None:
    await announced_in(world)
    await post(world)
    await by_hand(world, name="Vinyl!")
    await press(world.organizer, world.desk.last_message, "Leave it so")
    await by_hand(world, name="Vinyl!!")
    assert natives(world)[0].name == "Vinyl!!"
    assert len(said(world, world.desk.id)) == 1


async def test_a_deletion_by_hand_is_asked_about_and_put_back(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    world.env.backend.delete_scheduled_event(world.guild.id, natives(world)[0].id)
    await world.env.settle()
    await settle(world)
    ask: Any = world.desk.last_message
    assert "Is it called off?" in words(ask)
    assert "Called off" not in words(card(world, event))
    await press(world.organizer, ask, "Put it back")
    await settle(world)
    assert [native.name for native in natives(world)] == ["Vinyl cutters for beginners"]


async def test_a_deletion_by_hand_can_call_the_event_off(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    world.env.backend.delete_scheduled_event(world.guild.id, natives(world)[0].id)
    await world.env.settle()
    await settle(world)
    ask: Any = world.desk.last_message
    form = await world.organizer.click(ask, custom_id=custom_id(ask, "Call it off"))
    await world.organizer.submit_modal(form, {"note": ""})
    await settle(world)
    assert "Called off" in words(card(world, event))


async def test_only_organizers_decide(world: World) -> None:
    await announced_in(world)
    await post(world)
    await by_hand(world, name="Nonsense")
    assert "Only organizers can do this" in words(await press(world.member, world.desk.last_message, "Put mine back"))


async def test_discords_own_event_begins_and_ends_by_itself_and_nobody_is_asked(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    for seconds in ((event.starts_at - world.bot.clock()).total_seconds() + 60, 3600.0):
        await tick(world, seconds)
        await settle(world)
    assert natives(world)[0].status == 3
    assert not [words for words in said(world, world.desk.id) if "Discord's own" in words]
    assert "This is over" in words(card(world, event))
    assert buttons(card(world, event)) == []


async def test_what_was_changed_while_the_bot_was_away_is_asked_about_when_it_is_back(world: World) -> None:
    await announced_in(world)
    await post(world)
    native = natives(world)[0]
    native.name = "Changed in the night"
    await world.restart()
    world.env.backend.emit("GUILD_CREATE", dict(serializers.guild_create_payload(world.env.backend, discords(world))))
    await world.env.settle()
    await settle(world)
    assert "Somebody changed the title" in said(world, world.desk.id)[-1]


async def test_a_start_without_changes_asks_nothing(world: World) -> None:
    await announced_in(world)
    await post(world)
    await world.restart()
    world.env.backend.emit("GUILD_CREATE", dict(serializers.guild_create_payload(world.env.backend, discords(world))))
    await world.env.settle()
    await settle(world)
    assert said(world, world.desk.id) == []


def test_spaces_between_words_are_nobodys_change() -> None:
    ours = Said("Tool talk: lasers", "One.\n\nTwo.", "a", "b", "here")
    assert alike(ours, Said("Tool talk:  lasers ", "One.\nTwo.", "a", "b", "here"))
    assert not alike(ours, Said("Tool talk: laser", "One.\n\nTwo.", "a", "b", "here"))
    assert differences(ours, Said("x", "One. Two.", "a", "c", "there")) == ["the title", "the end", "the place"]
