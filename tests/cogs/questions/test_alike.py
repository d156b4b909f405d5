"""What may help already, while one asks: answered questions and resources, from a title and a long text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kit.vocabulary import load
from cogs.questions.service.alike import alike
from db.search import SearchRecord, put_many

if TYPE_CHECKING:
    from db.engine import Database

HOME = 11
VOCABULARY = load()
RECORDS = (
    SearchRecord(HOME, "questions", "1", "question", "Filament snaps in the tube", "Dry it at 45 degrees overnight."),
    SearchRecord(HOME, "questions", "2", "question", "Bobbin thread nests", "Thread it again with the foot up."),
    SearchRecord(HOME, "resources", "1", "guide", "Venting a laser cutter", "Duct, fan and filter, and who signs off."),
    SearchRecord(HOME, "resources", "2", "policy", "Waiver for minors", "A form for parents."),
    SearchRecord(HOME, "events", "1", "event", "Filament swap", "Bring filament that snaps."),
    SearchRecord(99, "questions", "1", "question", "Filament snaps elsewhere", "Somebody else's."),
)


@pytest.fixture
async def stocked(database: Database) -> Database:
    async with database.write() as connection:
        await put_many(connection, RECORDS)
    return database


async def found(database: Database, title: str, details: str = "", limit: int = 5) -> list[str]:
    async with database.read() as connection:
        hits = await alike(connection, HOME, VOCABULARY, title, details, limit=limit)
    return [hit.record.title for hit in hits]


async def test_an_answered_question_is_found_and_no_event(stocked: Database) -> None:
    assert await found(stocked, "My filament snaps") == ["Filament snaps in the tube"]


async def test_slips_in_the_title_are_forgiven(stocked: Database) -> None:
    assert await found(stocked, "Filamnet snpas") == ["Filament snaps in the tube"]


async def test_the_rare_words_of_long_details_find_what_the_title_does_not(stocked: Database) -> None:
    chatter = "We opened in spring and people come in with all sorts of things, which is lovely. " * 40
    assert await found(stocked, "Please help me", f"{chatter} The bobbin nests.") == ["Bobbin thread nests"]


async def test_what_the_title_says_comes_before_what_the_details_mention(stocked: Database) -> None:
    assert (await found(stocked, "Bobbin nests", "Before that the filament was wet."))[0] == "Bobbin thread nests"


async def test_a_brand_finds_what_is_about_its_tool(stocked: Database) -> None:
    assert await found(stocked, "Glowforge fumes") == ["Venting a laser cutter"]


@pytest.mark.parametrize("title", ["", "🎉🎉", '"quoted" AND NOT (odd*', "@everyone", "\0", "zzzzqqqq"])
async def test_odd_titles_find_nothing_and_break_nothing(stocked: Database, title: str) -> None:
    assert await found(stocked, title) == []


async def test_no_more_are_given_than_were_asked_for(stocked: Database) -> None:
    assert len(await found(stocked, "filament bobbin waiver laser", limit=2)) == 2
    assert await found(stocked, "filament", limit=0) == []
