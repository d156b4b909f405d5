"""The browser walks calendars: one is brought in after a preview, one subscribed to, and a moved session follows."""

from __future__ import annotations

import re
import urllib.request
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Locator, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium

LINK = "https://library.example.org/calendar.ics"


def fetched(address: str) -> str:
    """What a calendar program gets from a link."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - the demo's own
        return str(answer.read().decode())


def starts(content: str) -> list[str]:
    return re.findall(r"DTSTART:(\d{8})T", content)


def said(window: Window, words: str) -> Locator:
    """The newest message that says this; the notes on threads may come after it."""
    found = window.messages.filter(has_text=words).last
    expect(found).to_be_visible()
    return found


def press(window: Window, words: str, label: str) -> None:
    """Press a button on the newest message that says this."""
    window.press_on(said(window, words).get_by_role("button", name=label).first)


def answered(window: Window, card: Locator, label: str, words: str) -> None:
    """Press a button on a card; a press may be lost while the card is drawn anew, and a person presses again."""
    window.press_on(card.get_by_role("button", name=label).first)
    try:
        expect(window.messages.filter(has_text=words).last).to_be_visible(timeout=8_000)
    except AssertionError:
        window.press_on(card.get_by_role("button", name=label).first)
        said(window, words)


def bring_in(window: Window) -> None:
    """Rosa brings in the library's calendar by its link."""
    window.become("Rosa")
    window.open("organizers-desk")
    window.command("/event import")
    press(window, "Calendars of others", "Paste a link")
    form = window.place.get_by_role("dialog")
    form.get_by_role("textbox").first.fill(LINK)
    window.press_on(form.get_by_role("button", name="Submit"))
    said(window, "3 events to come. Nothing is posted yet.")
    window.picture("calendars-1-preview")
    press(window, "3 events to come", "Import 3 events")
    said(window, "Brought in: Riverside Library")
    window.picture("calendars-2-brought-in")


def subscribe(window: Window) -> str:
    """Kim goes to a session and subscribes; the link."""
    window.become("Kim")
    window.open("announcements")
    card = window.messages.filter(has_text="Laser cutter badge session").first
    expect(card).to_contain_text("Riverside Library, Room 2", timeout=60_000)
    for thread in ("Laser cutter badge", "Open lab for teens", "Zine night"):  # all cards stand
        expect(window.page.locator("#places").get_by_role("button", name=thread)).to_be_visible()
    answered(window, card, "Going", "You are going")
    window.picture("calendars-3-going")
    answered(window, card, "Add to calendar", "does not follow when the event is moved")
    window.picture("calendars-4-add")
    press(window, "does not follow when", "My calendar")
    press(window, "One link for your calendar program", "Get my link")
    shown = said(window, "Copy this link now").inner_text()
    window.picture("calendars-5-subscribe")
    found = re.search(r"http://127\.0\.0\.1:\d+/calendar/[\w-]+\.ics", shown)
    assert found
    return found[0]


def test_a_calendar_is_brought_in_subscribed_to_and_a_moved_session_follows(
    process: DemoProcess, chromium: Browser
) -> None:
    window = Window(chromium, process.link, height=1200)
    bring_in(window)
    link = subscribe(window)
    before = fetched(link)
    assert "SUMMARY:Laser cutter badge session" in before

    window.become("Rosa")
    window.open("organizers-desk")
    window.command("/event import")
    press(window, "Riverside Library", "Open")
    press(window, "Looked at", "Look now")
    said(window, "1 moved.")
    window.picture("calendars-6-moved")
    after = fetched(link)
    assert (len(starts(before)), len(starts(after))) == (1, 1)
    assert starts(after) > starts(before)
    assert "SEQUENCE:1" in after

    window.become("Kim")
    window.command("/events")
    press(window, "What's coming up", "My calendar")
    press(window, "You have a link", "Stop the link")
    press(window, "Stop the link?", "Stop the link")
    said(window, "leads nowhere now")
    window.picture("calendars-7-stopped")
