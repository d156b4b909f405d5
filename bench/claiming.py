"""What claiming costs where much waits: 100 due rows among 100,000 waiting ones, and among 1,000, in turns."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from discord.utils import utcnow
from sqlalchemy import insert, update

from bench.message_server import server_of
from bench.processes import BotFailed
from bench.report import Line, Pair, Size, compared
from db import delivery as deliveries
from db.delivery import WAITING, Way
from db.delivery.table import delivery_table as table
from db.engine import Database
from db.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime

DUE = 100
WAITING_SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (10, 50, 200)
MOST_TIMES = 2.0
FIRST_TARGET = 400_000_000_000_000_000


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Database]:
    """The product's own database at `file`, up to date."""
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


async def claim_times(scratch: Path, sizes: Sequence[int], rounds: int) -> dict[int, float]:
    """Milliseconds of claiming the 100 due rows beside so many waiting ones, the median; one round before warms up."""
    now = utcnow()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        databases = {}
        for size in sizes:
            shutil.copyfile(await _filled(scratch, size, now), folder / f"{size}.db")
            databases[size] = await stack.enter_async_context(opened(folder / f"{size}.db"))
        times: dict[int, list[float]] = {size: [] for size in sizes}
        for turn in range(rounds + 1):
            for size in sizes if turn % 2 else reversed(sizes):
                took = await _claim(databases[size], now)
                if turn:
                    times[size].append(took)
        return {size: median(taken) for size, taken in times.items()}


async def _filled(scratch: Path, size: int, now: datetime) -> Path:
    """A file with the crowd, made where it is not there yet; what is not due then is not due for a while."""
    file, growing = scratch / f"claiming-{size}.db", scratch / "claiming-growing.db"
    if not file.exists():
        growing.unlink(missing_ok=True)
        async with opened(growing) as database, database.write() as connection:
            await connection.execute(insert(table), list(_crowd(size, now)))
        growing.replace(file)
    return file


def _crowd(waiting: int, now: datetime) -> Iterator[dict[str, object]]:
    """The rows: 100 that are due, and `waiting` that are due in a hundred days, from three hours on.

    The file serves all runs, and until its last one these must not be due.
    """
    for number in range(DUE + waiting):
        due = (
            now - timedelta(seconds=1) if number < DUE else now + timedelta(hours=3, minutes=number * 144_000 / waiting)
        )
        yield {
            "guild_id": server_of(FIRST_TARGET + number),
            "kind": "bench",
            "subject": f"resource:{number}",
            "moment": "",
            "way": Way.CHANNEL.value,
            "target_id": FIRST_TARGET + number,
            "due_at": due,
            "wake_at": due,
            "state": WAITING,
            "attempts": 0,
            "reason": "",
            "created_at": now,
        }


async def _claim(database: Database, now: datetime) -> float:
    """Claim what is due, and put it back; the milliseconds of the claim alone, without its transaction's begin and end.

    The file's write to disk would be the same for both sizes, and hide what differs.
    """
    async with database.write() as connection:
        begun = perf_counter()
        taken = await deliveries.claim(
            connection, now=now, until=now + timedelta(minutes=2), tried_at=now, lease="bench", limit=DUE
        )
        took = (perf_counter() - begun) * 1000
    if len(taken) != DUE:
        raise BotFailed(f"{len(taken)} rows were claimed where {DUE} are due.")
    async with database.write() as connection:
        await connection.execute(
            update(table)
            .where(table.c.lease == "bench")
            .values(state=WAITING, lease=None, attempts=0, first_try_at=None, wake_at=table.c.due_at)
        )
    return took


def lines_of_claims(times: dict[int, float]) -> list[Line]:
    """The lines of the report: each size beside the smallest."""
    fewest = min(times)
    return [
        compared(
            f"Claiming {DUE} due messages",
            Pair(took, times[fewest], "ms", f"itself with {fewest:,} that wait"),
            MOST_TIMES,
            size=Size(size, "that wait"),
        )
        for size, took in times.items()
    ]
