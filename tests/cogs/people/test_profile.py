from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cogs.people.steps import (
    KIND,
    LEARN,
    ROLE,
    TEACH,
    TYPED,
    choose_tools,
    fill_in,
    introduce,
    people,
    pick,
    press,
    view,
)
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_a_profile_is_filled_in_in_three_steps_and_found(world: World) -> None:
    last = await introduce(world, world.member, laser_cutter="teach", sewing="use")
    assert "step 3 of 3" in words(last)
    mine = words(await press(world.member, last, "Done"))
    assert "as you see it" in mine
    for fact in ("Kim Tran", "Ames Public Library", "Public library", "Chicago time", "Teaches: ", "Laser cutter"):
        assert fact in mine
    found = words(await people(world, world.other, tool="laser-cutter"))
    assert "Kim Tran" in found
    assert "ask me" in found


async def test_an_empty_profile_says_how_it_is_filled_and_shows_no_empty_lines(world: World) -> None:
    mine = await view(world, world.member)
    assert "is empty" in words(mine)
    assert mine.ephemeral
    form = await world.member.click(mine, custom_id=custom_id(mine, "Edit"))
    assert "Nothing in it yet" in words(seen(await world.member.submit_modal(form, {})))


async def test_nothing_is_shown_to_anybody_until_its_member_says_so(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    assert "Nobody here is shown any of it" in words(step)
    await choose_tools(world.member, step, laser_cutter="use")
    for other in (world.other, world.organizer, world.owner):
        assert "nothing to see here" in words(await view(world, other, world.member))
        assert "nobody shows that yet" in words(await people(world, other, tool="laser-cutter"))


async def test_who_has_no_profile_and_who_shows_nothing_look_the_same(world: World) -> None:
    await fill_in(world, world.member)
    hidden = words(await view(world, world.other, world.member)).replace(str(world.member.id), "")
    none = words(await view(world, world.other, world.organizer)).replace(str(world.organizer.id), "")
    assert hidden == none


async def test_each_group_of_facts_is_shown_to_whom_its_member_chose(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    step = await pick(world.member, step, KIND, "school", "small-rural")
    step = await pick(world.member, step, ROLE, "educator")
    step = await choose_tools(world.member, step, sewing="use")
    step = await press(world.member, step, "Next: who sees it")
    step = await pick(world.member, step, "About me", "everyone")
    await pick(world.member, step, "My library", "organizers")
    member = words(await view(world, world.other, world.member))
    assert "Kim Tran" in member
    assert "Educator" in member
    assert "Teens and repair cafés" in member
    assert "Ames" not in member
    assert "School" not in member
    assert "Sewing" not in member
    organizer = words(await view(world, world.organizer, world.member))
    assert "Ames Public Library" in organizer
    assert "School library" in organizer
    assert "Small or rural" in organizer
    assert "Sewing" not in organizer
    mine = words(await view(world, world.member))
    assert "Sewing" in mine
    assert "shown to nobody" in mine
    assert "shown to only organizers" in mine
    assert "could read all of it in the database" in mine


async def test_i_can_look_at_my_profile_as_others_see_it(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    step = await press(world.member, step, "Next: who sees it")
    await pick(world.member, step, "My library", "organizers")
    as_others = await press(world.member, await view(world, world.member), "As others see it")
    members, _, organizers = words(as_others).partition("Organizers see this")
    assert "Members see nothing of it" in members
    assert "Ames" not in members
    assert "Ames Public Library" in organizers
    assert "Kim Tran" not in organizers
    assert "Kim Tran" in words(await press(world.member, as_others, "As I see it"))


async def test_what_was_chosen_is_marked_when_the_step_is_opened_again(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    step = await pick(world.member, step, KIND, "academic", "small-rural")
    step = await pick(world.member, step, ROLE, "researcher")
    step = await choose_tools(world.member, step, laser_cutter="teach", sewing="learning", robotics="use")
    chosen = {
        option["label"] for part in components(step) for option in part.get("options", []) if option.get("default")
    }
    assert {"Academic library", "Small or rural library", "Researcher", "Laser cutter", "Sewing"} <= chosen
    assert {"Teach it: Laser cutter", "Learning: Sewing"} <= chosen
    assert "Teach it: Robotics" not in chosen


async def test_a_level_can_be_taken_back_and_a_tool_as_well(world: World) -> None:
    step = await choose_tools(
        world.member, seen(await fill_in(world, world.member)), laser_cutter="teach", robotics="use"
    )
    step = await pick(world.member, step, TEACH)
    assert "Teaches" not in words(step)
    assert "Uses: " in words(step)
    step = await pick(world.member, step, "Tools you know, M")
    assert "Robotics" not in words(step)
    assert "Laser cutter" in words(step)


async def test_the_form_is_filled_with_what_is_known_and_changes_only_the_text(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    step = await pick(world.member, step, ROLE, "vendor")
    form = await world.member.click(step, custom_id=custom_id(step, "Change the text"))
    assert "Ames Public Library" in str(form.modal)
    assert "America/Chicago" in str(form.modal)
    result = await world.member.submit_modal(form, {**TYPED, "name": "K. Tran"})
    changed = words(result.response)
    assert "K. Tran" in changed
    assert "Vendor" in changed


async def test_a_time_zone_nobody_knows_is_explained_and_nothing_typed_is_lost(world: World) -> None:
    refused = seen(await fill_in(world, world.member, zone="Gotham"))
    assert "A large city in it works best" in words(refused)
    form = await world.member.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "Teens and repair cafés" in str(form.modal)
    assert "step 2 of 3" in words(seen(await world.member.submit_modal(form, {**TYPED, "zone": "central time"})))


async def test_steps_broken_off_are_saved_and_survive_a_restart(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    step = await pick(world.member, step, ROLE, "staff")
    await world.restart()
    assert "Library staff" in words(await view(world, world.member))
    last = await press(world.member, step, "Next: who sees it")
    await world.restart()
    await press(world.member, last, "Everyone sees all")
    assert "Library staff" in words(await view(world, world.other, world.member))


async def test_two_selects_pressed_at_once_both_count(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    async with at_once(world.env):
        for part, value in (("Tools you know, 3D", "laser-cutter"), ("Tools you know, M", "sewing"), (ROLE, "staff")):
            await world.member.select(step, values=[value], custom_id=select_id(step, part))
    mine = words(await view(world, world.member))
    for fact in ("Laser cutter", "Sewing", "Library staff"):
        assert fact in mine


async def test_more_tools_than_can_be_kept_are_refused_in_words(world: World) -> None:
    step = seen(await fill_in(world, world.member))
    every = {}
    for part in components(step):
        if "Tools you know" in str(part.get("placeholder")):
            every[part["custom_id"]] = [option["value"] for option in part["options"]]
    first, second = every.items()
    step = seen(await world.member.select(step, values=first[1], custom_id=first[0]))
    refused = seen(await world.member.select(step, values=second[1], custom_id=second[0]))
    assert "25 tools are the most" in words(refused)
    assert len(words(await view(world, world.member))) < 4000


async def test_direction_characters_and_markdown_do_not_act(world: World) -> None:
    await introduce(world, world.member, name="**Kim**\u202e @everyone", library="<@1> `x`")
    shown = await view(world, world.other, world.member)
    raw = "".join(part["content"] for part in components(shown) if "content" in part)
    assert "\\*\\*Kim\\*\\* \\@everyone" in raw
    assert "\\<\\@1\\>" in raw
    assert "\u202e" not in raw


async def test_a_profile_belongs_to_one_server(world: World) -> None:
    user = world.env.create_user("lee")
    await introduce(world, world.guild.add_member(user), sewing="use")
    elsewhere = world.env.create_guild("Other Libraries", owner=world.env.create_user("pat"))
    there = elsewhere.add_member(user)
    channel = elsewhere.create_text_channel("general")
    await world.env.settle()
    assert "is empty" in words(seen(await there.slash(channel, "profile view")))


@pytest.mark.parametrize("command", ["profile view", "profile edit", "people", "privacy export", "privacy delete"])
async def test_every_answer_is_private(world: World, command: str) -> None:
    answer: Any = await world.member.slash(world.general, command)
    assert answer.modal is not None or seen(answer).ephemeral


async def test_a_profile_is_edited_without_a_slash_command(world: World) -> None:
    mine = await view(world, world.member)
    assert buttons(mine) == ["Edit", "As others see it", "Who sees it"]
    step = await press(world.member, mine, "Who sees it")
    assert "step 3 of 3" in words(step)
    assert "step 2 of 3" in words(await press(world.member, step, "Back"))
    assert LEARN not in str(components(step))


async def test_a_city_that_there_is_twice_is_asked_about(world: World) -> None:
    form = await world.member.slash(world.general, "profile edit")
    refused = words(seen(await world.member.submit_modal(form, {"zone": "Portland"})))
    assert "Portland, Maine or Portland, Oregon" in refused or "Portland, Oregon or Portland, Maine" in refused
