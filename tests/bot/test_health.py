"""How the bot says that it is well, and what it says when it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import text

from bot.client.connecting import Presence
from bot.health import LONGEST_DELAY, LONGEST_SILENCE, health
from bot.heartbeat import EVERY_S, WHEN_NOT_WELL_S, beat
from bot.kit.fetching import Allowed, Fetcher
from db import delivery
from db.delivery import Promise
from tests.kit.misbehaving import Misbehaving, Names, loopback_too
from web.app import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from db.engine import Database
    from tests.kit.world import World

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def presence(*, latency: float = 0.1, heard: timedelta = timedelta(minutes=5)) -> Presence:
    """A bot that was ready at some time; what Discord's side is like is told."""
    found = Presence()
    bot = SimpleNamespace(latency=latency, last_event_at=NOW - heard, is_ready=lambda: True, is_closed=lambda: False)
    found.bot = cast("Any", bot)
    return found


async def bad(database: Database, found: Presence | None = None) -> list[str]:
    parts = await health(found or presence(), database, lambda: NOW)
    assert list(parts) == ["heartbeat", "last_event", "deliveries", "database"]
    return [name for name, part in parts.items() if not part.well]


async def test_a_bot_that_hears_and_delivers_is_well(database: Database) -> None:
    assert await bad(database) == []


async def test_a_bot_that_is_not_there_yet_is_not_well(database: Database) -> None:
    assert await bad(database, Presence()) == ["heartbeat", "last_event"]


async def test_a_heartbeat_without_an_answer_is_not_well(database: Database) -> None:
    assert await bad(database, presence(latency=float("inf"))) == ["heartbeat"]


async def test_a_connection_through_which_nothing_comes_is_not_well(database: Database) -> None:
    assert await bad(database, presence(heard=LONGEST_SILENCE)) == ["last_event"]


async def test_deliveries_that_are_late_are_not_well_and_it_says_by_how_much(database: Database) -> None:
    due = NOW - LONGEST_DELAY
    async with database.write() as connection:
        await delivery.put(connection, Promise("reminder", 7, "x", due), due)
    assert await bad(database) == ["deliveries"]
    parts = await health(presence(), database, lambda: NOW)
    assert parts["deliveries"].measured == {"late_s": 300.0}


async def test_what_is_due_later_is_not_late(database: Database) -> None:
    async with database.write() as connection:
        await delivery.put(connection, Promise("reminder", 7, "x", NOW + timedelta(hours=1)), NOW)
    assert await bad(database) == []


async def test_a_database_that_is_not_what_it_should_be_is_not_well(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("DROP TABLE alembic_version"))
    assert await bad(database) == ["database"]


async def test_the_bot_remembers_when_discord_told_it_something_last(world: World) -> None:
    before = world.bot.last_event_at
    world.bot.dispatch("socket_event_type", "GUILD_CREATE")
    await world.env.settle()
    assert world.bot.last_event_at is not None
    assert before is None or world.bot.last_event_at >= before


class Stop(Exception):
    """Enough seen."""


async def called(url: str, states: list[bool], caplog: pytest.LogCaptureFixture) -> list[float]:
    """The pauses after each look, while the bot is as `states` say."""
    pauses: list[float] = []
    caplog.set_level("INFO")

    async def parts() -> Mapping[str, Part]:
        return {"database": Part(well=states[len(pauses)])}

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == len(states):
            raise Stop

    allowed = Allowed(loopback_too, frozenset(range(1024, 65536)))
    async with Fetcher(homepage="https://makers.test", allowed=allowed, resolver=Names()) as fetcher:
        try:
            await beat(url, parts, fetcher, pause)
        except Stop:
            return pauses
    raise AssertionError("it ended by itself")


async def test_the_monitor_is_called_every_few_minutes_while_all_is_well(caplog: pytest.LogCaptureFixture) -> None:
    async with Misbehaving() as site:
        assert await called(f"{site.base}/ping/s3cret", [True, True], caplog) == [EVERY_S, EVERY_S]
        assert [seen.path for seen in site.seen].count("/ping/s3cret") == 2


async def test_the_monitor_hears_nothing_while_something_is_wrong_and_again_after_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Misbehaving() as site:
        pauses = await called(f"{site.base}/ping/s3cret", [False, False, True], caplog)
        assert pauses == [WHEN_NOT_WELL_S, WHEN_NOT_WELL_S, EVERY_S]
        assert [seen.path for seen in site.seen].count("/ping/s3cret") == 1
    assert caplog.text.count("not well: database") == 1
    assert "hears of us again" in caplog.text


async def test_a_monitor_that_refuses_is_told_once_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    async with Misbehaving() as site:
        assert await called(f"{site.base}/status/404", [True, True], caplog) == [WHEN_NOT_WELL_S, WHEN_NOT_WELL_S]
    assert caplog.text.count("it answers with status 404") == 1
    assert "/status/404" not in caplog.text


async def test_a_monitor_inside_a_private_network_is_not_called(caplog: pytest.LogCaptureFixture) -> None:
    pauses = []
    async with Fetcher(homepage="https://makers.test") as fetcher:

        async def well() -> Mapping[str, Part]:
            return {}

        async def pause(seconds: float) -> None:
            pauses.append(seconds)
            raise Stop

        try:
            await beat("http://127.0.0.1/ping", well, fetcher, pause)
        except Stop:
            assert pauses == [WHEN_NOT_WELL_S]
    assert "private network" in caplog.text
