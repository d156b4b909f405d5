from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.kit.permissions import USED
from db.setup import Part
from tests.cogs.setup.steps import choose, press, set_up
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty


async def check(empty: Empty) -> Any:
    return seen(await empty.owner.slash(empty.general, "setup check"))


def forum_tags(empty: Empty) -> list[str]:
    forum = empty.shown_channel(Part.QUESTIONS)
    assert isinstance(forum, discord.ForumChannel)
    return [tag.name for tag in forum.available_tags]


async def test_after_the_setup_everything_is_well_but_one_organizer_is_alone(empty: Empty) -> None:
    await set_up(empty)
    card = words(await check(empty))
    assert "Everything is as I need it" in card
    assert "⚠️" not in card
    assert "Only one person has" in card
    assert "agree on who would take over as owner" in card
    assert "no privileged intent" in card
    assert "Nobody can subscribe to calendars here; the caretaker can switch it on" in card
    role = empty.guild.roles["Organizer"]
    empty.env.backend.add_member_role(empty.guild.id, empty.member.id, role.id)
    card = words(await check(empty))
    assert "💡" not in card
    assert "More than one person looks after this community" in card


async def test_before_the_setup_it_says_what_to_begin_with(empty: Empty) -> None:
    card = await check(empty)
    assert "**Announcements** has no channel yet" in words(card)
    assert "/setup start" in words(card)
    assert "**Mentoring**" not in words(card), "what nobody asked for is not missing"
    assert "Fix" not in buttons(card)


async def test_a_channel_that_was_deleted_is_made_again_by_fix(empty: Empty) -> None:
    await set_up(empty)
    empty.env.backend.delete_channel(empty.shown_channel(Part.QUESTIONS).id)
    await empty.env.settle()
    card = await check(empty)
    assert "1 thing needs a hand" in words(card)
    assert "The channel for **Questions** is gone" in words(card)
    fixed = await press(empty.owner, card, "Fix")
    assert "Everything is as I need it" in words(fixed)
    assert empty.names.count("questions") == 1
    assert len(forum_tags(empty)) == 20


async def test_a_forum_without_our_tags_gets_them_by_fix_and_keeps_its_own(empty: Empty) -> None:
    await set_up(empty)
    forum = empty.shown_channel(Part.QUESTIONS)
    own = [{"id": "7", "name": "Kiln", "emoji_name": "🔥"}, {"id": "8", "name": "answered", "emoji_name": None}]
    empty.env.backend.edit_channel(forum.id, {"available_tags": own})
    await empty.env.settle()
    card = await check(empty)
    assert f"<#{forum.id}> lacks the tag **Needs help**" in words(card)
    fixed = await press(empty.owner, card, "Fix")
    assert "Everything is as I need it" in words(fixed)
    assert forum_tags(empty) == ["Kiln", "answered", "Needs help"]


async def test_a_forum_that_is_full_of_tags_is_left_to_the_organizers(empty: Empty) -> None:
    await set_up(empty)
    forum = empty.shown_channel(Part.QUESTIONS)
    own = [{"id": str(100 + number), "name": f"Tag {number}", "emoji_name": None} for number in range(20)]
    empty.env.backend.edit_channel(forum.id, {"available_tags": own})
    await empty.env.settle()
    card = await check(empty)
    assert "has no room for more" in words(card)
    assert "Fix" not in buttons(card)


async def test_a_desk_that_everyone_can_see_is_closed_by_fix(empty: Empty) -> None:
    await set_up(empty)
    desk = empty.shown_channel(Part.DESK)
    for number in (empty.guild.default_role.id, empty.guild.roles["Organizer"].id, empty.world.bot.user.id):  # type: ignore[union-attr]
        empty.env.backend.delete_overwrite(desk.id, number)
    await empty.env.settle()
    card = await check(empty)
    assert f"Everyone can see <#{desk.id}>" in words(card)
    fixed = await press(empty.owner, card, "Fix")
    assert "Everything is as I need it" in words(fixed)
    desk, guild = empty.shown_channel(Part.DESK), empty.discord_guild
    role = guild.get_role(empty.guild.roles["Organizer"].id)
    assert role is not None
    assert not desk.permissions_for(guild.default_role).view_channel
    assert desk.permissions_for(role).view_channel
    assert desk.permissions_for(guild.me).send_messages


async def test_a_channel_that_is_closed_to_the_bot_is_told_and_opened_by_fix(empty: Empty) -> None:
    await set_up(empty)
    place = empty.shown_channel(Part.INTRODUCTIONS)
    everyone = empty.guild.default_role
    from simcord.backend.models import Overwrite
    from simcord.enums import OverwriteType

    closed = Overwrite(everyone.id, OverwriteType.ROLE, allow=0, deny=discord.Permissions(send_messages=True).value)
    empty.env.backend.set_overwrite(place.id, closed)
    await empty.env.settle()
    card = await check(empty)
    assert f"In <#{place.id}> I lack **Send Messages** (to post there)" in words(card)
    fixed = await press(empty.owner, card, "Fix")
    assert "Everything is as I need it" in words(fixed)


