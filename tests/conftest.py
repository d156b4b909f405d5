"""Fixtures for all tests: the wire, and a community in the simulated Discord."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

import pytest
import simcord
from hypothesis import HealthCheck, settings

import demo.parity  # noqa: F401 - more of Discord for the simulated one
from bot.client import Benchmate
from cogs.resources.service import Starting
from db import engine
from tests.kit.copying import copy_fast
from tests.kit.settling import settle_fast
from tests.kit.wire import Wire, connect, record_folder
from tests.kit.world import Faults, World, make_bot, open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from pathlib import Path

    from bot.kit.fetching import Fetcher
    from db.engine import Database
    from db.resources import Description

copy_fast()
# A machine that is busy with other things is no fault of what is tested
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
gc.set_threshold(100_000, 50, 50)  # a suite makes much and keeps little: looking for cycles less often saves a tenth


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Wire]:
    folder = record_folder()
    made = Wire(folder / f"{request.node.name[:80].replace('/', '_')}.jsonl" if folder else None)
    connect(made, monkeypatch)
    yield made
    assert made.broken == [], "what the bot sent breaks rules of docs/voice-and-cards.md"


@pytest.fixture
def faults() -> Iterator[Faults]:
    handler = Faults()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    assert handler.take() == [], "the bot logged faults that the test did not expect"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = await open_database(tmp_path / "benchmate.db")
    yield made
    await made.close()


@pytest.fixture
def fetcher() -> Fetcher | None:
    """What the bot opens web addresses with; None where it shall reach none. Tests of links have their own."""
    return None


@pytest.fixture
def shelves() -> Callable[[], Sequence[Description]]:
    """What the starter catalogue brings to a new server: nothing, but for the tests that look for it."""
    return tuple


@pytest.fixture
async def env(
    database: Database,
    wire: Wire,
    faults: Faults,
    fetcher: Fetcher | None,
    shelves: Callable[[], Sequence[Description]],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[simcord.Env]:
    """The simulated Discord; SimCord's pytest plugin finds it here and lends the test its clock."""
    # Discord, all its members and the bot share one processor here: nobody is sent away as too late to write
    monkeypatch.setattr(engine, "TURN_WAIT_S", 60.0)
    bot = make_bot(database, fetcher)
    made = simcord.Env(bot, check_errors=False)  # the boundary answers faults; `faults` watches the log
    settle_fast(made)
    await made.start()
    bot.serve(Starting(database, bot.clock, bot.vocabulary, read=shelves))
    yield made
    await made.shutdown()
    if isinstance(made.bot, Benchmate):
        await made.bot.fetcher.close()  # SimCord never closes the bot itself


@pytest.fixture
def empty_world(env: simcord.Env, database: Database, wire: Wire, faults: Faults) -> World:
    """The bot in Discord, in no server yet."""
    return World(env, database, wire, faults)


@pytest.fixture
async def world(empty_world: World) -> World:
    """A community with an owner, an organizer, two members, and an organizers' desk."""
    return await empty_world.build()
