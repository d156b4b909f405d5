from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import aiohttp
import pytest
from discord.http import Route

from bot.client import Benchmate, connecting
from bot.client.connecting import Presence
from bot.running import endpoint, run
from bot.settings import load
from tests.kit.cli import PATIENCE, TOKEN, Said, ended, environment, start
from tests.kit.standin import EDGE_PAGE, REFUSED, Login, StandIn

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

    from db.engine import Database

STOP = 5  # seconds after which a host kills what it has asked to stop
WHO = "GET /users/@me"


@asynccontextmanager
async def running(discord: StandIn, folder: Path, **settings: str) -> AsyncIterator[Process]:
    """`benchmate run` against this stand-in; killed in the end if it is still there."""
    async with discord:
        process = await start("run", base=discord.base, cwd=folder, env=environment(**settings))
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def until(event: asyncio.Event) -> None:
    async with asyncio.timeout(PATIENCE):
        await event.wait()


async def until_said(process: Process, words: str) -> str:
    """Read what it logs until it says this, and return all of it."""
    assert process.stderr is not None
    text = ""
    async with asyncio.timeout(PATIENCE):
        while words not in text:
            line = await process.stderr.readline()
            assert line, f"it ended before it said {words!r}:\n{text}"
            text += line.decode()
    return text


async def stopped(process: Process, *signals: signal.Signals) -> Said:
    """Send the signals and wait as long as a host does."""
    for sent in signals or (signal.SIGTERM,):
        process.send_signal(sent)
    async with asyncio.timeout(STOP):
        said = await ended(process)
    assert "Traceback" not in said.err, said.err
    assert "Exception" not in said.err, said.err
    return said


