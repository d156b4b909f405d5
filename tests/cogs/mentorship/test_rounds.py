from __future__ import annotations

from typing import TYPE_CHECKING

from db.mentorship import opening, proposing
from tests.cogs.mentorship.steps import (
    DAY,
    actor,
    approve,
    draft,
    enroll,
    fill_in,
    join,
    later,
    letter,
    letters,
    on_desk,
    open_round,
    people,
    pick,
    press,
    run,
    thread_of,
)
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from db.mentorship import Proposal, Round
    from tests.kit.world import World


async def proposals(world: World) -> list[Proposal]:
    async with world.database.read() as connection:
        return await proposing.proposals(connection)


async def newest(world: World) -> Round:
    async with world.database.read() as connection:
        return (await opening.rounds(connection, world.guild.id, "open", "running", "over", "off"))[0]


async def three_pairs(world: World) -> None:
    """A round with three mentors and three mentees, one topic in common for each two and one for all."""
    await open_round(world)
    mentors, mentees = people(world, 3, "mentor"), people(world, 3, "mentee")
    for mentor, mentee, topic in zip(mentors, mentees, ("topic-policy", "topic-space", "topic-budget"), strict=True):
        await enroll(world, mentor, "mentor", teaches=[topic, "topic-staffing"])
        await enroll(world, mentee, "mentee", wants=[topic, "topic-staffing"])
    await run(world)


async def test_two_people_come_together_from_the_sign_up_card_to_their_thread(world: World) -> None:
    card = await open_round(world)
    assert "Mentoring: Spring" in words(card)
    assert "You are in" in words(await join(world, world.member, "mentee"))
    joined = await join(world, world.other, "mentor")
    assert "signed up for **Spring**" in words(joined)
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
    inside = set(world.env.backend.get_channel(thread.id).thread_members)
    assert {world.member.id, world.other.id} <= inside
    assert world.organizer.id not in inside


async def test_who_joined_before_signs_up_by_one_press(world: World) -> None:
    await enroll(world, world.member, "mentee")
    card = await open_round(world)
    assert "signed up for **Spring**" in words(await press(world.member, card, "Sign up"))
    assert "1 mentee" in words(seen(await world.organizer.slash(world.general, "mentorship review")))
    assert "Four things are needed" in words(await press(world.other, card, "Sign up"))


async def test_a_round_with_as_many_as_may_join_takes_nobody_more(world: World) -> None:
    card = await open_round(world, most=2)
    for who in people(world, 2):
        await enroll(world, who, "mentor")
    await enroll(world, world.member, "mentee")
    assert "All places of this round are taken" in words(await press(world.member, card, "Sign up"))


async def test_after_the_last_day_nobody_signs_up_and_the_organizers_are_told(world: World) -> None:
    card = await open_round(world)
    await enroll(world, world.other, "mentor")
    await later(world, 12 * DAY)
    (told,) = on_desk(world, "Sign-up for Spring is over")
    assert "Sign-up for this round is over" in words(await press(world.member, card, "Sign up"))
    assert "Make a draft" in buttons(await press(world.organizer, told, "Open the draft"))


async def test_an_organizer_opens_a_round_by_a_form_whose_refusal_loses_nothing(world: World) -> None:
    none = seen(await world.organizer.slash(world.general, "mentorship review"))
    assert "No round is open" in words(none)
    typed = {"name": "Autumn", "until": "some day", "weeks": "12", "most": ""}
    refused = await fill_in(world.organizer, none, "Open a round", **typed)
    assert "Please write a day" in words(refused)
    again = {**typed, "until": "2026-02-01"}
    assert "Autumn is open" in words(await fill_in(world.organizer, refused, "Open the form again", **again))
    assert "is still open" in words(await fill_in(world.organizer, none, "Open a round", **again))
    typed = {"name": "Mine", "until": "2026-02-01"}
    assert "Only organizers" in words(seen(await world.member.slash(world.general, "mentorship open", **typed)))


