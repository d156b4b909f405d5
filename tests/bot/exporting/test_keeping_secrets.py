from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.bot.exporting.planting import GUILD, plant
from tests.bot.exporting.reading import Page, everything, table, taken

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database

# All else that is in the database must not be in any file. Who adds a column here says that it may be passed on.
WORDS_THAT_GO_OUT = {
    "collection": {"name", "about"},
    "collection_item": {"sentence"},
    "event": {"title", "about", "note"},
    "event_question": {"text"},
    "event_series": {"title", "about"},
    "event_template": {"template", "title", "about"},
    "guild": {"name"},
    "mentoring_round": {"name"},
    "question": {"title", "details", "tried", "answer_text"},
    "resource": {
        *("title", "link", "description", "topics", "creator", "publisher", "license", "identifier", "origin"),
    },
    "resource_link": {"kind", "moved_to", "archived_link"},
    "setup": {"agreement"},
}
NUMBERS_THAT_GO_OUT = {
    "event": {"channel_id", "message_id"},
    "event_settings": {"news_role_id"},
    "question": {"thread_id", "answer_message_id"},
    "setup": {
        *("start_id", "announcements_id", "questions_id", "introductions_id", "show_id", "resources_id"),
        *("mentoring_id", "desk_id", "organizer_role_id"),
    },
}


def places(columns: dict[str, set[str]]) -> set[str]:
    return {f"{table}.{column}" for table, inside in columns.items() for column in inside}


async def test_of_all_that_is_kept_only_what_may_be_passed_on_is_in_any_file(
    database: Database, tmp_path: Path
) -> None:
    async with database.write() as connection:
        marks, numbers = await plant(connection)
    assert len(marks) > 100
    assert len(numbers) > 80
    written = everything(await taken(database, tmp_path / "out"))
    assert {place for mark, place in marks.items() if mark in written} == places(WORDS_THAT_GO_OUT)
    assert {place for number, place in numbers.items() if str(number) in written} == places(NUMBERS_THAT_GO_OUT)


async def test_the_page_shows_less_than_the_files(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        marks, numbers = await plant(connection)
    text = (await taken(database, tmp_path / "out") / "index.html").read_text()
    shown = {place for mark, place in marks.items() if mark in text}
    assert shown == {
        *("guild.name", "event.title", "event.about", "event.note"),
        *("resource.title", "resource.link", "resource.description", "resource.creator", "resource.license"),
    }
    assert [number for number in (*numbers, GUILD) if str(number) in text] == []


async def test_a_link_that_is_for_those_who_go_is_nowhere(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await plant(connection)
    folder = await taken(database, tmp_path / "out")
    assert "Mark-event-where_text" not in everything(folder)
    page = Page((folder / "index.html").read_text())
    assert "Called off: Mark-event-title" in page.text
    (row,) = table(folder / "events/events.csv")
    assert (row["where"], row["state"], row["going"]) == ("shown in Discord to those who go", "cancelled", "1")


async def test_numbers_of_discord_are_texts_that_no_program_rounds(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await plant(connection)
    settings = json.loads((await taken(database, tmp_path / "out") / "settings.json").read_text())
    assert settings["server"] == {"name": "Mark-guild-name", "number": str(GUILD)}
    assert all(isinstance(number, str) for number in settings["channels"].values())
    assert settings["time_zone"] == "America/Chicago"