async def test_missing_permissions_are_each_named_with_their_use(empty: Empty) -> None:
    await set_up(empty)
    allowed = discord.Permissions(USED.value)
    allowed.update(pin_messages=False, create_private_threads=False)
    empty.bot_may(allowed)
    await empty.env.settle()
    card = await check(empty)
    assert "My role lacks **Create Private Threads**, to write to one member" in words(card)
    assert "My role lacks **Pin Messages**, to pin its panels" in words(card)
    assert "Allow it" in buttons(card)


async def test_a_role_that_was_deleted_is_told_and_a_renamed_one_goes_on(empty: Empty) -> None:
    await set_up(empty)
    role = empty.guild.roles["Organizer"]
    empty.env.backend.edit_role(empty.guild.id, role.id, {"name": "Stewards"})
    await empty.env.settle()
    assert f"Who has <@&{role.id}> is an organizer" in words(await check(empty))
    empty.env.backend.delete_role(empty.guild.id, role.id)
    await empty.env.settle()
    assert "The organizers' role is gone" in words(await check(empty))


async def test_what_discord_refuses_to_fix_is_told(empty: Empty) -> None:
    await set_up(empty)
    empty.env.backend.delete_channel(empty.shown_channel(Part.SHOW).id)
    await empty.env.settle()
    card = await check(empty)
    empty.env.inject_error("POST", f"/guilds/{empty.guild.id}/channels", status=403, code=50013)
    still = words(await press(empty.owner, card, "Fix"))
    assert "did not let me make #show-and-tell: give my role the permission **Manage Channels**" in still
    assert "The channel for **Show and tell** is gone" in still


async def test_every_setting_can_be_changed_and_the_log_says_who_did(empty: Empty) -> None:
    await set_up(empty)
    own = empty.guild.create_text_channel("news")
    await empty.env.settle()
    old = empty.shown_channel(Part.ANNOUNCEMENTS)
    card = seen(await empty.manager.slash(empty.general, "setup settings"))
    assert "**Resources**: not set up" in words(card)
    card = await choose(empty.manager, card, "like to change", "announcements")
    assert f"It has <#{old.id}> now" in words(card)
    card = await choose(empty.manager, card, "Choose a channel", own)
    assert f"**Announcements**: <#{own.id}>" in words(card)
    card = await choose(empty.manager, card, "like to change", "organizer-role")
    card = await choose(empty.manager, card, "Choose a role", empty.guild.roles["Managers"])
    card = await choose(empty.manager, card, "like to change", "show")
    card = await press(empty.manager, card, "Leave it out")
    assert "**Show and tell**: left out" in words(card)
    card = await choose(empty.manager, card, "like to change", "zone")
    card = await choose(empty.manager, card, "The usual ones", "America/Chicago")
    assert "Central time (Chicago)" in words(card)
    log = words(await press(empty.manager, card, "Who changed what"))
    lines = [line for line in log.splitlines() if line.startswith("**")]
    managers = empty.guild.roles["Managers"].id
    assert lines[:2] == ["**Time zone**: America/New_York → America/Chicago", lines[1]]
    assert lines[1].startswith("**Show and tell**: <#")
    assert lines[1].endswith("→ left out")
    assert f"→ <@&{managers}>" in lines[2]
    assert lines[3] == f"**Announcements**: <#{old.id}> → <#{own.id}>"
    assert log.count(f"<@{empty.manager.id}>") == 4


async def test_organizers_read_the_log_page_by_page_and_members_do_not(empty: Empty) -> None:
    await set_up(empty, empty.manager)
    from cogs.setup.views.settling import Log

    service_card = seen(await empty.manager.slash(empty.general, "setup settings"))
    for zone in ("America/Chicago", "America/Denver", "America/Phoenix", "Pacific/Honolulu"):
        card = await choose(empty.manager, service_card, "like to change", "zone")
        service_card = await choose(empty.manager, card, "The usual ones", zone)
    empty.env.backend.add_member_role(empty.guild.id, empty.member.id, empty.guild.roles["Organizer"].id)
    card = await empty.public(Log())
    first = await press(empty.member, card, "Who changed what")
    assert buttons(first) == ["Next →"]
    second = await press(empty.member, first, "Next →")
    assert "**Organizers' role**: not set up" in words(second)
    stranger = empty.guild.add_member(empty.env.create_user("sam"))
    assert "Only organizers can read this" in words(await press(stranger, card, "Who changed what"))


async def test_a_change_counts_at_once_and_after_a_restart(empty: Empty) -> None:
    await set_up(empty)
    card = await choose(
        empty.owner, seen(await empty.owner.slash(empty.general, "setup settings")), "like to change", "zone"
    )
    await choose(empty.owner, card, "The usual ones", "Pacific/Honolulu")
    assert empty.world.bot.servers.zone(empty.guild.id).key == "Pacific/Honolulu"
    await empty.world.restart()
    assert empty.world.bot.servers.zone(empty.guild.id).key == "Pacific/Honolulu"
    assert empty.world.bot.servers.zone(77).key == "America/New_York"
