from __future__ import annotations

import asyncio
import json
import logging
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

from bot.__main__ import main
from db.migrations import HEAD
from tests.kit.cli import NAMES, ROOT, TOKEN, Said, bound_by_modes, ended, environment, start
from tests.kit.world import open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Command = tuple[str, ...]
RUN, CHECK, MIGRATE = ("run",), ("check", "--offline"), ("migrate",)
ALL = (RUN, CHECK, MIGRATE)
FILE = "data/benchmate.db"


@pytest.fixture
def benchmate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Said]]:
    """The command line in an empty folder, with a token; none of its faults here comes as far as Discord."""
    root = logging.getLogger()
    named = [logging.getLogger(name) for name in ("discord", "aiosqlite", "sqlalchemy", "alembic")]
    handlers, levels = root.handlers, [(logger, logger.level) for logger in (root, *named)]
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    yield call
    root.handlers = handlers
    for logger, level in levels:
        logger.setLevel(level)


@pytest.fixture
def file(tmp_path: Path, benchmate: Callable[..., Said]) -> Path:
    """An up-to-date database where the default settings look for it."""
    assert benchmate("migrate").out == f"The database is at revision {HEAD}.\n"
    return tmp_path / FILE


def test_migrate_makes_the_database_and_says_so_once(benchmate: Callable[..., Said], tmp_path: Path) -> None:
    assert benchmate("migrate") == Said(0, f"The database is at revision {HEAD}.\n", "")
    assert (tmp_path / FILE).exists()
    assert benchmate("migrate") == Said(0, f"The database is at revision {HEAD} already.\n", "")


def test_check_says_that_all_is_ready_and_changes_nothing(benchmate: Callable[..., Said], tmp_path: Path) -> None:
    said = benchmate("check", "--offline")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("ok   Everything is ready. Start with: make run\n")
    assert "does not exist yet" in said.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [RUN, CHECK])
