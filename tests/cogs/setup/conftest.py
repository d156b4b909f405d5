"""Fixtures of the setup's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cogs.setup.steps import Empty

if TYPE_CHECKING:
    from tests.kit.world import World


@pytest.fixture
async def empty(empty_world: World) -> Empty:
    """A new server with nothing set up."""
    return await Empty(empty_world).build()
