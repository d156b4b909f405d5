from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from hypothesis import given
from hypothesis import strategies as st

from cogs.people.cards.profiles import about
from cogs.people.sight import PUBLIC, Viewer, says_anything, seen_by
from db.people import EVERYONE, NOBODY, ORGANIZERS, Profile
from tests.cogs.people.steps import introduce, people
from tests.kit.world import TOOLS, words

if TYPE_CHECKING:
    from tests.kit.world import World

WHOLE = Profile(
    1,
    2,
    3,
    name="A name",
    library="A library",
    setting="public",
    small_or_rural=True,
    role="staff",
    interests="An interest",
    zone="America/Chicago",
    place="A place",
    tools=(("sewing", "teach"),),
)
FACTS = {
    "me": ("A name", "Library staff", "An interest", "Chicago"),
    "library": ("A library", "Public library", "Small or rural", "A place"),
    "tools": ("Sewing",),
}
AUDIENCE = st.sampled_from((EVERYONE, ORGANIZERS, NOBODY))


@given(AUDIENCE, AUDIENCE, AUDIENCE, st.booleans())
def test_a_card_says_just_what_is_shown_to_who_looks(me: str, library: str, tools: str, organizer: bool) -> None:
    profile = replace(WHOLE, shown_me=me, shown_library=library, shown_tools=tools)
    audiences = Viewer(2, 9, organizer=organizer).audiences
    seen = seen_by(profile, audiences)
    said = about(seen, TOOLS)
    for group, audience in (("me", me), ("library", library), ("tools", tools)):
        for fact in FACTS[group]:
            assert (fact in said) == (audience == EVERYONE or (organizer and audience == ORGANIZERS))
    assert says_anything(seen) == bool(said)
    assert seen_by(seen, audiences) == seen


def test_nobody_belongs_to_the_audience_nobody() -> None:
    assert NOBODY not in Viewer(1, 1, organizer=True).audiences
    assert PUBLIC == (EVERYONE,)


async def test_who_leaves_is_no_longer_listed_where_discord_tells_it(world: World) -> None:
    await introduce(world, world.member, sewing="use")
    left = discord.RawMemberRemoveEvent({"guild_id": world.guild.id, "user": {}}, discord.Object(world.member.id))  # type: ignore[arg-type, typeddict-item]
    world.bot.dispatch("raw_member_remove", left)
    await world.env.settle()
    assert "nobody shows that yet" in words(await people(world, world.other, tool="sewing"))
