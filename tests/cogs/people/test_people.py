from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, text

from bot.kit.paging import PER_PAGE
from cogs.people.service.finding import LISTED_AT_MOST
from db import guilds
from db.people import EVERYONE, NOBODY, ORGANIZERS, Wanted, known_table, profile_table
from db.people.finding import query
from tests.cogs.people.steps import fill_in, introduce, people, pick, press, view
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.kit.world import World


async def many(world: World, number: int, **values: Any) -> None:
    """Put profiles into the server that all know the laser cutter, with numbers from 1 on."""
    now = world.bot.clock()
    texts = dict.fromkeys(("name", "library", "setting", "role", "interests", "zone", "place", "folded_place"), "")
    shown = dict.fromkeys(("shown_me", "shown_library", "shown_tools"), EVERYONE)
    flags = dict.fromkeys(("small_or_rural", "asks", "away"), False)
    same = {**texts, **shown, **flags, "guild_id": world.guild.id, "created_at": now, "updated_at": now, **values}
    async with world.database.write() as connection:
        await guilds.see(connection, world.guild.id, now)
        await connection.execute(
            insert(profile_table), [{**same, "user_id": 1_000 + nth, "name": f"Nr {nth:04}"} for nth in range(number)]
        )
        numbers = (await connection.execute(text("SELECT profile_id FROM profile WHERE user_id < 10000"))).scalars()
        rows = [
            {"profile_id": nth, "guild_id": world.guild.id, "tool": "laser-cutter", "level": "use"} for nth in numbers
        ]
        await connection.execute(insert(known_table), rows)


def named(message: Any) -> list[str]:
    return re.findall(r"Nr \d{4}", words(message))


async def join(world: World, name: str) -> MemberActor:
    return world.guild.add_member(world.env.create_user(name))


async def test_a_brand_and_a_broader_tool_find_who_knows_the_tool(world: World) -> None:
    await introduce(world, world.member, laser_cutter="use")
    offered = await world.other.autocomplete(world.general, "people", "tool", "glowf")
    assert "laser-cutter" in str(offered)
    assert "Kim Tran" in words(await people(world, world.other, tool="digital-fabrication"))
    assert "nobody shows that yet" in words(await people(world, world.other, tool="sewing"))


async def test_a_tool_that_is_none_is_explained(world: World) -> None:
    assert "choose one from the list" in words(await people(world, world.other, tool="time machine"))


async def test_only_what_is_shown_to_the_one_who_looks_counts(world: World) -> None:
    step = await introduce(world, world.member, laser_cutter="use", asks=False)
    step = await pick(world.member, step, "My library", "nobody")
    await pick(world.member, step, "My tools", "organizers")
    assert "Kim Tran" in words(await people(world, world.other))
    assert "Laser" not in words(await people(world, world.other))
    assert "nobody shows" in words(await people(world, world.other, tool="laser-cutter"))
    assert "nobody shows" in words(await people(world, world.other, setting="public"))
    assert "nobody shows" in words(await people(world, world.other, near="Iowa"))
    assert "Kim Tran" in words(await people(world, world.organizer, tool="laser-cutter"))
    assert "nobody shows" in words(await people(world, world.organizer, tool="laser-cutter", near="Iowa"))


async def test_a_library_like_mine_is_found_by_my_own_profile(world: World) -> None:
    await introduce(world, world.member, kind="school small-rural", sewing="use")
    await introduce(world, world.organizer, kind="school", name="Rosa", sewing="use")
    refused = words(await people(world, world.other, setting="mine"))
    assert "do not know yet what kind of library yours is" in refused
    await pick(world.other, seen(await fill_in(world, world.other)), "kind of library", "school", "small-rural")
    like_mine = words(await people(world, world.other, setting="mine", tool="sewing"))
    assert "in a library like yours" in like_mine
    assert "Kim Tran" in like_mine
    assert "Rosa" not in like_mine
    schools = words(await people(world, world.other, setting="school"))
    assert "Kim Tran" in schools
    assert "Rosa" in schools
    small = words(await people(world, world.other, setting="small-rural"))
    assert "Rosa" not in small


@pytest.mark.parametrize(
    ("near", "found"),
    [
        ("Iowa", True),
        ("IA", True),
        ("ames", True),
        ("Ames, Iowa", True),
        ("Ames IA", True),
        ("Ohio", False),
        ("owa", False),
    ],
)
async def test_near_is_a_city_or_a_state_by_name_or_code(world: World, near: str, found: bool) -> None:
    await introduce(world, world.member, sewing="use")
    answer = words(await people(world, world.other, near=near))
    assert ("Kim Tran" in answer) == found


async def test_near_without_a_word_is_explained(world: World) -> None:
    assert "name of a city or a state" in words(await people(world, world.other, near="%"))


async def test_those_who_may_be_asked_come_first_and_those_who_still_learn_last(world: World) -> None:
    learner, quiet, asks = [await join(world, name) for name in ("lea", "quinn", "ada")]
    await introduce(world, learner, name="Nr 0001", asks=False, sewing="learning")
    await introduce(world, quiet, name="Nr 0002", asks=False, sewing="use")
    await introduce(world, asks, name="Nr 0003", sewing="use")
    assert named(await people(world, world.other, tool="sewing")) == ["Nr 0003", "Nr 0002", "Nr 0001"]


