from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.kit.cards import COMPONENTS_LIMIT
from bot.kit.errors import GoneError, UserError
from cogs.events import attendees
from cogs.events.cards.agenda import after as after_card
from cogs.events.service.afterwards import AFTER, AT_ONCE
from cogs.events.service.agenda import MOST_OPEN
from cogs.events.views.afterwards import AskNoMore, buttons_of
from db import delivery as deliveries
from db.events import CANT, GOING, WAITING, Rsvp, personal
from tests.cogs.events.series_steps import EASTERN, GUILD, MEMBER, MONDAY, ORGANIZER, Room

if TYPE_CHECKING:
    from db.engine import Database


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


async def test_questions_come_in_order_and_those_that_are_ticked_off_go_to_the_end(room: Room) -> None:
    event = await room.post("tomorrow 3pm", template="ama")
    for words in ("How hot?", "How loud?", "How much?"):
        await room.agenda.ask(GUILD, event.event_id, MEMBER, words, named=words != "How loud?")
    found = await room.agenda.listed(GUILD, event.event_id, 0)
    await room.agenda.tick(event.event_id, found.questions[0].question_id, done=True)
    found = await room.agenda.listed(GUILD, event.event_id, 0)
    assert [(one.text, one.named) for one in found.questions] == [
        ("How loud?", False), ("How much?", True), ("How hot?", True),
    ]  # fmt: skip
    assert (found.open, found.total) == (2, 3)


async def test_a_member_takes_back_only_their_own_question(room: Room) -> None:
    event = await room.post("tomorrow 3pm", template="ama")
    await room.agenda.ask(GUILD, event.event_id, MEMBER, "How hot?", named=True)
    _, (question,) = await room.agenda.mine(GUILD, event.event_id, MEMBER)
    assert (await room.agenda.mine(GUILD, event.event_id, ORGANIZER))[1] == []
    with pytest.raises(GoneError):
        await room.agenda.withdraw(GUILD, event.event_id, question.question_id, ORGANIZER)
    await room.agenda.withdraw(GUILD, event.event_id, question.question_id, MEMBER)
    with pytest.raises(GoneError):
        await room.agenda.tick(event.event_id, question.question_id, done=True)


async def test_an_agenda_is_open_until_the_hour_is_over_and_not_flooded(room: Room) -> None:
    event = await room.post("tomorrow 3pm", template="ama")
    with pytest.raises(UserError, match="at least one word"):
        await room.agenda.ask(GUILD, event.event_id, MEMBER, " ?! ", named=True)
    for number in range(MOST_OPEN):
        await room.agenda.ask(GUILD, event.event_id, MEMBER, f"Question {number}", named=True)
    with pytest.raises(UserError, match="still open"):
        await room.agenda.ask(GUILD, event.event_id, MEMBER, "One more?", named=True)
    room.now = event.starts_at + timedelta(minutes=59)
    await room.agenda.ask(GUILD, event.event_id, ORGANIZER, "Last words?", named=False)
    room.now = event.ends_at
    with pytest.raises(GoneError):
        await room.agenda.ask(GUILD, event.event_id, ORGANIZER, "Too late?", named=False)
    assert (await room.agenda.listed(GUILD, event.event_id, 9)).total == MOST_OPEN + 1


async def test_what_a_person_asked_is_in_their_data_and_goes_with_it(room: Room) -> None:
    event = await room.post("tomorrow 3pm", template="ama")
    await room.agenda.ask(GUILD, event.event_id, MEMBER, "How hot?", named=False)
    await room.afterwards.ask(GUILD, MEMBER, again=False)
    async with room.database.write() as connection:
        kept = await personal.personal(connection, GUILD, MEMBER)
        assert kept["questions"][0]["text"] == "How hot?"
        assert len(kept["wants_no_card_after_events"]) == 1
        await personal.forget(connection, GUILD, MEMBER)
        kept = await personal.personal(connection, GUILD, MEMBER)
        assert (kept["questions"], kept["wants_no_card_after_events"]) == ([], [])


