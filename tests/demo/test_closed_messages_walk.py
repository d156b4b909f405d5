"""The browser walks as a mentor whose direct messages are closed: everything reaches her in a private thread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect

from tests.demo.mentoring import LONG_MILLISECONDS, accept_on_both_sides, choose, join, later
from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium


def test_a_mentor_who_takes_no_direct_messages_is_reached_all_the_same(process: DemoProcess, chromium: Browser) -> None:
    jo, kim = (Window(chromium, f"{process.link}?as={key}") for key in ("jo", "kim"))
    for window in (jo, kim):
        window.open("mentoring")
    goal = "Make a plan for a rural branch with one printer"
    join(kim, "I would like a mentor", "I want to learn: running", goal)
    kim.press("Sign me up")
    expect(kim.messages.last).to_contain_text("you are on the waitlist")
    kim.picture("mentoring-20-on-the-waitlist")
    join(jo, "I would like to mentor", "I can teach: running", "Pass on what our first budget taught me")
    choose(jo, "How shall I reach you?", "Write to me in direct messages")
    jo.press("Sign me up")
    expect(jo.messages.last).to_contain_text("I reach you by a direct message")
    jo.picture("mentoring-21-jo-wishes-direct-messages")

    later(kim)
    jo.open("Notes for you")
    expect(jo.messages.last).to_contain_text("A mentee for you?", timeout=LONG_MILLISECONDS)
    jo.picture("mentoring-22-jo-is-asked-in-a-thread")
    jo.phone_picture("mentoring-23-on-a-phone")
    accept_on_both_sides(kim, jo)
    jo.page.locator("#places").get_by_role("button", name=re.compile("^Mentoring: ")).click()
    expect(jo.messages.last).to_contain_text("Your first meeting")
    jo.picture("mentoring-24-the-thread-of-the-two")
    later(kim, days=8)
    jo.open("Notes for you")
    expect(jo.messages.last).to_contain_text("Do you have a date?", timeout=LONG_MILLISECONDS)
    jo.picture("mentoring-25-check-in")
    jo.press("Yes, we have")
    expect(jo.messages.last).to_contain_text("Enjoy your first meeting")
