"""The privileged intents: used where the caretaker has switched them on for the bot at Discord, and never needed.

With the members intent Discord says who joins and who leaves; with that for message content a question that was written
by hand is understood by its text, not only by its title. One is asked for only where Discord's own answer at the login
says that it is granted (https://docs.discord.com/developers/resources/application#application-object-application-flags),
since Discord refuses to connect a bot that asks for more than it was granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord


def members_granted(client: discord.Client) -> bool:
    """Whether the caretaker has switched the members intent on; known once the client is logged in."""
    flags = client.application_flags
    return flags.gateway_guild_members or flags.gateway_guild_members_limited


def use_members_where_granted(client: discord.Client) -> None:
    """Ask for the members intent where it is granted; to be called between the login and the connection."""
    if members_granted(client):  # discord.py takes its intents when it is made, before it has asked what is granted
        client._connection._intents.members = True  # noqa: SLF001


def use_content_where_granted(client: discord.Client) -> bool:
    """Ask for the content of messages where it is granted; to be called between the login and the connection.

    Returns whether it is asked for.
    """
    flags = client.application_flags
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
    if granted:
        client._connection._intents.message_content = True  # noqa: SLF001
    return granted
