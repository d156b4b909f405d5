from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from discord import ui

from cogs.resources.views.telling import TellBy, TellMe
from db import delivery
from db.delivery import Way
from tests.cogs.resources.steps import PAGE, decline, fill, press, queue, shown_to_all, suggest
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from bot.kit.delivery import Letter
    from db.delivery import Delivery
    from tests.kit.world import World

DAY = 24 * 60 * 60
ACTION_ROW = 1


async def promises(world: World, kind: str) -> list[Delivery]:
    """What is promised about the last suggestion, of one kind."""
    async with world.database.read() as connection:
        (number,) = (await connection.exec_driver_sql("SELECT max(resource_id) FROM resource")).one()
        return await delivery.of_subject(connection, world.guild.id, kind, f"resource:{number}")


async def drawn(world: World, promise: Delivery) -> Letter | None:
    render = world.bot.kinds[promise.kind].render
    assert render is not None
    return await render(promise)


def said(letter: Letter | None) -> str:
    assert letter is not None
    return "\n".join(item.content for item in letter.view.walk_children() if isinstance(item, ui.TextDisplay))


async def ask_to_be_told(world: World, way: str) -> None:
    thanks = await suggest(world, world.member)
    await press(world.member, await press(world.member, thanks, "Tell me"), way)


async def delivered(world: World, letter: Letter | None) -> Any:
    """The card as it stands where it was sent: here, in the channel."""
    assert letter is not None
    channel: Any = world.bot.get_channel(world.general.id)
    return await channel.send(view=letter.view)


@pytest.mark.parametrize(
    ("label", "way"),
    [("Direct message", Way.DM), ("Private thread", Way.PRIVATE), ("Next time I am here", Way.NOTE)],
)
async def test_who_pressed_tell_me_hears_it_the_way_they_chose(world: World, label: str, way: Way) -> None:
    await ask_to_be_told(world, label)
    assert await promises(world, "suggestion-decided") == []
    await press(world.organizer, world.desk.last_message, "Publish")
    (promise,) = await promises(world, "suggestion-decided")
    assert (promise.way, promise.target_id, promise.place_id) == (way, world.member.id, world.general.id)
    letter = await drawn(world, promise)
    assert "Your suggestion is published" in said(letter)
    assert "You asked to be told" in said(letter)
    assert letter is not None
    assert letter.members == (world.member.id,)


async def test_who_did_not_press_it_hears_nothing(world: World) -> None:
    await suggest(world, world.member)
    await press(world.organizer, world.desk.last_message, "Publish")
    assert await promises(world, "suggestion-decided") == []


async def test_nobody_else_chooses_for_the_member(world: World) -> None:
    thanks = await suggest(world, world.member)
    number = custom_id(thanks, "Tell me").removeprefix("tell-me:")
    card = await shown_to_all(world, TellMe(number), TellBy("dm", number))
    for label in ("Tell me", "Direct message"):
        assert "so only they can choose" in words(await press(world.other, card, label))


async def test_who_presses_it_after_the_decision_hears_it_at_once(world: World) -> None:
    thanks = await suggest(world, world.member)
    ways = await press(world.member, thanks, "Tell me")
    await decline(world.organizer, world.desk.last_message, "We have three of these.")
    told = await press(world.member, ways, "Direct message")
    assert "We have three of these." in words(told)


async def test_a_declined_suggestion_tells_its_reason_to_the_member_and_on_the_card(world: World) -> None:
    await ask_to_be_told(world, "Direct message")
    card = await decline(world.organizer, world.desk.last_message, "It needs a **login**.")
    assert "Reason: It needs a **login**." in words(card)
    (promise,) = await promises(world, "suggestion-decided")
    assert "It needs a \\*\\*login\\*\\*." in said(await drawn(world, promise))


async def test_an_undo_takes_back_what_was_not_told_yet(world: World) -> None:
    await ask_to_be_told(world, "Direct message")
    published = await press(world.organizer, world.desk.last_message, "Publish")
    await press(world.organizer, published, "Undo")
    (promise,) = await promises(world, "suggestion-decided")
    assert promise.state == delivery.DROPPED
    assert await drawn(world, promise) is None, "even if it were on its way already"
    await press(world.organizer, await queue(world, world.organizer), "Publish")
    assert [promise.state for promise in await promises(world, "suggestion-decided")] == ["dropped", "waiting"]


