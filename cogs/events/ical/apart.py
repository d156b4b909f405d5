"""Reads a calendar in a process of its own: it can take its time, fill its memory or hang without harming the bot.

The process gets nothing of ours (no settings, no token), and is ended after `WITHIN_S`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogs.events.ical.found import MAX_BYTES, Found, LeftOut, Reading, Trouble, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

WITHIN_S = 20.0
MEMORY = 512 * 1024 * 1024
"""Bytes of memory the process may take."""
_HOME = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "TMPDIR", "TEMP")


async def read_apart(
    content: bytes, zone: str, since: datetime, until: datetime, *, within: float = WITHIN_S
) -> Reading:
    """As `reading.read`, at most `within` seconds long. Raises UnreadableError."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(Trouble.TOO_LARGE)
    asked = json.dumps({"zone": zone, "since": since.isoformat(), "until": until.isoformat()}).encode()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        cwd=_HOME,
        env={**{name: os.environ[name] for name in _KEPT if name in os.environ}, "PYTHONPATH": str(_HOME)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(within):
            said, _ = await process.communicate(asked + b"\n" + content)
    except TimeoutError:
        raise UnreadableError(Trouble.TOO_MUCH_WORK) from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return _answer(said)


def _answer(said: bytes) -> Reading:
    """What the process said; one that ended without a word was ended by the limits it ran into."""
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError:
        raise UnreadableError(Trouble.TOO_MUCH_WORK) from None
    if "trouble" in found:
        raise UnreadableError(Trouble(found["trouble"]))
    occurrences = [
        Found(**{**each, **{name: datetime.fromisoformat(each[name]) for name in ("starts_at", "ends_at")}})
        for each in found["found"]
    ]
    left_out = tuple(LeftOut(**each) for each in found["left_out"])
    return Reading(found["name"], found["events"], tuple(occurrences), left_out, tuple(found["zones"]))


def _limit_myself() -> None:
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(WITHIN_S), int(WITHIN_S)))


def _work() -> None:
    _limit_myself()
    from cogs.events.ical.reading import read  # noqa: PLC0415 - only this process needs the libraries

    asked = json.loads(sys.stdin.buffer.readline())
    moments = [datetime.fromisoformat(asked[name]) for name in ("since", "until")]
    default: Callable[[Any], str] = datetime.isoformat
    try:
        answer: dict[str, Any] = asdict(read(sys.stdin.buffer.read(), asked["zone"], *moments))
    except UnreadableError as fault:
        answer = {"trouble": fault.trouble.value}
    sys.stdout.write(json.dumps(answer, default=default))


if __name__ == "__main__":
    _work()
