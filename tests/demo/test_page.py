"""The page under a person's hands: on a phone, by keyboard, and where a message names a place or a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Route, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium


def test_on_a_phone_the_list_opens_and_closes_over_the_conversation(process: DemoProcess, chromium: Browser) -> None:
    phone = Window(chromium, process.link, 390, 780)
    phone.shows("resources")
    side, toggle = phone.page.locator("#side"), phone.page.get_by_role("button", name="#resources")
    expect(side).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(phone.page.locator("#places").get_by_role("button", name="resources")).to_have_attribute(
        "aria-current", "true"
    )
    phone.picture("phone-list")
    phone.page.keyboard.press("Escape")
    expect(side).to_be_hidden()
    expect(toggle).to_be_focused()
    toggle.click()
    phone.open("general")
    expect(side).to_be_hidden()
    overflow = phone.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0
    phone.picture("phone-general")


def test_the_page_can_be_used_with_the_keyboard_alone(process: DemoProcess, chromium: Browser) -> None:
    page = Window(chromium, process.link).page
    expect(page.locator("#places").get_by_role("button", name="start-here")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="start-here")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.frame_locator("#frame").get_by_role("heading", name="start-here", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="start-here")).to_be_focused()


def test_a_channel_or_a_command_that_a_message_names_can_be_pressed(process: DemoProcess, chromium: Browser) -> None:
    window = Window(chromium, process.link)
    window.open("start-here")
    window.messages.filter(has_text="Looking for a guide").get_by_text("#resources").click()
    window.shows("resources")
    window.command("/find laser")
    window.press("Save")
    expect(window.messages.last).to_contain_text("Saved")
    window.messages.last.get_by_text("/resource saved").click()
    expect(window.place.locator(".command-chip")).to_have_text("/resource saved")


def test_the_place_and_the_person_outlast_a_reload(process: DemoProcess, chromium: Browser) -> None:
    window = Window(chromium, process.link)
    window.become("Rosa")
    window.open("organizers-desk")
    window.page.reload()
    window.shows("organizers-desk")
    expect(window.page.get_by_role("button", name="Rosa")).to_have_attribute("aria-current", "true")


def test_a_place_chosen_before_the_new_view_is_there_keeps_the_person(process: DemoProcess, chromium: Browser) -> None:
    window = Window(chromium, process.link)
    window.shows("resources")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    window.page.route("**/hub/state?as=rosa", hold_the_first)
    rosa = window.page.locator("#people").get_by_role("button", name="Rosa")
    with window.page.expect_request("**/hub/state?as=rosa"):
        rosa.click()
    window.page.locator("#places").get_by_role("button", name="general").click()
    held[0].continue_()
    expect(rosa).to_have_attribute("aria-current", "true")
    window.shows("general")


def test_a_page_left_behind_by_an_earlier_demo_says_so(process: DemoProcess, chromium: Browser) -> None:
    window = Window(chromium, process.link)
    window.shows("resources")
    process.kill()
    expect(window.page.get_by_role("alert")).to_contain_text("make demo")
