"""The browser walks a newcomer's first ten minutes, from the panel in the start channel and without a slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect

from tests.demo.window import Window, needs_chromium

if TYPE_CHECKING:
    from tests.demo.process import DemoProcess

pytestmark = needs_chromium


class Newcomer(Window):
    """Somebody at the panel in the start channel."""

    def begin(self, label: str) -> None:
        """Press a button of the panel."""
        panel = self.messages.filter(has_text="Press what you would like to do")
        self.press_on(panel.get_by_role("button", name=label))

    def fill(self, **typed: str) -> None:
        """Fill in the open form, by the beginnings of its labels, and send it."""
        form = self.place.get_by_role("dialog")
        for label, text in typed.items():
            form.get_by_label(label.replace("_", " ")).fill(text)
        self.press_on(form.get_by_role("button", name="Submit"))


def test_a_newcomers_first_ten_minutes_need_no_slash(process: DemoProcess, chromium: Browser) -> None:
    kim = Newcomer(chromium, process.link)
    kim.open("start-here")
    expect(kim.messages.filter(has_text="Press what you would like to do")).to_have_count(1)
    kim.picture("new-1-start")

    kim.begin("Introduce myself")
    kim.fill(What_shall_people_call_you="Kim", Library="Oak Hill Library", City_and_state="Ames, Iowa")
    expect(kim.messages.last).to_contain_text("step 2 of 3")
    kim.picture("new-2-profile")
    kim.press("Next: who sees it")
    expect(kim.messages.last).to_contain_text("step 3 of 3")
    kim.press("Everyone sees all")
    kim.picture("new-3-who-sees-it")
    kim.press("Done")

    kim.begin("Find a resource")
    kim.fill(What_are_you_looking_for="laser cutter safety")
    expect(kim.messages.last).to_contain_text("Best matches")
    kim.picture("new-4-found")
    kim.press("Save")
    expect(kim.messages.last).to_contain_text("Saved “")

    kim.begin("Suggest a resource")
    kim.fill(Link="https://example.org/first-day", Title="First day at the laser")
    expect(kim.messages.last).to_contain_text("Your suggestion, before it is sent")
    kim.press("Send to organizers")
    expect(kim.messages.last).to_contain_text("Thank you")

    kim.begin("Tell the organizers")
    kim.fill(What_should_they_know="The link to the welcome meeting does not work for me.")
    expect(kim.messages.last).to_contain_text("Who reads it")
    kim.picture("new-5-before-it-is-sent")
    kim.phone_picture("new-5-before-it-is-sent-phone")
    kim.press("Send")
    expect(kim.messages.last).to_contain_text("Sent")
    kim.picture("new-6-sent")

    kim.begin("Find people")
    expect(kim.messages.last).to_contain_text("Sam Whitfield")
    kim.picture("new-7-people")

    kim.become("Rosa")
    kim.open("organizers-desk")
    expect(kim.messages.last).to_contain_text("does not work for me")
    kim.picture("new-8-desk")
