"""The page that `benchmate export` makes, in Chromium: on a phone, by night, and without a single request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from db import resources
from db.resources import Description
from tests.bot.exporting.planting import GUILD, NOW, plant
from tests.bot.exporting.reading import taken
from tests.demo.window import SCREENSHOTS, needs_chromium
from tests.kit.world import open_database

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = needs_chromium


async def exported(folder: Path) -> Path:
    database = await open_database(folder / "benchmate.db")
    try:
        async with database.write() as connection:
            await plant(connection)
            for number in range(30):
                link = f"https://example.org/{'a-long-way-to-it/' * 6}{number}"
                about = Description(link, link, link if number == 3 else f"Guide {number}", "", "guide", ("sewing",))
                await resources.add_published(connection, GUILD, [about], NOW)
        return await taken(database, folder / "out") / "index.html"
    finally:
        await database.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The page; made before the browser starts, which takes the event loop for itself."""
    return asyncio.run(exported(tmp_path))


def look(page: Page, file: Path, name: str) -> tuple[list[str], list[str]]:
    """Open the page, go to a tool, keep a picture; what the console said, and what was asked for."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Mark-guild-name")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # its own style is let through
    page.get_by_role("navigation", name="Catalogue by tool").get_by_role("link", name="Sewing").click()
    expect(page.get_by_role("heading", name="Sewing", exact=True)).to_be_in_viewport()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"export-{name}.png")
    return said, asked


def test_the_page_fits_a_phone_asks_nobody_and_leads_to_each_tool(file: Path, chromium: Browser) -> None:
    pages = {
        "phone": chromium.new_page(viewport={"width": 390, "height": 844}),
        "desk": chromium.new_page(viewport={"width": 1280, "height": 844}),
        "night": chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark"),
    }
    for name, page in pages.items():
        assert look(page, file, name) == ([], [file.as_uri()])


def test_the_keyboard_comes_past_the_head_with_one_press(file: Path, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
