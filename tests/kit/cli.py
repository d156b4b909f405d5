"""The command line as a caretaker meets it: what it says, and with which code it ends."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:1/api/v10"  # nothing listens on port 1
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
NAMES = ("DISCORD_TOKEN", "DATABASE_URL", "LOG_LEVEL", "LOG_FORMAT", "PORT", "WEB_HOST", "PUBLIC_URL", "HEARTBEAT_URL")
PATIENCE = 60  # seconds until a hang counts as one


@dataclass(frozen=True)
class Said:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    def expect_refusal(self, sentence: str) -> None:
        """Assert that it ended with 1, this sentence and no traceback."""
        assert sentence in self.err, self.err
        assert self.code == 1
        assert "Traceback" not in self.err
        assert TOKEN not in self.out + self.err


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with exactly these settings of Benchmate's."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return {**kept, "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": TOKEN, **settings}


async def start(
    *arguments: str, base: str = NOWHERE, cwd: Path, env: Mapping[str, str], prefix: Sequence[str] = ()
) -> Process:
    """Start the command line as a process of its own, with Discord at `base`."""
    runner = str(ROOT / "tests" / "kit" / "at_standin.py")
    return await asyncio.create_subprocess_exec(
        *prefix, sys.executable, runner, base, *arguments, cwd=cwd, env=env, stdout=PIPE, stderr=PIPE
    )


async def ended(process: Process) -> Said:
    """Wait for the end of it."""
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    return Said(process.returncode if process.returncode is not None else -1, out.decode(), err.decode())


def bound_by_modes() -> list[str]:
    """What to put before a command so that file modes bind it: nothing, or for root the loss of the right to pass them.

    Raises LookupError where root cannot give that right away.
    """
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise LookupError("root may write everywhere, and setpriv (util-linux) is not there to change that")
    return [setpriv, "--bounding-set", "-dac_override", "--"]
