"""What the tests of the engine have in common: a kind that says a word, promises, and what stands in a channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.kit.cards import note
from bot.kit.delivery import Kind, Letter
from db import delivery as deliveries
from db.delivery import Delivery, Promise, Way
from tests.kit.world import words

if TYPE_CHECKING:
    from tests.kit.world import World

WORD = "word"


def teach(world: World, **more: Any) -> Kind:
    """Register a kind whose card says its subject."""

    async def render(delivery: Delivery) -> Letter | None:
        return Letter(note(delivery.subject))

    kind = Kind(WORD, "word", "words", render=more.pop("render", render), **more)
    world.bot.kinds[WORD] = kind
    return kind


async def promise(
    world: World,
    subject: str = "hello",
    *,
    after: timedelta = timedelta(),
    way: Way = Way.CHANNEL,
    target: int | None = None,
    **more: Any,
) -> int:
    """Promise a word, in the general channel unless said otherwise; the delivery's number."""
    now = world.bot.clock()
    async with world.database.write() as connection:
        return await deliveries.put(
            connection,
            Promise(
                WORD,
                world.guild.id,
                subject,
                now + after,
                way,
                target or world.general.id,
                **more,
            ),
            now,
        )


async def row(world: World, number: int) -> Delivery:
    """The delivery as it stands in the table."""
    async with world.database.read() as connection:
        found = await deliveries.find(connection, number)
    assert found is not None
    return found


def moment(world: World, **later: float) -> datetime:
    """A moment from now on."""
    return world.bot.clock() + timedelta(**later)


def said(world: World, channel: int | None = None) -> list[str]:
    """What the bot said for all to see in a channel (the general one unless named), in order."""
    backend = world.env.backend
    found = backend.messages[channel or world.general.id].values()
    ours = [message for message in found if message.author_id == backend.bot_user.id and not message.is_ephemeral]
    return [words(message) for message in ours]


def deny(world: World, channel: int, **permissions: bool) -> None:
    """Take permissions from the bot in a channel."""
    denied = discord.Permissions(**permissions).value
    world.env.backend.set_overwrite(
        channel, Overwrite(target_id=world.env.backend.bot_user.id, type=OverwriteType.MEMBER, allow=0, deny=denied)
    )


async def tick(world: World, after: float = 0) -> int:
    """Let time pass, and deliver what is due then."""
    if after:
        await world.env.advance_time(after)
    sent = await world.bot.delivery.run_due()
    await world.env.settle()
    return sent
