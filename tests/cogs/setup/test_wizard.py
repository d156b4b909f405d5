from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from cogs.setup.service.making import FORM, LEASE, Making
from cogs.setup.views.summary import MakeIt
from db.setup import Part
from tests.cogs.setup.steps import BASICS, choose, draft_in, press, set_up, start, summary
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty


async def test_the_basics_are_made_in_three_presses(empty: Empty) -> None:
    first = await start(empty)
    assert "Just the basics** (recommended)" in words(first)
    assert "group of twelve" in words(first)
    zones = await press(empty.owner, first, "Just the basics")
    before = await choose(empty.owner, zones, "The usual ones", "America/New_York")
    assert empty.names == ["general"], "nothing is made before it was shown"
    for name in BASICS:
        assert f"**#{name}**" in words(before)
    assert "20 tags" in words(before)
    assert "Eastern time (New York), where it is" in words(before)
    done = await press(empty.owner, before, "Make it")
    assert empty.names == ["general", *BASICS]
    assert "Your community is set up" in words(done)
    assert buttons(done) == ["Bring your people", "Check"]
    settings = await empty.settings()
    assert {part.value for part in settings.channels} == {
        "start", "announcements", "questions", "introductions", "show", "desk"
    }  # fmt: skip
    assert settings.zone_name == "America/New_York"
    assert settings.set_up_by == empty.owner.id


async def test_who_sets_it_up_is_an_organizer_then(empty: Empty) -> None:
    await set_up(empty, empty.manager)
    role = empty.guild.roles["Organizer"]
    assert role.id in empty.env.backend.get_member(empty.guild.id, empty.manager.id).role_ids
    assert "waits" in words(seen(await empty.manager.slash(empty.general, "catalogue review"))).casefold()


async def test_the_desk_is_private_and_announcements_are_for_reading(empty: Empty) -> None:
    await set_up(empty)
    guild = empty.discord_guild
    desk, news = empty.shown_channel(Part.DESK), empty.shown_channel(Part.ANNOUNCEMENTS)
    role = guild.get_role(empty.guild.roles["Organizer"].id)
    assert role is not None
    assert not desk.permissions_for(guild.default_role).view_channel
    assert desk.permissions_for(role).send_messages
    assert desk.permissions_for(guild.me).send_messages
    assert news.permissions_for(guild.default_role).view_channel
    assert not news.permissions_for(guild.default_role).send_messages
    assert news.permissions_for(role).send_messages
    assert news.permissions_for(guild.me).send_messages


async def test_the_forum_gets_our_two_tags_and_eighteen_tools_each_with_its_emoji(empty: Empty) -> None:
    await set_up(empty)
    forum = empty.shown_channel(Part.QUESTIONS)
    assert isinstance(forum, discord.ForumChannel)
    named = [(str(tag.emoji), tag.name) for tag in forum.available_tags]
    assert named[:4] == [("✅", "Answered"), ("🆘", "Needs help"), ("🧊", "3D printer"), ("🔆", "Laser cutter")]
    assert len(named) == 20
    assert all(emoji != "None" for emoji, _ in named)


async def test_running_it_twice_makes_nothing_twice(empty: Empty) -> None:
    await set_up(empty)
    again = await press(empty.owner, await start(empty), "Just the basics")
    assert "Nothing needs to be made" in words(again)
    done = await press(empty.owner, again, "Make it")
    assert "Everything was there already" in words(done)
    assert empty.names == ["general", *BASICS]
    assert empty.role_names.count("Organizer") == 1


async def test_what_is_there_already_is_taken(empty: Empty) -> None:
    news = empty.guild.create_text_channel("📣-announcements")
    role = empty.guild.create_role("organizer")
    await empty.env.settle()
    before = await summary(empty)
    assert f"<#{news.id}> for announcements" in words(before)
    assert f"<@&{role.id}> as the organizers' role" in words(before)
    await press(empty.owner, before, "Make it")
    assert "announcements" not in empty.names
    assert empty.role_names.count("Organizer") == 0
    settings = await empty.settings()
    assert settings.channels[Part.ANNOUNCEMENTS] == news.id
    assert settings.organizer_role_id == role.id


