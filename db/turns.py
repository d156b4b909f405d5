"""Long work in short pieces on the event loop, so that whoever waits for an answer meanwhile hardly notices."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

T = TypeVar("T")


async def in_groups(items: Sequence[T], size: int) -> AsyncIterator[Sequence[T]]:
    """The items in their order, `size` (1 or more) at a time; after each group everyone else has a turn."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
        await asyncio.sleep(0)
