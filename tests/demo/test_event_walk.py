"""The browser walks an event: from a template, answered by three, a place that moves up, a reminder, called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Locator, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium


def card(window: Window, title: str) -> Locator:
    """The first message that says this: the card, above Discord's note on its thread."""
    return window.messages.filter(has_text=title).first


def answer(window: Window, name: str, title: str, label: str) -> None:
    """Become somebody, and press a button on an event's card."""
    window.become(name)
    window.open("announcements")
    card(window, title).get_by_role("button", name=label).first.click()


def make(window: Window) -> None:
    """Rosa makes an event from a template, by button."""
    window.become("Rosa")
    window.open("organizers-desk")
    window.command("/events")
    expect(window.messages.last).to_contain_text("What's coming up")
    window.picture("events-2-coming-up")
    window.press("New event")
    window.messages.last.get_by_role("combobox", name="What kind of event?").click()
    window.place.get_by_role("option", name="Virtual tour").click()
    form = window.place.get_by_role("dialog")
    form.get_by_label("Title").fill("Virtual tour: the bindery")
    form.get_by_label("When?").fill("in 3 days at 3pm")
    form.get_by_label("Where? (optional)").fill("https://meet.example.org/bindery")
    form.get_by_label("How many places? (optional)").fill("2")
    window.picture("events-3-form")
    form.get_by_role("button", name="Submit").click()
    expect(window.messages.last).to_contain_text("Your event, before it is posted")
    window.press("Hide the link")
    expect(window.messages.last).to_contain_text("shown only to those who go")
    window.picture("events-4-preview")
    window.press("Post")
    expect(window.messages.last).to_contain_text("is on its way to")
    expect(window.page.locator("#places").get_by_role("button", name="Virtual tour: the bindery")).to_be_visible()


def fill_the_places(window: Window) -> None:
    """Three press **Going** for two places; one gives theirs back, and the third moves up and is told."""
    answer(window, "Nora", "the bindery", "Going")
    expect(window.messages.last).to_contain_text("You are going")
    answer(window, "Sam", "the bindery", "Going")
    expect(window.messages.last).to_contain_text("You are going")
    answer(window, "Kim", "the bindery", "Going")
    expect(window.messages.last).to_contain_text("You are in line")
    window.picture("events-5-in-line")
    window.press("In a private thread")
    answer(window, "Sam", "the bindery", "Can't")
    window.become("Kim")
    notes = window.page.locator("#places").get_by_role("button", name="Notes for you")
    expect(notes.first).to_be_visible()
    notes.first.click()
    expect(window.messages.filter(has_text="You have a place").first).to_be_visible()
    window.picture("events-6-moved-up")
    window.page.get_by_role("button", name="1 hour later").click()
    expect(window.messages.filter(has_text="Open lab hour").first).to_be_visible()
    window.picture("events-7-reminder")
    window.open("announcements")
    expect(card(window, "the bindery")).to_contain_text("Going (2)")
    window.picture("events-8-card")


def call_off(window: Window) -> None:
    """Rosa calls it off, with a note."""
    window.become("Rosa")
    window.open("announcements")
    window.command("/events")
    window.messages.last.get_by_role("button", name="Open").nth(1).click()
    expect(window.messages.last).to_contain_text("the bindery")
    window.picture("events-9-for-hosts")
    window.press("Call it off")
    form = window.place.get_by_role("dialog")
    form.get_by_role("textbox").first.fill("The bindery is being painted.")
    form.get_by_role("button", name="Submit").click()
    expect(window.messages.last).to_contain_text("Called off")


def test_an_event_is_made_answered_reminded_of_and_called_off(process: DemoProcess, chromium: Browser) -> None:
    window = Window(chromium, process.link, height=1100)
    answer(window, "Kim", "Open lab hour", "Remind me")
    expect(window.messages.last).to_contain_text("I will remind you")
    window.picture("events-1-remind-me")
    make(window)
    fill_the_places(window)
    call_off(window)
    expect(window.messages.filter(has_text="The bindery is being painted.").first).to_be_visible()
    window.picture("events-10-called-off")
