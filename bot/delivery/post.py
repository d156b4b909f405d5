"""Speaking with Discord for the worker: a letter is put where it belongs, once, and found again where it may be."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.delivery.history import History, Placed, mark_of
from bot.delivery.private import Rooms
from bot.delivery.verdict import ParkError
from bot.kit import cards
from db.delivery import Way

if TYPE_CHECKING:
    from bot.delivery.pace import Pace
    from bot.kit.delivery import Letter
    from db.delivery import Delivery
    from db.engine import Database

TITLE_LIMIT = 100
LOOKS_AT_ONCE = 4
"""A look takes about seven requests; after an outage many are due, and none would end in time if all went at once."""


class Post:
    """Sends letters as this client, at this pace."""

    def __init__(self, client: discord.Client, database: Database, pace: Pace) -> None:
        self._client = client
        self._pace = pace
        self._history = History(client)
        self._rooms = Rooms(client, database)
        self._looks = asyncio.Semaphore(LOOKS_AT_ONCE)

    async def send(self, delivery: Delivery, letter: Letter) -> Placed:
        """Send it, with the nonce and the number by which it can be found again.

        Raises what discord.py raises, and ParkError where it must not be sent.
        """
        await self._pace.place(delivery.target_id, direct=delivery.way is Way.DM)
        marked(letter.view, mark_of(delivery))
        own = (delivery.target_id,) if delivery.way is Way.PRIVATE else ()
        allowed = discord.AllowedMentions(
            everyone=False,
            users=[discord.Object(member) for member in {*letter.members, *own}] or False,
            roles=[discord.Object(role) for role in letter.roles] or False,
        )
        if delivery.way is Way.FORUM:
            forum = await self._forum(delivery)
            tags = [tag for tag in forum.available_tags if tag.id in letter.tags]
            post = await forum.create_thread(
                name=_title(letter), view=letter.view, applied_tags=tags, allowed_mentions=allowed, files=_files(letter)
            )
            return Placed(post.message.id, post.thread.id)
        channel = await self._channel(delivery)
        message = await channel.send(
            view=letter.view, nonce=nonce(delivery), allowed_mentions=allowed, files=_files(letter)
        )
        return Placed(message.id, message.channel.id)

    async def find(self, delivery: Delivery, letter: Letter | None) -> Placed | None:
        """Where the delivery's message stands, if an earlier try put it there. Raises as `send` does."""
        async with self._looks:
            return await self._found(delivery, letter)

    async def _found(self, delivery: Delivery, letter: Letter | None) -> Placed | None:
        if delivery.way is Way.FORUM:
            return await self._history.in_forum(await self._forum(delivery), delivery, _title(letter) if letter else "")
        channel = await self._channel(delivery)
        own = None if delivery.way is Way.DM else getattr(channel, "id", delivery.target_id)
        return await self._history.in_channel(channel, delivery, guild_channel=own)

    async def _forum(self, delivery: Delivery) -> discord.ForumChannel:
        guild = await self._client.fetch_guild(delivery.guild_id, with_counts=False)
        forum = await guild.fetch_channel(delivery.target_id)
        if not isinstance(forum, discord.ForumChannel):
            raise ParkError("not-a-forum")
        return forum

    async def _channel(self, delivery: Delivery) -> discord.abc.Messageable:
        match delivery.way:
            case Way.CHANNEL:
                return self._client.get_partial_messageable(delivery.target_id, guild_id=delivery.guild_id)
            case Way.DM:
                return await self._client.create_dm(discord.Object(delivery.target_id))
            case Way.PRIVATE:
                return await self._rooms.room_for(delivery)
            case _:
                msg = f"{delivery.way} is not sent to a channel"
                raise ValueError(msg)


def nonce(delivery: Delivery) -> str:
    """By what Discord recognizes the message when it comes again: 25 characters at most, one for each delivery.

    The time at which the promise was made is in it, since another database may count from 1 again.
    """
    return f"{delivery.delivery_id}-{int(delivery.created_at.timestamp()):x}"[:25]


def marked(view: ui.LayoutView, number: int) -> None:
    """Give the card's first container this number (1 to 2^31-1), by which the history is searched."""
    for item in view.children:
        if isinstance(item, ui.Container):
            item.id = number
            return
    msg = "a delivery's card needs a container"
    raise ValueError(msg)


def with_line(view: ui.LayoutView, words: str) -> None:
    """Put a small line below what the card says; left out where the card is full."""
    container = next((item for item in view.children if isinstance(item, ui.Container)), None)
    said = sum(len(item.content) for item in view.walk_children() if isinstance(item, ui.TextDisplay))
    full = view.total_children_count >= cards.COMPONENTS_LIMIT or said + len(words) > cards.TEXT_LIMIT
    if container is not None and not full:
        container.add_item(cards.text(f"-# {words}"))


def named_in(view: ui.LayoutView, user_id: int) -> bool:
    """Whether a card names this member. In a thread Discord notifies most people only where they are named."""
    return any(f"<@{user_id}>" in item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))


def _files(letter: Letter) -> list[discord.File]:
    return [discord.File(io.BytesIO(content), name) for name, content in letter.files]


def _title(letter: Letter) -> str:
    return letter.title[:TITLE_LIMIT]
