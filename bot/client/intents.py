"""The members intent: used where the caretaker has switched it on for the bot at Discord, and never needed.

With it Discord says who joins and who leaves. It is asked for only where Discord's own answer at the login says that it
is granted (https://docs.discord.com/developers/resources/application#application-object-application-flags), since
Discord refuses to connect a bot that asks for more than it was granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord


def use_members_where_granted(client: discord.Client) -> bool:
    """Ask for the members intent where it is granted; to be called between the login and the connection.

    Returns whether it is asked for.
    """
    flags = client.application_flags
    granted = flags.gateway_guild_members or flags.gateway_guild_members_limited
    if granted:  # discord.py takes its intents when it is made, before it has asked what is granted
        client._connection._intents.members = True  # noqa: SLF001
    return granted
