"""A clock for each lane that the trial sets: the machine's time, and an offset in a page that all processes share."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DOUBLE = struct.Struct("d")
LANES = 512


def new_page(path: Path) -> None:
    """Make the page, with every clock right."""
    path.write_bytes(bytes(_DOUBLE.size * LANES))


class LaneClock:
    """The clock of one lane. Whoever sets it, all read it at once."""

    def __init__(self, path: Path, lane: int) -> None:
        with path.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), _DOUBLE.size * LANES)
        self._at = lane * _DOUBLE.size

    @property
    def offset(self) -> float:
        """Seconds by which it is ahead of the machine's."""
        return float(_DOUBLE.unpack_from(self._page, self._at)[0])

    def put(self, offset: float) -> None:
        """Set it ahead (or back, below zero) of the machine's."""
        _DOUBLE.pack_into(self._page, self._at, offset)

    def __call__(self) -> datetime:
        """The present moment (UTC), as it seems to this lane."""
        return datetime.fromtimestamp(time.time() + self.offset, UTC)

    def close(self) -> None:
        """Let go of the page."""
        self._page.close()