def test_a_missing_token_is_told_with_the_page_where_to_get_one(
    benchmate: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    said = benchmate(*command)
    said.expect_refusal("DISCORD_TOKEN is missing")
    assert "https://discord.com/developers/applications" in said.err


def test_migrate_needs_no_token(benchmate: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    assert benchmate("migrate").code == 0


@pytest.mark.parametrize("command", ALL)
def test_broken_settings_are_told_all_at_once_from_the_file(
    benchmate: Callable[..., Said], tmp_path: Path, command: Command
) -> None:
    (tmp_path / ".env").write_text("PORT=80a\nLOG_LEVEL=LOUD\nLOG_FORMAT=xml\nPUBLIC_URL=x\nHEARTBEAT_URL=y\n")
    said = benchmate(*command)
    said.expect_refusal("PORT must be a number")
    assert said.err.count("\n  - ") == 5
    assert not (tmp_path / FILE).exists()


def test_check_tells_of_the_database_also_where_other_settings_are_wrong(
    benchmate: Callable[..., Said], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    file.write_text("a letter" * 600)
    said = benchmate("check", "--offline")
    said.expect_refusal("DISCORD_TOKEN is missing")
    said.expect_refusal("is not a Benchmate database")


def _a_letter(file: Path) -> None:
    file.write_text("Dear librarian, " * 500, encoding="utf-8")


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9876'")


def _damaged(file: Path) -> None:
    with file.open("r+b") as damaged:
        damaged.seek(100)  # behind the header: the schema
        damaged.write(b"\xa5" * 3000)


def _of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("command", ALL, ids=" ".join)
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_a_letter, "is not a Benchmate database"),
        (_newer, "was written by a newer Benchmate (revision 9876"),
        (_damaged, "The database file is damaged"),
        (_of_another_program, "is a database of another program"),
        (_a_folder, "The database file cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    benchmate: Callable[..., Said], file: Path, command: Command, spoil: Callable[[Path], None], sentence: str
) -> None:
    for beside in file.parent.glob("*-*"):
        beside.unlink()
    spoil(file)
    benchmate(*command).expect_refusal(sentence)


@pytest.mark.parametrize("command", [RUN, MIGRATE], ids=" ".join)
def test_a_full_disk_is_told_and_leaves_no_half_database(
    benchmate: Callable[..., Said], tmp_path: Path, command: Command
) -> None:
    def full(connection: Any, _record: object) -> None:
        connection.cursor().execute("PRAGMA max_page_count=2")

    event.listen(Engine, "connect", full)
    try:
        benchmate(*command).expect_refusal("The disk is full. Free some space on it")
    finally:
        event.remove(Engine, "connect", full)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert benchmate("migrate").out == f"The database is at revision {HEAD}.\n"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has /proc, a folder without any room in it")
def test_check_tells_of_a_disk_without_room(benchmate: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:////proc/benchmate.db")
    benchmate("check", "--offline").expect_refusal(
        "Only 0 MB are free where the database lies; Benchmate needs about 50 MB."
    )
    benchmate("run").expect_refusal("The database file cannot be opened.")


async def test_a_locked_file_is_told_by_all_three_within_their_patience(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("BEGIN IMMEDIATE")
        started = [await start(*command, cwd=tmp_path, env=environment()) for command in ALL]
        for said in await asyncio.gather(*map(ended, started)):
            said.expect_refusal("The database file is locked by another program. Close what else has it open")


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "sentence"),
    [
        (0o444, 0o755, "The database file, or the folder it lies in, cannot be written."),
        (0o644, 0o555, "Give the account that runs Benchmate the right to write there."),
    ],
)
async def test_a_file_or_folder_that_may_not_be_written_is_told_by_all_three(
    tmp_path: Path, file_mode: int, folder_mode: int, sentence: str
) -> None:
    try:
        prefix = bound_by_modes()
    except LookupError as why:
        pytest.skip(str(why))
    database = await open_database(tmp_path / FILE)
    await database.close()
    (tmp_path / FILE).chmod(file_mode)
    (tmp_path / "data").chmod(folder_mode)
    try:
        started = [await start(*command, cwd=tmp_path, env=environment(), prefix=prefix) for command in ALL]
        for said in await asyncio.gather(*map(ended, started)):
            said.expect_refusal(sentence)
    finally:
        (tmp_path / "data").chmod(0o755)


async def test_two_starts_at_once_bring_the_database_up_to_date_once(tmp_path: Path) -> None:
    started = [await start("migrate", cwd=tmp_path, env=environment()) for _ in range(2)]
    for said in await asyncio.gather(*map(ended, started)):
        assert (said.code, said.err) == (0, "")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(HEAD,)]


def test_an_unforeseen_fault_goes_through_the_log_which_hides_secrets_and_ends_with_one(
    benchmate: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///x.db?unheard_of=1")
    monkeypatch.setenv("LOG_FORMAT", "json")
    said = benchmate("migrate")
    assert said.code == 1
    entry = json.loads(said.err)
    assert entry["message"].startswith("Benchmate stopped because of a fault of its own")
    assert "unheard_of" in entry["traceback"]


def test_without_a_command_it_says_what_there_is(benchmate: Callable[..., Said]) -> None:
    said = benchmate()
    assert said.code == 0
    assert "try it in your browser: no token, no account" in said.out
    assert "say what is wrong and how to fix it" in said.out


def test_python_dash_m_bot_is_the_same_command_line(tmp_path: Path) -> None:
    env = {**environment(), "COLUMNS": "100"}
    said = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    ).stdout
    assert [word for word in ("run", "demo", "check", "migrate") if f"\n    {word} " not in said] == []
    assert os.fspath(ROOT) not in said


def test_a_demo_that_is_not_installed_is_told_with_what_to_type(
    benchmate: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "demo.app", None)  # Python's own way to say that there is none
    benchmate("demo").expect_refusal("pip install 'benchmate[demo]', or: make demo")
