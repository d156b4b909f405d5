from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.kit.permissions import USED, is_organizer, organizers_channel
from cogs.setup.views.settling import ChangeChannel
from db.setup import Part
from tests.cogs.setup.steps import BASICS, choose, press, set_up, summary
from tests.kit.world import buttons, components, seen, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty


def link_of(message: Any, label: str) -> str:
    return next(str(part["url"]) for part in components(message) if part.get("label") == label)


def without(*names: str) -> discord.Permissions:
    """All that the invitation asks for, but these."""
    allowed = discord.Permissions(USED.value)
    allowed.update(**dict.fromkeys(names, False))
    return allowed


async def test_what_the_invitation_asks_for_is_enough_without_administrator(empty: Empty) -> None:
    empty.bot_may(USED)
    assert not USED.administrator
    assert "Your community is set up" in words(await set_up(empty, empty.manager))
    assert empty.names == ["general", *BASICS]


async def test_a_manager_with_only_manage_server_can_do_it_all(empty: Empty) -> None:
    assert "Your community is set up" in words(await set_up(empty, empty.manager))
    assert empty.names == ["general", *BASICS]


@pytest.mark.parametrize(
    ("lacking", "label"), [("manage_channels", "Manage Channels"), ("manage_roles", "Manage Roles")]
)
async def test_a_bot_without_a_permission_says_which_and_what_for_and_makes_nothing(
    empty: Empty, lacking: str, label: str
) -> None:
    empty.bot_may(without(lacking))
    card = await summary(empty)
    assert f"**{label}**, to make" in words(card)
    assert "Make it" not in buttons(card)
    asked = parse_qs(urlsplit(link_of(card, "Allow it")).query)
    assert asked["permissions"] == [str(USED.value)]
    assert asked["guild_id"] == [str(empty.guild.id)]
    assert empty.names == ["general"]
    empty.bot_may(USED)
    await empty.env.settle()
    card = await press(empty.owner, card, "Look again")
    await press(empty.owner, card, "Make it")
    assert empty.names == ["general", *BASICS]


async def test_without_manage_channels_the_way_out_by_hand_works(empty: Empty) -> None:
    empty.bot_may(without("manage_channels"))
    made = [empty.guild.create_text_channel(name) for name in BASICS if name != "questions"]
    forum = empty.guild.create_forum_channel("questions")
    await empty.env.settle()
    card = await summary(empty)
    assert "Nothing needs to be made" not in words(card), "the role is made"
    done = await press(empty.owner, card, "Make it")
    assert "Manage Channels" in words(done), "the forum's tags need it"
    assert "Almost there" in words(done)
    settings = await empty.settings()
    assert set(settings.channels.values()) == {forum.id, *(channel.id for channel in made)}
    empty.bot_may(USED)
    await empty.env.settle()
    card = await press(empty.owner, done, "Look again")
    assert "Your community is set up" in words(await press(empty.owner, card, "Make it"))
    assert len(empty.names) == 7


async def test_a_permission_that_is_taken_away_in_between_is_told(empty: Empty) -> None:
    card = await summary(empty)
    empty.env.inject_error("POST", f"/guilds/{empty.guild.id}/channels", status=403, code=50013)
    done = await press(empty.owner, card, "Make it")
    assert "Almost there" in words(done)
    assert "did not let me make #start-here: give my role the permission **Manage Channels**" in words(done)
    assert empty.names == ["general", *BASICS[1:]], "the rest is made"
    card = await press(empty.owner, done, "Look again")
    await press(empty.owner, card, "Make it")
    assert sorted(empty.names) == sorted(["general", *BASICS])


async def test_a_forum_that_discord_does_not_take_is_told_with_the_way_out(empty: Empty) -> None:
    card = await choose(empty.owner, await summary(empty), "Change something", "start")
    card = await press(empty.owner, card, "Leave it out")
    for step in ("announcements", "introductions", "show", "desk"):
        card = await choose(empty.owner, card, "Change something", step)
        card = await press(empty.owner, card, "Leave it out")
    empty.env.inject_error("POST", f"/guilds/{empty.guild.id}/channels", status=400, code=50024)
    done = await press(empty.owner, card, "Make it")
    assert "Enable Community" in words(done)
    assert "Almost there" in words(done)


async def test_a_bots_role_or_everyones_cannot_be_the_organizers(empty: Empty) -> None:
    card = await choose(empty.owner, await summary(empty), "Change something", "role")
    for role in (empty.guild.default_role, empty.guild.roles["TestBot"]):
        refused = await choose(empty.owner, card, "choose one of your roles", role)
        assert "cannot be the organizers'" in words(refused)
    card = await choose(empty.owner, card, "choose one of your roles", empty.guild.roles["Managers"])
    assert "as the organizers' role" in words(card)
    await press(empty.owner, card, "Make it")
    assert "Organizer" not in empty.role_names
    assert empty.world.bot.servers.of(empty.guild.id).organizer_role_id == empty.guild.roles["Managers"].id


async def test_a_channel_of_the_wrong_kind_is_refused_in_words(empty: Empty) -> None:
    await summary(empty)
    own = await empty.public(ChangeChannel("questions"))
    refused = seen(await empty.owner.select(own, [empty.general], custom_id="setup-take:questions"))
    assert "For Questions I need a forum" in words(refused)
    assert (await empty.settings()).channels == {}


async def test_who_had_a_role_of_that_name_is_no_organizer_once_another_was_chosen(empty: Empty) -> None:
    pretender = empty.guild.add_member(empty.env.create_user("pim"), roles=[empty.guild.create_role("Organizer")])
    await empty.env.settle()
    assert "waits" in words(seen(await pretender.slash(empty.general, "catalogue review"))).casefold()
    card = await choose(empty.owner, await summary(empty), "Change something", "role")
    await press(
        empty.owner, await choose(empty.owner, card, "one of your roles", empty.guild.roles["Managers"]), "Make it"
    )
    refused = words(seen(await pretender.slash(empty.general, "catalogue review")))
    assert "Only organizers can do this" in refused
    assert "waits" in words(seen(await empty.manager.slash(empty.general, "catalogue review"))).casefold()
    empty.env.backend.delete_role(empty.guild.id, empty.guild.roles["Managers"].id)
    await empty.env.settle()
    assert "Only organizers" in words(seen(await pretender.slash(empty.general, "catalogue review")))
    assert not is_organizer(empty.discord_guild.me, empty.discord_guild, empty.world.bot)


async def test_suggestions_reach_the_desk_that_was_chosen_whatever_its_name(empty: Empty) -> None:
    await set_up(empty)
    desk = empty.shown_channel(Part.DESK)
    empty.env.backend.edit_channel(desk.id, {"name": "back-office"})
    await empty.env.settle()
    found = organizers_channel(empty.discord_guild, empty.world.bot)
    assert found is not None
    assert (found.id, found.name) == (desk.id, "back-office")
    settings_card = seen(await empty.owner.slash(empty.general, "setup settings"))
    shown = await choose(empty.owner, settings_card, "like to change", "desk")
    await press(empty.owner, shown, "Leave it out")
    assert organizers_channel(empty.discord_guild, empty.world.bot) is None
