"""The stand-in for the message route as discord.py's own HTTP client meets it, and its strict limit."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
import pytest
from aiohttp import ClientSession, web
from discord.http import Route

from bench.message_server import MessageServer, Window, server_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CHANNEL = 400_000_000_000_000_123


@asynccontextmanager
async def served(server: MessageServer) -> AsyncIterator[str]:
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def logged_in(server: MessageServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[discord.Client]:
    async with served(server) as address, discord.Client(intents=discord.Intents(guilds=True)) as client:
        monkeypatch.setattr(Route, "BASE", f"{address}/api/v10")
        await client.login("bench.bench.bench")
        yield client


def test_in_no_second_are_more_let_in_than_allowed() -> None:
    window = Window(3)
    assert [window.take(moment) for moment in (10.0, 10.25, 10.5)] == [0, 0, 0]
    assert window.take(10.75) == 0.25
    assert window.take(11.0) == 0, "what was refused does not count"
    assert window.take(11.0) == 0.25


async def test_a_message_that_comes_again_with_its_nonce_is_there_once(monkeypatch: pytest.MonkeyPatch) -> None:
    server = MessageServer()
    async with logged_in(server, monkeypatch) as client:
        channel = client.get_partial_messageable(CHANNEL)
        first, again = [await channel.send("Hello", nonce="7-1") for _ in range(2)]
        history = [message.id async for message in channel.history()]
    assert first.id == again.id
    assert history == [first.id]
    assert (server.figures.messages, server.figures.repeated, server.figures.without_nonce) == (1, 1, 0)


async def test_a_message_without_a_nonce_is_counted() -> None:
    server = MessageServer()
    async with served(server) as address, ClientSession() as session:
        for body in ({"content": "Hello"}, {"content": "Hello", "nonce": "7-1"}):
            await session.post(f"{address}/api/v10/channels/{CHANNEL}/messages", json=body)
    assert (server.figures.messages, server.figures.without_nonce) == (2, 2)


async def test_whoever_looks_whether_they_may_read_a_channel_finds_it_in_its_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = MessageServer()
    async with logged_in(server, monkeypatch) as client:
        guild = await client.fetch_guild(server_of(CHANNEL), with_counts=False)
        channel = await guild.fetch_channel(CHANNEL)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        assert channel.permissions_for(me).read_message_history
        with pytest.raises(discord.NotFound):
            await client.fetch_user(1)
    assert server.figures.unknown == ["GET /api/v10/users/1"]


async def test_beyond_the_limit_it_answers_as_discord_does() -> None:
    server = MessageServer(per_second=1)
    async with served(server) as address, ClientSession() as session:
        await session.get(f"{address}/api/v10/users/@me")
        async with session.get(f"{address}/api/v10/users/@me") as refused:
            body = await refused.json()
            assert refused.status == 429
            assert refused.headers["Via"]
            assert refused.headers["X-RateLimit-Global"] == "true"
    assert 0 < body["retry_after"] <= 1
    assert (server.figures.requests, server.figures.refused) == (2, 1)
