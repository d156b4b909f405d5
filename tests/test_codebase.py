from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "cogs", "db", "demo", "web", "bench")
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "base", "stuff", "tools"}
ROOM_FILES = {"__init__", "cog", "views", "cards", "service"}
LONGEST_FILE, LONGEST_FUNCTION = 350, 60


def _modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


MODULES = _modules(*PACKAGES)
TESTS = _modules("tests")
ROOMS = sorted(path.parent for path in (ROOT / "cogs").glob("*/__init__.py"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_every_name_that_a_package_gives_away_is_there() -> None:
    packages = [path.parent for path in _modules("bot", "cogs", "db", "web") if path.name == "__init__.py"]
    for package in packages:
        module = importlib.import_module(".".join(package.relative_to(ROOT).parts))
        assert [name for name in getattr(module, "__all__", ()) if not hasattr(module, name)] == [], module


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=_name)
def test_no_file_holds_more_than_one_page_of_thoughts(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [path for path in [*MODULES, *TESTS] if path.parent.name != "versions"], ids=_name)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    long = [node.name for node in _functions(path) if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_name_of_a_module_says_something(path: Path) -> None:
    assert path.stem not in SAYS_NOTHING
    named = re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert not [name for name in named if name.endswith(("Manager", "Helper", "Util", "Utils"))]


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_every_room_has_the_same_files(room: Path) -> None:
    files = {path.stem for path in room.glob("*.py")} | {path.parent.name for path in room.glob("*/__init__.py")}
    assert files >= ROOM_FILES, f"{room.name} lacks {ROOM_FILES - files}"


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_every_room_has_its_tables_in_a_module_of_its_name(room: Path) -> None:
    assert (ROOT / "db" / f"{room.name}.py").exists() or (ROOT / "db" / room.name / "__init__.py").exists()


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_a_room_can_be_imported_without_discord(room: Path) -> None:
    assert _imported(f"cogs.{room.name}", f"cogs.{room.name}.service") == "False"


def test_the_web_endpoint_knows_nothing_of_discord() -> None:
    assert _imported("web", "web.app") == "False"


def test_a_usual_start_does_not_carry_what_is_seldom_needed() -> None:
    rooms = ", ".join(f"cogs.{room.name}.cog" for room in ROOMS)
    seldom = ("alembic", "icalendar", "recurring_ical_events", "segno")
    code = (
        f"import sys, bot.__main__, bot.running, bot.client, {rooms}; print([n for n in {seldom} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _imported(*names: str) -> str:
    code = f"import sys, {', '.join(names)}; print('discord' in sys.modules)"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_every_test_can_fail(path: Path) -> None:
    cannot = [
        node.name
        for node in _functions(path)
        if node.name.startswith("test_")
        and not any(
            isinstance(part, ast.Assert | ast.Raise)
            or (isinstance(part, ast.Call) and re.search(r"raises|assert|expect|check|fail", ast.unparse(part.func)))
            for part in ast.walk(node)
        )
    ]
    assert cannot == []


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_no_test_waits_by_the_clock_or_mocks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path != Path(__file__):
        assert not re.search(r"\b(time|asyncio)\.sleep\((?!0[,)])", text)
        assert not re.search(r"unittest\.mock|import mock|MagicMock|AsyncMock", text)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.relative_to(ROOT).parts[0] not in ("bench", "demo")], ids=_name
)
def test_the_present_moment_comes_from_the_clock_that_is_passed_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(|\btime\.time\(", text)


def test_no_commit_names_a_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    found = []
    for name in listed.stdout.split():
        path = ROOT / name
        if path == Path(__file__) or path.suffix in (".png", ".csv", ".toml") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if re.search(r"/work/|/root/|/home/\w+/|pypi\.org/simple|files\.pythonhosted|index-url http|/opt/", text):
            found.append(name)
    assert found == []
