"""The daily chore: old deliveries are folded away, and forgotten drafts forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.kit.delivery import Kind
from db import delivery as deliveries
from db.delivery import Promise

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.drafts import Drafts
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database

TIDY_UP = "tidy-up"
EVERY = timedelta(days=1)
FOLD_AFTER = timedelta(days=90)
"""How long a delivery is kept after it was settled; then only its number is."""


class House(Protocol):
    """What is kept tidy."""

    database: Database
    clock: Clock
    drafts: Drafts
    kinds: dict[str, Kind]


def kinds_of(house: House) -> tuple[Kind, ...]:
    """The chore as a kind of delivery."""

    async def tidy_up(_delivery: Delivery) -> None:
        await house.drafts.purge()
        now = house.clock()
        async with house.database.write() as connection:
            standing = [kind.name for kind in house.kinds.values() if kind.stands]
            await deliveries.fold(connection, now - FOLD_AFTER, keeping=standing)
            await _promise(connection, house, EVERY)

    return (Kind(TIDY_UP, "tidying up", "tidyings up", work=tidy_up),)


async def begin(house: House) -> None:
    """See to it that the chore is done today and every day; once in a start."""
    async with house.database.write() as connection:
        await _promise(connection, house, timedelta())


async def _promise(connection: AsyncConnection, house: House, later: timedelta) -> None:
    now = house.clock()
    due = now + later
    await deliveries.put(connection, Promise(TIDY_UP, 0, "house", due, moment=f"{due:%Y-%m-%d}"), now)
