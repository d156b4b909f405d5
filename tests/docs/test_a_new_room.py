"""The worked example of CONTRIBUTING, followed word by word: the room is written into a copy of the house and tried."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.migrations import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "a-new-room.md"
BOX = re.compile(r"^```(python|diff) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TREE = ("bot", "cogs", "db", "demo", "web", "bench", "tests", "docs")
FILES = ("pyproject.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "config.example.env", "Makefile")
WHAT_THE_PAGE_PROMISES = (
    "tests/cogs/kits",
    "tests/cogs/welcome/test_routes.py",
    "tests/cogs/people/test_privacy.py",
    "tests/db/test_migrations.py",
)
SAID = "kit or every or drift or head or column or said"


def boxes() -> Iterator[tuple[str, str, str]]:
    """Each box of the page: what sort it is, which file, and what stands in it, with the numbers filled in."""
    following = f"{int(HEAD) + 1:04d}"
    for sort, path, inside in BOX.findall(PAGE.read_text(encoding="utf-8")):
        filled = inside.replace("NEXT", following).replace("NEWEST", HEAD)
        yield sort, path.replace("NEXT", following), filled


def changed(before: str, difference: str) -> str:
    """A file with the lines of a `diff` box exchanged. Raises AssertionError where they do not stand there."""
    gone = "".join(line[1:] for line in difference.splitlines(keepends=True) if line.startswith("-"))
    comes = "".join(line[1:] for line in difference.splitlines(keepends=True) if line.startswith("+"))
    assert before.count(gone) == 1, f"the page says that this stands there once:\n{gone}"
    return before.replace(gone, comes)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house, with what the page says written into it."""
    copy = tmp_path_factory.mktemp("house")
    for folder in TREE:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copyfile(ROOT / name, copy / name)
    for sort, path, inside in boxes():
        file = copy / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(inside if sort == "python" else changed(file.read_text(encoding="utf-8"), inside), "utf-8")
    return copy


def run(house: Path, command: str, *arguments: str) -> str:
    """What one of our tools says, run in the copy. Raises AssertionError where it is not content."""
    away = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    done = subprocess.run(
        [Path(sys.executable).with_name(command), *arguments],
        cwd=house,
        env={**away, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_page_holds_a_whole_room() -> None:
    written = {path for sort, path, _ in boxes() if sort == "python"}
    assert {f"cogs/kits/{name}.py" for name in ("__init__", "cog", "views", "cards", "service")} <= written


def test_the_rooms_files_are_as_tidy_as_the_others(house: Path) -> None:
    written = [path for sort, path, _ in boxes() if sort == "python"]
    assert "All checks passed" in run(house, "ruff", "check", *written)
    assert "already formatted" in run(house, "ruff", "format", "--check", *written)


def test_the_rooms_types_are_right(house: Path) -> None:
    known = ROOT / ".mypy_cache"  # `make test` has just looked at all the rest
    if known.is_dir():
        shutil.copytree(known, house / ".mypy_cache", dirs_exist_ok=True)
    assert "Success" in run(house, "mypy")


def test_the_walls_hold_with_the_room_in_the_house(house: Path) -> None:
    assert "0 broken" in run(house, "lint-imports", "--no-cache")


def test_the_room_does_what_its_tests_say_and_the_house_takes_it_in(house: Path) -> None:
    said = run(house, "pytest", "-q", "-p", "no:cacheprovider", "-k", SAID, *WHAT_THE_PAGE_PROMISES)
    assert "passed" in said
