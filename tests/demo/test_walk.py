"""The browser walks the thin thread: find, save, suggest, switch to the organizer, publish, find again.

It drives the demo as `make demo` starts it, with the real bot, and keeps a screenshot of every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

TITLE = "Badge checklist for the laser cutter"

pytestmark = needs_chromium


def test_a_member_finds_saves_and_suggests_and_an_organizer_publishes(process: DemoProcess, chromium: Browser) -> None:
    kim = Window(chromium, process.link)

    kim.command("/find laser")
    expect(kim.messages.last).to_contain_text("Best matches for “laser”")
    kim.picture("1-found")

    kim.press("Save")
    expect(kim.messages.last).to_contain_text("Saved “")
    kim.picture("2-saved")
    kim.command("/resource saved")
    expect(kim.messages.last).to_contain_text("Laser")
    kim.picture("3-my-list")

    kim.command("/resource suggest")
    form = kim.place.get_by_role("dialog")
    form.get_by_label("Link").fill("https://example.org/laser-badge-checklist")
    form.get_by_label("Title").fill(TITLE)
    form.get_by_label("Why does it help?").fill("Twelve questions to ask before anyone runs the laser alone.")
    kim.picture("4-suggesting")
    kim.press_on(form.get_by_role("button", name="Submit"))
    expect(kim.messages.last).to_contain_text(TITLE)
    kim.picture("5-preview")
    kim.press("Send to organizers")
    expect(kim.messages.last).to_contain_text("Thank you")
    kim.picture("6-sent")
    kim.command(f"/find {TITLE}")
    expect(kim.messages.last).not_to_contain_text("example.org/laser-badge-checklist")

    rosa = kim  # the same window, another person
    rosa.become("Rosa")
    expect(rosa.page.locator("#places").get_by_role("button", name="organizers-desk (new messages)")).to_be_visible()
    rosa.open("organizers-desk")
    expect(rosa.messages.last).to_contain_text(TITLE)
    rosa.picture("7-organizers-desk")
    rosa.press("Publish")
    expect(rosa.messages.last).to_contain_text("Published")
    rosa.picture("8-published")

    kim.become("Kim")
    expect(kim.page.locator("#places").get_by_role("button", name="organizers-desk")).to_have_count(0)
    kim.open("resources")
    kim.command(f"/find {TITLE}")
    expect(kim.messages.last.get_by_role("link", name=TITLE)).to_be_in_viewport()
    kim.picture("9-found-again")

    assert all(address.startswith(process.link) for address in kim.asked), "the page asked another machine"


def test_a_reminder_arrives_live_and_only_its_member_sees_it(process: DemoProcess, chromium: Browser) -> None:
    kim = Window(chromium, process.link)
    kim.command("/find laser")
    expect(kim.messages.last).to_contain_text("Best matches for “laser”")
    kim.press("Save")
    expect(kim.messages.last).to_contain_text("Shall I remind you to read it?")
    kim.picture("10-shall-i-remind-you")
    kim.press("Tomorrow")
    expect(kim.messages.last).to_contain_text("in a private thread")
    kim.picture("11-reminder-promised")
    thread = kim.page.locator("#places").get_by_role("button", name="Notes for you")
    expect(thread).to_have_count(0)

    for _ in range(2):
        kim.page.get_by_role("button", name="1 day later").click()
        expect(kim.page.get_by_role("button", name="1 day later")).to_be_enabled()
    expect(thread).to_be_visible()
    kim.open("Notes for you")
    expect(kim.messages.last).to_contain_text("you asked me to remind you")
    kim.picture("12-reminder")

    kim.become("Sam")
    kim.open("Notes for you")  # Sam has one of his own: he hosts an event that is over by now
    expect(kim.messages.last).to_contain_text("Open lab hour")
    expect(kim.messages.filter(has_text="you asked me to remind you")).to_have_count(0)
