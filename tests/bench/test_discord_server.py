"""The bench server as a real discord.py client meets it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench import bare
from bench.discord_payloads import World
from bench.discord_server import DiscordServer
from bench.gateway import Zstd

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PATIENCE = 20


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    async with DiscordServer(World(members=2500)) as discord_server:
        monkeypatch.setattr(Route, "BASE", discord_server.base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord_server.gateway_url))
        yield discord_server


@asynccontextmanager
async def logged_in(client: discord.Client) -> AsyncIterator[discord.Guild]:
    arrived = asyncio.Event()

    @client.event
    async def on_guild_available(_guild: discord.Guild) -> None:
        arrived.set()

    async with client, asyncio.timeout(PATIENCE):
        running = asyncio.create_task(client.start("bench.bench.bench"))
        waiting = asyncio.create_task(arrived.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        yield client.guilds[0]
    await running


async def test_a_bot_without_the_members_intent_sees_itself_and_the_count(server: DiscordServer) -> None:
    async with logged_in(bare.build()) as guild:
        assert [member.bot for member in guild.members] == [True]
        assert guild.member_count == 2501
        assert not guild.chunked


async def test_a_bot_with_the_members_intent_gets_every_member(server: DiscordServer) -> None:
    async with logged_in(bare.build(members=True)) as guild:
        assert len(guild.members) == 2501
        assert guild.chunked


async def test_a_command_is_answered_with_the_card_and_timed(server: DiscordServer) -> None:
    async with logged_in(bare.build()):
        before = asyncio.get_running_loop().time()
        answer = await server.use("card")
        elapsed = (asyncio.get_running_loop().time() - before) * 1000
    assert answer.type == discord.InteractionResponseType.channel_message.value
    assert answer.data["components"] == bare.card().to_components()  # type: ignore[no-untyped-call]
    assert 0 < answer.milliseconds <= elapsed
    assert server.unknown == []


async def test_the_commands_a_bot_registers_get_numbers(server: DiscordServer) -> None:
    client = bare.build()
    async with logged_in(client):
        registered = await client.tree.fetch_commands()
    assert [command.name for command in registered] == ["card"]
    assert [str(command.id) for command in registered] == [command["id"] for command in server.commands]


async def test_a_login_without_a_token_is_refused(server: DiscordServer) -> None:
    async with discord.Client(intents=discord.Intents.default()) as client:
        client.http.token = None
        with pytest.raises(discord.LoginFailure):
            await client.login("")


async def test_a_request_the_server_does_not_know_is_written_down(server: DiscordServer) -> None:
    client = bare.build()
    async with logged_in(client):
        with pytest.raises(discord.NotFound):
            await client.fetch_channel(1)
    assert server.unknown == ["GET /api/v10/channels/1"]


async def test_a_message_is_answered_with_a_message(server: DiscordServer) -> None:
    client = discord.Client(intents=discord.Intents(guilds=True, guild_messages=True, message_content=True))

    @client.event
    async def on_message(message: discord.Message) -> None:
        assert isinstance(message.author, discord.Member)
        await message.channel.send(f"{message.author.name} said {message.content}")

    async with logged_in(client):
        answer = await server.say("hello")
    assert answer.data["content"] == "owner said hello"
    assert answer.milliseconds > 0
    assert server.unknown == []


async def test_who_is_offline_in_a_large_server_must_be_asked_for(server: DiscordServer) -> None:
    client = discord.Client(intents=discord.Intents(guilds=True, members=True, presences=True))
    async with logged_in(client) as guild:
        assert len(guild.members) == 2501
    small = World(members=200)
    assert len(small.guild_create(presences=True)["members"]) == 201
    assert len(small.guild_create(presences=False)["members"]) == 1
    assert len(server.world.guild_create(presences=True)["members"]) == 1


def test_no_two_members_signed_up_in_the_same_millisecond() -> None:
    moments = {int(member["user"]["id"]) >> 22 for member in World(members=2500).people}
    assert len(moments) == 2501


def test_a_zstd_stream_holds_what_was_said_in_raw_blocks() -> None:
    stream, said = Zstd(), [b"hello", b"x" * 300_000]
    packed = b"".join(stream.pack(message) for message in said)
    assert packed[:4] == bytes.fromhex("28b52ffd")
    at, found = 6, b""
    while at < len(packed):
        head = int.from_bytes(packed[at : at + 3], "little")
        assert (head & 1, head >> 1 & 3) == (0, 0), "not the last, and raw (RFC 8878, 3.1.1.2)"
        assert head >> 3 <= 2**17
        found += packed[at + 3 : at + 3 + (head >> 3)]
        at += 3 + (head >> 3)
    assert found == b"".join(said)
