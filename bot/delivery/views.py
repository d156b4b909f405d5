"""What organizers press when a place takes no more messages: another channel, **Try again**, **Let it go**."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.delivery import cards
from bot.delivery.telling import AWAY, TROUBLE
from bot.kit.buttons import NUMBER, PersistentButton, PersistentChannelSelect
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError, UserError
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from bot.kit.words import counted
from db import delivery as deliveries
from db.delivery import Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.delivery.telling import Telling
    from db.delivery import Delivery
    from db.engine import Database

WORTH_SENDING = timedelta(days=1)
"""How long what an organizer wants sent after all is tried, however late it is."""
_FITS = {"channel": [discord.ChannelType.text, discord.ChannelType.news], "forum": [discord.ChannelType.forum]}
"""Where a message fits, and where a forum post does."""


class ChooseAnother(PersistentChannelSelect, template=rf"delivery-move:{NUMBER}:(channel|forum)"):
    """Sends what waits for one channel to another, or what waits for a forum to another forum."""

    def __init__(self, place: str, sort: str) -> None:
        self.place, self.sort = int(place), sort
        super().__init__(
            ui.ChannelSelect(
                custom_id=f"delivery-move:{place}:{sort}",
                placeholder=f"Choose another {sort}",
                channel_types=_FITS[sort],
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Move it, if the bot may write there."""
        guild, host = require_organizer(interaction), host_of(interaction)
        chosen = guild.get_channel(self.item.values[0].id)
        fits = discord.ForumChannel if self.sort == "forum" else discord.TextChannel
        if not isinstance(chosen, fits):
            raise UserError("I do not see that channel. Please choose one that I may read and write in.")
        allowed = chosen.permissions_for(guild.me)
        if not (allowed.view_channel and allowed.send_messages):
            raise UserError(
                f"I may not write in {chosen.mention} yet. Allow me **Send Messages** there, or choose again."
            )
        async with host.database.write() as connection:
            moved, there = await deliveries.retarget(connection, guild.id, self.place, chosen.id, host.clock())
            if there:  # what the other channel has already need not wait here for ever
                await deliveries.give_up(connection, guild.id, self.place, host.clock())
        if not moved:
            raise GoneError("Nothing waits for that channel any more; you can go on.")
        words = f"{counted(moved, 'message')} will be posted in {chosen.mention} instead."
        await interaction.response.edit_message(view=cards.settled(words))


class TryAgain(PersistentButton, template=rf"delivery-again:{NUMBER}"):
    """Tries what is parked for a channel again."""

    def __init__(self, place: str) -> None:
        self.place = int(place)
        super().__init__(ui.Button(label="Try again", custom_id=f"delivery-again:{place}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Let them go out now, however late they are."""
        guild, host = require_organizer(interaction), host_of(interaction)
        async with host.database.write() as connection:
            parked = await deliveries.parked_in(connection, guild.id, self.place)
            numbers, now = [one.delivery_id for one in parked], host.clock()
            again = await deliveries.revive(connection, numbers, now, lapses_at=now + WORTH_SENDING)
        if not again:
            raise GoneError("Nothing waits for that channel any more; you can go on.")
        await interaction.response.edit_message(view=cards.settled(f"I am trying {counted(again, 'message')} again."))


class LetGo(PersistentButton, template=rf"delivery-drop:{NUMBER}"):
    """Gives up what is parked for a channel."""

    def __init__(self, place: str) -> None:
        self.place = int(place)
        super().__init__(ui.Button(label="Let it go", custom_id=f"delivery-drop:{place}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Drop them."""
        guild, host = require_organizer(interaction), host_of(interaction)
        async with host.database.write() as connection:
            dropped = await deliveries.give_up(connection, guild.id, self.place, host.clock())
        if not dropped:
            raise GoneError("Nothing waits for that channel any more; you can go on.")
        words = f"{counted(dropped, 'message')} will not be posted."
        await interaction.response.edit_message(view=cards.settled(words))


def kinds_of(database: Database, telling: Telling, kinds: Mapping[str, Kind]) -> tuple[Kind, ...]:
    """The engine's own kinds, drawn with what the other kinds are called."""

    async def trouble(delivery: Delivery) -> Letter | None:
        place = int(delivery.subject.removeprefix("channel:"))
        async with database.read() as connection:
            parked = await deliveries.parked_in(connection, delivery.guild_id, place)
        if not parked:
            return None
        numbers: dict[str, int] = {}
        for one in parked:
            numbers[one.kind] = numbers.get(one.kind, 0) + 1
        sort = "forum" if parked[0].way is Way.FORUM else "channel"
        items: list[ui.Item[Any]] = [ChooseAnother(str(place), sort), TryAgain(str(place)), LetGo(str(place))]
        return Letter(cards.trouble(place, parked[0].reason, numbers, kinds, items))

    async def away(delivery: Delivery) -> Letter | None:
        since, until = (datetime.fromtimestamp(int(part), UTC) for part in delivery.subject.split("-"))
        async with database.read() as connection:
            whole = until + timedelta(seconds=1)  # the subject holds whole seconds
            settled = await deliveries.settled_between(connection, since, whole, guild_id=delivery.guild_id)
        absence = telling.absence(since, until, settled)
        return Letter(cards.away(absence, kinds)) if absence.late or absence.lapsed else None

    return (
        Kind(TROUBLE, "notice", "notices", render=trouble, says_late=False),
        Kind(AWAY, "notice", "notices", render=away, says_late=False),
    )


ITEMS = (ChooseAnother, TryAgain, LetGo)
