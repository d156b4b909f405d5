from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cogs.mentorship.service import Joining
from db import setup
from db.mentorship import joining
from tests.cogs.mentorship.steps import (
    DAY,
    GOAL,
    enroll,
    fill_in,
    join,
    later,
    letter,
    letters,
    options,
    people,
    pick,
    press,
    run,
)
from tests.cogs.people.steps import introduce
from tests.kit.world import buttons, components, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.mentorship import Member
    from tests.kit.world import World


async def member(world: World, who: MemberActor) -> Member:
    found = await world.bot.service(Joining).member(world.guild.id, who.id)
    assert found is not None
    return found


def chosen(card: Any, part_of_placeholder: str) -> list[str]:
    for part in components(card):
        if part_of_placeholder in str(part.get("placeholder", "")):
            return [option["value"] for option in part["options"] if option.get("default")]
    raise AssertionError(part_of_placeholder)


async def test_only_four_things_are_required_and_what_is_missing_is_said(world: World) -> None:
    card = seen(await world.member.slash(world.general, "mentor join"))
    refused = await press(world.member, card, "Sign me up")
    assert "Still missing: whether you would like a mentor or be one, your goal and your time zone" in words(refused)
    card = seen(await world.member.slash(world.general, "mentor join"))
    card = await pick(world.member, card, "Would you like", "both")
    assert "what you can teach, what you want to learn" in words(card)
    assert "You are in" in words(await join(world, world.member, "mentee"))
    found = await member(world, world.member)
    assert (found.learns, found.mentors, found.goal, found.wants) == (True, False, GOAL, ("topic-budget",))
    assert (found.setting, found.stage, found.hours, found.ways) == ("", "", 0, ())


async def test_the_details_can_be_added_and_changed_later(world: World) -> None:
    card = seen(await world.member.slash(world.general, "mentor join"))
    card = await pick(world.member, card, "Would you like", "mentor")
    card = await press(world.member, card, "Add details")
    card = await pick(world.member, card, "kind of library", "school")
    card = await pick(world.member, card, "How far", "veteran")
    card = await pick(world.member, card, "How much time", "4")
    card = await pick(world.member, card, "How many mentees", "3")
    card = await pick(world.member, card, "like to meet", "video", "chat")
    card = await pick(world.member, card, "languages", "en", "es")
    card = await pick(world.member, card, "Wishes", "same-setting", "groups")
    assert "Still missing" in words(await press(world.member, card, "Sign me up"))
    await join(world, world.member, "mentor", reach="private")
    found = await member(world, world.member)
    assert (found.setting, found.stage, found.hours, found.capacity) == ("school", "veteran", 4, 3)
    assert (found.ways, found.languages) == (("video", "chat"), ("en", "es"))
    assert (found.same_setting, found.same_employer, found.takes_groups) == (True, False, True)
    again = seen(await world.member.slash(world.general, "mentor join"))
    assert "Save changes" in buttons(again)
    assert GOAL in words(again)


async def test_what_is_broken_off_is_there_again_also_after_a_restart(world: World) -> None:
    card = seen(await world.member.slash(world.general, "mentor join"))
    card = await pick(world.member, card, "Would you like", "mentee")
    card = await fill_in(world.member, card, "My goal", goal=GOAL)
    await world.restart()
    card = seen(await world.member.slash(world.general, "mentor join"))
    assert GOAL in words(card)
    assert chosen(card, "Would you like") == ["mentee"]
    refused = await fill_in(world.member, card, "My goal", goal="!!!")
    assert "say in a sentence" in words(refused)
    assert "Open the form again" in buttons(refused)


async def test_it_is_filled_in_from_the_profile(world: World) -> None:
    await introduce(world, world.member, kind="school", laser_cutter="teach", embroidery="learning")
    card = seen(await world.member.slash(world.general, "mentor join"))
    card = await pick(world.member, card, "Would you like", "both")
    assert chosen(card, "Your time zone") == ["America/Chicago"]
    assert "Embroidery" in words(card).split("Want to learn")[1]
    details = await press(world.member, card, "Add details")
    assert chosen(details, "kind of library") == ["school"]
    assert "Ames Public Library" in words(details)
    assert "offered" not in options(details, "languages")


async def test_nobody_fills_in_what_somebody_else_began(world: World) -> None:
    from bot.kit.errors import NotAllowedError

    service = world.bot.service(Joining)
    begun = await service.begin(world.guild.id, world.member.id)
    with pytest.raises(NotAllowedError):
        await service.look(world.guild.id, world.other.id, begun.draft_id)


async def test_who_joins_accepts_the_communitys_agreement_first(world: World) -> None:
    async with world.database.write() as connection:
        settings = await setup.change(
            connection, world.guild.id, world.bot.clock(), agreement="Be kind.", agreement_version=1
        )
    world.bot.servers.keep(settings)
    asked = await join(world, world.member, "mentee")
    assert "Be kind." in words(asked)
    assert await world.bot.service(Joining).member(world.guild.id, world.member.id) is None
    assert "You are in" in words(await press(world.member, asked, "Accept"))


