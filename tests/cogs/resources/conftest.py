"""Here a new server gets the starter catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cogs.resources import starter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.resources import Description


@pytest.fixture
def shelves() -> Callable[[], Sequence[Description]]:
    return starter.read
