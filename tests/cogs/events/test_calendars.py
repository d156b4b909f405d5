"""Calendars in Discord: the card's button, one's own link, the server's, and bringing in a calendar."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from cogs.events.service.importing import MOST_SOURCES
from cogs.events.service.serving import Serving
from cogs.events.service.watching import EVERY, LOOK, TURN, Watching, subject
from cogs.events.views import calendars as views
from db import calendars, delivery, guilds
from tests.bot.delivery.steps import tick
from tests.cogs.events.calendar_site import CalendarSite, calendar, session
from tests.cogs.events.ical.made import lines_of
from tests.cogs.events.steps import announced_in, card, post, press
from tests.cogs.resources.files import content as file_of
from tests.cogs.resources.steps import shown_to_all
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kit.fetching import Fetcher
    from db.delivery import Delivery
    from tests.kit.world import World

HERE = "https://nom.example.org"


@pytest.fixture
async def site() -> AsyncIterator[CalendarSite]:
    async with CalendarSite() as made:
        yield made


@pytest.fixture
def fetcher(site: CalendarSite) -> Fetcher:
    return site.fetcher()


def links(message: Any) -> dict[str, str]:
    """The links of a message's buttons, by their labels."""
    return {str(part["label"]): part["url"] for part in components(message) if part.get("url")}


def secret_in(message: Any) -> str:
    found = re.search(rf"{HERE}/calendar/([\w-]+)\.ics", words(message).replace("\\", ""))
    assert found, words(message)
    return found[1]


async def served(world: World, secret: str) -> list[str] | None:
    """The titles in a calendar, as its program gets them; None where the link opens nothing."""
    file = await Serving(world.database, world.bot.clock).calendar(secret)
    return None if file is None else [str(event["SUMMARY"]) for event in Calendar.from_ical(file.content).events]


