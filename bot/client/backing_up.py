"""The daily copy of the database: made by itself beside it, looked through, and kept for two weeks."""

from __future__ import annotations

import asyncio
import logging
from datetime import time, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.kit.delivery import Kind
from db import backup
from db import delivery as deliveries
from db.delivery import Promise

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.kit.clock import Clock
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database

log = logging.getLogger(__name__)

BACKUP = "backup"
AT = time(9, 0)
"""UTC: the early morning in North America, when nobody is waiting for an answer."""
KEPT = 14
"""How many daily copies are kept; older ones go. A copy that a person made under another name is never touched."""
FOLDER = "backups"


class House(Protocol):
    """What is copied."""

    database: Database
    clock: Clock


def kinds_of(house: House) -> tuple[Kind, ...]:
    """The chore as a kind of delivery."""

    async def make(_delivery: Delivery) -> None:
        file = house.database.file
        if file is not None:
            await asyncio.to_thread(daily, file, house.clock())
        async with house.database.write() as connection:
            await _promise(connection, house)

    return (Kind(BACKUP, "daily copy", "daily copies", work=make),)


async def begin(house: House) -> None:
    """See to it that a copy is made every day; one that was missed while the bot was off is made at once."""
    async with house.database.write() as connection:
        await _promise(connection, house)


def daily(file: Path, now: datetime) -> Path:
    """Copy the database `file` into the folder beside it, under the day of `now` (UTC), and let the oldest go.

    A day has one copy: the first. Raises StorageFault.
    """
    target = file.parent / FOLDER / f"benchmate-{now:%Y-%m-%d}.db"
    if not target.exists():
        size = backup.copy(file, target)
        log.info("Copied the database to %s (%.1f MB)", target, size / 1e6)
    for old in list(backup.in_folder(target.parent))[KEPT:]:
        old.unlink()
    return target


async def _promise(connection: AsyncConnection, house: House) -> None:
    now = house.clock()
    due = now.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    if due <= now:
        due += timedelta(days=1)
    await deliveries.put(connection, Promise(BACKUP, 0, "house", due, moment=f"{due:%Y-%m-%d}"), now)