def is_whole(folder: Path) -> None:
    """Assert that the database is sound and nobody holds it."""
    with closing(sqlite3.connect(folder / "data" / "benchmate.db", timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
async def test_a_connected_bot_says_goodbye_and_ends_well_when_asked_to_stop(
    tmp_path: Path, sent: signal.Signals
) -> None:
    discord = StandIn()
    async with running(discord, tmp_path) as process:
        await until(discord.ready)
        said = await stopped(process, sent)
        assert said.code == 0
        assert "Stopped on request" in said.err
        assert discord.goodbyes == 1
        assert discord.tokens == {TOKEN}
        assert TOKEN not in said.out + said.err
    is_whole(tmp_path)


async def test_a_gateway_that_never_answers_the_goodbye_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    discord = StandIn(deaf=True)
    async with running(discord, tmp_path) as process:
        await until(discord.ready)
        assert (await stopped(process)).code == 0
    is_whole(tmp_path)


async def test_a_second_signal_does_not_cut_off_the_goodbye(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    closing, go_on, closed = asyncio.Event(), asyncio.Event(), asyncio.Event()

    class Slow(Benchmate):
        """Takes its time to leave, as with a slow network."""

        async def close(self) -> None:
            closing.set()
            await go_on.wait()
            await super().close()
            closed.set()

    monkeypatch.setattr(connecting, "Benchmate", Slow)
    address = f"sqlite+aiosqlite:///{tmp_path}/data/benchmate.db"
    settings = load(None, {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": address})
    async with StandIn(Login(never=True)) as discord:
        monkeypatch.setattr(Route, "BASE", discord.base)
        process = asyncio.create_task(run(settings))
        await until(discord.asked)
        os.kill(os.getpid(), signal.SIGTERM)
        await until(closing)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(20):
            await asyncio.sleep(0)
        assert "Stopped on request" not in caplog.text
        go_on.set()
        await process
    assert closed.is_set()
    assert "Stopped on request" in caplog.text
    is_whole(tmp_path)


async def test_impatient_people_who_ask_three_times_get_a_clean_end_too(tmp_path: Path) -> None:
    discord = StandIn(deaf=True)
    async with running(discord, tmp_path) as process:
        await until(discord.ready)
        assert (await stopped(process, signal.SIGINT, signal.SIGTERM, signal.SIGINT)).code == 0
    is_whole(tmp_path)


async def test_it_stops_while_discord_does_not_answer_the_login(tmp_path: Path) -> None:
    discord = StandIn(Login(never=True))
    async with running(discord, tmp_path) as process:
        await until(discord.asked)
        assert (await stopped(process)).code == 0
    is_whole(tmp_path)


async def test_it_stops_while_it_waits_out_the_ban_of_the_edge(tmp_path: Path) -> None:
    discord = StandIn(Login(429, EDGE_PAGE))
    async with running(discord, tmp_path) as process:
        await until_said(process, "trying again in 15 min")
        assert (await stopped(process)).code == 0
        assert discord.requests == {WHO: 1}


async def test_a_refused_login_ends_with_one_sentence_after_one_try(tmp_path: Path) -> None:
    discord = StandIn(REFUSED)
    async with running(discord, tmp_path) as process:
        said = await ended(process)
    said.expect_refusal("Benchmate cannot start:\n  - Discord does not accept DISCORD_TOKEN.")
    assert said.err.count("DISCORD_TOKEN") == 1
    assert discord.requests == {WHO: 1}


async def test_a_token_that_is_reset_while_it_runs_ends_with_the_same_sentence(tmp_path: Path) -> None:
    async with running(StandIn(closes_with=4004), tmp_path) as process:
        (await ended(process)).expect_refusal("Benchmate cannot start:\n  - Discord does not accept DISCORD_TOKEN.")


async def test_the_commands_are_sent_once_and_not_again_at_the_next_start(tmp_path: Path) -> None:
    discord = StandIn()
    put = "PUT /applications/300/commands"
    async with running(discord, tmp_path) as process:
        await until(discord.ready)
        assert "Sent " in (await stopped(process)).err
        assert discord.requests[put] == 1
    again = StandIn()
    async with running(again, tmp_path) as process:
        await until(again.ready)
        assert "Sent " not in (await stopped(process)).err
    assert again.requests[put] == 0


async def test_the_log_is_json_where_that_is_asked_for(tmp_path: Path) -> None:
    discord = StandIn()
    async with running(discord, tmp_path, LOG_FORMAT="json") as process:
        await until(discord.ready)
        said = await stopped(process)
    messages = [json.loads(line)["message"] for line in said.err.splitlines()]
    assert "The database was brought up to date" in messages
    assert messages[-1] == "Stopped on request"


async def test_the_endpoint_tells_a_monitor_how_each_part_is_and_has_calendars(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    discord, base = StandIn(), f"http://127.0.0.1:{port}"
    async with running(discord, tmp_path, PORT=str(port)) as process, aiohttp.ClientSession() as session:
        await until(discord.ready)
        async with session.get(f"{base}/healthz") as answer:
            found = await answer.json()
            assert (answer.status == 200) == found["well"]
        assert set(found) == {"well", "bad", "heartbeat", "last_event", "deliveries", "database", "sqlite"}
        assert found["database"]["well"]
        assert found["deliveries"]["well"]
        async with session.get(f"{base}/calendar/{'x' * 32}.ics") as answer:
            assert answer.status == 404
        said = await stopped(process)
    assert "x" * 32 not in said.err


async def test_links_are_given_only_where_the_endpoint_is_served(database: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        asked = {"DISCORD_TOKEN": TOKEN, "PUBLIC_URL": "https://makers.test", "PORT": str(taken.getsockname()[1])}
        async with endpoint(load(None, asked), database, Presence()) as public_url:
            assert public_url == ""
    async with endpoint(load(None, asked), database, Presence()) as public_url:
        assert public_url == "https://makers.test"
    async with endpoint(load(None, {**asked, "PORT": ""}), database, Presence()) as public_url:
        assert public_url == ""


async def test_a_port_that_is_taken_is_told_and_the_bot_runs_all_the_same(tmp_path: Path) -> None:
    discord = StandIn()
    async with StandIn() as other, running(discord, tmp_path, PORT=other.base.split(":")[2].split("/")[0]) as process:
        await until(discord.ready)
        said = await stopped(process)
    assert said.code == 0
    assert "set PORT to a free one" in said.err
