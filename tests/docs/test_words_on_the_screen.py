from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from cogs.setup.parts import PARTS, ROLE_NAME
from tests.docs.pages import ORGANIZERS, ROOT, Page


@cache
def on_the_screen() -> set[str]:
    """Whatever the product may show: its strings, and in them what is a heading or bold."""
    found = {f"#{part.channel}" for part in PARTS} | {ROLE_NAME}
    for path in [*(ROOT / "cogs").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said = node.value
                found.add(said.strip())
                found |= {each.strip() for each in re.findall(r"### ([^\n]+)", said)}
                found |= set(re.findall(r"\*\*([^*]+)\*\*", said))
    return found


@pytest.mark.parametrize("page", ORGANIZERS, ids=lambda page: page.name)
def test_what_an_organizer_is_told_to_press_is_on_the_screen(page: Page) -> None:
    if page.name == "docs/organizers.md":
        assert {each for each in page.bold if each.startswith("#")} <= on_the_screen()
        return
    assert [words for words in page.bold if words not in on_the_screen()] == []


def test_what_the_pictures_press_is_on_the_screen() -> None:
    """Else `make screenshots` would stop in the middle, and nobody would know before the next time."""
    pressed = []
    for path in (ROOT / "tests" / "demo" / "picturing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr.startswith("press")
            ):
                pressed += [one.value for one in node.args[:1] if isinstance(one, ast.Constant)]
    assert len(pressed) > 10
    assert [label for label in pressed if label not in on_the_screen() and not re.match(r"Import \d", str(label))] == []
