from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.exporting import export
from bot.kit.errors import UserError
from db import guilds
from db.migrations import migrate
from tests.bot.exporting.planting import GUILD, NOW, plant
from tests.bot.exporting.reading import everything, taken
from tests.kit.cli import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database
    from tests.bot.exporting.conftest import Benchmate

OTHER = GUILD + 1


async def name(database: Database, *names: str) -> None:
    async with database.write() as connection:
        for number, one in enumerate(names):
            await guilds.note_name(connection, GUILD + number, one, NOW)


def beside(folder: Path, begin: str) -> list[Path]:
    """What lies in a folder and begins so, by its name."""
    return sorted(path for path in folder.iterdir() if path.name.startswith(begin))


async def test_it_needs_no_token_and_says_what_it_wrote_and_where(
    database: Database, tmp_path: Path, benchmate: Benchmate
) -> None:
    async with database.write() as connection:
        await plant(connection)
    await name(database, "NOM Libraries")
    said = await benchmate("out")
    assert said.code == 0, said.err
    assert "NOM Libraries: 23 files" in said.out
    assert "1 event, 1 agenda question, 1 mentoring round, 1 question, 1 resource, 1 collection" in said.out
    assert "out/nom-libraries/index.html is a page for any web space" in said.out
    assert "No member is named in it" in said.out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["README.md", "nom-libraries"]
    assert "[nom-libraries](nom-libraries/README.md): NOM Libraries" in (tmp_path / "out/README.md").read_text()


async def test_every_file_is_in_the_readme_or_named_by_its_folder(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await plant(connection)
    folder = await taken(database, tmp_path / "out")
    readme = (folder / "README.md").read_text()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    named = {file for file in files if f"`{file}`" in readme}
    rest = {file for file in files - named if not file.startswith(("questions/posts/", "mentoring/rounds/"))}
    assert rest == {"README.md"}
    assert "questions/posts" in readme
    assert "mentoring/rounds" in readme
    assert "whom somebody would rather not be paired with" in readme.partition("## What is left out")[2]


async def test_a_folder_with_something_in_it_is_left_alone_and_the_way_out_is_said(
    database: Database, tmp_path: Path, benchmate: Benchmate
) -> None:
    await name(database, "NOM Libraries")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.txt").write_text("years of work")
    (await benchmate("out")).expect_refusal("Choose the name of a new folder; or add --over")
    assert everything(tmp_path / "out") == "thesis.txt\nyears of work"

    said = await benchmate("out", "--over")
    assert said.code == 0, said.err
    (aside,) = beside(tmp_path, "out.before-")
    assert f"What was there before is in {aside}." in said.out
    assert (aside / "thesis.txt").read_text() == "years of work"
    assert (tmp_path / "out/nom-libraries/index.html").exists()
    assert beside(tmp_path, "out") == [tmp_path / "out", aside]


async def test_an_empty_folder_is_taken_and_a_file_is_not(database: Database, tmp_path: Path) -> None:
    await name(database, "NOM Libraries")
    (tmp_path / "empty").mkdir()
    await taken(database, tmp_path / "empty")
    (tmp_path / "file").write_text("a letter")
    with pytest.raises(UserError, match="it is not a folder"):
        await taken(database, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "a letter"


async def test_a_folder_that_is_reached_by_another_name_is_filled_where_it_is(
    database: Database, tmp_path: Path
) -> None:
    await name(database, "NOM Libraries")
    (tmp_path / "real").mkdir()
    (tmp_path / "name").symlink_to(tmp_path / "real")
    await taken(database, tmp_path / "name")
    assert (tmp_path / "real/README.md").exists()
    assert (tmp_path / "name").is_symlink()


async def test_a_place_that_cannot_be_written_is_told_in_words(database: Database, tmp_path: Path) -> None:
    await name(database, "NOM Libraries")
    (tmp_path / "file").write_text("a letter")
    with pytest.raises(UserError, match="Choose a place with room for it"):
        await taken(database, tmp_path / "file" / "out")


def test_it_needs_nothing_of_discord() -> None:
    code = "import sys; from bot import exporting; exporting.handovers(); print('discord' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == ["False"]


async def test_half_an_export_never_looks_whole(database: Database, tmp_path: Path) -> None:
    """A rule that nobody can read stops it in the middle: nothing is left, and what was there stays."""
    async with database.write() as connection:
        await plant(connection)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/old.txt").write_text("the last one")
    with closing(sqlite3.connect(tmp_path / "benchmate.db")) as file, file:
        file.execute("UPDATE event_series SET rule = 'FREQ=SOMETIMES'")
    with pytest.raises(UserError, match="repeats daily"):
        await export(f"sqlite+aiosqlite:///{database.file}", tmp_path / "out", NOW, over=True)
    assert beside(tmp_path, "out") == [tmp_path / "out"]
    assert everything(tmp_path / "out") == "old.txt\nthe last one"


async def test_only_its_owner_reads_it_and_everybody_the_page(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await plant(connection)
    before = os.umask(0o077)
    try:
        await taken(database, tmp_path / "out")
    finally:
        os.umask(before)
    modes = {
        (stat.S_IMODE(path.stat().st_mode), "folder" if path.is_dir() else path.suffix == ".html")
        for path in (tmp_path / "out").rglob("*")
    }
    assert modes == {(0o700, "folder"), (0o600, False), (0o644, True)}


async def test_each_server_has_a_folder_and_two_of_one_name_have_their_numbers(
    database: Database, tmp_path: Path
) -> None:
    await name(database, "Makers!", "makers?", "../../etc/passwd", "図書館", "CON")
    await export(f"sqlite+aiosqlite:///{database.file}", tmp_path / "out", NOW)
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir()) == [
        *("etc-passwd", f"makers-{GUILD}", f"makers-{OTHER}", f"server-{GUILD + 3}", f"server-{GUILD + 4}"),
    ]


async def test_one_server_can_be_taken_alone_and_nothing_of_the_others_is_there(
    database: Database, tmp_path: Path, benchmate: Benchmate
) -> None:
    async with database.write() as connection:
        marks, _ = await plant(connection)
    await name(database, "First", "Second")
    folder = await taken(database, tmp_path / "out", server=OTHER)
    assert folder.name == "second"
    assert [mark for mark in marks if mark in everything(tmp_path / "out")] == []
    words = f"There is nothing of a server 5. These are there: {GUILD} is First; {OTHER} is Second."
    (await benchmate("more", "--server", "5")).expect_refusal(words)


async def test_where_there_is_nothing_it_says_so(database: Database, tmp_path: Path, benchmate: Benchmate) -> None:
    (await benchmate("out")).expect_refusal("No server has used Benchmate yet")
    await migrate(database, "0012")
    (await benchmate("out")).expect_refusal("benchmate migrate")
    assert not (tmp_path / "out").exists()


async def test_a_server_whose_name_nobody_said_goes_by_its_number(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await guilds.see(connection, GUILD, NOW)
    folder = await taken(database, tmp_path / "out")
    assert folder.name == f"server-{GUILD}"
    assert f"<h1>Server {GUILD}</h1>" in (folder / "index.html").read_text()
