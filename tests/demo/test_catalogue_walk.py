"""The browser walks an organizer's ten minutes: import a list, look through the queue, keep a collection, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

LIST = """\
Title;URL;Description;Type
Laser cutter badge form;https://example.org/badge-form;A form to sign before the first cut;Template
No link here;;nothing;Guide
3D printer policy of a small branch;https://example.org/small-branch-policy;One page, both sides;Policy
"""

pytestmark = needs_chromium


def import_file(window: Window, name: str, data: bytes) -> None:
    """Type the command, choose the file, and send it."""
    window.place.locator("#channel-composer-input").click()
    window.page.keyboard.type("/catalogue import ")
    window.place.locator(".command-ghost").click()
    window.page.keyboard.press("Enter")
    chosen = {"name": name, "mimeType": "text/csv", "buffer": data}
    window.place.locator("input[type=file]").first.set_input_files(chosen)  # type: ignore[arg-type]  # playwright's own
    window.send_command()


def test_an_organizer_imports_looks_through_the_queue_keeps_a_collection_and_exports(
    process: DemoProcess, chromium: Browser
) -> None:
    rosa = Window(chromium, process.link, height=1100)
    rosa.become("Rosa")
    rosa.open("organizers-desk")

    import_file(rosa, "list.csv", LIST.encode("cp1252"))
    expect(rosa.messages.last).to_contain_text("2 new and 1 left out")
    rosa.picture("20-dry-run")
    rosa.press("Import 2 resources")
    expect(rosa.messages.last).to_contain_text("Undo import")
    rosa.picture("21-imported")
    rosa.command("/find badge form")
    expect(rosa.messages.last.get_by_role("link", name="Laser cutter badge form")).to_be_visible()

    rosa.command("/catalogue review")
    expect(rosa.messages.last).to_contain_text("Still fine")
    rosa.picture("22-queue")
    rosa.press("Still fine")
    expect(rosa.messages.last).not_to_contain_text("Remove")
    rosa.picture("23-still-fine")

    rosa.command("/catalogue collection")
    rosa.press("New collection")
    form = rosa.place.get_by_role("dialog")
    form.get_by_role("textbox").first.fill("Starting with a laser")
    rosa.press_on(form.get_by_role("button", name="Submit"))
    expect(rosa.messages.last).to_contain_text("Starting with a laser")
    rosa.picture("24-collection")

    rosa.place.locator("#channel-composer-input").click()
    rosa.page.keyboard.type("/catalogue export ")
    rosa.page.keyboard.type("BibTeX")
    rosa.page.keyboard.press("Enter")
    rosa.picture("25-choosing")
    rosa.send_command()
    expect(rosa.messages.last).to_contain_text(".bib")
    rosa.picture("25-export")
