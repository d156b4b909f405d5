from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.kit.fetching import Answer, Fetcher
from cogs.resources.service import Checking
from cogs.resources.service.rounds import A_SLICE, AT_A_HOST, CHECK, DAILY, WITNESSES
from db import delivery
from tests.cogs.resources.link_steps import Web, add, only
from tests.kit.misbehaving import Names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.delivery import Delivery
    from db.engine import Database
    from tests.kit.world import World

HERE, THERE = 41 << 40, 42 << 40
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Time:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def site() -> AsyncIterator[Web]:
    async with Web() as site:
        yield site


@pytest.fixture
def fetcher(site: Web) -> Fetcher:
    return Fetcher(homepage="https://makers.org", allowed=site.allowed, resolver=Names())


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
async def service(database: Database, clock: Time, fetcher: Fetcher) -> AsyncIterator[Checking]:
    yield Checking(database, clock, fetcher)
    await fetcher.close()


async def to_come(database: Database, guild_id: int = HERE) -> list[Delivery]:
    """The slices that are promised, the first first."""
    async with database.read() as connection:
        return [one for one in await delivery.page(connection, ("waiting",), limit=50) if one.guild_id == guild_id]


async def do_next(service: Checking, database: Database, clock: Time) -> None:
    """Wait for the next slice, and do it as the delivery worker does."""
    chore, *_ = await to_come(database)
    clock.now = max(clock.now, chore.due_at)
    await do(service, database, chore, clock)


async def do(service: Checking, database: Database, chore: Delivery, clock: Time) -> None:
    await service.slice(chore)
    async with database.write() as connection:
        await delivery.mark_sent(connection, chore.delivery_id, clock())


async def looked_at(database: Database) -> dict[date, int]:
    """How many links were looked at last on which day."""
    async with database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT date(checked_at), count(*) FROM resource_link GROUP BY 1")
        found: list[Any] = [list(row) for row in rows]
        return {date.fromisoformat(day): number for day, number in found}


def pages(site: Web, number: int, hosts: int) -> list[str]:
    return [site.at(f"h{page * hosts // number}.org", f"/{page}") for page in range(number)]


async def test_a_catalogue_is_spread_over_the_week(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 100, 20))
    await service.begin(HERE)
    for _ in range(7):
        await do_next(service, database, clock)
    a_day = await looked_at(database)
    assert sum(a_day.values()) == 100
    assert len(a_day) == 5
    assert max(a_day.values()) <= 22 + WITNESSES
    assert sum(one.startswith("HEAD") for one in site.asked()) == 100 + 4 * WITNESSES
    assert all(one.due_at > clock.now for one in await to_come(database))


async def test_after_three_weeks_of_absence_there_is_no_storm(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 200, 40))
    await service.begin(HERE)
    for _ in range(7):
        await do_next(service, database, clock)
    clock.now += timedelta(days=21)
    before = len(site.asked())
    await do_next(service, database, clock)
    assert sum(one.startswith("HEAD") for one in site.asked()[before:]) == 43
    (following,) = await to_come(database)
    assert following.due_at.date() == clock.now.date() + timedelta(days=1)


async def test_a_clock_that_jumps_ahead_and_back_stops_nothing(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 5, 5))
    await service.begin(HERE)
    await do_next(service, database, clock)
    now = clock.now
    clock.now += timedelta(days=400)
    await do_next(service, database, clock)
    clock.now = now + timedelta(hours=1)
    assert await service.begin(HERE)
    first, *_ = await to_come(database)
    assert first.due_at - clock.now < timedelta(days=2)
    before = len(site.asked())
    await do_next(service, database, clock)
    assert len(site.asked()) > before
    assert max(await looked_at(database)) == clock.now.date()


async def test_a_clock_put_back_by_days_leaves_a_next_round(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 5, 5))
    await service.begin(HERE)
    for _ in range(4):
        await do_next(service, database, clock)
    (chore,) = await to_come(database)
    clock.now -= timedelta(days=3)
    await do(service, database, chore, clock)
    assert [one.due_at > clock.now for one in await to_come(database)] == [True]


async def test_a_slice_that_is_done_twice_leaves_one_to_come(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 100, 20))
    assert await service.check_now(HERE)
    (chore,) = await to_come(database)
    await service.slice(chore)
    await do(service, database, chore, clock)
    assert len(await to_come(database)) == 1
    assert sum((await looked_at(database)).values()) == 100