async def test_a_break_passes_proposals_on_and_ends_by_itself_with_a_word(world: World) -> None:
    third = people(world, 1)[0]
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    await enroll(world, third, "mentor")
    told = seen(await world.other.slash(world.general, "mentor pause", until="2026-01-15"))
    assert "You are paused" in words(told)
    await run(world)
    assert "A mentee for you?" in words(letter(world, third))
    await later(world, 15 * DAY)
    await later(world, DAY)  # nobody is written to at night
    (told,) = [card for card in world.other.user.dm_channel.history() if "Your break ends today" in words(card)]
    proposed = [one for one in letters(world, world.other) if "A mentee for you?" in one]
    assert len(proposed) == 2, "the third did not answer, so Kim is proposed again"
    assert not (await member(world, world.other)).is_paused(world.bot.clock())
    assert "You are paused" in words(await press(world.other, told, "Pause longer"))


@pytest.mark.parametrize("until", ["yesterday", "2025-01-01", "2036-01-01"])
async def test_a_break_until_a_day_that_cannot_be_is_refused_with_an_example(world: World, until: str) -> None:
    await enroll(world, world.member, "mentee")
    told = words(seen(await world.member.slash(world.general, "mentor pause", until=until)))
    assert "2027-01-15" in told
    assert not (await member(world, world.member)).paused


async def test_one_breaks_off_and_comes_back_by_buttons_alone(world: World) -> None:
    await enroll(world, world.member, "mentee")
    status = seen(await world.member.slash(world.general, "mentor status"))
    assert "Waiting for a match" in words(status)
    asked = await press(world.member, status, "Take a break")
    assert "You are paused" in words(await pick(world.member, asked, "For how long", "4"))
    status = seen(await world.member.slash(world.general, "mentor status"))
    assert "You are paused until" in words(status)
    assert "Welcome back" in words(await press(world.member, status, "I am back"))
    assert not (await member(world, world.member)).paused


async def test_who_leaves_and_comes_back_finds_what_they_said(world: World) -> None:
    await join(world, world.member, "mentee")
    question = seen(await world.member.slash(world.general, "mentor leave"))
    await press(world.member, question, "Leave mentoring")
    assert "You have not joined yet" in words(seen(await world.member.slash(world.general, "mentor status")))
    await enroll(world, world.other, "mentor")
    await run(world)
    assert letters(world, world.other) == [], "nobody is proposed who has left"
    card = seen(await world.member.slash(world.general, "mentor join"))
    assert GOAL in words(card)
    await press(world.member, card, "Sign me up")
    await run(world)
    assert "A mentee for you?" in words(letter(world, world.other))


async def test_whom_one_would_rather_not_meet_is_ones_own_to_see_and_to_take_back(world: World) -> None:
    await enroll(world, world.member, "mentee")
    card = seen(await world.member.slash(world.general, "mentor exclude", member=world.other))
    assert f"<@{world.other.id}>" in words(card)
    assert "could read it in the database" in words(card)
    await enroll(world, world.other, "mentor")
    await run(world)
    assert letters(world, world.other) == []
    exported = await export(world, world.member)
    assert str(world.other.id) in json.dumps(exported["mentorship"]["excluded"])
    assert "excluded" not in (await export(world, world.other))["mentorship"]
    assert "You have named nobody" in words(await pick(world.member, card, "off the list", str(world.other.id)))


async def export(world: World, who: MemberActor) -> dict[str, Any]:
    from cogs.people.service import Leaving

    return await world.bot.service(Leaving).export(world.guild.id, who.id)


async def test_a_wish_not_to_meet_somebody_outlives_the_deletion_of_their_data(world: World) -> None:
    await enroll(world, world.member, "mentee")
    await enroll(world, world.other, "mentor", teaches=["topic-space"])
    await world.member.slash(world.general, "mentor exclude", member=world.other)
    await press(world.other, seen(await world.other.slash(world.general, "privacy delete")), "Delete it")
    await enroll(world, world.other, "mentor")
    await run(world)
    assert letters(world, world.other) == []
    async with world.database.read() as connection:
        everyone = await joining.members(connection, world.guild.id)
        kept = await joining.exclusions(connection, everyone)
        columns = await connection.exec_driver_sql("SELECT excluded_user_id FROM mentoring_exclusion")
        assert list(columns.scalars()) == [0]
    assert len(kept) == 1


async def test_excluding_somebody_who_is_proposed_passes_on_without_a_word_about_it(world: World) -> None:
    third = people(world, 1)[0]
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await run(world)
    await press(world.other, letter(world, world.other), "Accept")
    await run(world)
    await enroll(world, third, "mentor")
    card = letter(world, world.member)
    await world.member.slash(world.general, "mentor exclude", member=world.other)
    await run(world)
    told = letter(world, world.other)
    assert "did not come about" in words(told)
    assert "something changed on the way" in words(told)
    assert "A mentee for you?" in words(letter(world, third))
    assert "no longer open" in words(await press(world.member, card, "Accept"))


async def test_one_is_not_excluded_by_oneself(world: World) -> None:
    told = seen(await world.member.slash(world.general, "mentor exclude", member=world.member))
    assert "never paired with yourself" in words(told)
