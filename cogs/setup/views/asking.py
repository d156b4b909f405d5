"""Asking for permissions: the link with which someone who may gives the bot what it needs, and no more."""

from __future__ import annotations

from typing import Any

import discord

from bot.kit.permissions import USED, guild_of


def asking_link(interaction: discord.Interaction[Any]) -> str:
    """Opens Discord's own page for this server, with all that Benchmate uses ticked."""
    return discord.utils.oauth_url(
        interaction.application_id,
        permissions=USED,
        guild=guild_of(interaction),
        disable_guild_select=True,
        scopes=("bot", "applications.commands"),
    )
