"""What happens in the simulated server appears by itself, for those who may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo import pictures
from demo.forum import ASKED

if TYPE_CHECKING:
    from demo.app import Demo
    from tests.demo.visitor import Visitor

DESK = "organizers-desk"
SUGGESTED = "https://example.org/guide"


async def suggest(kim: Visitor) -> None:
    resources = await kim.open("resources")
    await resources.command("suggest")
    receipt = await resources.submit(link=SUGGESTED)
    assert receipt["settlement"] == "settled"


async def test_an_open_page_shows_what_somebody_else_caused(kim: Visitor, rosa: Visitor) -> None:
    desk = await rosa.open(DESK)
    assert SUGGESTED not in await desk.look()
    await suggest(kim)
    assert SUGGESTED in await desk.look()


async def test_a_private_answer_is_shown_to_one_person(kim: Visitor, rosa: Visitor) -> None:
    mine, theirs = await kim.open("resources"), await rosa.open("resources")
    await mine.command("find", query="laser")
    assert "A laser guide" in await mine.look()
    assert "A laser guide" not in await theirs.look()


async def test_new_threads_and_direct_messages_appear_in_the_list(kim: Visitor, rosa: Visitor, nora: Visitor) -> None:
    await suggest(kim)
    desk = await rosa.open(DESK)
    await desk.press("Publish")
    places = await rosa.places()
    assert places["A new resource"]["parent"] == places["general"]["id"]
    assert places["Benchmate"]["kind"] == "dm"
    assert "You published a resource." in await (await rosa.open("Benchmate")).look()
    assert "Talk about it here." in await (await kim.open("A new resource")).look()
    assert "Benchmate" not in await nora.places()


async def test_a_place_is_marked_until_it_has_been_looked_at(kim: Visitor, rosa: Visitor) -> None:
    assert not any(place["unread"] for place in (await rosa.places()).values())
    await suggest(kim)
    assert (await rosa.places())[DESK]["unread"]
    unread = {person["key"] for person in (await kim.state())["people"] if person["unread"]}
    assert unread == {"rosa", "nora"}
    await (await rosa.open(DESK)).look()
    assert not (await rosa.places())[DESK]["unread"]


async def test_what_the_bot_refuses_in_words_is_not_reported_as_a_failure(demo: Demo, kim: Visitor) -> None:
    resources = await kim.open("resources")
    receipt = await resources.command("refuse")
    assert receipt["settlement"] == "settled"
    assert "Not today. Try tomorrow." in await resources.look()
    assert demo.env.errors == []


async def test_an_own_action_draws_the_page_once(demo: Demo, kim: Visitor) -> None:
    resources = await kim.open("resources")
    await resources.command("find", query="laser")
    revision = resources.shown["publishedRevision"]
    await demo.previews.beat()
    await resources.look()
    assert resources.shown["publishedRevision"] == revision


async def test_clicks_among_the_beats_of_the_clock_all_arrive(demo: Demo, kim: Visitor) -> None:
    resources = await kim.open("resources")
    await resources.command("find", query="laser")
    for _ in range(40):
        assert (await resources.press("Save"))["settlement"] == "settled"
        await demo.previews.beat()


async def test_the_clock_catches_up_with_real_time(demo: Demo) -> None:
    demo.env.backend.clock._epoch -= timedelta(hours=1)
    await demo.previews.beat()
    assert datetime.now(UTC) - demo.env.now() < timedelta(minutes=1)


async def test_the_bot_has_a_name_and_a_picture_of_its_own(kim: Visitor) -> None:
    resources = await kim.open("resources")
    await resources.command("find", query="laser")
    author = resources.shown["messages"][resources.shown["timeline"][-1]]["author"]
    assert author["name"] == "Benchmate"
    shown = await resources.picture()
    assert shown.startswith(b"\x89PNG")
    assert pictures.benchmate().startswith(b"\x89PNG")
    assert shown != pictures.portrait("Rosa", "#a8552a")


async def test_the_visitor_begins_where_people_have_talked_before(kim: Visitor) -> None:
    assert list(await kim.places()) == [
        "start-here",
        "announcements",
        "introductions",
        "general",
        "resources",
        "show-and-tell",
        "mentoring",
        "questions",
        *(asked.title for asked in ASKED),
    ]
    general = await kim.open("general")
    assert "one 3D printer" in await general.look()
    times = [general.shown["messages"][each]["timestamp"] for each in general.shown["timeline"]]
    assert times == sorted(times)


async def test_what_only_somebody_else_sees_does_not_draw_a_page_again(kim: Visitor, rosa: Visitor) -> None:
    mine = await kim.open("resources")
    await mine.command("find", query="laser")
    theirs = await rosa.open("resources")
    revision = theirs.shown["publishedRevision"]
    await mine.press("Save")
    await theirs.look()
    assert theirs.shown["publishedRevision"] == revision


async def test_what_was_typed_stands_though_the_page_was_drawn_again_meanwhile(kim: Visitor, rosa: Visitor) -> None:
    mine, theirs = await kim.open("general"), await rosa.open("general")
    assert (await theirs.act("send_message", content="Hello, Kim!"))["settlement"] == "settled"
    assert (await mine.act("send_message", content="Hello, Rosa!"))["settlement"] == "settled"
    assert "Hello, Kim!" in str(mine.shown["messages"])
    assert "Hello, Rosa!" in await theirs.look()


async def test_a_press_on_what_has_not_changed_stands_though_the_page_was_drawn_again(
    kim: Visitor, rosa: Visitor
) -> None:
    mine, theirs = await kim.open("general"), await rosa.open("general")
    await mine.command("find", query="laser")
    for pressed in ("click", "select"):
        await theirs.act("send_message", content="Hello, Kim!")
        receipt = await (mine.press("Save") if pressed == "click" else mine.choose("Kind", "Policy"))
        assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")


async def test_a_button_of_a_message_that_has_changed_is_left_alone(kim: Visitor, rosa: Visitor, nora: Visitor) -> None:
    await suggest(kim)
    first, second = await rosa.open(DESK), await nora.open(DESK)
    assert (await first.press("Publish"))["settlement"] == "settled"
    assert (await second.press("Publish"))["rejected"]
