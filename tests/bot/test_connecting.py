from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from sqlalchemy import text

from bot.client import Benchmate, connecting
from bot.client.connecting import EDGE_WAIT_S, OUTAGE_WAIT_S, Presence, RefusedError, invitation, stay_connected
from db.faults import StorageFault
from tests.kit.cli import NOWHERE, TOKEN
from tests.kit.standin import APPLICATION, EDGE_PAGE, REFUSED, Login, StandIn

if TYPE_CHECKING:
    from db.engine import Database

PATIENCE = 30  # seconds until a hang counts as one
WHO = "GET /users/@me"
ASKED = {  # https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags
    "make a link that invites people": 0,
    "make channels": 4,
    "see channels": 10,
    "send messages": 11,
    "pass on pictures": 15,
    "read the history": 16,
    "make the organizers' role": 28,
    "keep Discord's list of events in step": 33,
    "tag questions and put answered ones away": 34,
    "open a thread for each event": 35,
    "make private threads": 36,
    "write in threads": 38,
    "put events into Discord's list": 44,
    "pin panels": 51,
}


class EnoughError(Exception):
    """The test has seen what it wanted."""


class Pauses:
    """Waits for nothing, remembers how long was asked for, and ends the `last` time."""

    def __init__(self, last: int = 1) -> None:
        self.asked: list[float] = []
        self._last = last

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if len(self.asked) == self._last:
            raise EnoughError


@pytest.fixture
def point_at(monkeypatch: pytest.MonkeyPatch) -> Point:
    return Point(monkeypatch)


