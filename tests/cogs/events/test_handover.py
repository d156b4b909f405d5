"""What is taken away of events: the calendar read by icalendar, tables and agendas, counts and no names."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from db import events, guilds, setup
from db.events import GOING, LINK, MAYBE, WAITING, Plan, Rsvp, Where
from tests.bot.exporting.planting import GUILD, NOW
from tests.bot.exporting.reading import Page, everything, table, taken

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import AsyncConnection, Database
    from db.events import Event

CHICAGO = ZoneInfo("America/Chicago")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TUESDAYS = [datetime(2026, month, day, 15, 0) for month, day in ((10, 6), (11, 3), (12, 1))] + [  # noqa: DTZ001 - wall times
    datetime(2027, month, day, 15, 0)  # noqa: DTZ001
    for month, day in ((1, 5), (2, 2), (3, 2), (4, 6))
]


async def begin(connection: AsyncConnection) -> None:
    await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
    await setup.change(connection, GUILD, NOW, zone="America/Chicago")


async def add(connection: AsyncConnection, title: str, days: float, where: Where | None = None) -> Event:
    starts = NOW + timedelta(days=days)
    plan = Plan(title=title, zone="America/Chicago", where=where or Where(), places=2, hosts=(700_700_700_700,))
    return await events.add(connection, GUILD, plan, starts, starts + HOUR, by=1, now=NOW)


async def first_tuesdays(connection: AsyncConnection) -> list[Event]:
    """A series at 3 PM in Chicago, one date of which is called off."""
    plan = Plan(title="Tool talk", zone="America/Chicago", template="talk")
    series = await events.add_series(
        connection, GUILD, plan, rule="FREQ=MONTHLY;BYDAY=1TU", start_local=TUESDAYS[0], minutes=60, by=1, now=NOW
    )
    made = []
    for local in TUESDAYS:
        starts = local.replace(tzinfo=CHICAGO).astimezone(UTC)
        key, number = events.key_of(local), series.series_id
        made.append(
            await events.add(
                connection,
                GUILD,
                plan,
                starts,
                starts + HOUR,
                by=1,
                now=NOW,
                series_id=number,
                occurrence_key=key,
            )
        )
    made[3] = await events.cancel(connection, made[3], 1, "New year", NOW)
    return made


async def test_the_calendar_is_read_by_others_with_its_series_and_what_was_called_off(
    database: Database, tmp_path: Path
) -> None:
    async with database.write() as connection:
        await begin(connection)
        await first_tuesdays(connection)
        await add(connection, "Long ago", -400)
        off = await add(connection, "Called off", 3)
        await events.cancel(connection, off, 1, "The host is ill.", NOW)
    content = (await taken(database, tmp_path / "out") / "events/calendar.ics").read_bytes()
    calendar = icalendar.Calendar.from_ical(content)
    assert str(calendar["X-WR-CALNAME"]) == "NOM Libraries"
    found = recurring_ical_events.of(calendar).between(NOW - 60 * DAY, NOW + 150 * DAY)
    talks = [one for one in found if one["SUMMARY"] == "Tool talk"]
    states = {one["DTSTART"].dt.astimezone(CHICAGO): str(one["STATUS"]) for one in talks}
    assert [at.replace(tzinfo=None) for at in sorted(states)] == TUESDAYS
    assert [states[at] for at in sorted(states)] == ["CONFIRMED"] * 3 + ["CANCELLED"] + ["CONFIRMED"] * 3
    single = {str(one["SUMMARY"]): str(one["STATUS"]) for one in calendar.events if "RRULE" not in one}
    assert single["Long ago"] == "CONFIRMED"
    assert single["Called off"] == "CANCELLED"


async def test_who_came_is_a_number(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await begin(connection)
        event = await add(connection, "Open lab", -7)
        for person, answer in enumerate((GOING, GOING, MAYBE, WAITING), start=800_800_800_800):
            line = 1 if answer == WAITING else None
            said = Rsvp(event.event_id, person, answer, f"Name of {person}", NOW, line=line)
            await events.put_answer(connection, said)
        await events.note_came(connection, event.event_id, 2, NOW)
        await events.ask(connection, event.event_id, 800_800_800_800, "How *loud* is it?", named=True, now=NOW)
    folder = await taken(database, tmp_path / "out")
    (row,) = table(folder / "events/events.csv")
    assert (row["title"], row["starts"], row["time zone"]) == ("Open lab", "2026-11-16 06:00", "America/Chicago")
    assert [row[name] for name in ("going", "maybe", "can't come", "in line", "came")] == ["2", "1", "0", "1", "2"]
    (one,) = json.loads((folder / "events/events.json").read_text())["events"]
    assert one["answers"] == {"going": 2, "maybe": 1, "waiting": 1}
    assert [asked["text"] for asked in one["agenda"]] == ["How *loud* is it?"]
    assert "- How \\*loud\\* is it?" in (folder / "events/agendas.md").read_text()
    written = everything(folder)
    assert "800800800" not in written
    assert "700700700" not in written


async def test_the_page_shows_the_next_dates_of_a_series_and_how_it_repeats(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await begin(connection)
        await first_tuesdays(connection)
    page = Page((await taken(database, tmp_path / "out") / "index.html").read_text())
    assert page.text.count("Repeats: the first Tuesday of each month") == 3
    assert "Tuesday, December 1, 2026, 3:00 PM (Chicago time)" in page.text
    assert "Called off: Tool talk Tuesday, January 5, 2027" in page.text
    assert "March" not in page.text
    assert "Past events November 3, 2026 : Tool talk October 6, 2026 : Tool talk" in page.text


async def test_an_event_that_is_on_right_now_is_coming_and_not_past(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await begin(connection)
        await add(connection, "Going on", -0.02, Where(LINK, "https://meet.example.org/now"))
    page = Page((await taken(database, tmp_path / "out") / "index.html").read_text())
    assert page.text.count("Going on") == 1
    assert "past-events" not in page.ids
