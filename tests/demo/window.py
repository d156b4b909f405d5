"""Chromium at the demo's page, used as a person uses it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Response, TimeoutError, expect  # noqa: A004

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

CHROMIUM = os.environ.get("BENCHMATE_CHROMIUM", "/usr/bin/chromium")
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", "build/screenshots"))
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PATIENCE_MILLISECONDS = 20_000
THEIRS = """() => {
    const chosen = document.querySelector("#people [aria-current]").dataset.key.split(":")[1];
    const place = document.getElementById("frame").contentWindow;
    return new URLSearchParams(place.location.search).get("as") === chosen && place.document.readyState === "complete";
}"""
"""What the page in the frame shows is the view of the person chosen, not still that of the one before."""

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(
        shutil.which(CHROMIUM) is None,
        reason=f"Chromium is not installed at {CHROMIUM}; set BENCHMATE_CHROMIUM to where it is",
    ),
]


def _is_action(answer: Response) -> bool:
    return urlsplit(answer.url).path.endswith("/api/action")


class Window:
    """One browser window with the demo in it; it keeps its screenshots in the folder SCREENSHOTS."""

    def __init__(self, browser: Browser, link: str, width: int = 1280, height: int = 900, **page: Any) -> None:
        size: ViewportSize = {"width": width, "height": height}
        self.page: Page = browser.new_page(viewport=size, **page)
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.asked: set[str] = set()
        self.page.on("request", lambda request: self.asked.add(request.url.removeprefix("blob:")))
        self.page.goto(link)

    @property
    def place(self) -> FrameLocator:
        return self.page.frame_locator("#frame")

    @property
    def messages(self) -> Locator:
        """What was said here, without the lines that tell of a pin: those may come at any time."""
        return self.place.locator("#channel-message-list > article").filter(has_not_text="pinned a message")

    @property
    def chip(self) -> Locator:
        """The command in the line where one writes."""
        return self.place.locator(".command-chip")

    def become(self, name: str) -> None:
        person = self.page.locator("#people").get_by_role("button", name=name)
        person.click()
        expect(person).to_have_attribute("aria-current", "true")
        self.page.wait_for_function(THEIRS)

    def open(self, place: str) -> None:
        self.page.locator("#places").get_by_role("button", name=place).click()
        self.shows(place)

    def shows(self, place: str) -> None:
        expect(self.place.get_by_role("heading", name=place, exact=True)).to_be_visible()

    def command(self, typed: str) -> None:
        """Type a command in one go, as the page says, and send it."""
        self.type_command(typed)
        self.send_command()

    def type_command(self, typed: str) -> None:
        """Type a command until the page takes it for one: where it is redrawn meanwhile, what was typed may be lost."""
        self.place.locator("#channel-composer-input").click()
        self.page.keyboard.type(f"{typed} ")
        try:
            expect(self.chip).to_be_visible(timeout=PATIENCE_MILLISECONDS // 2)
        except AssertionError:
            self.place.locator("#channel-composer-input").click()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(f"{typed} ")
            expect(self.chip).to_be_visible()

    def send_command(self) -> None:
        """Send the command in the line, and press again where the page lost the press; it keeps the line then."""
        for _ in range(3):
            expect(self.place.locator("#preview-app")).to_have_attribute("aria-busy", "false")
            self.place.locator("#send-message").click()
            try:
                expect(self.chip).to_have_count(0, timeout=PATIENCE_MILLISECONDS // 2)
            except AssertionError:
                if self.place.get_by_role("dialog").count() == 0 and self.chip.count():
                    continue
            return

    def press(self, label: str) -> None:
        """Press the first button with this label on the newest message."""
        self.press_on(self.messages.last.get_by_role("button", name=label).first)

    def press_on(self, button: Locator) -> None:
        """Press a button of a message or a form.

        Where simcord's page is redrawn at that moment it loses or refuses the press; a person sees that, and presses
        again.
        """
        for _ in range(3):
            expect(self.place.locator("#preview-app")).to_have_attribute("aria-busy", "false")
            try:
                with self.page.expect_response(_is_action, timeout=PATIENCE_MILLISECONDS // 4) as answer:
                    button.click()
            except TimeoutError:
                continue
            if not answer.value.json().get("rejected"):
                return

    def phone_picture(self, name: str) -> None:
        """Keep a screenshot as a phone shows it."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.messages.last.scroll_into_view_if_needed()
        self.picture(name)
        if before is not None:
            self.page.set_viewport_size(before)

    def picture(self, name: str, *, writes: bool = True) -> None:
        """Keep a screenshot, once everything has come in; `writes` says whether this person may write here."""
        expect(self.place.locator("#preview-app")).to_have_attribute("aria-busy", "false")
        expect(self.place.locator("#send-message")).to_be_enabled(enabled=writes)
        # A message that follows soon upon another of the same person has no picture of its own.
        expect(self.messages.locator(".message-avatar-image .entity-avatar-img").last).to_be_visible()
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")
