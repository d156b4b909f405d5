from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
import pytest

from cogs.resources.service import Starting
from cogs.resources.views.finding import More
from cogs.resources.views.reviewing import Publish
from cogs.resources.views.saving import Save
from tests.cogs.resources.steps import decline, find, press, queue, suggest
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from typing import Any

    from tests.kit.world import World


async def test_an_organizer_publishes_from_the_desk(world: World) -> None:
    await suggest(world, world.member)
    await press(world.organizer, world.desk.last_message, "Publish")
    card: Any = world.desk.last_message
    assert "Published" in words(card)
    assert f"<@{world.organizer.id}>" in words(card)
    assert "Publish" not in buttons(card)


async def test_the_owner_counts_as_an_organizer_without_the_role(world: World) -> None:
    await suggest(world, world.member)
    assert "Published" in words(await press(world.owner, world.desk.last_message, "Publish"))


@pytest.mark.parametrize("label", ["Publish", "Edit", "Decline", "Ask the member"])
async def test_a_member_who_is_no_organizer_cannot_decide(world: World, label: str) -> None:
    await suggest(world, world.member)
    refused = await press(world.member, world.desk.last_message, label)
    assert "Only organizers" in words(refused)
    assert refused.ephemeral
    assert "waits for you" in words(world.desk.last_message)


async def test_a_role_that_was_taken_away_no_longer_counts(world: World) -> None:
    await suggest(world, world.member)
    role = world.guild.roles["Organizer"]
    world.env.backend.remove_member_role(world.guild.id, world.organizer.id, role.id)
    assert "Only organizers" in words(await press(world.organizer, world.desk.last_message, "Publish"))


async def test_only_organizers_see_the_queue(world: World) -> None:
    await suggest(world, world.member)
    assert "Only organizers" in words(await queue(world, world.member))
    assert "Our laser rules" in words(await queue(world, world.organizer))


async def test_the_queue_shows_the_oldest_first_and_how_much_waits_behind_it(world: World) -> None:
    await suggest(world, world.member)
    await world.env.advance_time(60)
    await suggest(world, world.other, link="https://nom-libraries.org/second", title="The second")
    first = await queue(world, world.organizer)
    assert "Our laser rules" in words(first)
    assert "1 more waits" in words(first)
    assert "The second" in words(await press(world.organizer, first, "Next →"))


async def test_an_empty_queue_says_so(world: World) -> None:
    assert "Nothing waits for review" in words(await queue(world, world.organizer))


async def test_declining_keeps_it_out_and_can_be_undone(world: World) -> None:
    await suggest(world, world.member)
    declined = await decline(world.organizer, world.desk.last_message)
    assert "Declined" in words(declined)
    assert "Nothing waits" in words(await press(world.organizer, declined, "What else waits"))
    assert "waits for you" in words(await press(world.organizer, declined, "Undo"))
    assert "Our laser rules" in words(await queue(world, world.organizer))


async def test_publishing_can_be_undone_and_then_nobody_finds_it(world: World) -> None:
    await suggest(world, world.member)
    published = await press(world.organizer, world.desk.last_message, "Publish")
    await press(world.organizer, published, "Undo")
    assert "Our laser rules" not in words(await find(world, world.other, "our laser rules wall"))


async def test_a_member_cannot_undo_what_an_organizer_decided(world: World) -> None:
    await suggest(world, world.member)
    published = await press(world.organizer, world.desk.last_message, "Publish")
    assert "Only organizers" in words(await press(world.member, published, "Undo"))


async def test_two_organizers_who_press_publish_at_once_publish_once(world: World) -> None:
    await suggest(world, world.member)
    card: Any = world.desk.last_message
    results = []
    async with at_once(world.env):
        for who in (world.organizer, world.owner):
            results.append(await who.click(card, custom_id=custom_id(card, "Publish")))  # noqa: PERF401
    told = [words(seen(result)) for result in results]
    assert sum("has published this" in text for text in told) == 1
    found = words(await find(world, world.member, "our laser rules wall"))
    assert found.count("[Our laser rules]") == 1


async def test_one_declines_while_the_other_publishes_and_the_second_hears_it(world: World) -> None:
    await suggest(world, world.member)
    card: Any = world.desk.last_message
    queued = await queue(world, world.owner)
    await decline(world.organizer, card)
    late = await press(world.owner, queued, "Publish")
    assert f"<@{world.organizer.id}> has declined this" in words(late)


