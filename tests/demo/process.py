"""The demo as a person starts it: a process of its own, whose printed link is read."""

from __future__ import annotations

import contextlib
import http.client
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
START = "import sys; from demo.app import main; sys.exit(main(int(sys.argv[1]), empty='empty' in sys.argv))"


class DemoProcess:
    """A running demo and what it printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.printed: list[str] = []
        self.link = self._read_link()

    @classmethod
    @contextmanager
    def started(cls, port: int = 0, *, empty: bool = False) -> Iterator[DemoProcess]:
        """Start it on a port (0: any free one) and wait for its link; it is ended in any case."""
        command = [
            sys.executable,
            "-W",
            "error::ResourceWarning",
            "-c",
            START,
            str(port),
            *(["empty"] if empty else []),
        ]
        with subprocess.Popen(
            command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            try:
                yield cls(process)
            finally:
                process.terminate()  # in order, so that its temporary folder goes with it
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=10)
                process.kill()

    def page(self) -> str:
        """The page at the printed link."""
        connection = http.client.HTTPConnection(urlsplit(self.link).netloc)
        with contextlib.closing(connection):
            connection.request("GET", "/")
            return connection.getresponse().read().decode()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def end(self, number: signal.Signals, within_seconds: float) -> int:
        """Send the signal and give the exit status. Raises TimeoutExpired where it takes longer."""
        self._process.send_signal(number)
        rest, _ = self._process.communicate(timeout=within_seconds)
        self.printed += rest.splitlines()
        return self._process.returncode

    def _read_link(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.printed.append(line.rstrip())
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                return found.group()
        raise AssertionError("\n".join(["The demo ended before it was ready:", *self.printed]))
