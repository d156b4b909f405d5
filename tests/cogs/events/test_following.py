"""Following a calendar over real HTTP: what changes there changes here, and a bad answer changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.kit.drafts import Drafts
from bot.kit.errors import GoneError, UserError
from bot.kit.servers import Servers
from cogs.events.ical.apart import read_apart
from cogs.events.ical.reading import read
from cogs.events.service import obtaining
from cogs.events.service.importing import Importing
from cogs.events.service.watching import EVERY, LOOK, OUTAGE, TROUBLE, WHOLE_EVERY, Look, Watching, subject
from db import calendars, delivery, events, guilds
from db.delivery import Way
from db.events import GOING, PLANNED, Rsvp
from tests.cogs.events.calendar_site import CalendarSite, calendar, session
from tests.cogs.events.feeding import GUILD, KIM, NOW, Now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from cogs.events.ical.found import Reading
    from cogs.events.service.syncing import Done
    from db.calendars import CalendarSource
    from db.delivery import Delivery
    from db.engine import Database
    from db.events import Event

ROSA, CHANNEL, DESK = 5, 900, (Way.CHANNEL, 901)


async def in_a_thread(content: bytes, zone: str, since: datetime, until: datetime) -> Reading:
    """As in a process of its own, without its start."""
    return await asyncio.to_thread(read, content, zone, since, until)


@dataclass
class Scene:
    site: CalendarSite
    database: Database
    clock: Now
    watching: Watching
    importing: Importing

    async def bring_in(self, *sessions: str) -> CalendarSource:
        self.site.says = calendar(*sessions)
        shown = await self.importing.preview_link(GUILD, ROSA, self.site.link)
        source, _ = await self.importing.bring_in(GUILD, ROSA, shown.draft_id, CHANNEL)
        return source

    async def look(
        self, source: CalendarSource, says: bytes | int | str | None = None, *, believed: bool = False
    ) -> Look:
        """The next look, some hours later."""
        self.site.says = self.site.says if says is None else says
        self.clock.at += EVERY
        return await self.watching.look(GUILD, source.source_id, CHANNEL, DESK, believed=believed)

    async def events(self) -> list[Event]:
        async with self.database.read() as connection:
            return await calendars.events_since(connection, GUILD, NOW - timedelta(days=30))

    async def planned(self) -> list[str]:
        return [
            f"{event.starts_at:%d %H} {event.plan.title}" for event in await self.events() if event.state == PLANNED
        ]

    async def promised(self, kind: str, of: str) -> list[Delivery]:
        async with self.database.read() as connection:
            return await delivery.of_subject(connection, GUILD, kind, of)


@pytest.fixture
async def scene(database: Database) -> AsyncIterator[Scene]:
    clock, servers = Now(), Servers()
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
    async with CalendarSite() as site, site.fetcher() as fetcher:
        watching = Watching(database, clock, servers, lambda: fetcher, in_a_thread)
        yield Scene(
            site, database, clock, watching, Importing(database, clock, servers, Drafts(database, clock), watching)
        )


FOUR = [session(number, number + 3) for number in range(1, 5)]


async def test_a_preview_changes_nothing_and_says_what_would_come(scene: Scene) -> None:
    scene.site.says = calendar(*FOUR, session(9, 9, more="RRULE:FREQ=SECONDLY\n"))
    shown = await scene.importing.preview_link(GUILD, ROSA, scene.site.link.replace("http://", "http://"))
    assert (shown.name, shown.known, shown.announced) == ("Library events", False, True)
    assert [f"{each.starts_at:%d %H}" for each in shown.sessions] == ["04 15", "05 15", "06 15", "07 15"]
    assert [each.why for each in shown.left_out] == ["it repeats more often than daily"]
    assert await scene.events() == []


async def test_new_moved_renamed_and_cancelled_sessions_follow(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    assert await scene.planned() == ["04 15 Open lab", "05 15 Open lab", "06 15 Open lab", "07 15 Open lab"]
    first = (await scene.events())[0]
    async with scene.database.write() as connection:
        await events.put_answer(connection, Rsvp(first.event_id, KIM, GOING, "kim", NOW))
    moved, renamed = session(1, 9, hour=16), session(2, 5, "Laser night")
    off, new = session(3, 6, more="STATUS:CANCELLED\n"), session(5, 20)
    found = await scene.look(source, calendar(moved, renamed, off, FOUR[3], new))
    assert (found.done.moved, found.done.changed, found.done.cancelled, found.done.new) == (1, 1, 1, 1)
    assert await scene.planned() == ["05 15 Laser night", "07 15 Open lab", "09 16 Open lab", "20 15 Open lab"]
    (told,) = await scene.promised("event-told", f"event:{first.event_id}")
    assert told.moment.startswith("moved-")
    assert [event.event_id for event in await scene.events() if f"{event.starts_at:%d}" == "09"] == [first.event_id]


async def test_a_session_that_moves_earlier_gets_its_card_earlier_too(scene: Scene) -> None:
    source = await scene.bring_in(session(1, 28), *FOUR[1:])
    (event,) = [each for each in await scene.events() if f"{each.starts_at:%d}" == "28"]
    await scene.look(source, calendar(session(1, 20), *FOUR[1:]))
    (card,) = await scene.promised("event-card", f"event:{event.event_id}")
    assert f"{card.due_at:%m-%d}" == "03-13"


async def test_what_says_the_same_changes_nothing_and_is_looked_at_again_in_some_hours(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    before = await scene.events()
    assert not (await scene.look(source)).done.anything
    assert await scene.events() == before
    waiting = [each for each in await scene.promised(LOOK, subject(source.source_id)) if each.state == "waiting"]
    assert [each.due_at for each in waiting] == [scene.clock.at + EVERY]


async def test_a_session_that_is_missing_is_called_off_at_the_second_look(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    assert (await scene.look(source, calendar(*FOUR[1:]))).done.missing == 1
    assert len(await scene.planned()) == 4
    assert (await scene.look(source)).done.cancelled == 1
    assert len(await scene.planned()) == 3
    assert (await scene.events())[0].note == "No longer in Library events"
    assert (await scene.look(source, calendar(*FOUR))).done.revived == 1
    assert len(await scene.planned()) == 4


async def test_a_session_that_becomes_unreadable_stays_however_often_it_is_looked_at(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    backwards = session(1, 4).replace("DURATION:PT1H", "DTEND:20260301T150000Z")
    refused, odd = session(2, 5, more="RRULE:FREQ=SECONDLY\n"), session(3, 6).replace("20260306T", "soon")
    for _ in range(3):
        found = await scene.look(source, calendar(backwards, refused, odd, FOUR[3]))
        assert (found.source.trouble, found.done.cancelled, found.done.missing) == ("", 0, 0)
    assert len(await scene.planned()) == 4


class Cut(Watching):
    """Ends before it has brought in anything, as where the bot is started anew just then."""

    async def follow(self, source: CalendarSource, reading: Reading, channel_id: int | None) -> Done:
        del source, reading, channel_id
        raise asyncio.CancelledError


def cut(scene: Scene) -> Importing:
    parts = (scene.database, scene.clock, Servers())
    return Importing(*parts, Drafts(*parts[:2]), Cut(*parts, lambda: None, in_a_thread))  # type: ignore[arg-type, return-value]


async def test_an_import_that_is_cut_off_is_made_good_at_the_next_look(scene: Scene) -> None:
    scene.site.says, scene.site.etag = calendar(*FOUR), '"one"'
    shown = await scene.importing.preview_link(GUILD, ROSA, scene.site.link)
    with pytest.raises(asyncio.CancelledError):
        await cut(scene).bring_in(GUILD, ROSA, shown.draft_id, CHANNEL)
    (source,) = await scene.watching.sources(GUILD)
    assert (await scene.look(source)).done.new == 4
    assert (await scene.watching.source(GUILD, source.source_id)).etag == '"one"'


async def test_a_file_whose_import_is_cut_off_can_be_brought_in_by_the_same_button(scene: Scene) -> None:
    shown = await scene.importing.preview_file(GUILD, ROSA, calendar(*FOUR), "events.ics")
    with pytest.raises(asyncio.CancelledError):
        await cut(scene).bring_in(GUILD, ROSA, shown.draft_id, None)
    _, done = await scene.importing.bring_in(GUILD, ROSA, shown.draft_id, None)
    assert (done.new, len(await scene.watching.sources(GUILD))) == (4, 1)
    with pytest.raises(GoneError):
        await scene.importing.bring_in(GUILD, ROSA, shown.draft_id, None)


BAD: list[bytes | int | str] = [
    b"", calendar(), "page", "half", "bomb", "endless", "inward", "cut", "slow",
    b"BEGIN:VCALENDAR\r\n;;;\r\nEND:VEVENT\r\nEND:VCALENDAR", 404, 403, 500, 304, calendar(FOUR[0]),
]  # fmt: skip


async def test_whatever_a_server_does_known_events_stay_and_organizers_hear_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(obtaining, "WITHIN_S", 0.5)
    five = [*FOUR, session(5, 8), session(6, 9)]
    source = await scene.bring_in(*five)
    before = await scene.events()
    for says in BAD:
        for _ in range(2):
            found = await scene.look(source, says)
            assert found.source.trouble, says
            assert found.source.trouble_words.endswith("."), says
            assert not found.done.anything
    assert await scene.events() == before
    assert len(await scene.promised(TROUBLE, subject(source.source_id))) == 1
    assert (await scene.look(source, calendar(*five))).source.trouble == ""
    await scene.look(source, b"")
    assert len(await scene.promised(TROUBLE, subject(source.source_id))) == 2


async def test_a_server_that_is_out_of_reach_is_told_only_after_a_day(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    await scene.look(source, 503)
    assert await scene.promised(TROUBLE, subject(source.source_id)) == []
    scene.clock.at += OUTAGE
    await scene.look(source, 503)
    assert len(await scene.promised(TROUBLE, subject(source.source_id))) == 1


async def test_a_calendar_that_is_gone_for_good_is_looked_at_no_more(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    found = await scene.look(source, 410)
    assert (found.source.trouble, found.source.paused_at) == ("gone", scene.clock.at)
    assert len(await scene.planned()) == 4
    assert [each.state for each in await scene.promised(LOOK, subject(source.source_id))] == ["dropped", "dropped"]


async def test_what_vanished_is_called_off_when_a_person_says_so(scene: Scene) -> None:
    many = [session(number, number + 3) for number in range(1, 9)]
    source = await scene.bring_in(*many)
    assert (await scene.look(source, calendar(*many[:2]))).source.trouble == "vanished"
    assert len(await scene.planned()) == 8
    assert (await scene.look(source, believed=True)).done.cancelled == 6
    assert len(await scene.planned()) == 2


async def test_a_server_that_says_for_ever_that_nothing_changed_is_asked_for_all_of_it(scene: Scene) -> None:
    scene.site.etag = '"one"'
    source = await scene.bring_in(*FOUR)
    for _ in range(WHOLE_EVERY):
        await scene.look(source, calendar(*FOUR, session(5, 20)))
    assert len(await scene.planned()) == 4
    assert all(asked["If-None-Match"] == '"one"' for asked in scene.site.asked[1:])
    assert (await scene.look(source)).done.new == 1
    assert "If-None-Match" not in scene.site.asked[-1]


async def test_what_organizers_changed_by_hand_stays_until_the_calendar_says_something_else(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    first, second = (await scene.events())[:2]
    at = first.starts_at + timedelta(hours=2)
    async with scene.database.write() as connection:
        await events.change(connection, first, NOW, starts_at=at, ends_at=at + timedelta(hours=1))
        await events.cancel(connection, second, ROSA, "We are ill.", NOW)
    await scene.look(source)
    assert await scene.planned() == ["04 17 Open lab", "06 15 Open lab", "07 15 Open lab"]
    await scene.look(source, calendar(session(1, 4, "Lab"), session(2, 5, "Lab"), *FOUR[2:]))
    assert await scene.planned() == ["04 15 Lab", "06 15 Open lab", "07 15 Open lab"]


async def test_a_file_is_read_once_and_a_newer_one_changes_what_the_first_brought(scene: Scene) -> None:
    for content in (calendar(*FOUR), calendar(session(1, 9), session(5, 20))):
        shown = await scene.importing.preview_file(GUILD, ROSA, content, "events.ics")
        await scene.importing.bring_in(GUILD, ROSA, shown.draft_id, None)
    assert await scene.planned() == [
        "05 15 Open lab", "06 15 Open lab", "07 15 Open lab", "09 15 Open lab", "20 15 Open lab",
    ]  # fmt: skip
    (source,) = await scene.watching.sources(GUILD)
    assert await scene.promised(LOOK, subject(source.source_id)) == []


async def test_a_calendar_is_paused_goes_on_and_is_stopped_and_its_events_stay(scene: Scene) -> None:
    source = await scene.bring_in(*FOUR)
    await scene.watching.pause(GUILD, source.source_id)
    assert [each.state for each in await scene.promised(LOOK, subject(source.source_id))] == ["dropped"]
    scene.clock.at += timedelta(hours=1)
    await scene.watching.go_on(GUILD, source.source_id)
    assert [each.state for each in await scene.promised(LOOK, subject(source.source_id))] == ["dropped", "waiting"]
    await scene.watching.stop(GUILD, source.source_id)
    assert await scene.watching.sources(GUILD) == []
    assert [event.source for event in await scene.events()] == [None] * 4
    with pytest.raises(UserError, match="no longer followed"):
        await scene.look(source)


async def test_a_preview_is_used_once(scene: Scene) -> None:
    scene.site.says = calendar(*FOUR)
    shown = await scene.importing.preview_link(GUILD, ROSA, scene.site.link)
    await scene.importing.bring_in(GUILD, ROSA, shown.draft_id, None)
    with pytest.raises(UserError):
        await scene.importing.bring_in(GUILD, ROSA, shown.draft_id, None)
    assert len(await scene.planned()) == 4


@pytest.mark.parametrize("typed", ["events", "ftp://x/y.ics", "https://a b", "https://x.test/" + "a" * 2000])
async def test_what_is_no_link_is_refused_in_words(scene: Scene, typed: str) -> None:
    with pytest.raises(UserError, match="link"):
        await scene.importing.preview_link(GUILD, ROSA, typed)


async def test_the_real_reader_is_a_process_of_its_own(scene: Scene) -> None:
    content = calendar(*FOUR)
    since, until = NOW, NOW + timedelta(days=60)
    assert await read_apart(content, "UTC", since, until) == await in_a_thread(content, "UTC", since, until)