async def test_what_a_person_changed_by_hand_is_respected(empty: Empty) -> None:
    await set_up(empty)
    backend, forum = empty.env.backend, empty.shown_channel(Part.QUESTIONS)
    backend.edit_channel(forum.id, {"name": "ask-us", "topic": "Our own words"})
    backend.edit_channel(forum.id, {"available_tags": [{"id": "7", "name": "Kiln", "emoji_name": "🔥"}]})
    backend.edit_role(empty.guild.id, empty.guild.roles["Organizer"].id, {"name": "Stewards"})
    await empty.env.settle()
    again = await press(empty.owner, await start(empty), "Just the basics")
    assert "Nothing needs to be made" in words(again)
    await press(empty.owner, again, "Make it")
    after = empty.shown_channel(Part.QUESTIONS)
    assert isinstance(after, discord.ForumChannel)
    assert (after.id, after.name, after.topic) == (forum.id, "ask-us", "Our own words")
    assert [tag.name for tag in after.available_tags] == ["Kiln"]
    assert "questions" not in empty.names
    assert "Organizer" not in empty.role_names
    assert "waits" in words(seen(await empty.owner.slash(empty.general, "catalogue review"))).casefold()


async def test_a_channel_that_was_deleted_is_made_again(empty: Empty) -> None:
    await set_up(empty)
    empty.env.backend.delete_channel(empty.shown_channel(Part.INTRODUCTIONS).id)
    await empty.env.settle()
    again = await press(empty.owner, await start(empty), "Just the basics")
    assert "**#introductions**" in words(again)
    assert "**#announcements**" not in words(again)
    await press(empty.owner, again, "Make it")
    assert sorted(empty.names) == sorted(["general", *BASICS])


async def test_a_forum_of_the_servers_own_keeps_its_tags_and_gets_our_two(empty: Empty) -> None:
    forum = empty.guild.create_forum_channel("questions")
    empty.env.backend.edit_channel(forum.id, {"available_tags": [{"id": "7", "name": "Kiln", "emoji_name": "🔥"}]})
    await empty.env.settle()
    before = await summary(empty)
    assert "keeps its tags" in words(before)
    await press(empty.owner, before, "Make it")
    shown = empty.shown_channel(Part.QUESTIONS)
    assert isinstance(shown, discord.ForumChannel)
    assert [tag.name for tag in shown.available_tags] == ["Kiln", "Answered", "Needs help"]


async def test_part_by_part_each_is_made_taken_or_left_out(empty: Empty) -> None:
    own = empty.guild.create_text_channel("hello")
    await empty.env.settle()
    card = await press(empty.owner, await start(empty), "Choose each part")
    assert "Start here" in words(card)
    assert "1 of 8" in words(card)
    card = await press(empty.owner, card, "A new channel")
    card = await press(empty.owner, card, "Leave it out")  # announcements
    card = await press(empty.owner, card, "Leave it out")  # questions
    card = await choose(empty.owner, card, "choose one of your channels", own)  # introductions
    assert "Show and tell" in words(card)
    card = await press(empty.owner, card, "Back")
    assert "Introductions" in words(card)
    card = await choose(empty.owner, card, "choose one of your channels", own)
    for label in ("Leave it out", "A new channel", "Leave it out", "A new channel", "A new role"):
        card = await press(empty.owner, card, label)
    before = await press(empty.owner, card, "Skip")
    assert f"<#{own.id}> for introductions" in words(before)
    assert "Left out**: announcements, questions, show and tell and mentoring" in words(before)
    await press(empty.owner, before, "Make it")
    assert empty.names == ["general", "hello", "start-here", "resources", "organizers-desk"]
    settings = await empty.settings()
    assert settings.left_out == {Part.ANNOUNCEMENTS, Part.QUESTIONS, Part.SHOW, Part.MENTORING}
    assert settings.channels[Part.INTRODUCTIONS] == own.id


async def test_one_thing_can_be_changed_in_the_summary(empty: Empty) -> None:
    card = await choose(empty.owner, await summary(empty), "Change something", "questions")
    before = await press(empty.owner, card, "Leave it out")
    assert "**Left out**: questions" in words(before)
    assert "#questions" not in words(before)
    assert "Make it" in buttons(before)


async def test_a_restart_in_the_middle_loses_nothing(empty: Empty) -> None:
    before = await choose(empty.owner, await summary(empty), "Change something", "show")
    await press(empty.owner, before, "Leave it out")
    await empty.world.restart()
    went_on = await start(empty)
    assert "**Left out**: show and tell" in words(went_on)
    assert "Eastern time" in words(went_on)
    await press(empty.owner, went_on, "Make it")
    assert empty.names == ["general", *(name for name in BASICS if name != "show-and-tell")]