class Point:
    """Tells discord.py where Discord is, for one test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, base: str) -> None:
        self._monkeypatch.setattr(Route, "BASE", base)
        gateway = yarl.URL(base.replace("http", "ws", 1) + "/gateway")
        self._monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", gateway)


async def wait_asked_for(database: Database, point_at: Point, login: Login) -> float:
    """How long the bot wants to wait after that answer to its login; it has asked once."""
    pauses = Pauses()
    async with StandIn(login) as discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        with pytest.raises(EnoughError):
            await stay_connected(database, TOKEN, pauses)
    assert discord.requests == {WHO: 1}
    return pauses.asked[0]


async def refusal(database: Database, point_at: Point, discord: StandIn) -> str:
    """The words with which the bot gives up."""
    async with discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        with pytest.raises(RefusedError) as refused:
            await stay_connected(database, TOKEN, Pauses())
    assert discord.requests[WHO] == 1
    assert TOKEN not in str(refused.value)
    return str(refused.value)


async def test_a_refused_token_ends_in_words_after_one_login(database: Database, point_at: Point) -> None:
    discord = StandIn(REFUSED)
    words = await refusal(database, point_at, discord)
    assert words.startswith("Discord does not accept DISCORD_TOKEN.")
    assert "press Reset Token" in words
    assert discord.tokens == {TOKEN}
    assert discord.requests == {WHO: 1}


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ({}, EDGE_WAIT_S),
        ({"Retry-After": "5"}, EDGE_WAIT_S),
        ({"Retry-After": "1200"}, 1200),
        ({"Retry-After": "1200.5"}, 1200.5),
        ({"Retry-After": "86400"}, 86400),
        ({"Retry-After": "soon"}, EDGE_WAIT_S),
        ({"Retry-After": "²"}, EDGE_WAIT_S),
        ({"Retry-After": "-3000"}, EDGE_WAIT_S),
        ({"Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT"}, EDGE_WAIT_S),
    ],
)
async def test_a_ban_by_the_edge_is_waited_out_for_fifteen_minutes_or_as_long_as_it_asks(
    database: Database, point_at: Point, asked: dict[str, str], waited: float
) -> None:
    assert await wait_asked_for(database, point_at, Login(429, EDGE_PAGE, asked)) == waited
    assert EDGE_WAIT_S == 900


async def test_a_long_limit_by_discord_itself_is_waited_out_and_not_slept_through(
    database: Database, point_at: Point
) -> None:
    limit = {"message": "You are being rate limited.", "retry_after": 4000.5, "global": False}
    headers = {"Via": "1.1 google", "Retry-After": "4001"}
    assert await wait_asked_for(database, point_at, Login(429, limit, headers)) == 4000.5


@pytest.mark.parametrize("body", [EDGE_PAGE, {"message": "upstream is down", "code": 0}])
async def test_an_outage_of_discord_is_asked_again_after_a_minute(
    database: Database, point_at: Point, body: str | dict[str, object]
) -> None:
    assert await wait_asked_for(database, point_at, Login(503, body)) == OUTAGE_WAIT_S == 60


async def test_what_is_logged_of_an_outage_is_short_and_holds_no_page(
    database: Database, point_at: Point, caplog: pytest.LogCaptureFixture
) -> None:
    await wait_asked_for(database, point_at, Login(503, "<html>" + "x" * 5000))
    assert "Discord cannot be reached: 503 Service Unavailable" in caplog.text
    assert "trying again in 1 min" in caplog.text
    assert "<html>" not in caplog.text


async def test_without_a_network_it_asks_again_every_minute(database: Database, point_at: Point) -> None:
    pauses = Pauses(last=3)
    point_at(NOWHERE)
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(EnoughError):
            await stay_connected(database, TOKEN, pauses)
    assert pauses.asked == [OUTAGE_WAIT_S] * 3


async def test_after_the_ban_is_over_the_bot_logs_in_and_is_there(database: Database, point_at: Point) -> None:
    pauses, presence = Pauses(last=9), Presence()
    async with StandIn(Login(429, EDGE_PAGE), Login(503, EDGE_PAGE)) as discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        assert not presence.connected
        running = asyncio.create_task(stay_connected(database, TOKEN, pauses, presence))
        await asyncio.wait({running, asyncio.create_task(discord.ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
        assert not running.done()
        assert presence.bot is not None
        await presence.bot.wait_until_ready()
        assert presence.connected
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert pauses.asked == [EDGE_WAIT_S, OUTAGE_WAIT_S]
    assert discord.requests[WHO] == 3
    assert discord.goodbyes == 1
    assert not presence.connected


async def test_a_goodbye_that_hangs_is_cut_short(
    database: Database, point_at: Point, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Clinging(Benchmate):
        """What it closes never ends, as with a network that swallows everything."""

        async def close(self) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await super().close()

    monkeypatch.setattr(connecting, "Benchmate", Clinging)
    monkeypatch.setattr(connecting, "STOP_WITHIN_S", 0.05)
    async with StandIn(Login(never=True)) as discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        running = asyncio.create_task(stay_connected(database, TOKEN))
        await discord.asked.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert "leaving without it" in caplog.text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4004, "Discord does not accept DISCORD_TOKEN."),
        (4014, "Privileged Gateway Intents"),
        (4013, "closed the connection for good (code 4013)"),
    ],
)
async def test_a_gateway_that_closes_for_good_ends_in_words(
    database: Database, point_at: Point, code: int, words: str
) -> None:
    assert words in await refusal(database, point_at, StandIn(closes_with=code))


async def test_a_firewall_that_blocks_discord_ends_in_words_without_its_page(
    database: Database, point_at: Point
) -> None:
    words = await refusal(database, point_at, StandIn(Login(403, "<html>City of Springfield: blocked</html>")))
    assert "403 Forbidden" in words
    assert "https://discord.com" in words
    assert "<html>" not in words


async def test_a_database_that_refuses_the_first_write_ends_in_its_own_words(
    database: Database, point_at: Point
) -> None:
    async with database._writer.connect() as connection:
        await connection.execute(text("PRAGMA query_only=ON"))
    async with StandIn() as discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        with pytest.raises(StorageFault, match="cannot be written"):
            await stay_connected(database, TOKEN, Pauses())


async def test_asking_whether_the_token_is_good_logs_in_once_and_never_connects(point_at: Point) -> None:
    async with StandIn() as discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        link = await invitation(TOKEN)
    assert link.startswith(f"https://discord.com/oauth2/authorize?client_id={APPLICATION['id']}&")
    assert "scope=bot+applications.commands" in link
    assert f"permissions={sum(1 << bit for bit in ASKED.values())}&" in f"{link}&", list(ASKED)
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"permissions={sum(1 << bit for bit in ASKED.values())}" in readme, "the link to be written by hand"
    assert discord.requests == {WHO: 1, "GET /oauth2/applications/@me": 1}


@pytest.mark.parametrize(
    ("login", "words"),
    [
        (REFUSED, "Discord does not accept DISCORD_TOKEN."),
        (Login(429, EDGE_PAGE), "could not be asked whether it takes the token (429 Too Many Requests)"),
        (
            Login(429, {"message": "limited", "retry_after": 4000.5, "global": False}, {"Via": "1.1 google"}),
            "could not be asked whether it takes the token (RateLimited",
        ),
        (Login(503, EDGE_PAGE), "could not be asked whether it takes the token (503 Service Unavailable)"),
    ],
)
async def test_a_token_that_cannot_be_tried_is_told_in_one_sentence(point_at: Point, login: Login, words: str) -> None:
    async with StandIn(login) as discord, asyncio.timeout(PATIENCE):
        point_at(discord.base)
        with pytest.raises(RefusedError) as refused:
            await invitation(TOKEN)
    said = str(refused.value)
    assert words in said
    assert "<" not in said
    assert TOKEN not in said


async def test_a_token_that_cannot_be_tried_without_a_network_is_told(point_at: Point) -> None:
    point_at(NOWHERE)
    with pytest.raises(RefusedError, match="Check this machine's connection"):
        await invitation(TOKEN)
