"""How a server is set up, looked over, and how people are brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.demo.picturing.camera import Camera

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def setup(browser: Browser, link: str) -> None:
    """An empty server is set up with the basics."""
    nora = Camera(browser, link, "nora")
    nora.shows("general")
    nora.command("/setup start")
    nora.said("Just the basics")
    nora.press("Just the basics")
    nora.said("Which city's time do you live by?")
    nora.press("Type a city")
    nora.fill(A_larger_city_near_you="Columbus, Ohio")
    nora.said("Here is what I will do")
    nora.keep("setup")
    nora.press("Make it")
    nora.said("Your community is set up")
    nora.press("Bring your people")
    nora.said("What is Discord, in five lines")
    nora.keep("bring-your-people")
    nora.command("/setup check")
    nora.said("Everything is as I need it")
    nora.keep("check")
    nora.command("/setup settings")
    nora.said("What is set up")
    nora.keep("settings")
