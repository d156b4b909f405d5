from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cogs.mentorship.steps import (
    DAY,
    approve,
    draft,
    enroll,
    join,
    later,
    letter,
    open_round,
    press,
    run,
    thread_of,
)
from tests.kit.world import buttons, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_two_people_come_together_from_the_sign_up_card_to_their_thread(world: World) -> None:
    card = await open_round(world)
    assert "Mentoring: Spring" in words(card)
    assert "You are in" in words(await join(world, world.member, "mentee"))
    joined = await join(world, world.other, "mentor")
    assert "signed up for Spring" in words(joined)
    seen_draft = await draft(world)
    assert "1 pair" in words(seen_draft)
    assert "Budget and grants" in words(seen_draft)
    assert "1 proposal goes out" in words(await approve(world, seen_draft))
    asked = letter(world, world.other)
    assert "A mentee for you?" in words(asked)
    assert "embroidery corner" in words(asked)
    assert buttons(asked) == ["Accept", "Decline", "Ask first"]
    assert "Now I ask" in words(await press(world.other, asked, "Accept"))
    await run(world)
    asked = letter(world, world.member)
    assert "would like to mentor you" in words(asked)
    assert "You have a mentor" in words(await press(world.member, asked, "Accept"))
    await run(world)
    thread = thread_of(world)
    agenda = words(thread.last_message)
    assert "Your first meeting" in agenda
    assert "embroidery corner" in agenda
    assert {world.member.id, world.other.id} <= set(world.env.backend.get_channel(thread.id).thread_members)
    assert world.organizer.id not in world.env.backend.get_channel(thread.id).thread_members