async def test_the_host_gets_one_card_after_the_event_wherever_it_moved(room: Room) -> None:
    event = await room.stand(await room.post("tomorrow 3pm", hosts=[str(ORGANIZER), str(MEMBER)]))
    (card,) = await room.promised(AFTER)
    assert (card.target_id, card.due_at) == (ORGANIZER, event.ends_at + timedelta(minutes=15))
    draft, planned = await room.draft("Friday 3pm", f"{event.event_id}.{event.version}", hosts=[str(MEMBER)])
    moved, _ = await room.editing.save(draft, planned)
    (card,) = await room.promised(AFTER)
    assert (card.target_id, card.due_at) == (MEMBER, moved.ends_at + timedelta(minutes=15))
    room.now = card.due_at
    assert await room.afterwards.due(card) == [await room.get(moved)]
    await room.afterwards.ask(GUILD, MEMBER, again=False)
    assert await room.afterwards.due(card) == []


async def test_no_host_is_asked_after_what_was_called_off_or_is_every_day(room: Room) -> None:
    event = await room.stand(await room.post("tomorrow 3pm"))
    await room.editing.cancel(GUILD, event.event_id, ORGANIZER, "")
    daily = await room.stand(await room.post("every day 9am, 5 times"))
    assert await room.promised(AFTER) == []
    weekly = await room.stand(await room.post("every Thursday 5pm"))
    assert [one.subject for one in await room.promised(AFTER)] == [f"event:{weekly.event_id}"]
    assert daily.series_id != weekly.series_id


def test_a_table_of_attendees_runs_no_formula_and_says_whose_zone_it_is() -> None:
    names = ["=HYPERLINK(1)", "Ada", "@bo", "-1", "\uff1dcmd", "Eve"]
    answers = [GOING, WAITING, GOING, CANT, "", GOING]
    rsvps = [
        Rsvp(1, number, answer, name, MONDAY + timedelta(minutes=number))
        for number, (name, answer) in enumerate(zip(names, answers, strict=True))
    ]
    content = attendees.table(rsvps, EASTERN).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [
        ["Name", "Answer", "Since (America/New_York)"],
        ["'=HYPERLINK(1)", "going", "2026-11-23 09:00"],
        ["'@bo", "going", "2026-11-23 09:02"],
        ["Eve", "going", "2026-11-23 09:05"],
        ["Ada", "in line", "2026-11-23 09:01"],
        ["'-1", "can't come", "2026-11-23 09:03"],
    ]


async def test_a_host_of_two_events_in_a_week_is_asked_about_both_at_once_a_week_later(room: Room) -> None:
    first = await room.stand(await room.post("Tuesday 3pm", title="Discussion"))
    await room.stand(await room.post("Thursday 3pm", title="Book club"))
    third = await room.stand(await room.post("December 3 2026 3pm", title="Book club again"))
    (one, two, three) = await room.promised(AFTER)
    room.now = one.due_at
    assert await room.afterwards.due(one) == [await room.get(first)]
    async with room.database.write() as connection:
        await room.afterwards.placed(connection, one)
        await deliveries.mark_sent(connection, one.delivery_id, room.now, message_id=1, channel_id=2)
    room.now = two.due_at
    assert await room.afterwards.due(two) == []
    async with room.database.write() as connection:
        await deliveries.call_off(connection, [two.delivery_id], room.now)  # as the worker does with what is put off
    later = await room.promised(AFTER)
    assert [each.due_at - three.due_at for each in later] == [timedelta(), timedelta(minutes=1)], "with the next event"
    room.now = three.due_at
    both = await room.afterwards.due(three)
    assert [event.plan.title for event in both] == ["Book club", "Book club again"]
    card = after_card([(event, buttons_of(str(event.event_id))) for event in both], ORGANIZER, AskNoMore())
    assert "“Book club” and “Book club again” are over" in str(card.to_components())  # type: ignore[no-untyped-call]
    most = after_card([(first, buttons_of("1"))] * AT_ONCE, ORGANIZER, AskNoMore())
    assert most.total_children_count < COMPONENTS_LIMIT, "a line that says whom it is for fits as well"
    async with room.database.write() as connection:
        await room.afterwards.placed(connection, three)
    assert [each.subject for each in await room.promised(AFTER)] == [f"event:{third.event_id}"], "each is asked once"
