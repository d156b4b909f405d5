"""What members meet: an old answer found, the panel in the start channel, a question that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.demo.picturing.camera import Camera

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def answers(browser: Browser, link: str) -> None:
    """Kim finds what Sam answered weeks ago, and sees what there is for newcomers."""
    kim = Camera(browser, link, "kim")
    kim.open("resources")
    kim.command("/find Glowforge smells")
    kim.said("Our Glowforge smells of burnt plastic")
    kim.keep("an-old-answer")
    kim.open("start-here")
    kim.said("Press what you would like to do")
    kim.keep("start-here", kim.messages.filter(has_text="Press what you would like to do"))


def questions(browser: Browser, link: str) -> None:
    """A question that waits, a helper's card, and two that are the same."""
    sam = Camera(browser, link, "sam")
    sam.open("general")
    sam.command("/question helpers")
    sam.said("Help others with what you know")
    sam.press("Private thread")
    sam.said("You are a helper")
    sam.keep("helper")
    rosa = Camera(browser, link, "rosa")
    rosa.open("organizers-desk")
    rosa.command("/question unanswered")
    rosa.said("without an answer")
    rosa.keep("questions-that-wait")
    rosa.open("How often do you clean the laser's lens?")
    rosa.keep("question", rosa.said("Mark as answer"))
