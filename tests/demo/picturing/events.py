"""What hosts and organizers do with events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.demo.picturing.camera import IN_WORK, NOTES, Camera

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CALENDAR = "https://library.example.org/calendar.ics"


def series(browser: Browser, link: str) -> None:
    """The first Tuesday at three becomes a year; then the list of series."""
    rosa = Camera(browser, link, "rosa")
    rosa.open(IN_WORK)
    rosa.command("/events")
    rosa.said("What's coming up")
    rosa.press("New event")
    rosa.choose_for_form("What kind of event?", "Ask Me Anything")
    rosa.write(
        Title="Ask us anything: vinyl cutters",
        What_is_it="Sam and Nora answer. Bring what went wrong, we laugh with you.",
        When="every first Tuesday 3pm",
        Where="https://meet.example.org/ask-us",
    )
    rosa.fill()
    rosa.said("Your event, before it is posted")
    rosa.keep("first-tuesday")
    rosa.press("Post")
    rosa.said("two weeks ahead")
    rosa.command("/event series")
    rosa.said("Next:")
    rosa.keep("series")


def day(browser: Browser, link: str) -> None:
    """An event's card, its agenda, and the host's card when it is over."""
    kim, sam = Camera(browser, link, "kim"), Camera(browser, link, "sam")
    kim.open("announcements")
    tour = kim.messages.filter(has_text="repair corner in two rooms").first
    expect(tour).to_contain_text("Going")
    kim.keep("event-card", tour)
    sam.open("announcements")
    sam.later(days=1, hours=4)  # hosts are not asked at night, and the demo may be opened at any hour
    sam.open(NOTES)
    sam.keep("after-an-event", sam.said("Thank you for hosting"))


def calendar(browser: Browser, link: str) -> None:
    """A library's calendar is brought in."""
    rosa = Camera(browser, link, "rosa")
    rosa.open(IN_WORK)
    rosa.command("/event import")
    rosa.press("Paste a link")
    rosa.place.get_by_role("dialog").get_by_role("textbox").first.fill(CALENDAR)
    rosa.fill()
    rosa.said("3 events to come")
    rosa.keep("calendar")
