from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from discord import app_commands

from bench.machine import WRITTEN
from bot.__main__ import _COMMANDS, _parser
from bot.kit.permissions import USED
from bot.settings import NAMES
from tests.docs.pages import README, ROOT, TRUE, Page

if TYPE_CHECKING:
    from tests.kit.world import World

WEB = {"/healthz", "/calendar/"}
STANDS_FOR = {
    "NUMBER": "7",
    "ID": "123456789012345678",
    "FILE": "file",
    "DIR": "folder",
    "SERVER": "123456789012345678",
}
OF_TESTS = {"RECORD_BODIES", "PYTHON", "SCREENSHOTS"}


def name(page: Page) -> str:
    return page.name


def in_tree(world: World) -> set[str]:
    return {
        command.qualified_name
        for command in world.bot.tree.walk_commands()
        if not isinstance(command, app_commands.Group)
    }


def in_readme() -> list[str]:
    """The commands of README's table: `/event create` `edit` are two."""
    found = []
    for line in README.text.splitlines():
        if line.startswith("| `/"):
            first, *more = re.findall(r"`([^`]+)`", line.split("|")[1])
            group = first.removeprefix("/").split()[0]
            found += [first.removeprefix("/"), *(f"{group} {sub}" for sub in more)]
    return found


async def test_the_readme_lists_every_command_once_and_no_other(world: World) -> None:
    assert sorted(in_readme()) == sorted(in_tree(world))


async def test_every_command_that_the_docs_name_is_there(world: World) -> None:
    commands = in_tree(world)
    groups = {command.split()[0] for command in commands if " " in command}
    for page in TRUE:
        for said in page.code:
            if re.match(r"/[a-z]+( |$)", said) and said not in WEB:
                words = said.removeprefix("/").split()
                known = words[0] in commands or " ".join(words[:2]) in commands
                assert known or (len(words) == 1 and words[0] in groups), f"{said} in {page.name}"


@cache
def targets() -> set[str]:
    found = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return set(found)


@pytest.mark.parametrize("page", TRUE, ids=name)
def test_every_make_target_that_the_docs_name_is_there(page: Page) -> None:
    for said in page.code:
        for words in re.findall(r"(?:^|-u benchmate )make ((?:[A-Z]+=\S+ )*[a-z]+)", said):
            assert words.split()[-1] in targets(), said


@pytest.mark.parametrize("page", TRUE, ids=name)
def test_every_line_for_the_command_line_is_understood_by_it(page: Page) -> None:
    for said in page.code:
        found = re.search(r"(?:^|bin/)benchmate ([a-z].*)|-m bot ([a-z].*)", said)
        if found is not None:
            typed = [STANDS_FOR.get(word, word) for word in (found[1] or found[2]).partition(" && ")[0].split()]
            if len(typed) == 1 and typed[0] in _COMMANDS:
                continue  # it speaks of the command, and is not a line to be typed
            assert _parser().parse_args(typed).command == typed[0], said


def test_the_unit_and_the_procfile_start_what_is_there() -> None:
    unit = (ROOT / "docs" / "benchmate.service").read_text(encoding="utf-8")
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    (folder,) = re.findall(r"^WorkingDirectory=(\S+)$", unit, re.MULTILINE)
    assert f"git clone ADDRESS {folder}" in hosting
    assert f"ExecStart={folder}/.venv/bin/benchmate run\n" in unit
    assert (ROOT / "Procfile").read_text(encoding="utf-8").strip() == "worker: python -m bot run"
    assert _parser().parse_args(["run"]).command == "run"


def test_the_lines_for_windows_do_what_make_does() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$*", "demo").replace("$(PIP)", "pip")
    box = re.search(r"```powershell\n(.*?)```", README.text, re.DOTALL)
    assert box is not None
    installs = [line.partition(" -m ")[2] for line in box[1].splitlines() if "pip install" in line]
    assert len(installs) == len(re.findall(r"pip install", recipe))
    for line in installs:
        assert f"@{line}\n" in recipe
    assert "-m bot demo" in recipe


def test_the_example_of_settings_holds_all_of_them_and_no_other() -> None:
    example = (ROOT / "config.example.env").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == sorted(NAMES)


@pytest.mark.parametrize("page", TRUE, ids=name)
def test_every_setting_that_the_docs_name_is_there(page: Page) -> None:
    make = set(re.findall(r"\b([A-Z]{4,})\b", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for said in page.code:
        for setting in re.findall(r"(?:^|\s)([A-Z][A-Z_]{3,})=", said):
            assert setting in {*NAMES, *make, *OF_TESTS}, said
    assert page.name != "docs/hosting.md" or all(setting in page.text for setting in NAMES if setting != "LOG_LEVEL")


@pytest.mark.parametrize("page", TRUE, ids=name)
def test_every_file_that_the_docs_name_is_there(page: Page) -> None:
    tops = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"data", "build"}
    for said in page.code:
        for path in re.findall(r"(?:^|\s)((?:[\w.-]+/)+[\w.-]*)(?=$|[\s,:])", said):
            if path.split("/")[0] in tops - {".venv"} and path != WRITTEN:
                assert (ROOT / path).exists(), said


def test_the_invitation_in_the_readme_asks_for_what_is_used_and_no_more() -> None:
    assert re.findall(r"permissions=(\d+)", README.text) == [str(USED.value)]