async def test_the_desk_is_promised_the_card_in_the_same_step_and_it_is_noted_as_sent(world: World) -> None:
    await suggest(world, world.member)
    (promise,) = await promises(world, "suggestion")
    assert (promise.way, promise.target_id, promise.state) == (Way.CHANNEL, world.desk.id, delivery.SENT)
    assert [promise.message_id] == [message.id for message in world.desk.history()]
    assert "A resource waits for you" in said(await drawn(world, promise))
    await press(world.organizer, world.desk.last_message, "Publish")
    assert await drawn(world, promise) is None, "what is decided needs no card any more"


async def test_a_card_that_the_desk_refused_stays_promised(world: World) -> None:
    world.env.inject_error("POST", f"/channels/{world.desk.id}/messages", status=403, code=50013)
    await suggest(world, world.member)
    (promise,) = await promises(world, "suggestion")
    assert promise.state == delivery.WAITING


async def test_without_a_desk_nothing_is_promised(empty_world: World) -> None:
    world = await empty_world.build(desk=False)
    await suggest(world, world.member)
    assert await promises(world, "suggestion") == []


async def ask(world: World, question: str = "Does it need a login?") -> Delivery:
    """An organizer asks the member; the promise of it."""
    card = await fill(world.organizer, world.desk.last_message, "Ask the member", question=question)
    assert "no answer yet" in words(card)
    return (await promises(world, "suggestion-question"))[-1]


async def test_the_member_is_asked_answers_on_the_form_and_it_comes_back_to_the_queue(world: World) -> None:
    await suggest(world, world.member)
    promise = await ask(world)
    assert (promise.way, promise.target_id) == (Way.NOTE, world.member.id), "nobody gets a DM who did not ask for it"
    assert "Nothing waits" in words(await queue(world, world.organizer))
    card = await delivered(world, await drawn(world, promise))
    assert "Does it need a login?" in words(card)
    form = await world.member.click(card, custom_id=custom_id(card, "Answer"))
    assert PAGE["title"] in str(form.modal)
    answer = {**PAGE, "title": "Our laser rules, open version", "answer": "No, this one is open."}
    assert "with the organizers now" in words(seen(await world.member.submit_modal(form, answer)))
    back = await queue(world, world.organizer)
    assert "Our laser rules, open version" in words(back)
    assert "The answer: No, this one is open." in words(back).replace("**", "")
    again = (await promises(world, "suggestion"))[-1]
    assert (again.state, again.target_id) == (delivery.WAITING, world.desk.id)
    assert "No, this one is open." in said(await drawn(world, again))
    assert "Published" in words(await press(world.organizer, back, "Publish"))


async def test_a_question_goes_the_way_the_member_chose(world: World) -> None:
    await ask_to_be_told(world, "Private thread")
    promise = await ask(world)
    assert (promise.way, promise.place_id) == (Way.PRIVATE, world.general.id)


async def test_an_answer_can_be_given_in_a_direct_message(world: World) -> None:
    await ask_to_be_told(world, "Direct message")
    letter = await drawn(world, await ask(world))
    user: Any = await world.bot.fetch_user(world.member.id)
    assert letter is not None
    assert "The organizers of NOM Libraries looked at" in said(letter), "in a direct message it says where it is from"
    card = await (await user.create_dm()).send(view=letter.view)
    result = await fill(world.member.user, card, "Answer", **PAGE, answer="Yes, sadly.")
    assert "with the organizers now" in words(result)
    assert "Yes, sadly." in words(await queue(world, world.organizer))


async def test_only_who_suggested_it_answers(world: World) -> None:
    await suggest(world, world.member)
    card = await delivered(world, await drawn(world, await ask(world)))
    assert "the question is theirs" in words(await press(world.other, card, "Answer"))


async def test_an_answer_after_the_decision_says_that_it_is_too_late(world: World) -> None:
    await suggest(world, world.member)
    promise = await ask(world)
    card = await delivered(world, await drawn(world, promise))
    await press(world.organizer, world.desk.last_message, "Publish")
    assert "decided about this already" in words(await press(world.member, card, "Answer"))
    assert await drawn(world, promise) is None


async def edited(world: World, card: Any) -> None:
    """An organizer changes the text of what a card shows."""
    preview = await press(world.organizer, card, "Edit")
    preview = await fill(world.organizer, preview, "Change the text", **{**PAGE, "title": "Laser house rules"})
    await press(world.organizer, preview, "Save changes")


