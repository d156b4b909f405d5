from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from bot.kit.fetching import Fetcher, Turns
from cogs.resources.checking import MOST_HOSTS, Due, Kind, Outcome, Robots, check_many
from tests.kit.misbehaving import Misbehaving, Names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def site() -> AsyncIterator[Misbehaving]:
    async with Misbehaving() as site:
        yield site


@pytest.fixture
async def fetcher(site: Misbehaving) -> AsyncIterator[Fetcher]:
    async with Fetcher(homepage="https://makers.org", allowed=site.allowed, resolver=Names()) as fetcher:
        yield fetcher


def due(site: Misbehaving, *links: tuple[str, str]) -> list[Due]:
    return [Due(number, site.at(host, path)) for number, (host, path) in enumerate(links)]


async def run(fetcher: Fetcher, links: list[Due], side_by_side: int = MOST_HOSTS) -> list[tuple[Due, Outcome]]:
    async with aclosing(check_many(fetcher, Robots(fetcher), links, side_by_side=side_by_side, within=2)) as looks:
        return [look async for look in looks]


async def test_every_link_gets_one_outcome(site: Misbehaving, fetcher: Fetcher) -> None:
    links = due(site, *[(f"h{number % 7}.org", f"/page/{number}") for number in range(50)], ("h1.org", "/status/404"))
    outcomes = await run(fetcher, links)
    assert sorted(one.number for one, _ in outcomes) == list(range(51))
    assert all(outcome.link == one.link for one, outcome in outcomes)
    assert [outcome.kind for one, outcome in outcomes if one.number == 50] == [Kind.GONE]


async def test_no_links_are_no_work(fetcher: Fetcher) -> None:
    assert await run(fetcher, []) == []


async def test_a_host_gets_one_request_at_a_time_also_when_others_send_on_to_it(
    site: Misbehaving, fetcher: Fetcher
) -> None:
    to_one = f"/for-now?link={site.at('one.org', '/page')}"
    links = due(
        site, *[(host, to_one) for host in ("a.org", "b.org", "c.org")], *[("one.org", f"/{n}") for n in range(9)]
    )
    await run(fetcher, links)
    assert set(site.most.values()) == {1}
    assert site.asked("one.org").count("HEAD /page") == 3


async def test_several_hosts_are_asked_side_by_side_and_no_more_than_eight(site: Misbehaving, fetcher: Fetcher) -> None:
    site.gate = asyncio.Event()
    running = asyncio.create_task(
        run(fetcher, due(site, *[(f"h{n}.org", "/page") for n in range(12)]), side_by_side=99)
    )
    await site.until_asked(MOST_HOSTS)
    assert site.at_once == MOST_HOSTS
    site.gate.set()
    assert len(await running) == 12
    assert site.at_once == MOST_HOSTS


async def test_a_host_with_many_links_does_not_keep_the_others_waiting(site: Misbehaving, fetcher: Fetcher) -> None:
    links = due(site, *[("large.org", f"/{n}") for n in range(10)], ("small.org", "/page"), ("tiny.org", "/page"))
    order = [one.number for one, _ in await run(fetcher, links, side_by_side=1)]
    assert order == [0, 10, 11, *range(1, 10)]


async def test_between_two_requests_to_a_host_there_is_a_pause(site: Misbehaving) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    turns = Turns(60, pause)
    async with Fetcher(homepage="x", allowed=site.allowed, resolver=Names(), turns=turns) as fetcher:
        await run(fetcher, due(site, ("a.org", "/1"), ("a.org", "/2"), ("b.org", "/1")))
    # The robots.txt and two pages of the one host, the robots.txt and a page of the other
    assert len(pauses) == 3
    assert all(0 < seconds <= 60 for seconds in pauses)


async def test_outcomes_come_while_others_are_still_under_way(site: Misbehaving, fetcher: Fetcher) -> None:
    links = due(site, ("slow.org", "/never"), ("quick.org", "/page"))
    async with aclosing(check_many(fetcher, Robots(fetcher), links, within=30)) as looks:
        one, outcome = await anext(looks)
        assert (one.number, outcome.kind) == (1, Kind.ALIVE)


async def test_leaving_the_loop_ends_what_is_under_way(site: Misbehaving, fetcher: Fetcher) -> None:
    before = asyncio.all_tasks()
    links = due(site, ("quick.org", "/page"), *[(f"h{n}.org", "/never") for n in range(4)])
    async with aclosing(check_many(fetcher, Robots(fetcher), links, within=30)) as looks:
        await anext(looks)
    left = [task for task in asyncio.all_tasks() - before if "_Round.work" in repr(task)]
    assert left == []


async def test_a_run_that_is_cancelled_ends_and_the_fetcher_goes_on_working(
    site: Misbehaving, fetcher: Fetcher
) -> None:
    running = asyncio.create_task(run(fetcher, due(site, *[(f"h{n}.org", "/never") for n in range(4)])))
    await site.until_asked(8)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [outcome.kind for _, outcome in await run(fetcher, due(site, ("h0.org", "/page")))] == [Kind.ALIVE]


async def test_a_host_that_asks_to_be_left_alone_is_left_alone(site: Misbehaving, fetcher: Fetcher) -> None:
    links = due(site, ("busy.org", "/status/429"), ("busy.org", "/page"), ("busy.org", "/other"), ("calm.org", "/page"))
    outcomes = {one.number: outcome.kind for one, outcome in await run(fetcher, links)}
    assert outcomes == {0: Kind.BUSY, 1: Kind.BUSY, 2: Kind.BUSY, 3: Kind.ALIVE}
    assert site.asked("busy.org") == ["GET /robots.txt", "HEAD /status/429"]


async def test_a_host_is_not_blamed_for_another_one_it_sends_on_to(site: Misbehaving, fetcher: Fetcher) -> None:
    links = due(site, ("a.org", f"/for-now?link={site.at('busy.org', '/status/429')}"), ("a.org", "/page"))
    assert [outcome.kind for _, outcome in await run(fetcher, links)] == [Kind.BUSY, Kind.ALIVE]


async def test_a_fault_of_our_own_at_one_link_does_not_cost_the_others(site: Misbehaving, fetcher: Fetcher) -> None:
    class Broken(Robots):
        async def permission(self, link: str) -> None:  # type: ignore[override]
            if "bad.org" in link:
                raise KeyError(link)

    links = due(site, ("bad.org", "/1"), ("good.org", "/page"), ("bad.org", "/2"))
    seen: list[tuple[int, Kind]] = []

    async def look() -> None:
        async with aclosing(check_many(fetcher, Broken(fetcher), links)) as looks:
            async for one, outcome in looks:
                seen.append((one.number, outcome.kind))

    with pytest.raises(ExceptionGroup) as met:
        await look()
    assert (seen, len(met.value.exceptions)) == ([(1, Kind.ALIVE)], 2)
