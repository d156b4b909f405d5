from __future__ import annotations

from typing import TYPE_CHECKING

from db.mentorship import pairing
from tests.cogs.mentorship.steps import (
    approve,
    draft,
    enroll,
    letter,
    letters,
    open_round,
    people,
    press,
    run,
    thread_of,
)
from tests.kit.world import words

if TYPE_CHECKING:
    from simcord import ChannelHandle

    from tests.kit.world import World


def inside(world: World, thread: ChannelHandle) -> set[int]:
    """Who is in a thread."""
    return set(world.env.backend.get_channel(thread.id).thread_members)


async def test_a_mentor_takes_a_group_with_one_thread_where_mentors_are_few(world: World) -> None:
    await open_round(world)
    learners = people(world, 6)
    await enroll(world, world.other, "mentor", takes_groups=True)
    for learner in learners:
        await enroll(world, learner, "mentee")
    card = await draft(world)
    assert words(card).count("In a group") == 4  # of five, on two pages
    assert "1 person waits" in words(card)
    await approve(world, card)
    asked = list(world.other.user.dm_channel.history())
    assert sum("a **group** of up to five" in words(message) for message in asked) == 5
    for message in asked:
        assert "into your group's thread" in words(await press(world.other, message, "Accept"))
    await run(world)
    first, *rest = [one for one in learners if any("mentor you" in told for told in letters(world, one))]
    assert len(rest) == 4
    for learner in (first, *rest[:3]):
        assert "and the group" in words(await press(learner, letter(world, learner), "Accept"))
        await run(world)
    assert len([thread for thread in world.general.threads if thread.name.startswith("Mentoring")]) == 1
    thread = thread_of(world)
    assert inside(world, thread) >= {world.other.id, first.id, *(one.id for one in rest[:3])}
    assert rest[3].id not in inside(world, thread)
    assert sum("Your first meeting" in words(message) for message in thread.history()) == 1
    await press(rest[3], letter(world, rest[3]), "Accept")
    await run(world)
    async with world.database.read() as connection:
        (group,) = await pairing.active_pairs(connection, world.guild.id)
    assert (group.sort, len(group.mentees)) == ("group", 5)
