"""A mentoring round, from its draft to the proposal in both people's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.demo.picturing.camera import NOTES, Camera, beside, save
from tests.demo.test_mentoring_walk import in_a_week

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KIMS_GOAL = "Write our first grant for a laser cutter, and know what to ask the city before I do."
SAMS_GOAL = "I wrote four small grants, two of them badly. I would love to spare somebody the bad ones."


def proposal(browser: Browser, link: str) -> None:
    """Two join, an organizer approves, and one of them is asked."""
    rosa, kim, sam = (Camera(browser, link, key) for key in ("rosa", "kim", "sam"))
    for window in (rosa, kim, sam):
        window.open("mentoring")
    rosa.command("/mentorship review")
    rosa.said("No round is open")
    rosa.press("Open a round")
    rosa.place.get_by_role("dialog").get_by_label("Sign-up until which day?").fill(in_a_week(rosa))
    rosa.fill(What_is_it_called="Spring")
    rosa.said("Mentoring: Spring")
    rosa.keep("mentoring-sign-up", rosa.said("Mentoring: Spring"))
    join(kim, "I would like a mentor", "I want to learn: running", KIMS_GOAL)
    join(sam, "I would like to mentor", "I can teach: running", SAMS_GOAL)
    rosa.command("/mentorship review")
    rosa.press("Make a draft")
    rosa.said("1 pair")
    rosa.keep("mentoring-draft")
    rosa.press_for("Approve", "goes out")
    sam.open(NOTES)
    sam.said("A mentee for you?")
    to_mentor = sam.taken()
    sam.press_for("Accept", "Now I ask")
    kim.open(NOTES)
    kim.said("A mentor for you")
    save("mentoring-proposal", beside(to_mentor, kim.taken()))


def join(window: Camera, side: str, topics: str, goal: str) -> None:
    """Join mentoring as whoever the window is."""
    window.command("/mentor join")
    window.said("Four things are needed")
    window.choose("Would you like a mentor", side)
    window.choose(topics, "Budget and grants")
    expect(window.messages.last.locator("p").filter(has_text="Budget and grants")).to_be_visible()
    window.choose("Your time zone", "Central time")
    window.press("My goal")
    window.fill(What_would_you_like_to_reach=goal)
    window.said("That is all I need")
    window.press_for("Sign me up", "You are in")
