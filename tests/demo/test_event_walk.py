"""The browser walks an event: from a template, answered by three, a place that moves up, a reminder, called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Locator, expect

from tests.demo.window import PATIENCE_MILLISECONDS, Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium
TOUR = "Virtual tour: the bindery"


def window_of(chromium: Browser, process: DemoProcess, name: str, place: str) -> Window:
    """A window of somebody's own, at a place."""
    window = Window(chromium, process.link, height=1100)
    window.become(name)
    me = window.page.locator("#people").get_by_role("button", name=name)
    expect(me).to_have_attribute("aria-current", "true")
    window.open(place)
    return window


def card(window: Window, title: str) -> Locator:
    """The first message that says this: the card, above Discord's note on its thread."""
    return window.messages.filter(has_text=title).first


def pressed(window: Window, button: Locator, words: str) -> Locator:
    """Press a button and hear these words; where the page was just drawn anew, a person presses again."""
    for _ in range(3):
        button.click()
        try:
            expect(window.messages.filter(has_text=words).last).to_be_visible(timeout=PATIENCE_MILLISECONDS // 2)
        except AssertionError:
            continue
        break
    return hears(window, words)


def answer(window: Window, title: str, label: str, words: str) -> Locator:
    """Press a button on an event's card, and hear these words."""
    return pressed(window, card(window, title).get_by_role("button", name=label).first, words)


def hears(window: Window, words: str) -> Locator:
    """Somebody sees these words; Discord's notes on new threads may stand below them."""
    heard = window.messages.filter(has_text=words).last
    expect(heard).to_be_visible()
    return heard


def make(rosa: Window) -> None:
    """Rosa makes an event from a template, by button."""
    rosa.command("/events")
    expect(rosa.messages.last).to_contain_text("What's coming up")
    rosa.picture("events-2-coming-up")
    rosa.press("New event")
    rosa.messages.last.get_by_role("combobox", name="What kind of event?").click()
    rosa.place.get_by_role("option", name="Virtual tour").click()
    form = rosa.place.get_by_role("dialog")
    form.get_by_label("Title").fill(TOUR)
    form.get_by_label("When?").fill("in 3 days at 3pm")
    form.get_by_label("Where? (optional)").fill("https://meet.example.org/bindery")
    form.get_by_label("How many places? (optional)").fill("2")
    rosa.picture("events-3-form")
    rosa.press_on(form.get_by_role("button", name="Submit"))
    expect(rosa.messages.last).to_contain_text("Your event, before it is posted")
    rosa.press("Hide the link")
    expect(rosa.messages.last).to_contain_text("shown only to those who go")
    rosa.picture("events-4-preview")
    rosa.press("Post")
    expect(rosa.messages.last).to_contain_text("is on its way to")
    expect(rosa.page.locator("#places").get_by_role("button", name=TOUR)).to_be_visible()


def fill_the_places(kim: Window, sam: Window, nora: Window) -> None:
    """Three press **Going** for two places; one gives theirs back, and the third moves up and is told."""
    for window in (nora, sam):
        answer(window, TOUR, "Going", "You are going")
    in_line = answer(kim, TOUR, "Going", "You are in line")
    privately = in_line.get_by_role("button", name="Private thread")
    pressed(kim, privately, "I will write to you in a private thread")
    kim.picture("events-5-in-line")
    answer(sam, TOUR, "Can't", "You can't come")
    kim.page.locator("#places").get_by_role("button", name="Notes for you").first.click()
    hears(kim, "You have a place")
    kim.picture("events-6-moved-up")
    kim.page.get_by_role("button", name="1 hour later").click()
    hears(kim, "Open lab hour")
    kim.picture("events-7-reminder")
    expect(card(nora, TOUR)).to_contain_text("Kim Tran")
    nora.picture("events-8-card")


def call_off(rosa: Window) -> None:
    """Rosa calls it off, with a note."""
    rosa.command("/events")
    rosa.press_on(rosa.messages.last.get_by_role("button", name="Open").nth(1))
    hears(rosa, "Going (2)")
    rosa.picture("events-9-for-hosts")
    rosa.press("Call it off")
    form = rosa.place.get_by_role("dialog")
    form.get_by_role("textbox").first.fill("The bindery is being painted.")
    rosa.press_on(form.get_by_role("button", name="Submit"))
    hears(rosa, "will be told in a minute")


def test_an_event_is_made_answered_reminded_of_and_called_off(process: DemoProcess, chromium: Browser) -> None:
    kim, sam, nora = (window_of(chromium, process, name, "announcements") for name in ("Kim", "Sam", "Nora"))
    rosa = window_of(chromium, process, "Rosa", "organizers-desk")
    answer(kim, "Open lab hour", "Remind me", "I will remind you")
    kim.picture("events-1-remind-me")
    make(rosa)
    fill_the_places(kim, sam, nora)
    call_off(rosa)
    expect(card(nora, TOUR)).to_contain_text("The bindery is being painted.")
    nora.picture("events-10-called-off")
