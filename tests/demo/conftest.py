"""A running demo with a toy bot and people who look at it over HTTP; the real one in a process, and a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from demo.app import Demo, running
from tests.demo.process import DemoProcess
from tests.demo.toy_bot import open_toy
from tests.demo.visitor import Visitor
from tests.demo.window import CHROMIUM, PATIENCE_MILLISECONDS, QUIET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


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


@pytest.fixture
def process() -> Iterator[DemoProcess]:
    with DemoProcess.started() as process:
        yield process


@pytest.fixture
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()