async def test_add_to_calendar_gives_a_file_and_links_and_says_what_does_not_follow(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    answer = await press(world.member, card(world, event), "Add to calendar")
    name, content = await file_of(world, answer)
    assert name == "event.ics"
    lines = lines_of(content)
    assert "SUMMARY:Vinyl cutters for beginners" in lines
    assert "DTSTART:20260113T200000Z" in lines
    assert any(line.startswith(f"URL:https://discord.com/channels/{world.guild.id}/") for line in lines)
    assert links(answer)["Google"].startswith("https://calendar.google.com/calendar/render?action=TEMPLATE")
    assert links(answer)["Outlook"].startswith("https://outlook.live.com/")
    assert "does not follow when the event is moved" in words(answer)
    assert "My calendar" in buttons(answer)


async def test_my_calendar_is_a_link_shown_once_with_what_i_said_yes_to(world: World) -> None:
    world.bot.public_url = HERE
    await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    listed = seen(await world.member.slash(world.general, "events"))
    given = await press(world.member, await press(world.member, listed, "My calendar"), "Get my link")
    secret = secret_in(given)
    assert "Google looks once or twice a day, Outlook every 3 to 24 hours" in words(given)
    assert links(given)["Google"].startswith("https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F")
    assert links(given)["Outlook"].startswith("https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2F")
    assert await served(world, secret) == ["Vinyl cutters for beginners"]
    again = await press(world.member, listed, "My calendar")
    assert "You have a link" in words(again)
    assert secret not in words(again)
    assert await served(world, secret_in(await press(world.member, again, "New link"))) is not None
    assert await served(world, secret) is None


async def test_a_link_is_stopped_by_a_button(world: World) -> None:
    world.bot.public_url = HERE
    listed = seen(await world.member.slash(world.general, "events"))
    given = await press(world.member, await press(world.member, listed, "My calendar"), "Get my link")
    secret = secret_in(given)
    assert await served(world, secret) == []
    asked = await press(world.member, given, "Stop the link")
    kept = await press(world.member, asked, "Keep it")
    assert "works on" in words(kept)
    assert await served(world, secret) == []
    asked = await press(world.member, await press(world.member, kept, "My calendar"), "Stop the link")
    stopped = await press(world.member, asked, "Stop the link")
    assert "leads nowhere now" in words(stopped)
    assert await served(world, secret) is None


async def test_without_a_web_endpoint_it_says_what_works_instead(world: World) -> None:
    listed = seen(await world.member.slash(world.general, "events"))
    told = await press(world.member, listed, "My calendar")
    assert "not switched on here" in words(told)
    assert "Add to calendar" in words(told)
    listed = seen(await world.organizer.slash(world.general, "events"))
    assert "PUBLIC_URL" in words(await press(world.organizer, listed, "My calendar"))


async def test_organizers_choose_whether_the_servers_calendar_is_for_everyone_or_secret(world: World) -> None:
    world.bot.public_url = HERE
    await announced_in(world)
    await post(world)
    listed = seen(await world.organizer.slash(world.general, "events"))
    ours = await press(world.organizer, await press(world.organizer, listed, "My calendar"), "Server's calendar")
    shown = await press(world.organizer, ours, "For everyone")
    everyone = secret_in(shown)
    members = await press(world.member, seen(await world.member.slash(world.general, "events")), "My calendar")
    assert secret_in(members) == everyone
    assert await served(world, everyone) == ["Vinyl cutters for beginners"]
    secret = secret_in(await press(world.organizer, shown, "Secret"))
    assert [await served(world, everyone) is None, await served(world, secret) is None] == [True, False]
    members = await press(world.member, seen(await world.member.slash(world.general, "events")), "My calendar")
    assert HERE not in words(members)
    assert "Server's calendar" not in buttons(members)


async def test_only_organizers_give_and_stop_the_servers_link(world: World) -> None:
    world.bot.public_url = HERE
    buttons_for_all = [views.GiveLink(views.OPEN), views.GiveLink(views.SECRET), views.StopLink(views.SECRET)]
    message = await shown_to_all(world, *buttons_for_all)
    for button in buttons_for_all:
        told = seen(await world.member.click(message, custom_id=str(button.item.custom_id)))
        assert "organizer" in words(told).casefold()


async def promised(world: World, source_id: int) -> list[Delivery]:
    """The looks at a calendar that are to come."""
    async with world.database.read() as connection:
        found = await delivery.of_subject(connection, world.guild.id, LOOK, subject(source_id))
    return [each for each in found if each.state == "waiting"]


FEW = [session(number, number + 3) for number in range(1, 4)]


async def shown(world: World, site: CalendarSite) -> Any:
    """The preview of the calendar behind the link."""
    return seen(await world.organizer.slash(world.general, "event import", link=site.link))


async def test_a_calendar_is_shown_first_then_brought_in_and_a_moved_session_follows(
    world: World, site: CalendarSite
) -> None:
    site.says = calendar(*FEW, session(9, 9, "Every second", more="RRULE:FREQ=SECONDLY\n"))
    preview = await shown(world, site)
    assert "3 events to come. Nothing is posted yet." in words(preview)
    assert "Every second: it repeats more often than daily" in words(preview)
    listed = seen(await world.member.slash(world.general, "events"))
    assert "Open lab" not in words(listed)
    done = await press(world.organizer, preview, "Import 3 events")
    assert "3 new." in words(done)
    assert words(seen(await world.member.slash(world.general, "events"))).count("Open lab") == 3
    site.says = calendar(session(1, 20, "Open lab, moved"), *FEW[1:])
    await tick(world, EVERY.total_seconds() + 60)
    listed = words(seen(await world.member.slash(world.general, "events")))
    assert "Open lab, moved" in listed
    assert listed.index("Open lab, moved") > listed.index("Open lab")


async def test_a_bad_answer_is_told_once_at_the_desk_and_changes_nothing(world: World, site: CalendarSite) -> None:
    site.says = calendar(*FEW)
    await press(world.organizer, await shown(world, site), "Import 3 events")
    for says in ("page", b"", "half"):
        site.says = says
        await tick(world, EVERY.total_seconds() + 60)
        await tick(world)
    told = [message for message in world.desk.history() if "I could not read" in words(message)]
    assert len(told) == 1
    assert "It is a web page, not a calendar" in words(told[0])
    assert words(seen(await world.member.slash(world.general, "events"))).count("Open lab") == 3
    paused = await press(world.organizer, told[0], "Pause")
    assert "Paused." in words(paused)
    site.says = calendar(*FEW)
    assert "Nothing is different" in words(await press(world.organizer, told[0], "Look now"))
    stopped = await press(world.organizer, told[0], "Stop following")
    assert "Its events stay" in words(stopped)


async def test_a_slow_calendar_takes_no_second_turn_from_the_other_chores(world: World, site: CalendarSite) -> None:
    site.says, site.etag = calendar(*FEW), ""
    await press(world.organizer, await shown(world, site), "Import 3 events")
    async with world.database.write() as connection:
        for number in (2, 3):
            values: dict[str, Any] = {"url": f"{site.link}?{number}", "name": "More", "by": 1, "announced": False}
            await calendars.add_source(connection, world.guild.id, **values, now=world.bot.clock())
    first, *others = await world.bot.service(Watching).sources(world.guild.id)
    (due,) = await promised(world, first.source_id)
    site.says, work = "slow", world.bot.kinds[LOOK].work
    assert work is not None
    slow = asyncio.ensure_future(work(due))
    while len(site.asked) == 1:  # noqa: ASYNC110 - nothing tells when it was asked
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        for other in others:
            await work(replace(due, subject=subject(other.source_id)))
    assert not slow.done()
    assert len(site.asked) == 2
    dues = [(await promised(world, other.source_id))[0].due_at - world.bot.clock() for other in others]
    assert dues == [TURN, TURN * 2]
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    site.says = calendar(*FEW)
    await work(replace(due, subject=subject(others[0].source_id)))
    assert len(site.asked) == 3


async def test_a_file_is_brought_in_too_and_by_button_one_learns_how(world: World) -> None:
    sent = await world.organizer.slash(world.general, "event import", file=("events.ics", calendar(*FEW)))
    done = await press(world.organizer, seen(sent), "Import 3 events")
    assert "3 new." in words(done)
    followed = seen(await world.organizer.slash(world.general, "event import"))
    assert "Library events" in words(followed)
    assert "LibCal, Google, Outlook" in words(followed)
    one = await press(world.organizer, followed, "Open")
    assert "From a file, which was read once." in words(one)


async def test_each_calendar_that_is_followed_can_be_opened_however_many_there_are(world: World) -> None:
    now = world.bot.clock()
    async with world.database.write() as connection:
        await guilds.see(connection, world.guild.id, now)
        for number in range(MOST_SOURCES):
            values: dict[str, Any] = {"url": f"https://a.test/{number}", "name": f"Library no. {number}:"}
            await calendars.add_source(connection, world.guild.id, **values, by=1, now=now, announced=False)
    page, seen_names = seen(await world.organizer.slash(world.general, "event import")), ""
    while "Next →" in buttons(page):
        seen_names += words(page)
        page = await press(world.organizer, page, "Next →")
    seen_names += words(page)
    assert [seen_names.count(f"Library no. {number}:") for number in range(MOST_SOURCES)] == [1] * MOST_SOURCES
    oldest = await press(world.organizer, page, "Open", nth=3)
    assert "Library no. 0:" in words(await press(world.organizer, oldest, "Stop following"))


async def test_a_link_that_leads_nowhere_is_refused_in_words_and_kept_in_its_form(
    world: World, site: CalendarSite
) -> None:
    site.says = 404
    followed = seen(await world.organizer.slash(world.general, "event import"))
    form = await world.organizer.click(followed, custom_id=custom_id(followed, "Paste a link"))
    refused = seen(await world.organizer.submit_modal(form, {"link": site.link}))
    assert "It is not there." in words(refused)
    assert "Open the form again" in buttons(refused)


async def test_members_cannot_bring_in_calendars(world: World, site: CalendarSite) -> None:
    site.says = calendar(*FEW)
    told = seen(await world.member.slash(world.general, "event import", link=site.link))
    assert "organizer" in words(told).casefold()
    assert site.asked == []


async def test_a_busy_calendar_gets_no_cards_unless_organizers_want_them(world: World, site: CalendarSite) -> None:
    days = [f"202601{day:02}T150000Z" for day in range(2, 14)]
    busy = [session(n, 4).replace("20260304T150000Z", day) for n, day in enumerate(days)]
    site.says = calendar(*busy)
    preview = await shown(world, site)
    assert "None gets a card of its own" in words(preview)
    preview = await press(world.organizer, preview, "With cards")
    assert "Each gets a card in the announcements" in words(preview)
    assert "Import 12 events" in buttons(preview)
    assert "Nothing was changed" in words(await press(world.organizer, preview, "Throw away"))


async def test_an_imported_session_gets_its_card_a_week_before(world: World, site: CalendarSite) -> None:
    announcements = await announced_in(world)
    site.says = calendar(*FEW)
    await press(world.organizer, await shown(world, site), "Import 3 events")
    await tick(world)
    assert [message for message in announcements.history() if "Open lab" in words(message)] == []
    async with world.database.read() as connection:
        found = await connection.exec_driver_sql("SELECT announce_at, starts_at FROM event ORDER BY starts_at")
        first = found.first()
    assert [str(moment)[:10] for moment in first or ()] == ["2026-02-25", "2026-03-04"]
