"""What organizers are told about messages that wait, and what becomes of what they press."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from discord import ui

from bot.delivery import cards
from bot.delivery.telling import TROUBLE, Absence
from bot.kit.delivery import Kind
from db import delivery as deliveries
from tests.bot.delivery.steps import deny, promise, row, said, teach, tick
from tests.kit.world import custom_id, select_id, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_buttons_about_a_channel_that_nothing_waits_for_any_more_say_so(world: World) -> None:
    teach(world)
    room = world.guild.create_text_channel("workshop")
    await promise(world, target=room.id)
    world.env.backend.delete_channel(room.id)
    for _ in range(4):
        await tick(world, 60)
    card: Any = world.desk.last_message
    unseen = world.guild.create_text_channel("unseen")
    deny(world, unseen.id, view_channel=True)
    chooser = select_id(card, "Choose another channel")
    refused = await world.organizer.select(card, custom_id=chooser, values=[unseen])
    assert "I may not write in" in words(refused.response) or "I do not see that channel" in words(refused.response)
    async with world.database.write() as connection:
        await deliveries.give_up(connection, world.guild.id, room.id, world.bot.clock())
    for label in ("Try again", "Let it go"):
        late = await world.organizer.click(card, custom_id=custom_id(card, label))
        assert "Nothing waits for that channel any more" in words(late.response)
    late = await world.organizer.select(card, custom_id=chooser, values=[world.general])
    assert "Nothing waits for that channel any more" in words(late.response)


async def test_a_channel_that_the_bot_has_lost_sight_of_cannot_be_chosen(world: World) -> None:
    teach(world)
    room, lost_one = world.guild.create_text_channel("workshop"), world.guild.create_text_channel("lost")
    await promise(world, target=room.id)
    world.env.backend.delete_channel(room.id)
    for _ in range(4):
        await tick(world, 60)
    card: Any = world.desk.last_message
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    guild._channels.pop(lost_one.id)
    chooser = select_id(card, "Choose another channel")
    assert "I do not see that channel" in words(
        (await world.organizer.select(card, custom_id=chooser, values=[lost_one])).response
    )


async def test_what_the_other_channel_has_already_does_not_wait_for_ever(world: World) -> None:
    teach(world)
    room = world.guild.create_text_channel("workshop")
    twin = await promise(world, "one", target=room.id, moment="x")
    await promise(world, "one", moment="x")
    await promise(world, "two", target=room.id)
    world.env.backend.delete_channel(room.id)
    for _ in range(4):
        await tick(world, 60)
    card: Any = world.desk.last_message
    chooser = select_id(card, "Choose another channel")
    moved = await world.organizer.select(card, custom_id=chooser, values=[world.general])
    assert "1 message will be posted in" in words(moved.response)
    await tick(world)
    assert said(world)[0] == "one"
    assert "two" in said(world)[1]
    assert (await row(world, twin)).state == "dropped"


async def test_a_notice_about_what_was_settled_meanwhile_is_not_sent(world: World) -> None:
    teach(world)
    notice = replace(await row(world, await promise(world)), subject="channel:12345")
    render = world.bot.kinds[TROUBLE].render
    assert render is not None
    assert await render(notice) is None


@pytest.mark.parametrize(("late", "lapsed"), [({"word": 1}, {}), ({}, {"word": 2})])
def test_an_absence_is_told_with_what_there_is_to_tell(late: dict[str, int], lapsed: dict[str, int]) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    view = cards.away(Absence(moment, moment, late, lapsed), {"word": Kind("word", "word", "words")})
    shown = " ".join(part.content for part in view.walk_children() if isinstance(part, ui.TextDisplay))
    assert ("Sent late: 1 word" in shown) is bool(late)
    assert ("2 words" in shown) is bool(lapsed)
