from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from cogs.setup.service import Settling
from cogs.welcome.views.told import Answer, OpenOne, Settle
from db import welcome
from db.setup import Part
from tests.bot.delivery.steps import tick
from tests.cogs.setup.steps import Empty, press
from tests.cogs.welcome.test_panels import panel, panels_in, stand
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import MemberActor

TEXT = "Somebody films people at the laser cutter.\nIt makes me *uneasy*."


@pytest.fixture
async def staffed(house: Empty) -> Empty:
    """The house with its panels and two organizers beside the owner: Rosa, and Max; all were met."""
    await stand(house)
    role = house.guild.roles["Organizer"]
    for name in ("rosa", "max2"):
        actor = house.guild.add_member(house.env.create_user(name), roles=[role])
        setattr(house, name, actor)
        await actor.slash(house.general, "help")
    await house.owner.slash(house.general, "help")
    return house


def who(house: Empty, name: str) -> MemberActor:
    actor: MemberActor = getattr(house, name)
    return actor


async def tell(house: Empty, teller: MemberActor | None = None, text: str = TEXT) -> Any:
    """What a member sees before it is sent."""
    teller = teller or house.member
    form = await teller.click(panel(house, Part.START), custom_id="tell-organizers")
    return seen(await teller.submit_modal(form, {"text": text}))


async def leave_out(house: Empty, preview: Any, somebody: MemberActor) -> Any:
    chosen = [somebody.user]
    return seen(await house.member.select(preview, chosen, custom_id=select_id(preview, "Leave one organizer")))


async def send(house: Empty, preview: Any) -> Any:
    shown = await press(house.member, preview, "Send")
    await tick(house.world, 10)
    return shown


def desk_cards(house: Empty) -> list[str]:
    return [words(one) for one in panels_in(house, house.shown_channel(Part.DESK).id)]


def threads(house: Empty) -> list[discord.Thread]:
    return list(house.discord_guild.threads)


async def test_a_member_sees_who_reads_it_and_the_organizers_get_it(staffed: Empty) -> None:
    preview = await tell(staffed)
    assert preview.ephemeral
    assert "everyone who can see **#organizers-desk**" in words(preview)
    for actor in (staffed.owner, who(staffed, "rosa"), who(staffed, "max2")):
        assert f"<@{actor.id}>" in words(preview)
    assert "Whoever runs me could find it" in words(preview)
    assert buttons(preview) == ["Send", "Without my name", "Change the text", "Throw away"]
    assert "Sent" in words(await send(staffed, preview))
    (card,) = [one for one in desk_cards(staffed) if "tells the organizers" in one]
    assert f"<@{staffed.member.id}>" in card
    assert "> It makes me *uneasy*." in card
    await stand(staffed)
    assert "1 message from a member" in words(panel_of_desk(staffed))


def panel_of_desk(house: Empty) -> Any:
    return panels_in(house, house.shown_channel(Part.DESK).id)[0]


def told_card(house: Empty) -> Any:
    return panels_in(house, house.shown_channel(Part.DESK).id)[-1]


async def test_an_organizer_answers_and_deals_with_it(staffed: Empty) -> None:
    await send(staffed, await tell(staffed))
    card, rosa = told_card(staffed), who(staffed, "rosa")
    form = await rosa.click(card, custom_id=custom_id(card, "Answer"))
    shown = seen(await rosa.submit_modal(form, {"answer": "Thank you. We will talk with them."}))
    assert "We will talk" in words(shown)
    await tick(staffed.world, 10)
    result = await staffed.member.slash(staffed.general, "help")
    told = words(result.followups[-1])
    assert "The organizers of Oak County Makers answer you" in told
    assert f"<@{rosa.id}> answers" in told
    done = await press(who(staffed, "max2"), told_card(staffed), "Dealt with")
    assert "Dealt with by" in words(done)
    await stand(staffed)
    assert "Nothing waits for you" in words(panel_of_desk(staffed))
    await press(rosa, told_card(staffed), "Not yet, after all")
    await stand(staffed)
    assert "1 message from a member" in words(panel_of_desk(staffed))


