"""The browser asks: it sees what exists already, posts, gets a reply, marks it, and somebody else finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

TITLE = "Why does our filament snap in the printer?"
REPLY = "It is damp. Dry it for six hours at 45 degrees, then keep it in a box with silica gel."

pytestmark = needs_chromium


def fill(window: Window, **typed: str) -> None:
    """Fill in the form that is open, and send it."""
    form = window.place.get_by_role("dialog")
    for label, words in typed.items():
        form.get_by_label(label.replace("_", " ")).first.fill(words)
    window.press_on(form.get_by_role("button", name="Submit"))


def say(window: Window, words: str) -> None:
    """Type a message and send it."""
    window.place.locator("#channel-composer-input").click()
    window.page.keyboard.type(words)
    window.page.keyboard.press("Enter")
    expect(window.messages.last).to_contain_text(words[:20])


def test_a_member_asks_sees_what_exists_gets_an_answer_marks_it_and_another_finds_it(
    process: DemoProcess, chromium: Browser
) -> None:
    kim = Window(chromium, process.link, height=1200)
    places = kim.page.locator("#places")

    kim.command("/ask")
    form = kim.place.get_by_role("dialog")
    form.get_by_label("Your question").fill("Which filament is safe for children?")
    form.get_by_label("Details").fill("We plan a workshop for 7-year-olds.")
    kim.picture("40-asking")
    kim.press_on(form.get_by_role("button", name="Submit"))
    expect(kim.messages.last).to_contain_text("Does one of these help?")
    expect(kim.messages.last.get_by_role("link", name="Which filament is safe for a kids' workshop?")).to_be_visible()
    kim.picture("41-something-like-it")
    kim.press("Yes, thanks")
    expect(kim.messages.last).to_contain_text("Nothing was posted")

    kim.command("/ask")
    fill(kim, Your_question=TITLE, Details="It breaks each morning, in the tube above the extruder.")
    expect(kim.messages.last).to_contain_text("before it is posted")
    kim.picture("42-preview")
    kim.press("Post my question")
    expect(kim.messages.last).to_contain_text("Thank you, your question goes into")
    kim.picture("43-posted")
    kim.open(TITLE)
    expect(kim.messages.last).to_contain_text("Asked by")
    kim.picture("44-the-post")

    sam = kim
    sam.become("Sam")
    expect(places.get_by_role("button", name=TITLE)).to_be_visible()
    sam.open(TITLE)
    say(sam, REPLY)

    kim.become("Kim")
    kim.open(TITLE)
    kim.press_on(kim.messages.first.get_by_role("button", name="Mark as answer"))
    expect(kim.messages.last).to_contain_text("What answers it?")
    kim.picture("45-which-message")
    choose(kim, "Which message solved it?", "Sam Whitfield")
    expect(kim.messages.last).to_contain_text("Marked as the answer")
    expect(kim.messages.first).to_contain_text("Answer")
    kim.picture("46-marked")

    kim.become("Nora")
    kim.open("resources")
    kim.command("/find filament breaks")
    expect(kim.messages.last.get_by_role("link", name=TITLE)).to_be_visible()
    kim.picture("47-found")
    kim.open("How often do you clean the laser's lens?")
    expect(kim.messages.last).to_contain_text("Mark as answer")
    kim.picture("48-by-hand")


def choose(window: Window, placeholder: str, option: str) -> None:
    """Choose in the newest message's select."""
    window.messages.last.get_by_text(placeholder).first.click()
    window.place.get_by_role("option").filter(has_text=option).first.click()
