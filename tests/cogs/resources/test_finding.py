from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.kit.pages import Turn
from tests.cogs.resources.steps import find, press
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_a_brand_finds_its_tool(world: World) -> None:
    answer = await find(world, world.member, "Glowforge smells")
    assert "Laser" in words(answer)
    assert answer.ephemeral


async def test_a_result_shows_what_a_librarian_looks_for(world: World) -> None:
    answer = words(await find(world, world.member, "LightBurn documentation"))
    assert "[LightBurn Documentation](https://github.com/LightBurnSoftware/Documentation)" in answer
    assert "LightBurn Software · 2023 · Vendor manual 📗 · Laser cutter 🔆" in answer
    assert "settings, materials library, troubleshooting" in answer


async def test_four_results_a_page_and_a_way_on_and_back(world: World) -> None:
    first = await find(world, world.member, "policy")
    assert buttons(first).count("Save") == 4
    shown_first = words(first)
    second = await press(world.member, first, "Next →")
    assert buttons(second).count("Save") == 4
    assert words(second) != shown_first
    back = await press(world.member, second, "← Back")
    assert "← Back" not in buttons(back)


async def test_all_pages_together_show_each_result_once(world: World) -> None:
    page = await find(world, world.member, "sewing")
    titles: list[str] = []
    while True:
        titles += [line for line in words(page).splitlines() if line.startswith("**[")]
        if "Next →" not in buttons(page):
            break
        page = await press(world.member, page, "Next →")
    assert len(titles) == len(set(titles)) > 4
    assert f"of {len(titles)}" in words(page)


async def test_kind_and_tool_narrow_a_search(world: World) -> None:
    policies = words(await find(world, world.member, "laser", kind="policy"))
    assert "Policy 📜" in policies
    assert "Guide 📘" not in policies
    sewing = words(await find(world, world.member, "library", tool="sewing"))
    assert sewing.count("Sewing 🧵") >= 1


async def test_a_tool_that_is_not_in_the_list_is_explained(world: World) -> None:
    answer = await find(world, world.member, "laser", tool="time machine")
    assert "choose one from the list" in words(answer)


async def test_a_typing_slip_is_read_as_the_word_that_is_known(world: World) -> None:
    answer = words(await find(world, world.member, "embroidrey machine"))
    assert "embroidery" in answer.lower()
    assert "I read that as “embroidery machine”" in answer


async def test_nothing_found_says_so_and_offers_a_way_on(world: World) -> None:
    answer = await find(world, world.member, "qqqqzzzz")
    assert "Nothing yet for “qqqqzzzz”" in words(answer)
    form = await world.member.click(answer, custom_id=custom_id(answer, "Suggest a resource"))
    assert form.modal is not None
    assert form.modal["title"] == "Suggest a resource"


async def test_nothing_of_that_kind_names_the_kind(world: World) -> None:
    answer = words(await find(world, world.member, "embroidery", kind="dataset"))
    assert "in Dataset" in answer


async def test_more_like_this_shows_others_of_its_kind_but_not_itself(world: World) -> None:
    answer = await find(world, world.member, "LightBurn documentation")
    more = await press(world.member, answer, "More like this")
    assert "More like “LightBurn Documentation”" in words(more)
    assert "[LightBurn Documentation]" not in words(more)
    assert "Laser" in words(more)


async def test_autocomplete_offers_titles_and_tools(world: World) -> None:
    titles = await world.member.autocomplete(world.general, "find", "query", "light")
    assert any("LightBurn" in str(choice) for choice in titles)
    tools = await world.member.autocomplete(world.general, "find", "tool", "cri", query="x")
    assert any("Vinyl cutter" in str(choice) for choice in tools)


async def test_another_server_has_shelves_of_its_own(world: World) -> None:
    other = world.env.create_guild("Other Library")
    channel = other.create_text_channel("talk")
    guest = other.add_member(world.env.create_user("gus"))
    await world.env.settle()
    there = seen(await guest.slash(channel, "find", query="LightBurn"))
    here = await find(world, world.member, "LightBurn")
    assert words(there).count("[LightBurn Documentation]") == words(here).count("[LightBurn Documentation]") == 1


async def test_a_search_survives_a_restart(world: World) -> None:
    page = await find(world, world.member, "policy")
    await world.restart()
    assert buttons(await press(world.member, page, "Next →")).count("Save") == 4