async def test_those_who_may_be_asked_are_listed_in_turn(world: World) -> None:
    await many(world, 3 * PER_PAGE, asks=True)
    first = [named(await people(world, world.other, tool="laser-cutter")) for _ in range(3)]
    assert sorted(name for page in first for name in page) == [f"Nr {nth:04}" for nth in range(3 * PER_PAGE)]
    await world.env.advance_time(1)
    again = named(await people(world, world.member, tool="laser-cutter"))
    assert again == first[0]


async def test_a_list_keeps_its_order_while_others_look_and_shows_everybody_once(world: World) -> None:
    await many(world, 2 * PER_PAGE + 1)
    page = await people(world, world.other, tool="laser-cutter")
    shown = named(page)
    for _ in range(2):
        await people(world, world.member, tool="laser-cutter")
        await world.env.advance_time(1)
        page = await press(world.other, page, "Next →")
        shown += named(page)
    assert len(shown) == len(set(shown)) == 2 * PER_PAGE + 1
    back = await press(world.other, page, "← Back")
    assert named(back) == shown[PER_PAGE : 2 * PER_PAGE]


async def test_who_hides_or_leaves_drops_out_of_a_list_that_is_open(world: World) -> None:
    await many(world, PER_PAGE + 2)
    page = await people(world, world.other, tool="laser-cutter")
    async with world.database.write() as connection:
        await connection.execute(text("UPDATE profile SET shown_tools = 'nobody' WHERE name = 'Nr 0004'"))
    rest = await press(world.other, page, "Next →")
    assert len(named(rest)) == 1
    see = await press(world.other, page, "Profile")
    assert named(rest)[0] in words(see)
    async with world.database.write() as connection:
        await connection.execute(text("DELETE FROM profile"))
    assert "No longer shown" in words(await press(world.other, page, "Profile"))
    assert "nobody shows that yet" in words(await press(world.other, page, "← Back"))


async def test_a_list_older_than_its_draft_says_so(world: World) -> None:
    await many(world, PER_PAGE + 1)
    page = await people(world, world.other, tool="laser-cutter")
    async with world.database.write() as connection:
        await connection.execute(text("DELETE FROM draft"))
    assert "Please look again" in words(await press(world.other, page, "Next →"))


async def test_a_kept_list_names_nobody(world: World) -> None:
    await many(world, PER_PAGE + 1)
    await people(world, world.other, tool="laser-cutter")
    async with world.database.read() as connection:
        kept = str((await connection.execute(text("SELECT answers FROM draft"))).scalars().all())
    assert "profiles" in kept
    assert not re.search(r"\b10\d\d\b", kept)


async def test_people_are_found_by_button_and_select_alone(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    everyone = await people(world, world.other)
    assert "Kim Tran" in words(everyone)
    narrowed = await pick(world.other, everyone, "Who knows a tool, 3D", "laser-cutter")
    assert "Who knows" in words(narrowed)
    assert "Kim Tran" in words(narrowed)


async def test_where_nobody_fits_one_can_look_everywhere(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    nobody = await people(world, world.other, tool="laser-cutter", near="Ohio")
    assert buttons(nobody) == ["Look everywhere", "My profile"]
    assert "Kim Tran" in words(await press(world.other, nobody, "Look everywhere"))


async def test_i_am_not_in_my_own_list(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    assert "Kim Tran" not in words(await people(world, world.member, tool="laser-cutter"))


async def test_longest_profiles_fit_on_a_page(world: World) -> None:
    await many(world, PER_PAGE, library="@" * 100, interests="*" * 300, place="_" * 100, role="staff", setting="public")
    page = await people(world, world.other)
    assert len(named(page)) == PER_PAGE
    assert len(words(page)) <= 4000


async def test_2500_members_are_found_by_index_and_a_list_of_them_has_an_end(world: World) -> None:
    await many(world, 2_500, setting="public", folded_place=" ames ia iowa ")
    page = words(await people(world, world.other, tool="laser-cutter", setting="public", near="Iowa"))
    assert f"of {LISTED_AT_MOST}" in page
    assert "There are more" in page
    async with world.database.read() as connection:
        for wanted in (Wanted(("laser-cutter",), "public", near=" iowa "), Wanted(), Wanted(setting="public")):
            statement = query(world.guild.id, 7, (EVERYONE, ORGANIZERS), wanted)
            sql = statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            plan = [row.detail for row in await connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
            assert any("SEARCH" in step and "INDEX" in step for step in plan), plan
            assert not any(re.search(r"SCAN (profile|profile_tool)\b", step) for step in plan), plan


async def test_what_is_shown_to_nobody_is_found_by_nobody(world: World) -> None:
    await many(world, 3, shown_me=NOBODY, shown_library=NOBODY, shown_tools=NOBODY, asks=True)
    for who in (world.other, world.organizer, world.owner):
        assert named(await people(world, who)) == []


async def test_one_who_may_be_asked_shows_it_in_the_profile(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    shown = await view(world, world.other, world.member)
    assert "ask me" in words(shown)
    assert custom_id(shown, "Ask in public")
    assert select_id(await people(world, world.other), "Who knows a tool")
