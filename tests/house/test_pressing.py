"""Every button, select, list, confirmation and form there is, pressed by everyone who must not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.kit.reactions import KEPT
from tests.house import scenes_events, scenes_front, scenes_mentorship, scenes_questions, scenes_resources
from tests.house.auditing import Audit
from tests.house.keeping import Keeper
from tests.house.pressing import Presser, Refusals, template_of
from tests.house.scene import Scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.house.cases import Case
    from tests.kit.world import World

ROOMS = {
    "catalogue": scenes_resources,
    "events": scenes_events,
    "front door and setup": scenes_front,
    "mentoring": scenes_mentorship,
    "questions": scenes_questions,
}
WHERE_A_NAME_STANDS = {"page": 1, "open": 1, "form": 1, "confirm": 1, "undo": 1, "keep": 1, "agree-not": 1, "agree": 2}
"""In custom_ids that lead on by a name: in which part, by the first."""


@pytest.mark.parametrize("room", ROOMS)
async def test_nothing_yields_to_who_must_not_press_it(
    world: World, tmp_path: Path, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await Scene(world).build()
    await ROOMS[room].furnish(scene)
    keeper = Keeper(world, tmp_path / "benchmate.db")
    audit = Audit(Presser(scene, Refusals(monkeypatch)), keeper, scene)
    troubles = await audit.of(ROOMS[room].CASES)
    keeper.close()
    assert troubles == [], "\n".join(troubles)


async def test_whoever_adds_something_to_press_says_who_may_press_it(world: World) -> None:
    bot, cases = world.bot, [case for room in ROOMS.values() for case in room.CASES]
    numbered = [_numbered(case) for case in cases]
    dead = [one for one in numbered if not one.startswith("form:") and template_of(bot, one) is None]
    assert dead == [], "nothing answers to these any more"
    pressed = {found[0].pattern for one in numbered if (found := template_of(bot, one))}
    templates = {pattern.pattern for pattern in bot._connection._view_store._dynamic_items}
    assert templates - pressed == set(), "say in tests/house/scenes_*.py who may press these"
    assert set(bot.forms) - _named(numbered, "form") == set(), "say who may send these forms"
    assert set(bot.pages) - _named(numbered, "page", "open") == set(), "say who may open these lists"
    done = _named(numbered, "confirm", "undo", "agree") | {
        f"{name}{KEPT}" for name in _named(numbered, "keep", "agree-not")
    }
    assert set(bot.reactions) - done == set(), "say who may do these"


def test_what_anyone_may_press_says_why() -> None:
    assert [case.where for room in ROOMS.values() for case in room.CASES if not case.wrong and not case.why] == []


def _numbered(case: Case) -> str:
    return re.sub(r"\{\w+\}", "1", case.where)


def _named(custom_ids: list[str], *kinds: str) -> set[str]:
    split = [one.split(":") for one in custom_ids]
    return {parts[WHERE_A_NAME_STANDS[parts[0]]] for parts in split if parts[0] in kinds}