async def test_who_turns_a_list_of_someone_else_gets_a_copy_of_their_own(world: World) -> None:
    page = await find(world, world.member, "policy")
    turn = custom_id(page, "Next →")
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(Turn(*turn.removeprefix("page:").split(":"))))
    channel = world.env.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    shown = await channel.send(view=view)
    result = await world.other.click(shown, custom_id=turn)
    assert result.ephemeral
    assert "Best matches for “policy”" in words(result.response)
    assert "copy of your own" in words(seen(result))
    assert "Best matches" not in "".join(str(part) for part in components(world.general.last_message))


@pytest.mark.parametrize("query", ["", "   ", "🎉🎉🎉", "?!…", "\u202e\u202d", "\x00\x07"], ids=repr)
async def test_a_search_without_words_says_what_to_type(world: World, query: str) -> None:
    answer = await find(world, world.member, query)
    assert "laser cutter policy" in words(answer)


@pytest.mark.parametrize(
    "query",
    [
        "x" * 6000,
        "laser " * 900,
        'laser" OR NEAR(1',
        "col:laser -policy *",
        "لاعقة الليزر",
        "laser\x00\u202epolicy",
        "%s {0}",
        "' OR 1=1 --",
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
async def test_an_odd_search_is_only_a_search(world: World, query: str) -> None:
    answer = words(await find(world, world.member, query))
    assert "🔎" in answer
    assert len(answer) <= 4000


async def test_each_card_fits_discord_whatever_the_resources_are_called(world: World) -> None:
    for query in ("library makerspace guide", "policy liability waiver", "3D printer"):
        page = await find(world, world.member, query)
        assert len(words(page)) <= 4000
        assert sum(1 for _ in components(page)) <= 40


async def test_a_short_question_is_stored_nowhere_and_a_long_one_only_for_its_pages(world: World) -> None:
    async def stored() -> int:
        async with world.database.read() as connection:
            return int((await connection.exec_driver_sql("SELECT count(*) FROM draft")).scalar_one())

    short = await find(world, world.member, "policy", kind="policy")
    assert await stored() == 0
    assert "Best matches for “policy”" in words(await press(world.member, short, "Next →"))
    query = "policy for the use of laser cutters and 3D printers in small rural public libraries"
    long = await find(world, world.member, query)
    assert await stored() == 1
    assert query[:70] in words(await press(world.member, long, "Next →"))


async def test_a_search_in_the_moment_of_joining_finds_the_starter_catalogue(empty_world: World) -> None:
    world = empty_world
    async with at_once(world.env):
        world.guild = world.env.create_guild("Brand new")
        world.general = world.guild.create_text_channel("general")
        member = world.guild.add_member(world.env.create_user("kim"))
        answer = await member.slash(world.general, "find", query="LightBurn")
    assert "LightBurn Documentation" in words(seen(answer))


async def test_a_pager_nobody_can_read_any_more_says_so(world: World) -> None:
    view = discord.ui.LayoutView(timeout=None)
    number = await world.bot.drafts.keep(guild_id=world.guild.id, user_id=1, form="suggest", answers={})
    for argument in ("q.notjson", str(number)):
        view.add_item(discord.ui.ActionRow(Turn("find", argument, str(world.member.id), "0", "next")))
    channel = world.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    card = await channel.send(view=view)
    for nth in range(2):
        assert "search again" in words(await press(world.member, card, "Next →", nth))


@pytest.mark.parametrize("query", ["photography", "Raspberry Pi soldering", "woodturning", "kiln", "insurance"])
async def test_what_is_offered_where_nothing_was_found_leads_somewhere(world: World, query: str) -> None:
    nothing = await find(world, world.member, query)
    if "Nothing yet" not in words(nothing):
        return
    offered = [label for label in buttons(nothing) if label != "Suggest a resource"]
    assert offered
    assert query.casefold() not in [label.casefold() for label in offered]
    for label in offered:
        again = await find(world, world.member, query)
        assert "Best matches" in words(await press(world.member, again, label))


async def test_how_a_search_was_narrowed_is_said_and_can_be_undone(world: World) -> None:
    found = await find(world, world.member, "laser", kind="policy", tool="laser-cutter")
    assert "“laser” in Policy and Laser cutter" in words(found)
    nothing = await find(world, world.member, "embroidery", kind="dataset")
    assert "Best matches" in words(await press(world.member, nothing, "Search everything"))


async def test_everyday_words_are_searched_for_as_they_stand(world: World) -> None:
    for query in ("safe", "how do I keep kids safe around the soldering iron", "t-shirt", "lost"):
        assert "I read that as" not in words(await find(world, world.member, query))


async def test_enter_searches_for_what_was_typed(world: World) -> None:
    choices = await world.member.autocomplete(world.general, "find", "query", "laser")
    assert choices[0]["value"] == "laser"
    assert len(choices) > 1
