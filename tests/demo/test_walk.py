"""The browser walks the thin thread: find, save, suggest, switch to the organizer, publish, find again.

It drives the demo as `make demo` starts it, in a process of its own, with Chromium. The screenshots are kept in the
folder that SCREENSHOTS names (build/screenshots where it names none).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect, sync_playwright

from tests.demo.process import DemoProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = os.environ.get("BENCHMATE_CHROMIUM", "/usr/bin/chromium")
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", "build/screenshots"))
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PATIENCE_MILLISECONDS = 20_000
TITLE = "Badge checklist for the laser cutter"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason=f"Chromium is not installed at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoProcess]:
    with DemoProcess.started() as process:
        yield process


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield chromium
        chromium.close()


class Visitor:
    """Somebody at the demo's page, who clicks and types as a person does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE_MILLISECONDS)

    @property
    def place(self) -> FrameLocator:
        return self.page.frame_locator("#frame")

    @property
    def messages(self) -> Locator:
        return self.place.locator("#channel-message-list > article")

    def become(self, name: str) -> None:
        self.page.locator("#people").get_by_role("button", name=name).click()

    def open(self, place: str) -> None:
        self.page.locator("#places").get_by_role("button", name=place).click()
        expect(self.place.get_by_role("heading", name=place, exact=True)).to_be_visible()

    def command(self, typed: str) -> None:
        self.place.locator("#channel-composer-input").click()
        self.page.keyboard.type(f"{typed} ")
        expect(self.place.locator(".command-chip")).to_be_visible()
        self.place.locator("#send-message").click()

    def press(self, label: str) -> None:
        self.messages.last.get_by_role("button", name=label).first.click()

    def picture(self, name: str) -> None:
        expect(self.place.locator("#preview-app")).to_have_attribute("aria-busy", "false")
        expect(self.place.locator("#send-message")).to_be_enabled()
        expect(self.messages.last.locator(".entity-avatar-img")).to_be_visible()
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_a_member_finds_saves_and_suggests_and_an_organizer_publishes(demo: DemoProcess, browser: Browser) -> None:
    kim = Visitor(browser.new_page(viewport={"width": 1280, "height": 900}))
    kim.page.goto(demo.link)

    kim.command("/find laser")
    expect(kim.messages.last).to_contain_text("results for “laser”")
    kim.picture("1-found")

    kim.press("Save")
    expect(kim.messages.last).to_contain_text("Saved “")
    kim.picture("2-saved")
    kim.command("/resource saved")
    expect(kim.messages.last).to_contain_text("Laser")
    kim.picture("3-my-list")

    kim.command("/resource suggest")
    form = kim.place.get_by_role("dialog")
    form.get_by_label("Link").fill("https://example.org/laser-badge-checklist")
    form.get_by_label("Title").fill(TITLE)
    form.get_by_label("Why does it help?").fill("Twelve questions to ask before anyone runs the laser alone.")
    kim.picture("4-suggesting")
    form.get_by_role("button", name="Submit").click()
    expect(kim.messages.last).to_contain_text(TITLE)
    kim.picture("5-preview")
    kim.press("Send to organizers")
    expect(kim.messages.last).to_contain_text("Thank you")
    kim.picture("6-sent")
    kim.command(f"/find {TITLE}")
    expect(kim.messages.last).not_to_contain_text("example.org/laser-badge-checklist")

    rosa = kim
    rosa.become("Rosa")
    expect(rosa.page.locator("#places").get_by_role("button", name="organizers-desk (new messages)")).to_be_visible()
    rosa.open("organizers-desk")
    expect(rosa.messages.last).to_contain_text(TITLE)
    rosa.picture("7-organizers-desk")
    rosa.press("Publish")
    expect(rosa.messages.last).to_contain_text("Published")
    rosa.picture("8-published")

    kim.become("Kim")
    expect(kim.page.locator("#places").get_by_role("button", name="organizers-desk")).to_have_count(0)
    kim.open("resources")
    kim.command(f"/find {TITLE}")
    expect(kim.messages.last.get_by_role("link", name=TITLE)).to_be_in_viewport()
    kim.picture("9-found-again")
