from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from cogs.welcome import doors
from cogs.welcome.service.standing import IN_STEP, SUBJECT
from db import delivery
from db.setup import Part, Settings
from tests.bot.delivery.steps import tick
from tests.cogs.setup.steps import Empty, choose, press
from tests.kit.world import buttons, components, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World

SUGGESTED = {"link": "https://makers.org/laser", "title": "Laser safety checklist", "text": "It saved my eyebrows."}
PINS = "/channels/*/messages/pins/*"
BASICS = Settings(0, {Part.QUESTIONS: 1})
"""What the doors look at in a server that has only the basic parts."""
ON_START = [
    *(door.label for door in doors.open_in(doors.ON_START, BASICS) if door is not doors.ASK),
    "What can you do?",
]


async def stand(house: Empty) -> None:
    """Let what is due be delivered, and the look that follows it; what was just done may take a moment to be seen."""
    for _ in range(3):
        await tick(house.world, 6)


def panels_in(house: Empty, number: int) -> list[Any]:
    """Our cards that stand in a channel, as they are now."""
    (channel,) = [one for one in house.guild.channels.values() if one.id == number]
    return [one for one in channel.history() if one.components]


def panel(house: Empty, part: Part) -> Any:
    """The one card of ours in a part's channel."""
    (message,) = panels_in(house, house.shown_channel(part).id)
    return message


async def settings_of(house: Empty, part: Part) -> Any:
    """The card of `/setup settings` that changes a part."""
    shown = seen(await house.owner.slash(house.general, "setup settings"))
    return await choose(house.owner, shown, "What would you like", part.value)


async def leave_out(house: Empty, part: Part) -> None:
    await press(house.owner, await settings_of(house, part), "Leave it out")
    await stand(house)


async def suggest(house: Empty) -> None:
    """A member suggests a resource with the panel's own button."""
    form = await house.member.click(panel(house, Part.START), custom_id=doors.SUGGEST.custom_id)
    preview = seen(await house.member.submit_modal(form, SUGGESTED))
    await press(house.member, preview, "Send to organizers")


async def test_a_newcomer_finds_the_start_panel_pinned(house: Empty) -> None:
    await stand(house)
    start = panel(house, Part.START)
    assert "Welcome to Oak County Makers" in words(start)
    assert f"<#{house.shown_channel(Part.INTRODUCTIONS).id}>: say hello" in words(start)
    assert buttons(start) == ["Ask a question", *ON_START]
    assert start.pinned


async def test_organizers_find_their_desk_pinned_and_quiet_while_nothing_waits(house: Empty) -> None:
    await stand(house)
    desk = panel(house, Part.DESK)
    assert "Nothing waits for you." in words(desk)
    assert "0" not in words(desk)
    on_desk = doors.open_in(doors.ON_DESK, BASICS)
    assert buttons(desk) == [*(door.label for door in on_desk), "What can you do?"]
    assert desk.pinned


async def test_the_panels_are_posted_once_whatever_happens(house: Empty) -> None:
    await stand(house)
    before = panel(house, Part.START).id, panel(house, Part.DESK).id
    await house.world.restart()
    await stand(house)
    await leave_out(house, Part.SHOW)
    assert (panel(house, Part.START).id, panel(house, Part.DESK).id) == before


async def test_a_restart_before_anything_was_posted_loses_nothing(house: Empty) -> None:
    await house.world.restart()
    await stand(house)
    assert buttons(panel(house, Part.START)) == ["Ask a question", *ON_START]
    assert panel(house, Part.DESK).pinned


async def test_a_part_that_is_switched_off_leaves_the_panel_and_comes_back_with_it(house: Empty) -> None:
    await stand(house)
    forum = house.guild.channels["questions"]
    await leave_out(house, Part.QUESTIONS)
    assert buttons(panel(house, Part.START)) == ON_START
    assert f"<#{forum.id}>" not in words(panel(house, Part.START))
    await choose(house.owner, await settings_of(house, Part.QUESTIONS), "Choose a channel", forum)
    await stand(house)
    assert buttons(panel(house, Part.START)) == ["Ask a question", *ON_START]


async def test_another_channel_gets_the_panel_and_the_old_one_says_where_it_is(house: Empty) -> None:
    await stand(house)
    old = house.shown_channel(Part.START).id
    new = house.guild.create_text_channel("hello")
    await house.env.settle()
    await choose(house.owner, await settings_of(house, Part.START), "Choose a channel", new)
    await stand(house)
    assert "Welcome to" in words(panel(house, Part.START))
    assert house.shown_channel(Part.START).id == new.id
    assert [words(one) for one in panels_in(house, old)] == [f"This has moved to <#{new.id}>."]


async def test_a_panel_that_somebody_deleted_is_posted_again_at_the_next_change(house: Empty) -> None:
    await stand(house)
    house.env.backend.delete_message(house.shown_channel(Part.START).id, panel(house, Part.START).id)
    await leave_out(house, Part.SHOW)
    await stand(house)
    assert "Welcome to" in words(panel(house, Part.START))
    assert panel(house, Part.START).pinned