async def test_a_locked_pair_stays_and_one_that_is_kept_apart_is_found_anew(world: World) -> None:
    await three_pairs(world)
    card = await draft(world)
    assert words(card).count("mentors <@") == 3
    first = words(card)
    card = await press(world.organizer, card, "Lock")
    assert "Locked" in words(card)
    assert "Unlock" in buttons(card)
    card = await press(world.organizer, card, "Keep apart", 1)
    assert "Since the last run" in words(card)
    assert "Locked" in words(card)
    assert words(card).count("mentors <@") == 3, "somebody else is found for both"
    card = await press(world.organizer, card, "Forget apart")
    couples = {part for part in first.split("\n") if "mentors <@" in part}
    assert {part.replace(" · Locked 🔒", "") for part in words(card).split("\n") if "mentors <@" in part} == couples


async def test_two_are_paired_by_hand_whatever_the_score_says(world: World) -> None:
    await three_pairs(world)
    mentor, mentee = world.other, world.member
    await enroll(world, mentor, "mentor", teaches=["topic-outreach"])
    await enroll(world, mentee, "mentee", wants=["topic-assessment"])
    card = await press(world.organizer, await draft(world), "Pair by hand")
    card = await pick(world.organizer, card, "Choose the mentor", mentor)
    card = await pick(world.organizer, card, "Choose the mentee", mentee)
    card = await press(world.organizer, card, "Pair them")
    page = card if "By hand" in words(card) else await press(world.organizer, card, "Next →")
    assert f"<@{mentor.id}> mentors <@{mentee.id}> · By hand ✋" in words(page)
    card = await press(world.organizer, await draft(world), "Pair by hand")
    card = await pick(world.organizer, card, "Choose the mentor", mentee)
    card = await pick(world.organizer, card, "Choose the mentee", mentor)
    assert "does not take part as a mentor" in words(await press(world.organizer, card, "Pair them"))


async def test_two_organizers_who_approve_at_once_send_each_proposal_once(world: World) -> None:
    await three_pairs(world)
    card = await draft(world)
    second = await draft(world, world.owner)
    third = seen(await world.organizer.slash(world.general, "mentorship approve"))
    assert "changed this draft" in words(await press(world.organizer, card, "Approve")), "it was run again meanwhile"
    async with at_once(world.env):
        for who, shown in ((world.owner, second), (world.organizer, third), (world.owner, second)):
            await actor(who, shown).click(shown, custom_id=custom_id(shown, "Approve"))
    await run(world)
    assert len(await proposals(world)) == 3
    assert "approved already" in words(await press(world.organizer, third, "Approve"))
    assert "approved already" in words(seen(await world.organizer.slash(world.general, "mentorship approve")))
    assert "3 mentors are asked" in words(seen(await world.organizer.slash(world.general, "mentorship review")))


async def test_a_round_that_is_closed_while_a_draft_is_open_sends_nothing(world: World) -> None:
    await three_pairs(world)
    card = await draft(world)
    question = seen(await world.owner.slash(world.general, "mentorship close"))
    twin = seen(await world.owner.slash(world.general, "mentorship close"))
    assert "Call off Spring?" in words(question)
    assert "called off" in words(await press(world.owner, question, "Close it"))
    assert "has been closed" in words(await press(world.organizer, card, "Approve"))
    assert "has been closed" in words(await press(world.organizer, card, "Run again"))
    await run(world)
    assert await proposals(world) == []
    assert "has changed meanwhile" in words(await press(world.owner, twin, "Close it"))
    await later(world, 8 * DAY)
    assert len(await proposals(world)) == 3, "from the waitlist, once organizers had time to open another round"


async def test_who_signed_up_hears_that_a_round_was_called_off(world: World) -> None:
    await open_round(world)
    await enroll(world, world.member, "mentee")
    await press(world.owner, seen(await world.owner.slash(world.general, "mentorship close")), "Close it")
    await run(world)
    assert "The round was called off" in words(letter(world, world.member))


async def test_who_waits_after_a_round_hears_it_and_comes_first_in_the_next(world: World) -> None:
    await open_round(world)
    await enroll(world, world.member, "mentee", wants=["embroidery"])
    await enroll(world, world.other, "mentor", teaches=["topic-space"])
    card = await draft(world)
    assert "Waiting for a match" in words(card)
    await enroll(world, people(world, 1, "late")[0], "mentee", wants=["topic-space"])
    await approve(world)
    assert "Waiting for a match" in words(letter(world, world.member))
    async with world.database.read() as connection:
        waited = await connection.exec_driver_sql("SELECT rounds_waited FROM mentoring_member WHERE learns")
        assert sorted(waited.scalars()) == [0, 1]