async def test_a_card_of_an_earlier_version_decides_nothing(world: World) -> None:
    await suggest(world, world.member)
    queued = await queue(world, world.owner)
    declined = await decline(world.organizer, world.desk.last_message)
    await press(world.organizer, declined, "Undo")
    assert "has changed since" in words(await press(world.owner, queued, "Publish"))


async def test_an_old_undo_leaves_a_newer_decision_alone(world: World) -> None:
    await suggest(world, world.member)
    queued = await queue(world, world.organizer)
    declined = await decline(world.organizer, world.desk.last_message)
    undo = custom_id(declined, "Undo")
    await press(world.organizer, declined, "Undo")
    fresh = await queue(world, world.organizer)
    published = await press(world.organizer, fresh, "Publish")
    assert custom_id(published, "Undo") != undo
    assert "Publish" in buttons(queued)
    await press(world.organizer, published, "Undo")
    assert "waits for you" in words(await queue(world, world.organizer))


async def test_a_declined_link_that_was_suggested_anew_is_not_put_back_beside_it(world: World) -> None:
    await suggest(world, world.member)
    declined = await decline(world.organizer, world.desk.last_message)
    undo = custom_id(declined, "Undo")
    old: Any = world.desk.last_message
    await suggest(world, world.other)
    result = await world.organizer.click(old, custom_id=undo)
    assert "suggested again meanwhile" in words(seen(result))


async def test_buttons_work_after_a_restart(world: World) -> None:
    await suggest(world, world.member)
    await world.restart()
    assert "Published" in words(await press(world.organizer, world.desk.last_message, "Publish"))


async def test_a_desk_card_that_was_decided_elsewhere_is_drawn_anew_at_the_next_press(world: World) -> None:
    await suggest(world, world.member)
    await press(world.owner, await queue(world, world.owner), "Publish")
    assert "Publish" in buttons(world.desk.last_message)
    late = await press(world.organizer, world.desk.last_message, "Decline")
    assert f"<@{world.owner.id}> has published this <t:" in words(late)
    assert "Published ✅" in words(world.desk.last_message)
    assert "Publish" not in buttons(world.desk.last_message)


async def test_only_organizers_see_what_else_waits(world: World) -> None:
    await suggest(world, world.member)
    await suggest(world, world.other, link="https://nom-libraries.org/second", title="The second")
    await press(world.organizer, world.desk.last_message, "Publish")
    answer = await press(world.member, world.desk.last_message, "What else waits")
    assert "Only organizers" in words(answer)
    assert "Our laser rules" not in words(answer)


async def test_a_card_from_another_server_decides_nothing_and_saves_nothing_here(world: World) -> None:
    await suggest(world, world.member)
    async with world.database.read() as connection:
        number = (await connection.exec_driver_sql("SELECT max(resource_id) FROM resource")).scalar_one()
        record = (await connection.exec_driver_sql("SELECT min(record_id) FROM search_record")).scalar_one()
    elsewhere = world.env.create_guild("Elsewhere", owner=(owner := world.env.create_user("eve")))
    channel = elsewhere.create_text_channel("general")
    eve = elsewhere.add_member(owner)
    await world.env.settle()
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(Publish(str(number), "1"), Save(str(number)), More(str(record))))
    place = world.bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    card = await place.send(view=view)
    assert "no longer there" in words(await press(eve, card, "Publish"))
    assert "no longer in the catalogue" in words(await press(eve, card, "Save"))
    assert "no longer in the catalogue" in words(await press(eve, card, "More like this"))
    assert "waits for you" in words(world.desk.last_message)


async def test_cards_are_not_kept_in_memory(world: World) -> None:
    for _ in range(20):
        await find(world, world.member, "policy")
        await world.member.slash(world.general, "resource suggest")
    store = world.bot._connection._view_store
    assert not store._views
    assert not store._synced_message_views
    assert not store._modals


async def test_two_events_about_a_new_server_stock_it_once(world: World) -> None:
    starting = world.bot.service(Starting)
    added = await asyncio.gather(*(starting.stock_up(4711) for _ in range(5)))
    assert sorted(added) == [0, 0, 0, 0, 100]
