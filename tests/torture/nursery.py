"""The nursery: a warm process, everything imported, that forks a worker in milliseconds and says when one has died.

`python -m tests.torture.nursery FD` speaks over the socket of that number, one JSON object a packet: to it, what a
worker is told; from it, who was born and who died. When the socket closes it ends all of its workers, and itself.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self

from tests.torture import worker

if TYPE_CHECKING:
    from types import TracebackType

    from tests.torture.worker import Order

_PACKET = 65_536


class Nursery:
    """The trial's end of the socket, as `async with Nursery() as nursery`."""

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process: asyncio.subprocess.Process | None = None
        self._births: dict[str, asyncio.Future[int]] = {}
        self._deaths: dict[int, asyncio.Future[int]] = {}

    async def __aenter__(self) -> Self:
        self._ours.settimeout(0)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.torture.nursery", str(self._theirs.fileno()), pass_fds=[self._theirs.fileno()]
        )
        self._theirs.close()
        asyncio.get_running_loop().add_reader(self._ours, self._hear)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._ours)
        self._ours.close()
        if self._process is not None:
            await self._process.wait()

    def _hear(self) -> None:
        while True:
            try:
                packet = self._ours.recv(_PACKET)
            except BlockingIOError:
                return
            if not packet:
                asyncio.get_running_loop().remove_reader(self._ours)
                return
            said: dict[str, Any] = json.loads(packet)
            if "born" in said:
                self._deaths[int(said["born"])] = asyncio.get_running_loop().create_future()
                self._births.pop(said["life"]).set_result(said["born"])
            else:
                self._deaths[said["died"]].set_result(said["status"])

    async def born(self, order: Order, *, cold: bool) -> int:
        """A new worker; its process number."""
        future = self._births[order.life] = asyncio.get_running_loop().create_future()
        told = {"cold": cold, "life": order.life, "order": asdict(order)}
        await asyncio.get_running_loop().sock_sendall(self._ours, json.dumps(told).encode())
        pid: int = await future
        return pid

    async def died(self, pid: int, seconds: float) -> bool:
        """Whether that worker dies within so many seconds."""
        done, _ = await asyncio.wait([self._deaths[pid]], timeout=seconds)
        return bool(done)

    def signal(self, pid: int, number: signal.Signals) -> None:
        """Send a signal to a worker that is not known to be dead."""
        if not self._deaths[pid].done():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                return

    def status(self, pid: int) -> int:
        """How a dead one ended, as waitpid has it."""
        return int(self._deaths[pid].result())


def _fork(told: dict[str, Any], ours: socket.socket) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ours.close()
        if told["cold"]:
            os.execv(sys.executable, [sys.executable, "-m", "tests.torture.worker", json.dumps(told["order"])])  # noqa: S606 - itself
        worker.main(json.dumps(told["order"]))
        code = 0
    except BaseException:  # noqa: BLE001 - a fork must never go on in its parent's code
        traceback.print_exc(limit=-3)
    finally:
        os._exit(code)


def _reap(ours: socket.socket, living: set[int]) -> None:
    while living:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        living.discard(pid)
        ours.send(json.dumps({"died": pid, "status": status}).encode())


def main(number: int) -> None:
    """Fork and reap until the socket closes."""
    ours = socket.socket(fileno=number)
    wakes, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    living: set[int] = set()
    gc.collect()
    gc.freeze()
    while True:
        ready, _, _ = select.select([ours.fileno(), wakes], [], [])
        if wakes in ready:
            os.read(wakes, 4096)
        if ours.fileno() in ready:
            packet = ours.recv(_PACKET)
            if not packet:
                break
            told = json.loads(packet)
            pid = _fork(told, ours)
            living.add(pid)
            ours.send(json.dumps({"born": pid, "life": told["life"]}).encode())
        _reap(ours, living)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
