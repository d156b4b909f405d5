"""What organizers do with the catalogue, and what members tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.demo.picturing.camera import IN_WORK, Camera
from tests.demo.test_catalogue_walk import LIST, import_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENTRIES = (
    ("Maker Basics: Intro to Laser Cutting", "Read this first: it takes ten minutes."),
    ("Sand Creek Laser Cutter: reservation rules", "Rules that fit on one page."),
)


def catalogue(browser: Browser, link: str) -> None:
    """A suggestion, an import, the review queue with a dead link, a collection."""
    kim = Camera(browser, link, "kim")
    kim.open("resources")
    kim.command("/resource suggest")
    kim.fill(
        Link="https://example.org/first-day-at-the-laser",
        Title="First day at the laser: a checklist",
        Why_does_it_help="One page for the wall beside the machine: before, during and after each cut.",
    )
    kim.said("Your suggestion, before it is sent")
    kim.press("Send to organizers")
    kim.said("Thank you")
    rosa = Camera(browser, link, "rosa")
    rosa.open(IN_WORK)
    rosa.keep("suggestion", rosa.said("A resource waits for you"))
    import_file(rosa, "list.csv", LIST.encode("cp1252"))
    rosa.said("2 new and 1 left out")
    rosa.keep("import")
    rosa.press("Import 2 resources")
    rosa.said("Undo import")
    dead_link(rosa)
    collection(rosa)


def dead_link(rosa: Camera) -> None:
    """Publish what was suggested; the dead link is next in the queue."""
    rosa.command("/catalogue review")
    rosa.said("Button maker house rules")
    rosa.keep("dead-link")


def collection(rosa: Camera) -> None:
    """Begin a list, and put what is found into it."""
    rosa.command("/catalogue collection")
    rosa.press("New collection")
    rosa.fill(Name="Starting with a laser")
    rosa.said("Starting with a laser")
    for title, why in ENTRIES:
        rosa.press("Add a resource")
        rosa.fill(Its_title=title, Why_is_it=why)
        rosa.said(title)
    rosa.keep("collection")


def desk(browser: Browser, link: str) -> None:
    """A member tells the organizers something; it comes to their desk."""
    kim = Camera(browser, link, "kim")
    kim.open("start-here")
    panel = kim.messages.filter(has_text="Press what you would like to do")
    kim.press_on(panel.get_by_role("button", name="Tell the organizers"))
    kim.fill(What_should_they_know="Somebody keeps writing to me after I asked them to stop. What can I do?")
    kim.said("Before it is sent")
    kim.keep("tell-the-organizers")
    kim.press("Send")
    kim.said("Sent")
    rosa = Camera(browser, link, "rosa")
    rosa.open(IN_WORK)
    rosa.keep("told", rosa.said("Somebody keeps writing"))
    rosa.keep("desk", rosa.messages.filter(has_text="Organizers' desk").first)