async def test_a_panel_that_somebody_deleted_is_posted_again_within_a_day_where_nothing_changes(house: Empty) -> None:
    await stand(house)
    house.env.backend.delete_message(house.shown_channel(Part.START).id, panel(house, Part.START).id)
    await house.env.advance_time(36 * 3600)
    await stand(house)
    assert "Welcome to" in words(panel(house, Part.START))
    assert panel(house, Part.START).pinned


async def test_a_server_that_comes_back_keeps_its_panels(house: Empty) -> None:
    await stand(house)
    before = panel(house, Part.START).id
    house.world.bot.dispatch("guild_remove", house.discord_guild)
    await house.env.settle()
    house.env.backend.delete_message(house.shown_channel(Part.DESK).id, panel(house, Part.DESK).id)
    house.world.bot.dispatch("guild_join", house.discord_guild)
    await house.env.settle()
    for _ in range(3):  # the server's coming is looked at meanwhile
        await stand(house)
    assert panel(house, Part.START).id == before
    assert panel(house, Part.DESK).pinned, "it was looked at anew"


async def test_where_nothing_is_set_up_no_panel_is_promised(empty_world: World) -> None:
    empty = await Empty(empty_world).build()
    await empty.member.slash(empty.general, "help")
    await stand(empty)
    assert not empty.general.history()
    async with empty_world.database.read() as connection:
        assert not await delivery.of_subject(connection, empty.guild.id, IN_STEP, SUBJECT)


async def test_an_outage_of_discord_while_pinning_is_made_up_for(house: Empty) -> None:
    house.env.inject_error("PUT", PINS, status=503, times=2)
    await stand(house)
    assert not panel(house, Part.START).pinned
    assert "503" in house.world.faults.take()[0]
    for _ in range(4):
        await tick(house.world, 300)
    assert panel(house, Part.START).pinned


async def test_where_a_channel_holds_no_more_pins_nobody_is_bothered(house: Empty) -> None:
    house.env.inject_error("PUT", PINS, status=400, code=30003, message="Maximum number of pins reached (50)", times=2)
    await stand(house)
    assert not panel(house, Part.START).pinned
    assert len(panels_in(house, house.shown_channel(Part.DESK).id)) == 1


async def test_where_editing_is_refused_the_panel_stays_as_it_is(house: Empty) -> None:
    await stand(house)
    house.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50035, message="Invalid Form Body")
    await leave_out(house, Part.QUESTIONS)
    assert buttons(panel(house, Part.START)) == ["Ask a question", *ON_START]
    await leave_out(house, Part.SHOW)
    assert buttons(panel(house, Part.START)) == ON_START


async def test_where_pinning_is_refused_the_panel_stands_all_the_same(house: Empty) -> None:
    house.bot_may(discord.Permissions(view_channel=True, send_messages=True, read_message_history=True))
    await stand(house)
    assert not panel(house, Part.START).pinned
    await leave_out(house, Part.QUESTIONS)
    assert buttons(panel(house, Part.START)) == ON_START


async def test_the_desk_says_what_waits_and_no_longer_once_it_is_decided(house: Empty) -> None:
    await stand(house)
    await suggest(house)
    await stand(house)
    (desk, card) = panels_in(house, house.shown_channel(Part.DESK).id)
    assert "1 thing to review" in words(desk)
    await press(house.owner, card, "Publish")
    await stand(house)
    desk, *_ = panels_in(house, house.shown_channel(Part.DESK).id)
    assert "Nothing waits for you." in words(desk)


def test_nothing_on_a_panel_would_take_its_place() -> None:
    assert not [door.label for door in (*doors.ON_START, *doors.ON_DESK) if door.in_place]


@pytest.mark.parametrize("part", [Part.START, Part.DESK])
async def test_every_button_of_the_panels_opens_something_without_a_command(house: Empty, part: Part) -> None:
    await stand(house)
    card = panel(house, part)
    before = words(card)
    pressed = [found["custom_id"] for found in components(card) if "custom_id" in found]
    for custom_id in pressed:
        opened = await house.owner.click(card, custom_id=custom_id)
        shown = str(opened.modal) if opened.modal is not None else words(seen(opened))
        assert shown
        assert "Something went wrong" not in shown
    shown_doors = doors.ON_START if part is Part.START else doors.ON_DESK
    assert len(pressed) == len(doors.open_in(shown_doors, BASICS)) + 1
    assert words(panel(house, part)) == before, "what opens is private and leaves the panel as it is"


async def test_a_newcomer_asks_for_help_on_the_panel_and_sees_what_members_can_do(house: Empty) -> None:
    await stand(house)
    shown = await press(house.member, panel(house, Part.START), "What can you do?")
    settings = house.world.bot.servers.of(house.guild.id)
    assert buttons(shown) == [door.label for door in doors.open_in(doors.FOR_ALL, settings)]


async def test_an_organizer_who_does_not_manage_the_server_is_told_who_does(house: Empty) -> None:
    await stand(house)
    rosa = house.guild.add_member(house.env.create_user("rosa"), roles=[house.guild.roles["Organizer"]])
    desk = panel(house, Part.DESK)
    assert "Manage Server" in words(await press(rosa, desk, "Settings"))
    assert "Only organizers" not in words(await press(rosa, desk, "Review"))
