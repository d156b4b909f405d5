"""A window that keeps pictures of single cards, sharp and small."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect

from tests.demo.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Locator

FOLDER = Path(__file__).parents[3] / "docs" / "images"
COLORS = 128
SCALE = 1.75
MARGIN = 14
TALL, PHONE = (1180, 1700), (390, 844)
ZONE = "America/New_York"
IN_WORK, NOTES = "organizers-desk", "Notes for you"


class Camera(Window):
    """Somebody's window, tall enough for a whole card."""

    def __init__(self, browser: Browser, link: str, who: str) -> None:
        super().__init__(browser, f"{link}?as={who}", *TALL, device_scale_factor=SCALE, timezone_id=ZONE)

    def keep(self, name: str, *cards: Locator) -> None:
        """Keep these messages (else the newest) as docs/images/`name`.png."""
        save(name, self.taken(*cards))

    def taken(self, *cards: Locator) -> Image.Image:
        """A picture of these messages (else the newest), with whose they are."""
        shown = cards or (self.messages.last,)
        self._settle()
        boxes = [box for card in shown for box in _boxes(card)]
        left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
        right = max(box["x"] + box["width"] for card in shown for box in _boxes(card, inner=True))
        bottom = max(box["y"] + box["height"] for box in boxes)
        clip: FloatRect = {"x": left, "y": top, "width": right - left + MARGIN, "height": bottom - top + MARGIN}
        return _opened(self.page.screenshot(clip=clip))

    def keep_phone(self, name: str) -> None:
        """Keep the newest message as a phone shows it."""
        self.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        self._settle()
        self.messages.last.scroll_into_view_if_needed()
        save(name, _opened(self.page.screenshot()))
        self.page.set_viewport_size({"width": TALL[0], "height": TALL[1]})

    def fill(self, **typed: str) -> None:
        """Fill in the form that is open, by the beginnings of its labels, and send it."""
        self.write(**typed)
        self.press_on(self.place.get_by_role("dialog").get_by_role("button", name="Submit"))

    def write(self, **typed: str) -> None:
        """Fill in the form that is open."""
        form = self.place.get_by_role("dialog")
        for label, words in typed.items():
            form.get_by_label(label.replace("_", " ")).first.fill(words)

    def choose(self, asked: str, *options: str) -> None:
        """Choose in the select of the newest message that asks this."""
        box = self.messages.last.get_by_role("combobox", name=asked).first
        box.click()
        for option in options:
            self.place.get_by_role("option", name=option).filter(visible=True).first.click()
        if box.get_attribute("aria-expanded") == "true":
            box.click()
        self._settle()

    def said(self, words: str) -> Locator:
        """The newest message with these words, once it is there."""
        found = self.messages.filter(has_text=words).last
        expect(found).to_be_visible()
        return found

    def press_for(self, label: str, words: str) -> None:
        """Press until these words come: where a press is lost, a person presses again."""
        for _ in range(3):
            self.press(label)
            try:
                expect(self.messages.filter(has_text=words).last).to_be_visible(timeout=10_000)
            except AssertionError:
                continue
            return

    def choose_for_form(self, asked: str, option: str) -> None:
        """Choose until a form opens: where a choice is lost, a person chooses again."""
        for _ in range(3):
            self.choose(asked, option)
            try:
                expect(self.place.get_by_role("dialog")).to_be_visible(timeout=10_000)
            except AssertionError:
                continue
            return

    def later(self, *, hours: int = 0, days: int = 0) -> None:
        """Let time pass."""
        for label, times in (("1 day later", days), ("1 hour later", hours)):
            for _ in range(times):
                with self.page.expect_response(lambda answer: "/later" in answer.url, timeout=60_000):
                    self.page.get_by_role("button", name=label).click()

    def _settle(self) -> None:
        expect(self.place.locator("#preview-app")).to_have_attribute("aria-busy", "false")
        self.page.mouse.move(1, 1)
        self.messages.last.scroll_into_view_if_needed()
        expect(self.messages.locator(".message-avatar-image .entity-avatar-img").last).to_be_visible()


def _boxes(card: Locator, *, inner: bool = False) -> list[FloatRect]:
    parts = card.locator(".component-container, .message-content") if inner else card
    found = [part.bounding_box() for part in parts.all()]
    return [box for box in found if box is not None]


def beside(*pictures: Image.Image) -> Image.Image:
    """Pictures side by side, on the first one's ground."""
    wide, high = sum(one.width for one in pictures), max(one.height for one in pictures)
    together = Image.new("RGB", (wide, high), pictures[0].getpixel((0, 0)))
    left = 0
    for one in pictures:
        together.paste(one, (left, 0))
        left += one.width
    return together


def save(name: str, picture: Image.Image) -> None:
    """Keep a picture with few colors, so that it is small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")
