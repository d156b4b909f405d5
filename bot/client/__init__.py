"""The client: discord.py's bot with our rooms in it, and how it gets and stays connected."""

from bot.client.bot import Benchmate

__all__ = ["Benchmate"]
