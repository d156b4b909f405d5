from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from cogs.resources import starter
from tests.cogs.setup.steps import press, start
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty


async def form(empty: Empty) -> Any:
    card = await press(empty.owner, await start(empty), "Just the basics")
    return await empty.owner.click(card, custom_id=custom_id(card, "Type a city"))


async def test_a_city_that_is_clear_leads_on(empty: Empty) -> None:
    card = seen(await empty.owner.submit_modal(await form(empty), {"city": "Denver"}))
    assert "Mountain time (Denver)" in words(card)
    assert "Make it" in buttons(card)


async def test_of_several_places_one_is_chosen(empty: Empty) -> None:
    card = seen(await empty.owner.submit_modal(await form(empty), {"city": "Portland"}))
    assert "Which “Portland”?" in words(card)
    chosen = await empty.owner.select(card, ["America/Los_Angeles"], custom_id=select_id(card, "Which one is it?"))
    assert "Pacific time" in words(seen(chosen))


async def test_a_city_nobody_knows_is_asked_for_again_and_what_was_typed_is_kept(empty: Empty) -> None:
    card = seen(await empty.owner.submit_modal(await form(empty), {"city": "Lower Puddleby"}))
    assert "I know no city that begins like “Lower Puddleby”" in words(card)
    again = await empty.owner.click(card, custom_id=custom_id(card, "Open the form again"))
    assert "Lower Puddleby" in str(again.modal)
    assert "Europe/Vienna" in words(seen(await empty.owner.submit_modal(again, {"city": "Vienna"})))


@pytest.mark.parametrize("shelves", [starter.read])
async def test_reminders_come_by_the_servers_own_time(empty: Empty) -> None:
    card = seen(await empty.owner.submit_modal(await form(empty), {"city": "Honolulu"}))
    await press(empty.owner, card, "Make it")
    empty.world.bot.dispatch("guild_available", empty.discord_guild)  # the starter catalogue
    await empty.env.settle()
    found = seen(await empty.member.slash(empty.general, "find", query="laser cutter"))
    saved = await press(empty.member, found, "Save")
    promised = words(await press(empty.member, saved, "Tomorrow"))
    due = int(promised.partition("<t:")[2].partition(":")[0])
    from datetime import UTC, datetime

    assert datetime.fromtimestamp(due, UTC).astimezone(ZoneInfo("Pacific/Honolulu")).hour == 9
