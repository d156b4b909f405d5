from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.resources import starter
from cogs.setup import cities
from cogs.setup.cities import AT_MOST, search
from tests.cogs.setup.steps import press, start
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Columbus", {"America/New_York"}),
        ("Columbus, OH", {"America/New_York"}),
        ("new york", {"America/New_York"}),
        ("NEW YORK CITY", {"America/New_York"}),
        ("Vienna", {"Europe/Vienna"}),
        ("Ohio", {"America/New_York"}),
        ("tennessee", {"America/Chicago", "America/New_York"}),
        ("Nashville", {"America/Chicago"}),
        ("St Paul", {"America/Chicago"}),
        ("Saint Louis", {"America/Chicago"}),
        ("El Paso", {"America/Denver"}),
        ("Coeur dAlene", {"America/Los_Angeles"}),
        ("Portland", {"America/New_York", "America/Los_Angeles"}),
        ("Portland, Maine", {"America/New_York"}),
        ("Portland, OR", {"America/Los_Angeles"}),
        ("São Paulo", {"America/Sao_Paulo"}),
        ("eastern", {"America/New_York"}),
        ("Kathmandu", {"Asia/Kathmandu"}),
        ("Europe/Zurich", {"Europe/Zurich"}),
        ("Phoenix", {"America/Phoenix"}),
        ("Honolulu", {"Pacific/Honolulu"}),
        ("zzqqx", set()),
        ("", set()),
        (" , Ohio", set()),
    ],
)
def test_a_city_a_state_or_a_zone_finds_its_time(typed: str, zones: set[str]) -> None:
    assert {city.zone for city in search(typed)} == zones


def test_all_that_is_listed_exists_and_is_found_by_its_name() -> None:
    listed = [*cities._states(), *cities._others()]
    assert {city.zone for city in listed} <= available_timezones()
    assert [city.label for city in listed if city.zone not in {one.zone for one in search(city.name)}] == []
    assert len({city.code for city in listed if city.code}) == 52, "50 states, the capital and Puerto Rico"


@given(st.text(max_size=60))
def test_whatever_is_typed_every_place_has_a_zone_that_exists(typed: str) -> None:
    found = search(typed)
    assert len(found) <= AT_MOST
    assert all(ZoneInfo(city.zone) for city in found)


@given(st.sampled_from(sorted(available_timezones())))
def test_every_zone_is_found_by_its_own_name(zone: str) -> None:
    assert zone in {city.zone for city in search(zone)}


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
