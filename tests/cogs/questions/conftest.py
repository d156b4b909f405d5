from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cogs.questions.steps import Forum

if TYPE_CHECKING:
    from tests.kit.world import World


@pytest.fixture
async def forum(world: World) -> Forum:
    """A community with a questions forum."""
    return await Forum(world).build()