async def test_what_was_dealt_with_is_forgotten_after_90_days(staffed: Empty) -> None:
    await send(staffed, await tell(staffed))
    await send(staffed, await tell(staffed, text="A second thing"))
    cards = panels_in(staffed, staffed.shown_channel(Part.DESK).id)
    await press(staffed.owner, cards[1], "Dealt with")
    await staffed.env.advance_time(91 * 24 * 3600)
    await tick(staffed.world, 10)
    async with staffed.world.database.read() as connection:
        left = await welcome.open_ones(connection, staffed.guild.id)
    assert [told.text for told in left] == ["A second thing"]
    card = await staffed.public(Settle("open", "1"))
    assert "no longer there" in words(await press(staffed.owner, card, "Not yet, after all"))


async def test_without_a_name_nobody_but_me_knows_who_it_was(staffed: Empty) -> None:
    preview = await press(staffed.member, await tell(staffed), "Without my name")
    assert "not shown to them" in words(preview)
    assert "With my name" in buttons(preview)
    sent = await send(staffed, preview)
    assert buttons(sent) == ["Direct message"], "a private thread would show who it was"
    card = told_card(staffed)
    assert str(staffed.member.id) not in words(card)
    form = await staffed.owner.click(card, custom_id=custom_id(card, "Answer"))
    await staffed.owner.submit_modal(form, {"answer": "Thank you, whoever you are."})
    await press(staffed.member, sent, "Direct message")
    await tick(staffed.world, 10)
    result = await staffed.member.slash(staffed.general, "help")
    assert "whoever you are" in words(result.followups[-1])


async def test_one_organizer_is_left_out_and_finds_it_nowhere(staffed: Empty) -> None:
    out, rosa = who(staffed, "max2"), who(staffed, "rosa")
    preview = await leave_out(staffed, await tell(staffed), out)
    assert f"**Not** <@{out.id}>: it does not go into the organizers' channel" in words(preview)
    assert f"<@{rosa.id}>" in words(preview)
    before = desk_cards(staffed)
    await send(staffed, preview)
    await stand(staffed)
    assert desk_cards(staffed) == before, "the desk neither shows nor counts it"
    held = {thread.id: {member.id for member in await thread.fetch_members()} for thread in threads(staffed)}
    readers = set().union(*held.values())
    assert {rosa.id, staffed.owner.id} <= readers
    assert out.id not in readers
    listed = words(await press(out, panel_of_desk(staffed), "Messages to us"))
    assert "No member waits" in listed
    listed = await press(rosa, panel_of_desk(staffed), "Messages to us")
    assert "films people" in words(listed)
    opened = await press(rosa, listed, "Open")
    assert "One organizer is left out of this" in words(opened)
    assert f"<@{staffed.owner.id}>" in words(opened)


async def test_who_was_left_out_cannot_read_it_by_its_number_nor_by_their_data(staffed: Empty) -> None:
    out = who(staffed, "max2")
    await send(staffed, await leave_out(staffed, await tell(staffed), out))
    card = await staffed.public(OpenOne("1"), Answer("1"), Settle("done", "1"))
    asked = seen(await out.slash(staffed.general, "privacy delete"))
    await press(out, asked, "Delete it")
    for label in ("Open", "Answer", "Dealt with"):
        assert "no longer there" in words(await press(out, card, label))
    assert "films people" in words(await press(staffed.owner, card, "Open"))
    assert "Only organizers" in words(await press(staffed.member, card, "Open"))


async def test_the_owner_sees_everything_so_it_goes_into_no_thread_and_that_is_said(staffed: Empty) -> None:
    preview = await leave_out(staffed, await tell(staffed), staffed.owner)
    assert f"**Not** <@{staffed.owner.id}>, who may open every channel and thread" in words(preview)
    assert "private note that nobody else can see" in words(preview)
    await send(staffed, preview)
    assert threads(staffed) == []
    result = await staffed.owner.slash(staffed.general, "help")
    assert not result.followups
    result = await who(staffed, "rosa").slash(staffed.general, "help")
    assert "films people" in words(result.followups[-1])
    assert result.followups[-1].ephemeral


async def test_who_gave_the_role_back_before_reading_it_does_not_get_it_any_more(staffed: Empty) -> None:
    rosa = who(staffed, "rosa")
    await send(staffed, await leave_out(staffed, await tell(staffed), staffed.owner))
    role = staffed.guild.roles["Organizer"]
    staffed.env.backend.remove_member_role(staffed.guild.id, rosa.id, role.id)
    await staffed.env.settle()
    result = await rosa.slash(staffed.general, "help")
    assert not [one for one in result.followups if "films people" in words(one)]
    result = await who(staffed, "max2").slash(staffed.general, "help")
    assert "films people" in words(result.followups[-1])


