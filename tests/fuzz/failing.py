"""A case that failed: what it is known by, made smaller, written to a file and read again."""

from __future__ import annotations

import base64
import json
import signal
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from tests.fuzz.target import Target

WATCH_S = 10.0
"""Seconds a case may take, however busy the machine is."""
TRIES = 300
"""So often a case is made smaller; not at all where it takes too long."""
_TOO_LONG = "too long"
_HERE = str(Path(__file__).parents[2])


class TookTooLongError(Exception):
    """A case that was stopped."""


@dataclass(frozen=True)
class Failing:
    """One case: its target, the seed and the number it was drawn with, its bytes, and what went wrong."""

    target: str
    seed: int
    number: int
    data: bytes
    what: str
    where: str

    @property
    def known_by(self) -> str:
        """What cases of the same fault have in common."""
        return f"{self.target} {self.where}"

    def write(self, folder: Path) -> Path:
        """Write it into `folder`, to be repeated; returns the file."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.target}-{self.seed}-{self.number}.json"
        told = {
            "target": self.target,
            "seed": self.seed,
            "number": self.number,
            "base64": base64.b64encode(self.data).decode(),
            "shown": ascii(self.data[:500]),
            "what": self.what,
            "where": self.where,
        }
        file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        return file


def read(file: Path) -> tuple[str, bytes]:
    """The target's name and the bytes of a case that was written."""
    told = json.loads(file.read_text(encoding="utf-8"))
    return told["target"], base64.b64decode(told["base64"])


@contextmanager
def watched(seconds: float = WATCH_S) -> Iterator[None]:
    """Raise TookTooLongError in what runs inside after `seconds`. For a process's main thread."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLongError(f"longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def tried(target: Target, data: bytes) -> tuple[bool, str, str]:
    """Whether the case was accepted, what went wrong with it ("" for nothing), and where."""
    try:
        with watched():
            return target.check(data), "", ""
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
        return False, f"{type(fault).__name__}: {fault}"[:2_000], _where(fault)


def smaller(target: Target, failing: Failing) -> Failing:
    """The same fault with less around it: pieces are left out for as long as it stays."""
    if failing.where == _TOO_LONG:
        return failing
    data, left = failing.data, TRIES
    size = max(1, len(data) // 2)
    while size and left:
        start = 0
        while start < len(data) and left:
            left -= 1
            shorter = data[:start] + data[start + size :]
            _, what, where = tried(target, shorter)
            if what and where == failing.where:
                data = shorter
            else:
                start += size
        size //= 2
    _, what, where = tried(target, data)
    return Failing(failing.target, failing.seed, failing.number, data, what or failing.what, where or failing.where)


def _where(fault: BaseException) -> str:
    """The fault's kind and the innermost line of ours; of what took too long only that it did."""
    if isinstance(fault, TookTooLongError):
        return _TOO_LONG
    ours = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.startswith(_HERE)]
    checks = ("target.py", "failing.py")
    ours = [frame for frame in ours if "/fuzz/" not in frame.filename or not frame.filename.endswith(checks)] or ours
    last = ours[-1] if ours else None
    place = f"{Path(last.filename).relative_to(_HERE)}:{last.lineno}" if last else "elsewhere"
    return f"{type(fault).__name__} at {place}"
