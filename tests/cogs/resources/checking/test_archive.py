from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from aiohttp import web

from bot.kit.fetching import Allowed, Fetcher
from cogs.resources.checking import Archived, archived_copy
from tests.kit.misbehaving import LOOPBACK, Misbehaving, Names, loopback_too

LINK = "https://old.org/guide?part=1&of=2"
COPY = "http://web.archive.org/web/20240305123456/https://old.org/guide?part=1&of=2"


def answer(**other: Any) -> dict[str, Any]:
    closest = {"available": True, "url": COPY, "timestamp": "20240305123456", "status": "200"} | other
    return {"url": LINK, "archived_snapshots": {"closest": closest}}


async def ask(said: Any, asked: list[dict[str, str]] | None = None, near: date | None = None) -> Archived | None:
    async def archive(request: web.Request) -> web.Response:
        if asked is not None:
            asked.append(dict(request.query))
        return web.Response(text=said if isinstance(said, str) else json.dumps(said))

    app = web.Application()
    app.router.add_get("/available", archive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, 0).start()
        port = runner.addresses[0][1]
        async with Fetcher(homepage="x", allowed=Allowed(loopback_too, frozenset({port}))) as fetcher:
            return await archived_copy(fetcher, LINK, near=near, base=f"http://{LOOPBACK}:{port}/available", within=2)
    finally:
        await runner.cleanup()


async def test_a_copy_is_offered_with_its_day() -> None:
    asked: list[dict[str, str]] = []
    found = await ask(answer(), asked, date(2024, 3, 1))
    assert found == Archived(COPY.replace("http:", "https:", 1), date(2024, 3, 5))
    assert asked == [{"url": LINK, "timestamp": "20240301"}]


@pytest.mark.parametrize(
    "said",
    [
        {"url": LINK, "archived_snapshots": {}},
        answer(available=False),
        answer(status="404"),
        answer(url="http://evil.org/web/20240305123456/https://old.org/"),
        answer(url="http://web.archive.org@evil.org/"),
        answer(url="http://web.archive.org:8080/web/"),
        answer(url="http://[half/"),
        answer(url=None),
        answer(timestamp="yesterday"),
        answer(timestamp="20241399000000"),
        {"archived_snapshots": []},
        [],
        "not json",
        "[" * 50_000,
        json.dumps(answer()) + " " * 100_000,
    ],
    ids=range(15),
)
async def test_whatever_else_the_archive_says_is_no_copy(said: Any) -> None:
    assert await ask(said) is None


@pytest.mark.parametrize("path", ["/status/503", "/never", "/closes", "/status/404"])
async def test_an_archive_that_cannot_be_asked_offers_nothing(path: str) -> None:
    async with (
        Misbehaving() as site,
        Fetcher(homepage="x", allowed=site.allowed, resolver=Names()) as fetcher,
    ):
        assert await archived_copy(fetcher, LINK, base=f"{site.base}{path}", within=0.1) is None
        assert len(site.seen) >= 1
