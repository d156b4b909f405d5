"""Every button, select, list, confirmation and form there is, pressed by everyone who must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.house import scenes_events, scenes_questions, scenes_resources
from tests.house.auditing import Audit
from tests.house.keeping import Keeper
from tests.house.pressing import Presser, Refusals
from tests.house.scene import Scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.world import World

ROOMS = {"resources": scenes_resources, "events": scenes_events, "questions": scenes_questions}


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
