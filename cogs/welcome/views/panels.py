"""The panels as deliveries: drawn when they are posted, and edited where they stand when what they show changes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

import discord

from bot.kit.delivery import Kind, Letter
from cogs.welcome.cards import panels as cards
from cogs.welcome.doors import ORGANIZERS
from cogs.welcome.service import Standing
from cogs.welcome.service.standing import DAILY, DESK, IN_STEP, POSTED, START
from cogs.welcome.views.helping import Help
from db.delivery import DROPPED, SENDING, SENT, WAITING

if TYPE_CHECKING:
    from discord import ui

    from bot.kit.host import Host
    from db.delivery import Delivery

log = logging.getLogger(__name__)

_UNKNOWN_MESSAGE = 10008
_TROUBLE_OF_ITS_OWN = 500
"""From this status on Discord may do it at another try; what it refuses once, it refuses again."""


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The panels and their chore as kinds of delivery."""
    upkeep = _Upkeep(host)

    async def panel(delivery: Delivery) -> Letter | None:
        if host.service(Standing).place(delivery.guild_id, delivery.kind) != delivery.target_id:
            return None
        view = await upkeep.drawn(delivery.guild_id, delivery.kind)
        return None if view is None else Letter(view)

    return (
        Kind(START, "Start here panel", "Start here panels", render=panel, says_late=False, stands=True),
        Kind(DESK, "desk panel", "desk panels", render=panel, says_late=False, stands=True),
        Kind(IN_STEP, "look at the panels", "looks at the panels", work=upkeep.bring),
    )


class _Upkeep:
    """Keeps the panels in step."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client = cast("discord.Client", host)

    async def drawn(self, guild_id: int, kind: str) -> ui.LayoutView | None:
        """A panel as it should be now; None where the server is not at hand."""
        guild, host = self._client.get_guild(guild_id), self._host
        if guild is None:
            return None
        settings = host.servers.of(guild_id)
        if kind == DESK:
            service = host.service(Standing)
            comes = [one.words for one in await service.next(guild_id)]
            return cards.desk(await service.waits(guild_id), comes, settings, Help(ORGANIZERS))
        return cards.start(guild.name, settings, Help(), host.mention("help"))

    async def bring(self, delivery: Delivery) -> None:
        """Post what is to stand and does not, edit what stands, and pin it after it was posted."""
        service = self._host.service(Standing)
        if delivery.moment.startswith(DAILY):
            service.know_nothing(delivery.guild_id)
        posted = [await self._panel(delivery, kind) for kind in (START, DESK)]
        here = self._client.get_guild(delivery.guild_id) is not None
        if here and any(service.place(delivery.guild_id, kind) for kind in (START, DESK)):
            await service.look_tomorrow(delivery.guild_id)
        if any(posted):
            await service.again(delivery.guild_id)
        for one in (await service.next(delivery.guild_id))[:1]:
            if one.until > self._host.clock():  # else a room that is behind would be asked for ever
                await service.look_at(delivery.guild_id, one.until)

    async def _panel(self, delivery: Delivery, kind: str) -> bool:
        """Whether it is still to be posted."""
        guild_id, service = delivery.guild_id, self._host.service(Standing)
        here, view = service.place(guild_id, kind), await self.drawn(guild_id, kind)
        if view is None:
            return False
        panels = {panel.target_id: panel for panel in await service.panels(guild_id, kind)}
        for channel, panel in panels.items():
            if channel != here and panel.state == SENT:
                await self._edit(panel, cards.moved(here), pin=False)
        if here is None:
            return False
        now = panels.get(here)
        if now is None or now.state == DROPPED:
            await service.post(guild_id, kind, here)
            return True
        if now.state == SENT and not await self._edit(now, view, pin=delivery.moment.startswith(POSTED)):
            await service.post(guild_id, kind, here, after=now.message_id)
            return True
        return now.state in (WAITING, SENDING)

    async def _edit(self, panel: Delivery, view: ui.LayoutView, *, pin: bool) -> bool:
        """Put a card into a panel's message; False where somebody took the message away."""
        if panel.message_id is None:
            return False
        put = self._host.service(Standing).put_into(panel.guild_id)
        shown = [item.to_component_dict() for item in view.children]
        pinned = self._host.service(Standing).pinned_in(panel.guild_id)
        if put.get(panel.message_id) == shown and (not pin or panel.message_id in pinned):
            return True
        channel = self._client.get_partial_messageable(panel.target_id, guild_id=panel.guild_id)
        try:
            message = await channel.get_partial_message(panel.message_id).edit(view=view)
        except discord.NotFound as gone:
            put[panel.message_id] = shown  # or it would be asked for at every change, in vain
            return gone.code != _UNKNOWN_MESSAGE  # a channel that is gone is the setup's to replace
        except discord.HTTPException as refused:
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                raise
            log.info("A panel in channel %s could not be edited: %s", panel.target_id, refused)
            return True
        put[panel.message_id] = shown
        if pin and (message.pinned or await _pin(message)):
            pinned.add(panel.message_id)
        return True


async def _pin(message: discord.Message) -> bool:
    """Pin it; where that is refused it stands all the same, and the setup's check says what is missing."""
    try:
        await message.pin(reason="So that people find it")
    except discord.HTTPException as refused:
        if refused.status >= _TROUBLE_OF_ITS_OWN:
            raise
        log.info("A panel in channel %s could not be pinned: %s", message.channel.id, refused)
        return False
    return True
