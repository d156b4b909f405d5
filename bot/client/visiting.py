"""Visiting a server: logged in for a few questions over HTTP, without the gateway, while the bot may be running."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.client.bot import MAX_RATELIMIT_WAIT_S
from bot.client.connecting import RefusedError, logging_in
from bot.client.intents import members_granted
from cogs.setup.examining import examine
from cogs.setup.views.checking import organizers_in
from cogs.setup.views.looking import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogs.setup.examining import Fact
    from cogs.setup.snapshot import Server
    from db.setup import Settings

_MENTION = re.compile(r"<(#|@&)(\d+)>")


async def visit(token: str, settings: Settings) -> list[Fact]:
    """The facts of `/setup check` about a server, with channels and roles by name instead of Discord's mentions.

    Raises RefusedError, with words for the caretaker, where Discord does not take the token, the bot is not in that
    server, or Discord cannot be asked.
    """
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=MAX_RATELIMIT_WAIT_S)
    async with logging_in(client, token):
        try:
            guild = await client.fetch_guild(settings.guild_id, with_counts=False)
            me = await guild.fetch_member(client.user.id if client.user else 0)
        except (discord.NotFound, discord.Forbidden):
            raise RefusedError(
                f"Benchmate is not in a server with the number {settings.guild_id}. In Discord, switch on Developer "
                "Mode in the settings under Advanced; then the server's menu has Copy Server ID."
            ) from None
        server = look(guild, settings, channels=await guild.fetch_channels(), me=me)
        organizers = await organizers_in(guild, settings.organizer_role_id)
        told = members_granted(client)
    named = _naming(server)
    facts = examine(server, settings, organizers=organizers, told_of_members=told)
    return [replace(fact, words=named(fact.words), todo=named(fact.todo)) for fact in facts]


def _naming(server: Server) -> Callable[[str], str]:
    names = {("#", str(one.number)): f"#{one.name}" for one in server.channels}
    names |= {("@&", str(one.number)): f"the role {one.name}" for one in server.roles}

    def named(words: str) -> str:
        found = _MENTION.sub(lambda match: names.get((match[1], match[2]), "(gone)"), words)
        return found.replace("**", "")

    return named
