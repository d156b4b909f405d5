"""The browser sets up an empty server: the wizard from its first card to the invitation, and what members see then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.demo.process import DemoProcess
from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = needs_chromium


@pytest.fixture
def empty_process() -> Iterator[DemoProcess]:
    with DemoProcess.started(empty=True) as process:
        yield process


def test_a_manager_sets_up_an_empty_server_and_brings_people(empty_process: DemoProcess, chromium: Browser) -> None:
    nora = Window(chromium, empty_process.link)
    nora.shows("general")

    nora.command("/setup start")
    expect(nora.messages.last).to_contain_text("Just the basics")
    nora.picture("setup-1-first")
    nora.press("Choose each part")
    expect(nora.messages.last).to_contain_text("1 of 8")
    nora.picture("setup-1-part-by-part")
    nora.press("Back")
    nora.press("Just the basics")
    expect(nora.messages.last).to_contain_text("Which city's time do you live by?")
    nora.picture("setup-2-zone")
    nora.press("Type a city")
    form = nora.place.get_by_role("dialog")
    form.get_by_label("A larger city near you").fill("Columbus, Ohio")
    nora.picture("setup-3-city")
    nora.press_on(form.get_by_role("button", name="Submit"))
    expect(nora.messages.last).to_contain_text("Here is what I will do")
    nora.picture("setup-4-summary")
    nora.phone_picture("setup-4-summary-phone")
    places = nora.page.locator("#places")
    expect(places.get_by_role("button", name="start-here")).to_have_count(0)
    nora.press("Make it")
    expect(nora.messages.last).to_contain_text("Your community is set up")
    nora.picture("setup-5-done")
    for name in ("start-here", "announcements", "introductions", "show-and-tell", "organizers-desk"):
        expect(places.get_by_role("button", name=name)).to_be_visible()
    expect(places).to_contain_text("questions")

    nora.press("Bring your people")
    expect(nora.messages.last).to_contain_text("What is Discord, in five lines")
    expect(nora.messages.last.get_by_alt_text("QR code that leads to the server NOM Libraries")).to_be_visible()
    nora.picture("setup-6-bring-people")
    nora.phone_picture("setup-6-bring-people-phone")
    nora.command("/setup check")
    expect(nora.messages.last).to_contain_text("Everything is as I need it")
    nora.picture("setup-7-check")
    nora.command("/setup settings")
    expect(nora.messages.last).to_contain_text("What is set up")
    nora.phone_picture("setup-8-settings-phone")
    nora.press("Who changed what")
    expect(nora.messages.last).to_contain_text("Time zone")
    nora.picture("setup-8-log")

    nora.become("Kim")
    expect(places.get_by_role("button", name="start-here")).to_be_visible()
    expect(places.get_by_role("button", name="organizers-desk")).to_have_count(0)
    nora.open("start-here")
    expect(nora.messages.filter(has_text="Press what you would like to do")).to_have_count(1)
    nora.picture("setup-9-start-panel", writes=False)
