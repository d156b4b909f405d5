"""A calendar of up to 1,000 events over HTTP: unchanged, all of it, and all of it after a change; and memory.

The product's endpoint and a bare aiohttp handler that holds the same bytes run in one process and answer in turns; what
is written anew is measured beside `icalendar`, which serializes the same events.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, cast

from icalendar import Calendar

from bench.processes import INHERITED, PATIENCE, ROOT, BotFailed
from bench.report import Line, Pair, Size, compared

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from bench.report import Options

NAME = "calendars"

SIZES, QUICK = (100, 300, 1_000), (5, 10, 20)
ROUND = 50
"""Requests of each kind in a round."""
CHANGES = 5
"""Times in a round that an event is changed and the whole calendar fetched."""
REQUESTS, QUICK_REQUESTS = 10_000, 100
MOST_UNCHANGED, MOST_WHOLE, MOST_ANEW, MOST_GROWN = 2.0, 3.0, 1.3, 2.0


@dataclass
class Talk:
    """A connection that stays open, spoken to as plainly as possible, so that the client costs next to nothing."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, path: str, tag: str = "") -> tuple[int, str, bytes, float]:
        """Status, ETag, body, and how many milliseconds it took."""
        wished = f"If-None-Match: {tag}\r\n" if tag else ""
        begun = perf_counter()
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{wished}\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        fields = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in head.split("\r\n"))}
        status = int(head.split(" ", 2)[1])
        length = int(fields.get("content-length", "0")) if status != 304 else 0
        body = await self.reader.readexactly(length) if length else b""
        return status, fields.get("etag", ""), body, (perf_counter() - begun) * 1000


@dataclass
class Server:
    """The server's process, and a line to each of the two that answer in it."""

    process: Process
    ours: Talk
    bare: Talk
    path: str

    async def change(self) -> None:
        """Let an event be changed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"change\n")
        async with asyncio.timeout(PATIENCE):
            await self.process.stdout.readline()

    def resident_mebibytes(self) -> float:
        """The process's resident set right now, as the kernel counts it."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise BotFailed("The server has gone.")


def run(options: Options) -> list[Line]:
    """Measure a round at each size, and memory over 10,000 requests at the largest. Raises BotFailed."""
    return asyncio.run(measure(options.of(SIZES, QUICK), options.of(REQUESTS, QUICK_REQUESTS)))


async def measure(sizes: Sequence[int], requests: int) -> list[Line]:
    """The figures for calendars of so many events, smallest first."""
    lines, grown = [], 0.0
    for many in sizes:
        with TemporaryDirectory(prefix="bench-") as folder:
            async with running(Path(folder), many) as server:
                times = await _times(server)
                if many == sizes[-1]:
                    grown = await _grown(server, requests)
        lines += _lines({name: median(taken) for name, taken in times.items()}, Size(many, "events", many == sizes[-1]))
    name = f"Memory after {requests:,} requests more"
    return [*lines, Line(name, grown, "MiB", MOST_GROWN, note="the calendar unchanged (304) and whole, in turns")]


def _lines(times: Mapping[str, float], size: Size) -> list[Line]:
    def line(name: str, ours: str, theirs: str, most: float, against: str) -> Line:
        return compared(name, Pair(times[ours], times[theirs], "ms", against), most if size.main else None, size=size)

    return [
        line("Calendar that has not changed (304)", "304", "bare 304", MOST_UNCHANGED, "a bare aiohttp handler's 304"),
        line("Whole calendar, unchanged", "whole", "bare whole", MOST_WHOLE, "a bare aiohttp handler, the same bytes"),
        line("Whole calendar after a change", "anew", "icalendar", MOST_ANEW, "icalendar's to_ical of the same events"),
    ]


async def _times(server: Server) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {
        name: [] for name in ("bare 304", "304", "bare whole", "whole", "anew", "icalendar")
    }
    _, tag, content, _ = await server.ours.ask(server.path)
    serialize = cast("Callable[[], bytes]", Calendar.from_ical(content).to_ical)
    for number in range(2):  # the first round warms up
        kept = times if number else {name: [] for name in times}
        pairs = (
            (("bare 304", server.bare, "/unchanged", "", 304), ("304", server.ours, server.path, tag, 304)),
            (("bare whole", server.bare, "/whole", "", 200), ("whole", server.ours, server.path, "", 200)),
        )
        for pair in pairs:  # small answers among small ones: after a large one everything takes longer
            for turn in range(ROUND):
                for name, talk, path, known, status in pair if turn % 2 else pair[::-1]:
                    kept[name].append(_took(await talk.ask(path, known), status))
        for _ in range(CHANGES):
            await server.change()
            kept["anew"].append(_took(await server.ours.ask(server.path, tag), 200))
            begun = perf_counter()
            serialize()
            kept["icalendar"].append((perf_counter() - begun) * 1000)
        _, tag, _, _ = await server.ours.ask(server.path)
    return times


def _took(answer: tuple[int, str, bytes, float], status: int) -> float:
    if answer[0] != status:
        raise BotFailed(f"The server answered with {answer[0]}, not {status}.")
    return answer[3]


async def _grown(server: Server, requests: int) -> float:
    """MiB by which the server grows over so many requests, after a tenth as many."""
    _, tag, _, _ = await server.ours.ask(server.path)
    before = 0.0
    for number in range(-requests // 10, requests):
        if number == 0:
            before = server.resident_mebibytes()
        await server.ours.ask(server.path, tag if number % 10 else "")
    return server.resident_mebibytes() - before


@asynccontextmanager
async def running(folder: Path, many: int) -> AsyncIterator[Server]:
    """The server with a calendar of so many events, meanwhile. Raises BotFailed where it does not start."""
    environment = {**{name: os.environ[name] for name in INHERITED if name in os.environ}, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.calendar_server", str(folder), str(many)),
        cwd=ROOT,
        env=environment,
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            said = (await process.stdout.readline()).decode().split()
        if len(said) != 4:
            raise BotFailed("The calendars' server did not start.")
        lines = [Talk(*await asyncio.open_connection("127.0.0.1", int(port), limit=2**22)) for port in said[:2]]
        yield Server(process, lines[0], lines[1], f"/calendar/{said[2]}.ics")
        for line in lines:
            line.writer.close()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
