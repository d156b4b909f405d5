from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.setup import Part
from tests.cogs.setup.steps import BASICS, Empty, press, set_up
from tests.cogs.welcome.test_panels import panel, stand
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from tests.kit.world import World

MEMBERS = 2_500


def people(empty: Empty) -> list[int]:
    return list(empty.env.backend.get_guild(empty.guild.id).members)


@pytest.fixture
async def large(empty_world: World) -> Empty:
    """A server of 2,500 people that has had no Benchmate so far."""
    empty = await Empty(empty_world).build()
    for number in range(MEMBERS - len(people(empty))):
        empty.guild.add_member(empty.env.create_user(f"member{number}"))
    await empty.env.settle(timeout=60)
    return empty


async def test_a_server_of_2500_is_set_up_checked_and_shown_without_looking_at_its_members(large: Empty) -> None:
    assert len(people(large)) == MEMBERS
    before = len(large.env.http_requests)
    done = await set_up(large)
    assert "Your community is set up" in words(done)
    assert large.names == ["general", *BASICS]
    facts = words(seen(await large.owner.slash(large.general, "setup check")))
    assert "Everything is as I need it" in facts
    assert "Only one person has" in facts
    await press(large.owner, done, "Bring your people")
    await stand(large)
    assert "Welcome to Oak County Makers" in words(panel(large, Part.START))
    asked = [request.path for request in large.env.http_requests[before:] if request.method == "GET"]
    assert not [path for path in asked if "/members" in path], "what is set up does not depend on who is there"
    assert [guild.chunked for guild in large.world.bot.guilds] == [False]
