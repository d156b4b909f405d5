"""The browser walks through a mentoring round: join as both sides, open, review, approve, accept, meet, check in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect

from tests.demo.mentoring import LONG_MILLISECONDS, accept_on_both_sides, choose, join, later
from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium


def test_a_round_from_its_sign_up_card_to_a_check_in(process: DemoProcess, chromium: Browser) -> None:
    rosa, kim, sam = (Window(chromium, f"{process.link}?as={key}") for key in ("rosa", "kim", "sam"))
    for window in (rosa, kim, sam):
        window.open("mentoring")
    rosa.command("/mentorship review")
    expect(rosa.messages.last).to_contain_text("No round is open")
    rosa.press("Open a round")
    form = rosa.place.get_by_role("dialog")
    form.get_by_label("What is it called?").fill("Spring")
    form.get_by_label("Sign-up until which day?").fill(in_a_week(rosa))
    rosa.picture("mentoring-01-open-a-round")
    rosa.press_on(form.get_by_role("button", name="Submit"))
    expect(rosa.messages.last).to_contain_text("Mentoring: Spring", timeout=LONG_MILLISECONDS)
    rosa.picture("mentoring-02-sign-up-card")

    join(kim, "I would like a mentor", "I want to learn: running", "Write our first grant for a laser cutter")
    kim.picture("mentoring-03-join")
    kim.press("Add details")
    expect(kim.messages.last).to_contain_text("A few details")
    kim.picture("mentoring-04-details")
    kim.press("Sign me up")
    expect(kim.messages.last).to_contain_text("You are in")
    kim.picture("mentoring-05-joined")

    join(sam, "I would like to mentor", "I can teach: running", "Help somebody through their first budget")
    sam.press("Sign me up")
    expect(sam.messages.last).to_contain_text("You are in")

    rosa.command("/mentorship review")
    rosa.press("Make a draft")
    expect(rosa.messages.last).to_contain_text("1 pair")
    rosa.picture("mentoring-06-draft")
    rosa.press("Lock")
    expect(rosa.messages.last).to_contain_text("Locked")
    rosa.press("Approve")
    expect(rosa.messages.last).to_contain_text("1 proposal goes out")
    rosa.picture("mentoring-07-approved")

    accept_on_both_sides(kim, sam)
    agree_on_a_time(kim, sam)
    meet_and_check_in(kim)
    rosa.command("/mentorship overview")
    expect(rosa.messages.last).to_contain_text("paired")
    rosa.picture("mentoring-13-overview")


def agree_on_a_time(kim: Window, sam: Window) -> None:
    """One of the two suggests a time, the other agrees."""
    for window in (kim, sam):
        window.page.locator("#places").get_by_role("button", name=re.compile("^Mentoring: ")).click()
        expect(window.messages.last).to_contain_text("Your first meeting")
    kim.press("Find a time")
    expect(kim.messages.last).to_contain_text("When could you meet?")
    kim.picture("mentoring-09a-times")
    choose(kim, "Choose a time", "Chicago")
    expect(sam.messages.last).to_contain_text("suggests a time", timeout=LONG_MILLISECONDS)
    sam.picture("mentoring-09b-suggested")
    sam.press("That works")
    expect(sam.messages.last).to_contain_text("You meet")
    sam.picture("mentoring-09c-agreed")


def meet_and_check_in(kim: Window) -> None:
    """The thread of the two, and a week later the first question."""
    kim.page.locator("#places").get_by_role("button", name=re.compile("^Mentoring: ")).click()
    expect(kim.messages.first).to_contain_text("Your first meeting")
    kim.picture("mentoring-10-thread")

    later(kim, days=8)
    kim.open("Notes for you")
    expect(kim.messages.last).to_contain_text("Do you have a date?", timeout=LONG_MILLISECONDS)
    kim.picture("mentoring-11-check-in")
    kim.press("Yes, we have")
    expect(kim.messages.last).to_contain_text("Enjoy your first meeting")
    kim.open("general")
    kim.command("/mentor status")
    expect(kim.messages.last).to_contain_text("Next check-in")
    kim.picture("mentoring-12-status")


def in_a_week(window: Window) -> str:
    """A day in a week, by the browser's own clock."""
    script = "() => new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString().slice(0, 10)"
    return str(window.page.evaluate(script))
