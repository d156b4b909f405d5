"""The search index in a real file: what is found, in which order, for whom, and what is left after changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.faults import StorageFault
from db.search import SearchRecord, complete, find, get, kinds, put, put_many, remove, similar

if TYPE_CHECKING:
    from pathlib import Path

HOME, ELSEWHERE = 1_000_000_000_000_000_001, 1_000_000_000_000_000_002

LASER = SearchRecord(
    HOME,
    "resources",
    "1",
    "guide",
    "Laser cutting in a small library",
    "Choosing and venting the machine. What may never be cut.",
    "laser cutter engraver",
    ("Makers in the Library", "2022"),
    ("laser-cutting",),
    "https://example.org/laser",
)
GLOWFORGE = SearchRecord(HOME, "resources", "2", "guide", "Glowforge basics", "First steps.", tools=("laser-cutting",))
SEWING = SearchRecord(HOME, "events", "1", "event", "Sewing night", "Bring a zipper.", "sewing", tools=("sewing",))
PRINTER = SearchRecord(
    HOME, "questions", "1", "question", "Printer jams", "The filament of our printer jams near the laser room."
)
EVERY = (LASER, GLOWFORGE, SEWING, PRINTER)


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.write() as connection:
        await put_many(connection, EVERY)
    return database


async def titles(database: Database, question: str, *, guild_id: int = HOME, **how: object) -> list[str]:
    async with database.read() as connection:
        found = await find(connection, guild_id, question, **how)  # type: ignore[arg-type]
    return [hit.record.title for hit in found.hits]


async def intact(database: Database) -> None:
    """Raise if the full-text table is not what its records say (https://sqlite.org/fts5.html, "integrity-check")."""
    async with database.write() as connection:
        await connection.execute(text("INSERT INTO search_text(search_text, rank) VALUES ('integrity-check', 1)"))


async def vocabulary(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        rows = await connection.execute(text("SELECT word, records FROM search_word"))
    return {row.word: row.records for row in rows}


async def test_a_record_comes_back_as_it_was_put(filled: Database) -> None:
    async with filled.read() as connection:
        found = await find(connection, HOME, "venting the engraver")
        assert found.hits[0].record == LASER
        assert await get(connection, found.hits[0].record_id) == LASER


async def test_a_word_in_the_title_weighs_more_than_one_in_the_text(filled: Database) -> None:
    assert await titles(filled, "laser") == [LASER.title, PRINTER.title]


async def test_another_form_of_a_word_is_found(filled: Database) -> None:
    assert await titles(filled, "jammed printers") == [PRINTER.title]


async def test_accents_and_capitals_do_not_matter(database: Database) -> None:
    async with database.write() as connection:
        await put(connection, SearchRecord(HOME, "resources", "1", "guide", "Café de réparation"))
    assert await titles(database, "CAFE RÉPARATION") == ["Café de réparation"]


async def test_facts_are_searched_too(filled: Database) -> None:
    assert await titles(filled, "2022") == [LASER.title]


async def test_small_words_alone_are_searched_for_after_all(filled: Database) -> None:
    assert await titles(filled, "what of the") != []
    assert await titles(filled, "what of the zipper") == [SEWING.title]


async def test_kind_and_tool_narrow_the_search_and_its_total(filled: Database) -> None:
    assert await titles(filled, "laser glowforge printer", kind="question") == [PRINTER.title]
    async with filled.read() as connection:
        found = await find(connection, HOME, "laser glowforge printer", tools=("laser-cutting",), kind="guide", limit=1)
    assert (len(found.hits), found.total) == (1, 2)
    assert await titles(filled, "laser", kind="guide", tools=("sewing",)) == []


async def test_pages_follow_each_other_and_the_total_counts_them_all(filled: Database) -> None:
    question = "laser sewing glowforge"
    whole = await titles(filled, question, limit=10)
    paged = [await titles(filled, question, limit=1, offset=place) for place in range(4)]
    assert [title for page in paged for title in page] == whole
    async with filled.read() as connection:
        beyond = await find(connection, HOME, question, offset=50)
    assert (beyond.hits, beyond.total) == ((), 4)


async def test_nobody_sees_the_records_of_another_server(filled: Database) -> None:
    theirs = SearchRecord(ELSEWHERE, "resources", "1", "guide", "Their laser", tools=("laser-cutting",))
    async with filled.write() as connection:
        number = await put(connection, theirs)
    assert await titles(filled, "laser", guild_id=ELSEWHERE) == ["Their laser"]
    assert "Their laser" not in await titles(filled, "laser", extra=("their laser",), limit=50)
    assert await titles(filled, "laser", guild_id=3) == []
    async with filled.read() as connection:
        assert (await find(connection, ELSEWHERE, "laser")).total == 1
        assert await similar(connection, number) == await find(connection, HOME, "")
        assert await complete(connection, ELSEWHERE, "") == ((number, "Their laser"),)
        assert await kinds(connection, ELSEWHERE) == {"guide": 1}


async def test_a_brand_finds_its_tool_behind_the_records_that_name_it(filled: Database) -> None:
    assert await titles(filled, "Glowforge") == [GLOWFORGE.title]
    widened = await titles(filled, "Glowforge", extra=("laser cutter", "laser cutting", "engraver"))
    assert widened == [GLOWFORGE.title, LASER.title]


async def test_widening_does_not_reorder_the_records_that_have_all_words(filled: Database) -> None:
    async with filled.write() as connection:
        await put(connection, SearchRecord(HOME, "x", "1", "guide", "Glowforge", "laser cutter " * 30))
        await put(connection, SearchRecord(HOME, "x", "2", "guide", "Glowforge Glowforge and Glowforge"))
    plain = await titles(filled, "Glowforge", limit=10)
    widened = await titles(filled, "Glowforge", extra=("laser cutter",), limit=10)
    assert widened[: len(plain)] == plain


async def test_widening_counts_each_record_once(filled: Database) -> None:
    async with filled.read() as connection:
        found = await find(connection, HOME, "laser", extra=("laser cutter", "laser", ""))
    assert found.total == len(found.hits) == 2


async def test_more_like_this_leaves_itself_out_and_prefers_what_shares_words_or_tools(filled: Database) -> None:
    async with filled.read() as connection:
        laser = (await find(connection, HOME, "engraver")).hits[0].record_id
        alike = await similar(connection, laser)
        assert [hit.record.title for hit in alike.hits] == [GLOWFORGE.title, PRINTER.title]
        assert alike.total == 2
        assert (await similar(connection, 99)).hits == ()


async def test_titles_complete_from_any_word_and_from_the_start_first(filled: Database) -> None:
    async with filled.read() as connection:

        async def completed(prefix: str) -> list[str]:
            return [title for _, title in await complete(connection, HOME, prefix)]

        assert await completed("l") == [LASER.title]
        assert await completed("LIBR las") == [LASER.title]
        assert await completed("s") == [SEWING.title, LASER.title]
        assert await completed("aser") == []
        assert await completed("%") == await completed("") == [record.title for record in reversed(EVERY)]
        assert len(await complete(connection, HOME, "", limit=2)) == 2


async def test_kinds_are_counted(filled: Database) -> None:
    async with filled.read() as connection:
        assert await kinds(connection, HOME) == {"guide": 2, "event": 1, "question": 1}


async def test_a_record_put_again_takes_the_place_of_the_old_one(filled: Database) -> None:
    async with filled.write() as connection:
        before = (await find(connection, HOME, "engraver")).hits[0].record_id
        after = await put(connection, SearchRecord(HOME, "resources", "1", "toolkit", "Kiln firing"))
    assert after == before
    assert await titles(filled, "engraver") == []
    assert await titles(filled, "kiln", kind="toolkit") == ["Kiln firing"]
    assert "engraver" not in await vocabulary(filled)
    await intact(filled)


async def test_a_removed_record_is_gone_and_its_number_is_not_used_again(filled: Database) -> None:
    async with filled.write() as connection:
        last = await put(connection, SearchRecord(HOME, "resources", "9", "guide", "Short lived"))
        assert await remove(connection, HOME, "resources", "9")
        assert not await remove(connection, HOME, "resources", "9")
        assert await put(connection, SearchRecord(HOME, "resources", "10", "guide", "Next")) > last
    assert await titles(filled, "lived") == []
    assert "lived" not in await vocabulary(filled)
    await intact(filled)


async def test_a_twin_later_in_one_import_wins(database: Database) -> None:
    async with database.write() as connection:
        numbers = await put_many(
            connection,
            [SearchRecord(HOME, "r", "1", "guide", "First"), SearchRecord(HOME, "r", "1", "guide", "Second")],
        )
    assert numbers[0] == numbers[1]
    assert await titles(database, "first second") == ["Second"]
    assert await vocabulary(database) == {"second": 1}
    await intact(database)


async def test_what_was_rolled_back_is_neither_found_nor_known(filled: Database) -> None:
    before = await vocabulary(filled)

    async def half_done() -> None:
        async with filled.write() as connection:
            await put(connection, SearchRecord(HOME, "resources", "9", "guide", "Soldering"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half_done()
    assert await titles(filled, "soldering") == []
    assert await vocabulary(filled) == before
    await intact(filled)


async def test_the_check_of_the_full_text_table_sees_what_is_wrong(filled: Database) -> None:
    async with filled.write() as connection:
        await connection.execute(text("DROP TRIGGER search_record_changed"))
        await connection.execute(text("UPDATE search_record SET title = 'changed behind its back'"))
    with pytest.raises(StorageFault):
        await intact(filled)


async def test_a_fault_of_the_storage_is_told_as_such(tmp_path: Path) -> None:
    damaged = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    async with damaged.read() as connection:
        with pytest.raises(DBAPIError, match="no such table"):
            await find(connection, HOME, "laser")
    await damaged.close()
