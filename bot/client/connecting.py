"""Getting connected and staying so: what Discord refuses for good ends in words, what passes is waited out."""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord.utils import utcnow

from bot.client.bot import MAX_RATELIMIT_WAIT_S, Benchmate
from bot.kit import vocabulary
from bot.kit.permissions import USED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.kit.clock import Clock
    from db.engine import Database

    Pause = Callable[[float], Awaitable[None]]

log = logging.getLogger(__name__)

CLOCK: Clock = utcnow
"""What the bot goes by."""
EDGE_WAIT_S = 15 * 60.0
"""How long to wait after Discord's edge refused the connection; asking again at once makes the ban longer."""
OUTAGE_WAIT_S = 60.0
"""How long to wait while Discord, or the way to it, is down."""
STOP_WITHIN_S = 3.0
"""How long saying goodbye may take, in seconds; whoever sent SIGTERM sends SIGKILL soon after."""
MAX_LATENCY_S = 30.0
"""A heartbeat that took longer to be acknowledged counts as no connection."""
_TOO_MANY = 429
_SERVER_FAULT = 500
_SHORT = 300
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_TOKEN_CLOSED = 4004
_FINAL = (discord.LoginFailure, discord.PrivilegedIntentsRequired, discord.ConnectionClosed)
_PASSING = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)


class RefusedError(Exception):
    """Discord refuses this bot until a person changes something; the words say what."""


class Presence:
    """Whether the bot is in Discord now, for whoever asks about its health."""

    def __init__(self) -> None:
        self.bot: Benchmate | None = None

    @property
    def connected(self) -> bool:
        """Ready, and Discord has acknowledged a heartbeat lately: discord.py's latency is infinite until it has."""
        bot = self.bot
        return bot is not None and bot.is_ready() and not bot.is_closed() and bot.latency < MAX_LATENCY_S


async def stay_connected(
    database: Database,
    token: str,
    pause: Pause = asyncio.sleep,
    presence: Presence | None = None,
    *,
    public_url: str = "",
) -> None:
    """Run the bot until it is cancelled; `pause` waits that many seconds. Raises RefusedError with words.

    `public_url` is where the world finds our web endpoint, empty where it does not.
    """
    tools = vocabulary.load()
    presence = presence or Presence()
    while True:
        bot = presence.bot = Benchmate(database, clock=CLOCK, vocabulary=tools, public_url=public_url)
        bot.delivers_by_itself = True
        try:
            await bot.start(token)
        except (*_FINAL, *_PASSING) as fault:
            wait = _wait_after(fault)
        else:
            return
        finally:
            await _say_goodbye(bot)
        log.warning("Not connected to Discord; trying again in %.0f min", wait / 60)
        await pause(wait)


async def invitation(token: str) -> str:
    """Log in once and out again; the link that invites this bot, with the permissions it uses and no more.

    Raises RefusedError, with words for the caretaker, where Discord does not take the token or cannot be asked.
    """
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=MAX_RATELIMIT_WAIT_S)
    async with logging_in(client, token):
        pass
    return discord.utils.oauth_url(
        client.application_id or 0, permissions=USED, scopes=("bot", "applications.commands")
    )


@asynccontextmanager
async def logging_in(client: discord.Client, token: str) -> AsyncIterator[None]:
    """Log in over HTTP, ask what the body asks, and log out again.

    Raises RefusedError, with words for the caretaker, where Discord does not take the token or cannot be asked.
    """
    try:
        await client.login(token)
        yield
    except discord.LoginFailure as fault:
        raise RefusedError(_LOGIN_REFUSED) from fault
    except _PASSING as fault:
        raise RefusedError(
            f"Discord could not be asked whether it takes the token ({_short(fault)}). Check this machine's "
            "connection, and try again in 15 minutes."
        ) from fault
    finally:
        await client.close()


def _wait_after(fault: Exception) -> float:
    """Seconds until the next try, for a fault that passes. Raises RefusedError for one that does not."""
    if isinstance(fault, discord.LoginFailure):
        raise RefusedError(_LOGIN_REFUSED) from fault
    if isinstance(fault, discord.PrivilegedIntentsRequired):
        raise RefusedError(_MISSING_INTENT) from fault
    if isinstance(fault, discord.ConnectionClosed):  # discord.py raises only those after which it cannot go on
        raise RefusedError(_LOGIN_REFUSED if fault.code == _TOKEN_CLOSED else _closed(fault.code)) from fault
    if isinstance(fault, discord.RateLimited):
        return max(EDGE_WAIT_S, fault.retry_after)
    if isinstance(fault, discord.HTTPException) and fault.status == _TOO_MANY:
        return max(EDGE_WAIT_S, _seconds(fault.response.headers.get("Retry-After", "")))
    if isinstance(fault, discord.HTTPException) and fault.status < _SERVER_FAULT:
        raise RefusedError(_refused(fault)) from fault
    log.warning("Discord cannot be reached: %s", _short(fault))
    return OUTAGE_WAIT_S


def _seconds(asked: str) -> float:
    """A Retry-After header as seconds; 0 where it is missing or a date."""
    return float(asked) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", asked) else 0.0


def _short(fault: BaseException) -> str:
    """A fault in a few words; discord.py's own hold the whole answer, which may be a page of HTML."""
    if isinstance(fault, discord.HTTPException):
        said = "" if fault.text.lstrip().startswith("<") else fault.text
        return f"{fault.status} {fault.response.reason} {said}".strip()[:_SHORT]
    return f"{type(fault).__name__}: {fault}"[:_SHORT]


async def _say_goodbye(bot: Benchmate) -> None:
    closing = asyncio.ensure_future(bot.close())
    done, _ = await asyncio.wait([closing], timeout=STOP_WITHIN_S)
    if not done:
        closing.cancel()
        log.warning("Discord did not answer the goodbye within %.0f s; leaving without it", STOP_WITHIN_S)


_LOGIN_REFUSED = (
    "Discord does not accept DISCORD_TOKEN. Open https://discord.com/developers/applications, choose your application, "
    "then Bot, press Reset Token, and put the new token into .env."
)
_MISSING_INTENT = (
    "Discord asks for an intent to be switched on: open https://discord.com/developers/applications, choose your "
    "application, then Bot, and look under Privileged Gateway Intents."
)


def _refused(fault: discord.HTTPException) -> str:
    return (
        f"Discord refused the connection ({_short(fault)}). Check that this machine's network lets it reach "
        "https://discord.com, then start again; if it happens again, please report this."
    )


def _closed(code: int) -> str:
    return (
        f"Discord closed the connection for good (code {code}). Install the newest Benchmate and start it again; if it "
        "happens again, please report this code."
    )
