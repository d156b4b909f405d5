"""The product as it runs for a caretaker: `benchmate run`, with a word to whoever measures it once it is ready.

With BENCH_ROOM set it has one room more, whose commands show the card of the baseline.
"""

from __future__ import annotations

import os

from bot.__main__ import main as benchmate
from bot.client import Benchmate, connecting


class Measured(Benchmate):
    """Benchmate; what is added comes after its own work."""

    async def setup_hook(self) -> None:
        """Load the product's rooms, then the bench's if it is asked for."""
        await super().setup_hook()
        if os.environ.get("BENCH_ROOM"):
            await self.load_extension("bench.room")

    async def on_ready(self) -> None:
        """Say so to whoever started this process."""
        await super().on_ready()
        print("ready", flush=True)


def main() -> int:
    """Run until stopped; the exit code is the product's."""
    connecting.Benchmate = Measured  # type: ignore[attr-defined]  # the only seam: everything else is as it ships
    return benchmate(["run"])
