from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from bot.delivery import Line
from bot.delivery.line import AttemptOverError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

EDGE_WAIT_S = 900.0


@asynccontextmanager
async def discord_says(
    line: Line, *answers: web.Response
) -> AsyncIterator[tuple[aiohttp.ClientSession, str, list[str]]]:
    """A server that gives these answers in turn, a session watched by the line, and what was asked."""
    asked: list[str] = []
    left = list(answers)

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.method)
        return left.pop(0)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession(trace_configs=[line.trace()]) as session:
        yield session, f"http://127.0.0.1:{runner.addresses[0][1]}/", asked
    await runner.cleanup()


async def test_the_time_at_discord_is_known_from_its_answers(recwarn: pytest.WarningsRecorder) -> None:
    line = Line(EDGE_WAIT_S)
    wrong = datetime(1999, 1, 1, tzinfo=UTC)
    assert line.time(lambda: wrong) == wrong
    headers = {"Date": "Mon, 05 Jan 2026 12:00:00 GMT"}
    async with discord_says(line, web.Response(headers=headers)) as (session, link, _):
        await session.get(link)
    assert timedelta() <= line.time(lambda: wrong) - datetime(2026, 1, 5, 12, tzinfo=UTC) < timedelta(minutes=1)
    assert not recwarn.list


async def test_a_request_is_not_written_when_its_attempt_is_over() -> None:
    line = Line(EDGE_WAIT_S)
    async with discord_says(line, web.Response(), web.Response()) as (session, link, asked):
        await session.post(link)
        with line.attempt(-1), pytest.raises(AttemptOverError):
            await session.post(link)
        with line.attempt(60):
            await session.post(link)
    assert asked == ["POST", "POST"]


async def test_what_has_no_nonce_is_posted_once_in_an_attempt() -> None:
    line = Line(EDGE_WAIT_S)
    async with discord_says(line, *[web.Response() for _ in range(3)]) as (session, link, asked):
        with line.attempt(60, posts=1):
            await session.get(link)
            await session.post(link)
            with pytest.raises(AttemptOverError):
                await session.post(link)
        with line.attempt(60, posts=1):
            await session.post(link)
    assert asked == ["GET", "POST", "POST"]


async def test_attempts_side_by_side_have_times_of_their_own() -> None:
    line = Line(EDGE_WAIT_S)
    async with discord_says(line, web.Response()) as (session, link, asked):

        async def attempt(seconds: float) -> bool:
            with line.attempt(seconds):
                try:
                    await session.post(link)
                except AttemptOverError:
                    return False
                return True

        assert list(await asyncio.gather(attempt(-1), attempt(60))) == [False, True]
    assert asked == ["POST"]


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ({"Via": "1.1 google", "X-RateLimit-Global": "true", "Retry-After": "12.5"}, 12),
        ({"Via": "1.1 google", "X-RateLimit-Scope": "global", "Retry-After": "3"}, 2),
        ({"Via": "1.1 google", "X-RateLimit-Scope": "shared", "Retry-After": "3"}, 0),
        ({"Retry-After": "5"}, EDGE_WAIT_S - 1),
        ({"Retry-After": "4000"}, 3999),
        ({"Retry-After": "soon"}, EDGE_WAIT_S - 1),
    ],
)
async def test_who_asks_all_to_wait_is_heard(headers: dict[str, str], least: float) -> None:
    line = Line(EDGE_WAIT_S)
    async with discord_says(line, web.Response(status=429, headers=headers)) as (session, link, _):
        await session.get(link)
    assert least <= line.closed_for <= max(least + 1, 0.001 if least else 0)


async def test_a_shorter_silence_does_not_end_a_longer_one() -> None:
    line = Line(EDGE_WAIT_S)
    line.close_for(100)
    line.close_for(1)
    assert line.closed_for > 98