@pytest.mark.parametrize("place", range(9))
async def test_a_crash_while_making_doubles_nothing_wherever_it_comes(empty: Empty, place: int) -> None:
    """After each of the nine things that Discord does, the power goes before it is written down."""
    before, world = await summary(empty), empty.world
    world.wire.cut_off_after = place
    await empty.owner.click(before, custom_id=custom_id(before, "Make it"))
    assert world.wire.cut_off_after is None
    assert len(world.faults.take()) == 1
    await world.restart()
    again = await start(empty)
    done = await press(empty.owner, again, "Make it")
    assert "Your community is set up" in words(done)
    assert empty.names == ["general", *BASICS]
    assert empty.role_names.count("Organizer") == 1
    forum = empty.shown_channel(Part.QUESTIONS)
    assert isinstance(forum, discord.ForumChannel)
    assert len(forum.available_tags) == 20


async def test_two_managers_at_once_make_everything_once(empty: Empty) -> None:
    first, second = await summary(empty, empty.owner), await summary(empty, empty.manager)
    async with at_once(empty.env):
        one = await empty.owner.click(first, custom_id=custom_id(first, "Make it"))
        two = await empty.manager.click(second, custom_id=custom_id(second, "Make it"))
    assert empty.names == ["general", *BASICS]
    assert empty.role_names.count("Organizer") == 1
    assert "set up" in words(seen(one))
    assert "setting up this server at this very moment" in words(seen(two))


async def test_a_second_manager_whose_plan_is_outdated_sees_what_has_changed_first(empty: Empty) -> None:
    second = await summary(empty, empty.manager)
    await set_up(empty, empty.owner)
    card = await press(empty.manager, second, "Make it")
    assert "Something has changed since this was shown" in words(card)
    assert "Nothing needs to be made" in words(card)
    await press(empty.manager, card, "Make it")
    assert empty.names == ["general", *BASICS]


async def test_pressing_make_it_many_times_makes_it_once(empty: Empty) -> None:
    before = await summary(empty)
    async with at_once(empty.env):
        for _ in range(4):
            await empty.owner.click(before, custom_id=custom_id(before, "Make it"))
    assert empty.names == ["general", *BASICS]


async def test_a_press_after_all_is_done_says_so(empty: Empty) -> None:
    number = draft_in(await summary(empty))
    await press(empty.owner, await start(empty), "Make it")
    late = await press(empty.owner, await empty.public(MakeIt(number)), "Make it")
    assert "start again" in words(late)
    assert empty.names == ["general", *BASICS]


async def test_nobody_but_managers_can_set_up(empty: Empty) -> None:
    card = await empty.public(MakeIt(draft_in(await summary(empty))))
    assert "Only people with the permission Manage Server" in words(await press(empty.member, card, "Make it"))
    assert "setup start" not in empty.member.available_commands(empty.general)
    command = next(one for one in await empty.world.bot.tree.fetch_commands() if one.name == "setup")
    empty.guild.set_command_permissions(command, {empty.guild.default_role: True})  # a server's owner may do that
    for name in ("start", "check", "settings"):
        refused = seen(await empty.member.slash(empty.general, f"setup {name}"))
        assert "Only people with the permission Manage Server" in words(refused)
    assert empty.names == ["general"]


async def test_another_managers_wizard_is_theirs(empty: Empty) -> None:
    card = await empty.public(MakeIt(draft_in(await summary(empty))))
    assert "Someone else is filling this in" in words(await press(empty.manager, card, "Make it"))
    assert empty.names == ["general"]


async def test_a_crash_locks_the_others_out_for_three_minutes_at_most(empty: Empty) -> None:
    await summary(empty)
    drafts, making = empty.world.bot.drafts, empty.world.bot.service(Making)
    draft = await drafts.newest(FORM, guild_id=empty.guild.id, user_id=empty.owner.id)
    assert draft is not None
    assert await making.begin(draft)
    second = await summary(empty, empty.manager)
    assert f"<@{empty.owner.id}> is setting up" in words(await press(empty.manager, second, "Make it"))
    assert empty.names == ["general"]
    await empty.env.advance_time(LEASE.total_seconds() + 1)
    await press(empty.manager, await start(empty, empty.manager), "Make it")
    assert empty.names == ["general", *BASICS]


async def test_another_forum_gets_its_tags_too(empty: Empty) -> None:
    await set_up(empty)
    other = empty.guild.create_forum_channel("help")
    await empty.env.settle()
    card = await choose(
        empty.owner, await press(empty.owner, await start(empty), "Just the basics"), "Change", "questions"
    )
    before = await choose(empty.owner, card, "one of your forums", other)
    assert f"<#{other.id}> for questions, which gets 20 tags" in words(before)
    await press(empty.owner, before, "Make it")
    forum = empty.shown_channel(Part.QUESTIONS)
    assert isinstance(forum, discord.ForumChannel)
    assert forum.id == other.id
    assert len(forum.available_tags) == 20