async def test_an_exclusion_that_leaves_somebody_unplaced_is_not_given_away(world: World) -> None:
    await open_round(world)
    await enroll(world, world.member, "mentee", wants=["topic-budget"])
    await enroll(world, world.other, "mentor", teaches=["topic-budget"])
    unplaced = seen(await world.member.slash(world.general, "mentor exclude", member=world.other))
    assert "I show this to nobody but you" in words(unplaced)
    card = await draft(world)
    assert "mentors <@" not in words(card)
    reason = words(card).split("Waiting for a match**")[1]
    assert "exclu" not in reason.casefold()
    assert "rather not" not in reason.casefold()
    assert f"<@{world.other.id}>" not in reason
    byhand = await press(world.organizer, card, "Pair by hand")
    byhand = await pick(world.organizer, byhand, "Choose the mentor", world.other)
    byhand = await pick(world.organizer, byhand, "Choose the mentee", world.member)
    refused = words(await press(world.organizer, byhand, "Pair them"))
    third = people(world, 1)[0]
    await enroll(world, third, "mentor", capacity=1, teaches=["topic-space"])
    await world.organizer.slash(world.general, "mentorship review")
    assert "cannot be paired in this round" in refused, "the same words as where a place is taken"
    assert letters(world, world.other) == []


async def test_whom_a_break_takes_out_between_draft_and_approval_is_replaced_by_the_next_best(world: World) -> None:
    third = people(world, 1)[0]
    await open_round(world)
    await enroll(world, world.member, "mentee", wants=["topic-budget", "topic-space"])
    await enroll(world, world.other, "mentor", teaches=["topic-budget", "topic-space"])
    await enroll(world, third, "mentor", teaches=["topic-space"])
    card = await draft(world)
    assert f"<@{world.other.id}> mentors" in words(card)
    await world.other.slash(world.general, "mentor pause", until="2026-06-01")
    await approve(world, card)
    assert letters(world, world.other) == []
    assert "A mentee for you?" in words(letter(world, third))


async def test_a_restart_right_after_the_approval_sends_every_proposal_once(world: World) -> None:
    await three_pairs(world)
    await press(world.organizer, await draft(world), "Approve")
    await world.restart()
    await run(world)
    assert [one.state for one in await proposals(world)] == ["mentor"] * 3
    await world.restart()
    await run(world)
    assert len(await proposals(world)) == 3


async def test_closing_a_running_round_ends_what_waits_and_asks_pairs_the_last_questions(world: World) -> None:
    await world.env.advance_time(16 * 60 * 60)
    await open_round(world)
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await approve(world)
    await press(world.other, letter(world, world.other), "Accept")
    await run(world)
    await press(world.member, letter(world, world.member), "Accept")
    await run(world)
    question = seen(await world.owner.slash(world.general, "mentorship close"))
    assert "to its last week" in words(question)
    await press(world.owner, question, "Close it")
    await run(world)
    assert (await newest(world)).state == "over"
    await later(world, 8 * DAY)
    assert "Four short questions" in words(letter(world, world.member)), "a week after they were asked for their yes"
    assert "Thank you, " in words(thread_of(world).last_message)
    await fill_in(world.member, letter(world, world.member), "Answer", worked="Her patience", again="yes")
    over = seen(await world.organizer.slash(world.general, "mentorship review"))
    assert "Ended" in words(over)
    said = words(await press(world.organizer, over, "What people said"))
    assert "Her patience" in said
    assert "1 yes" in said
    assert f"<@{world.member.id}>" not in said


async def test_the_organizers_see_why_somebody_said_no_and_nobody_else_does(world: World) -> None:
    await open_round(world)
    await enroll(world, world.other, "mentor")
    await enroll(world, world.member, "mentee")
    await approve(world)
    await fill_in(world.other, letter(world, world.other), "Decline", why="My library closes in May")
    await run(world)
    review = words(seen(await world.organizer.slash(world.general, "mentorship review")))
    assert "My library closes in May" in review
    refused = words(seen(await world.member.slash(world.general, "mentorship review")))
    assert "Only organizers" in refused
    assert not any("May" in one for one in letters(world, world.member))