async def test_an_edit_in_between_takes_neither_the_question_nor_the_news_away(world: World) -> None:
    await ask_to_be_told(world, "Direct message")
    question = await ask(world)
    await edited(world, world.desk.last_message)
    assert "Laser house rules" in said(await drawn(world, question))
    card = await delivered(world, await drawn(world, question))
    await fill(world.member, card, "Answer", **PAGE, answer="It is open.")
    assert await drawn(world, question) is None, "it is answered"
    await press(world.organizer, await queue(world, world.organizer), "Publish")
    (news,) = await promises(world, "suggestion-decided")
    preview = seen(await world.organizer.slash(world.general, "catalogue edit", resource=PAGE["link"]))
    await press(world.organizer, preview, "Save changes")
    assert "Your suggestion is published" in said(await drawn(world, news))


async def test_a_second_question_takes_the_place_of_the_first(world: World) -> None:
    await suggest(world, world.member)
    first = await ask(world)
    await world.env.advance_time(60)
    second = await ask(world, "And is it in English?")
    assert [promise.state for promise in await promises(world, "suggestion-question")] == ["dropped", "waiting"]
    assert await drawn(world, first) is None
    assert "in English" in said(await drawn(world, second))


async def test_an_answer_with_a_link_we_have_keeps_what_was_typed(world: World) -> None:
    await suggest(world, world.member)
    card = await delivered(world, await drawn(world, await ask(world)))
    taken = "https://github.com/LightBurnSoftware/Documentation"
    refused = await fill(world.member, card, "Answer", **{**PAGE, "link": taken}, answer="Like this?")
    assert "has that link already" in words(refused)
    again = await world.member.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "Like this?" in str(again.modal)
    done = seen(await world.member.submit_modal(again, {**PAGE, "answer": "Like this."}))
    assert "with the organizers now" in words(done)


async def test_a_question_nobody_answers_comes_back_after_two_weeks(world: World) -> None:
    await suggest(world, world.member)
    await ask(world)
    await world.env.advance_time(13 * DAY)
    assert "Nothing waits" in words(await queue(world, world.organizer))
    await world.env.advance_time(2 * DAY)
    assert "no answer yet" in words(await queue(world, world.organizer))


async def test_an_empty_question_is_refused(world: World) -> None:
    await suggest(world, world.member)
    refused = await fill(world.organizer, world.desk.last_message, "Ask the member", question=" \u200b\u202e ")
    assert "question is empty" in words(refused)


async def test_a_form_that_was_open_while_someone_else_decided_decides_nothing(world: World) -> None:
    await suggest(world, world.member)
    card: Any = world.desk.last_message
    declining = await world.organizer.click(card, custom_id=custom_id(card, "Decline"))
    asking = await world.organizer.click(card, custom_id=custom_id(card, "Ask the member"))
    await press(world.owner, card, "Publish")
    for form, typed in ((declining, {"reason": "no"}), (asking, {"question": "why"})):
        late = seen(await world.organizer.submit_modal(form, typed))
        assert f"<@{world.owner.id}> has published this" in words(late)
    assert "Published ✅" in words(world.desk.last_message)


async def test_a_form_that_was_open_during_an_edit_goes_through_at_the_second_try(world: World) -> None:
    await suggest(world, world.member)
    card: Any = world.desk.last_message
    form = await world.organizer.click(card, custom_id=custom_id(card, "Decline"))
    preview = await press(world.owner, card, "Edit")
    await fill(world.owner, preview, "Change the text", **{**PAGE, "title": "Better rules"})
    await press(world.owner, preview, "Save changes")
    refused = seen(await world.organizer.submit_modal(form, {"reason": "We have these already."}))
    assert "has changed since" in words(refused)
    again = await world.organizer.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "We have these already." in str(again.modal)
    done = seen(await world.organizer.submit_modal(again, {"reason": "We have these already."}))
    assert "Declined" in words(done)
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_the_review_card_keeps_to_three_buttons_a_row(world: World) -> None:
    await suggest(world, world.member)
    assert buttons(world.desk.last_message) == ["Publish", "Edit", "Decline", "Ask the member"]
    rows = [part["components"] for part in components(world.desk.last_message) if part.get("type") == ACTION_ROW]
    assert [len(row) for row in rows] == [3, 1]