async def test_a_thousand_links_are_not_held_up_by_one_host_that_never_answers(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    site.held["slow.org"] = asyncio.Event()
    slow = [site.at("slow.org", f"/{page}") for page in range(40)]
    await add(database, HERE, MONDAY, *slow, *pages(site, 960, 192))
    assert await service.check_now(HERE)
    (chore,) = await to_come(database)
    running = asyncio.create_task(do(service, database, chore, clock))
    await site.until_asked(1 + 1 + (A_SLICE - AT_A_HOST) + (A_SLICE - AT_A_HOST) // 5)
    assert site.asked("slow.org") == ["GET /robots.txt", "HEAD /0"]
    site.held["slow.org"].set()
    await running
    for _ in range(30):
        if await to_come(database):
            await do_next(service, database, clock)
    assert sum((await looked_at(database)).values()) == 1_000
    assert set(site.most.values()) == {1}
    assert clock.now - MONDAY < timedelta(hours=1)


async def test_two_servers_never_ask_one_host_at_the_same_time(world: World, site: Web) -> None:
    other = world.env.create_guild("Library Makers", owner=world.env.create_user("lee"))
    await world.env.settle()
    found = [site.at("shared.org", f"/{page}") for page in range(8)]
    await only(world, *found)
    await add(world.database, other.id, world.env.now(), *found)
    await world.bot.delivery.run_due()  # what else was due
    service = world.bot.service(Checking)
    site.held["shared.org"] = asyncio.Event()
    for guild_id in (world.guild.id, other.id):
        assert await service.check_now(guild_id)
    running = asyncio.create_task(world.bot.delivery.run_due())
    await site.until_asked(2)
    async with world.database.read() as connection:  # both are under way
        sending = await delivery.page(connection, ("sending",), limit=9)
    site.held["shared.org"].set()
    await running
    assert {one.guild_id for one in sending if one.kind == CHECK} == {world.guild.id, other.id}
    assert site.asked("shared.org").count("HEAD /7") == 2
    assert site.most["shared.org"] == 1


async def test_two_slices_of_one_server_do_not_look_at_the_same_links(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 5, 5))
    await service.begin(HERE)
    (daily,) = await to_come(database)
    assert await service.check_now(HERE)
    asked = next(one for one in await to_come(database) if one.subject != DAILY)
    clock.now = daily.due_at
    site.gate = asyncio.Event()
    running = asyncio.create_task(do(service, database, asked, clock))
    await site.until_asked(1)
    await do(service, database, daily, clock)
    site.gate.set()
    await running
    assert sum(one.startswith("HEAD") for one in site.asked()) == 5
    assert [(one.kind, one.subject) for one in await to_come(database)] == [(CHECK, DAILY)]


async def test_a_server_that_is_left_in_the_middle_of_a_slice_gets_no_next_one(
    site: Web, database: Database, service: Checking, clock: Time
) -> None:
    await add(database, HERE, MONDAY, *pages(site, 5, 5))
    await service.begin(HERE)
    (chore,) = await to_come(database)
    site.gate = asyncio.Event()
    running = asyncio.create_task(service.slice(chore))
    await site.until_asked(1)
    await service.end(HERE)
    site.gate.set()
    await running
    assert await to_come(database) == []


async def test_a_fault_of_our_own_at_one_link_costs_neither_the_others_nor_the_next_slice(
    site: Web, database: Database, clock: Time, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Fetcher):
        async def fetch(self, url: str, **wish: Any) -> Answer:
            if "broken.org" in url:
                raise KeyError(url)
            return await super().fetch(url, **wish)

    async with Broken(homepage="x", allowed=site.allowed, resolver=Names()) as fetcher:
        service = Checking(database, clock, fetcher)
        await add(database, HERE, MONDAY, site.at("broken.org", "/1"), site.at("a.org", "/1"))
        await service.begin(HERE)
        assert await service.check_now(HERE)
        await do_next(service, database, clock)
        assert (await service.state(HERE)).checked.by_kind == {"alive": 1, "odd": 1}
        assert not (await service.state(HERE)).running
    assert "Some links could not be looked at" in caplog.text


async def test_servers_do_not_all_come_at_the_same_time_of_day(database: Database, service: Checking) -> None:
    for guild_id in (HERE, THERE):
        await service.begin(guild_id)
    (one,) = await to_come(database)
    (other,) = await to_come(database, THERE)
    assert one.due_at != other.due_at
    assert {one.due_at.date(), other.due_at.date()} == {MONDAY.date() + timedelta(days=1)}
