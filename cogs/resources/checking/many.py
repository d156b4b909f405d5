"""Many links: several hosts side by side, each asked for one thing at a time, none kept waiting behind another."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cogs.resources.checking import outcomes
from cogs.resources.checking.one import WITHIN, check_link
from cogs.resources.checking.outcomes import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from bot.kit.fetching import Fetcher
    from cogs.resources.checking.robots import Robots

MOST_HOSTS = 8
"""Hosts that are asked side by side."""


@dataclass(frozen=True, slots=True)
class Due:
    """A link to look at: `number` says whose it is; `insist` as for `check_link`."""

    number: int
    link: str
    insist: bool = False


class _Round:
    """The hosts in the order of their turns, each with what is due there. After each look a host goes to the end."""

    def __init__(self, due: Iterable[Due]) -> None:
        waiting: dict[str, deque[Due]] = {}
        for one in due:
            waiting.setdefault(urlsplit(one.link).hostname or "", deque()).append(one)
        self._hosts = deque(waiting.items())
        self.links = sum(map(len, waiting.values()))

    async def work(
        self, fetcher: Fetcher, robots: Robots, within: float, done: asyncio.Queue[tuple[Due, Outcome | Exception]]
    ) -> None:
        """Look at one link after the other, of one host after the other, until nothing waits that nobody else has."""
        while self._hosts:
            host, waiting = self._hosts.popleft()
            one = waiting.popleft()
            try:
                outcome = await check_link(fetcher, robots, one.link, insist=one.insist, within=within)
            except Exception as fault:  # noqa: BLE001 - a fault of ours at one link must not cost the others; it is raised at the end
                done.put_nowait((one, fault))
            else:
                done.put_nowait((one, outcome))
                if outcome.kind is Kind.BUSY and outcome.host == outcomes.host_of(one.link):
                    while waiting:
                        left = waiting.popleft()
                        done.put_nowait((left, outcomes.busy(left.link)))
            if waiting:
                self._hosts.append((host, waiting))


async def check_many(
    fetcher: Fetcher, robots: Robots, due: Iterable[Due], *, side_by_side: int = MOST_HOSTS, within: float = WITHIN
) -> AsyncGenerator[tuple[Due, Outcome], None]:
    """Look at all of them and give each outcome as it comes.

    At most `side_by_side` hosts (1 to `MOST_HOSTS`) are asked at once. The `fetcher`'s `turns` see to it that a host,
    its redirects and its robots.txt among it, gets one request at a time with a pause between. A host that asks to be
    left alone (429) is asked nothing more in this run. Iterate it inside `contextlib.aclosing`, so that leaving the
    loop, or being cancelled, ends what is under way. A fault of the program's own at a link is raised at the end, in an
    ExceptionGroup, after all other outcomes were given.
    """
    turn = _Round(due)
    done: asyncio.Queue[tuple[Due, Outcome | Exception]] = asyncio.Queue()
    places = max(1, min(side_by_side, MOST_HOSTS))
    workers = [asyncio.create_task(turn.work(fetcher, robots, within, done)) for _ in range(places)]
    faults: list[Exception] = []
    try:
        for _ in range(turn.links):
            one, outcome = await done.get()
            if isinstance(outcome, Outcome):
                yield one, outcome
            else:
                outcome.add_note(f"while looking at the link of number {one.number}")
                faults.append(outcome)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    if faults:
        raise ExceptionGroup("links that could not be looked at", faults)