async def test_where_there_is_only_one_organizer_that_is_said_and_they_cannot_be_left_out(house: Empty) -> None:
    await stand(house)
    preview = await tell(house)
    assert f"There is only one organizer: <@{house.owner.id}> (the owner)" in words(preview)
    preview = await leave_out(house, preview, house.owner)
    assert "Nobody would read it" in words(preview)
    assert "Send" not in buttons(preview)
    preview = seen(await house.member.select(preview, [], custom_id=select_id(preview, "Leave one organizer")))
    assert "Send" in buttons(preview)


async def test_an_organizer_whom_i_have_not_met_can_be_left_out_and_counts_as_no_other(house: Empty) -> None:
    await stand(house)
    ann = house.guild.add_member(house.env.create_user("ann"), roles=[house.guild.roles["Organizer"]])
    preview = await tell(house)
    assert f"<@{house.owner.id}> (the owner), and 1 other whom I have not met" in words(preview)
    preview = await leave_out(house, preview, ann)
    assert "it does not go into the organizers' channel" in words(preview)
    assert "have not met" not in words(preview)


async def test_who_is_no_organizer_need_not_be_left_out(staffed: Empty) -> None:
    preview = await leave_out(staffed, await tell(staffed), staffed.manager)
    assert "is no organizer, and would not read it in any case" in words(preview)
    assert "everyone who can see" in words(preview)


async def test_what_changed_between_looking_and_sending_is_shown_first(staffed: Empty) -> None:
    out = who(staffed, "max2")
    preview = await leave_out(staffed, await tell(staffed), out)
    role = staffed.guild.create_role("Moderators", permissions=discord.Permissions(manage_threads=True))
    staffed.env.backend.add_member_role(staffed.guild.id, out.id, role.id)
    await staffed.env.settle()
    shown = await send(staffed, preview)
    assert "has changed since you saw this" in words(shown)
    assert "may open every channel and thread" in words(shown)
    assert "Sent" in words(await send(staffed, shown))
    assert threads(staffed) == []


async def test_a_channel_that_everyone_sees_is_not_used(staffed: Empty) -> None:
    desk = staffed.shown_channel(Part.DESK)
    everyone = staffed.discord_guild.default_role
    await desk.set_permissions(everyone, view_channel=True)
    await staffed.env.settle()
    preview = await tell(staffed)
    assert "Everyone can see the organizers' channel, so it does not go there" in words(preview)
    await send(staffed, preview)
    assert "films people" not in str(desk_cards(staffed))


async def test_sent_twice_it_arrives_once_and_a_restart_loses_nothing(staffed: Empty) -> None:
    preview = await tell(staffed)
    await staffed.world.restart()
    await send(staffed, preview)
    assert len([one for one in desk_cards(staffed) if "tells the organizers" in one]) == 1
    other = await tell(staffed, text="Another")
    await press(staffed.member, other, "Throw away")
    async with staffed.world.database.read() as connection:
        assert len(await welcome.open_ones(connection, staffed.guild.id)) == 1


async def test_an_agreement_is_not_asked_for_first(staffed: Empty) -> None:
    servers = staffed.world.bot.servers
    await staffed.world.bot.service(Settling).agreement(staffed.guild.id, staffed.owner.id, "Be kind.", again=True)
    assert servers.of(staffed.guild.id).agreement == "Be kind."
    assert "Before it is sent" in words(await tell(staffed))


async def test_who_deleted_their_data_takes_back_what_they_told(staffed: Empty) -> None:
    await send(staffed, await tell(staffed))
    card = told_card(staffed)
    asked = seen(await staffed.member.slash(staffed.general, "privacy delete"))
    assert "what you told the organizers" in words(asked)
    await press(staffed.member, asked, "Delete it")
    assert "no longer there" in words(await press(staffed.owner, card, "Answer"))


async def test_words_without_words_are_refused_and_kept(staffed: Empty) -> None:
    refused = await tell(staffed, text="…!")
    assert "cannot find words" in words(refused)
    assert "Open the form again" in buttons(refused)
