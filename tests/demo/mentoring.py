"""Steps of mentoring that more than one walk takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.demo.window import Window

LONG_MILLISECONDS = 40_000


def choose(window: Window, asked: str, *options: str) -> None:
    """Choose in the select of the newest message that asks this."""
    box = window.messages.last.get_by_role("combobox", name=asked).first
    box.click()
    for option in options:
        window.place.get_by_role("option", name=option).filter(visible=True).first.click()
    if box.get_attribute("aria-expanded") == "true":
        box.click()
    expect(window.place.locator("#preview-app")).to_have_attribute("aria-busy", "false")


def join(window: Window, side: str, topics: str, goal: str) -> None:
    """Join mentoring as whoever the window is, in the mentoring channel."""
    window.command("/mentor join")
    expect(window.messages.last).to_contain_text("Four things are needed")
    choose(window, "Would you like a mentor", side)
    choose(window, topics, "Budget and grants")
    expect(window.messages.last.locator("p").filter(has_text="Budget and grants")).to_be_visible()
    choose(window, "Your time zone", "Central time")
    window.press("My goal")
    form = window.place.get_by_role("dialog")
    form.get_by_label("What would you like to reach?").fill(goal)
    window.press_on(form.get_by_role("button", name="Submit"))
    expect(window.messages.last).to_contain_text("That is all I need")


def accept_on_both_sides(kim: Window, sam: Window) -> None:
    """First the mentor, then the mentee."""
    sam.open("Notes for you")
    expect(sam.messages.last).to_contain_text("A mentee for you?")
    sam.picture("mentoring-08-to-the-mentor")
    sam.press("Accept")
    expect(sam.messages.last).to_contain_text("Now I ask")

    kim.open("Notes for you")
    expect(kim.messages.last).to_contain_text("A mentor for you")
    kim.picture("mentoring-09-to-the-mentee")
    kim.press("Accept")
    expect(kim.messages.last).to_contain_text("You have a mentor")


def later(window: Window, days: int = 1) -> None:
    """Let days pass by the demo's button."""
    for _ in range(days):
        with window.page.expect_response(re.compile("/later"), timeout=LONG_MILLISECONDS):
            window.page.get_by_role("button", name="1 day later").click()
