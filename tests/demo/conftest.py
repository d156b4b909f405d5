"""A running demo with a toy bot, and people who look at it over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from demo.app import Demo, running
from tests.demo.toy_bot import open_toy
from tests.demo.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    async with running(open_toy, 0) as demo:
        yield demo


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def kim(demo: Demo, session: aiohttp.ClientSession) -> Visitor:
    return Visitor(session, demo.link, "kim")


@pytest.fixture
def rosa(demo: Demo, session: aiohttp.ClientSession) -> Visitor:
    return Visitor(session, demo.link, "rosa")


@pytest.fixture
def nora(demo: Demo, session: aiohttp.ClientSession) -> Visitor:
    return Visitor(session, demo.link, "nora")
