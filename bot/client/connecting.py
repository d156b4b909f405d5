"""Getting connected and staying so: what Discord refuses for good ends in words, what passes is waited out."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord.utils import utcnow

from bot.client.bot import Benchmate
from bot.kit import vocabulary

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from db.engine import Database

    Pause = Callable[[float], Awaitable[None]]

log = logging.getLogger(__name__)

EDGE_WAIT_S = 15 * 60.0
"""How long to wait after Discord's edge refused the connection; asking again at once makes the ban longer."""
OUTAGE_WAIT_S = 60.0
"""How long to wait while Discord, or the way to it, is down."""
STOP_WITHIN_S = 4.0
"""How long saying goodbye may take, in seconds; whoever sent SIGTERM sends SIGKILL soon after."""
_TOO_MANY = 429
_SERVER_FAULT = 500
_PASSING = (aiohttp.ClientError, TimeoutError, OSError)


class RefusedError(Exception):
    """Discord refuses this bot until a person changes something; the words say what."""


async def stay_connected(database: Database, token: str, pause: Pause = asyncio.sleep) -> None:
    """Run the bot until it is cancelled; `pause` waits that many seconds. Raises RefusedError with words."""
    tools = vocabulary.load()
    while True:
        bot = Benchmate(database, clock=utcnow, vocabulary=tools)
        try:
            await bot.start(token)
        except (discord.HTTPException, discord.RateLimited, discord.PrivilegedIntentsRequired, *_PASSING) as fault:
            wait = _wait_after(fault)
        else:
            return
        finally:
            await _say_goodbye(bot)
        log.warning("Not connected to Discord; trying again in %.0f minutes", wait / 60)
        await pause(wait)


async def try_token(token: str) -> str | None:
    """Log in once and out again; None where Discord takes the token, else words for the caretaker."""
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(token)
    except discord.LoginFailure:
        return _LOGIN_REFUSED
    except (discord.HTTPException, discord.RateLimited, *_PASSING) as fault:
        return f"Discord could not be asked whether it takes the token ({fault}). Check this machine's connection."
    finally:
        await client.close()
    return None


def _wait_after(fault: Exception) -> float:
    """Seconds until the next try, for a fault that passes. Raises RefusedError for one that does not."""
    if isinstance(fault, discord.LoginFailure):
        raise RefusedError(_LOGIN_REFUSED) from fault
    if isinstance(fault, discord.PrivilegedIntentsRequired):
        raise RefusedError(_MISSING_INTENT) from fault
    if isinstance(fault, discord.RateLimited):
        return max(EDGE_WAIT_S, fault.retry_after)
    if isinstance(fault, discord.HTTPException) and fault.status == _TOO_MANY:
        asked = str(fault.response.headers.get("Retry-After", ""))
        return max(EDGE_WAIT_S, float(asked) if asked.isdigit() else 0.0)
    if isinstance(fault, discord.HTTPException) and fault.status < _SERVER_FAULT:
        raise RefusedError(f"Discord refused the connection: {fault}") from fault
    log.warning("Discord cannot be reached: %s", fault)
    return OUTAGE_WAIT_S


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
