"""Fixtures of the welcome room's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cogs.setup.steps import Empty, set_up

if TYPE_CHECKING:
    from tests.kit.world import World


@pytest.fixture
async def house(empty_world: World) -> Empty:
    """A server where just the basics were set up, and nothing was delivered yet."""
    empty = await Empty(empty_world).build()
    await set_up(empty)
    return empty
