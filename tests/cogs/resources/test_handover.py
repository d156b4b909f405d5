"""What is taken away of the catalogue, read back by our own importer and by what others read it with."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING

import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string

from cogs.resources import handover
from cogs.resources.exchange import entry_of
from cogs.resources.formats import read
from db import guilds, resources
from db.resources import Description
from tests.bot.exporting.planting import GUILD, NOW
from tests.bot.exporting.reading import Page, taken
from tests.kit.world import TOOLS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from db.engine import Database


def described(number: int) -> Description:
    link = f"https://example{number % 7}.org/makerspace/{number}"
    return Description(
        link=link,
        link_key=link,
        title=f"=Lesson {number}, “lasers” & café",
        description="How one library did it; with {braces}, \\slashes and a 100% budget.",
        kind="lesson-plan" if number % 2 else "policy",
        tools=("laser-cutter", "3d-printer")[: 1 + number % 2],
        topics=(f"topic {number}", "libraries, rural"),
        audience=("school",),
        levels=("adult",),
        creator="Lee, Ana; O'Brien, Sam",
        publisher="A City Library",
        year=2000 + number % 26,
        language="en",
        license="CC BY 4.0",
        identifier="",
    )


async def fill(database: Database, many: int) -> list[Description]:
    abouts = [described(number) for number in range(many)]
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
        await resources.add_published(connection, GUILD, abouts, NOW)
    return abouts


async def test_the_catalogue_comes_back_from_each_format(database: Database, tmp_path: Path) -> None:
    abouts = await fill(database, 5)
    folder = await taken(database, tmp_path / "out") / "resources"
    entries = [entry_of(about) for about in abouts]
    for name in ("catalogue.csv", "catalogue.ris", "catalogue.bib", "catalogue.json"):
        back = read((folder / name).read_bytes(), name, vocabulary=TOOLS)
        assert [row.entry for row in back.rows] == entries, name
    titles = [about.title for about in abouts]
    assert [record["title"] for record in rispy.loads((folder / "catalogue.ris").read_bytes().decode())] == titles
    library = parse_string((folder / "catalogue.bib").read_bytes().decode())
    assert len(library.entries) == len(titles)
    assert library.failed_blocks == []
    assert [one["title"] for one in json.loads((folder / "catalogue.json").read_text())] == titles


async def test_no_cell_of_any_table_is_run_by_a_spreadsheet(database: Database, tmp_path: Path) -> None:
    await fill(database, 2)
    folder = await taken(database, tmp_path / "out")
    tables = sorted(folder.rglob("*.csv"))
    assert len(tables) >= 5
    for table in tables:
        with table.open(encoding="utf-8-sig", newline="") as opened:
            assert [cell for row in csv.reader(opened) for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")] == []


async def test_collections_keep_their_order_and_their_sentences(database: Database, tmp_path: Path) -> None:
    await fill(database, 3)
    async with database.write() as connection:
        number = await resources.add_collection(connection, GUILD, "For *starters*", "for starters", "Begin", 9, NOW)
        for which, sentence in ((3, "The shortest."), (1, "")):
            await resources.put_item(connection, number, which, sentence, 9, NOW)
    folder = await taken(database, tmp_path / "out") / "resources"
    (collection,) = json.loads((folder / "collections.json").read_text())
    assert (collection["name"], collection["about"]) == ("For *starters*", "Begin")
    assert [(one["link"][-1], one["why"]) for one in collection["resources"]] == [("2", "The shortest."), ("0", "")]
    written = (folder / "collections.md").read_text()
    assert "## For \\*starters\\*" in written
    assert "<https://example2.org/makerspace/2> The shortest." in written


async def test_a_large_catalogue_goes_out_in_files_that_can_each_be_imported(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(handover, "MAX_ROWS", 10)
    abouts = await fill(database, 25)
    folder = await taken(database, tmp_path / "out") / "resources"
    parts = [folder / "catalogue.csv", folder / "catalogue-2.csv", folder / "catalogue-3.csv"]
    assert sorted(folder.glob("catalogue*.csv")) == sorted(parts)
    back = [row.entry for part in parts for row in read(part.read_bytes(), part.name, vocabulary=TOOLS).rows]
    assert back == [entry_of(about) for about in abouts]
    readme = (folder.parent / "README.md").read_text()
    assert "`resources/catalogue-3.csv`: more of it (3)" in readme


async def test_opportunities_that_are_over_are_not_on_the_page(database: Database, tmp_path: Path) -> None:
    today = NOW.date()
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
        calls = [
            Description(f"https://example.org/{day}", f"{day}", f"Call {day}", "", "opportunity", closes_on=day)
            for day in (date(2026, 11, 22), today)
        ]
        await resources.add_published(connection, GUILD, calls, NOW)
    page = (await taken(database, tmp_path / "out") / "index.html").read_text()
    assert "Call 2026-11-22" not in page
    assert "Call 2026-11-23" in page
    assert "Open until" in page


async def test_a_title_in_another_language_is_said_in_its_language(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
        abouts = [
            Description(f"https://example.org/{language}", language, language, "", "guide", language=language)
            for language in ("es", "zh-Hans", "English", "")
        ]
        await resources.add_published(connection, GUILD, abouts, NOW)
    page = Page((await taken(database, tmp_path / "out") / "index.html").read_text())
    assert [one["lang"] for tag, one in page.elements if tag == "p" and "lang" in one] == ["es", "zh-Hans"]
