"""Private notes: what could not reach a member otherwise, shown below the answer to whatever they do next.

A private answer has no nonce and stands in no history. Where its arrival is unknown it is shown again next time:
seen twice is better than never.
"""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.kit.boundary import WIRE_FAULTS
from db import delivery as deliveries
from db.faults import StorageFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.delivery.line import Line
    from bot.delivery.outcome import Outcomes
    from bot.kit.clock import Clock
    from bot.kit.delivery import Kind
    from db.delivery import Delivery
    from db.engine import Database

log = logging.getLogger(__name__)

_SHOWN_WITHIN = timedelta(seconds=30)


class Notes:
    """Shows a member what waits for them."""

    def __init__(
        self, database: Database, clock: Clock, kinds: Mapping[str, Kind], outcomes: Outcomes, line: Line
    ) -> None:
        self._database = database
        self._clock = clock
        self._kinds = kinds
        self._outcomes = outcomes
        self._line = line

    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Show at most three notes below an answer that was given. Faults are logged; the notes wait on."""
        answered = interaction.response.is_done()
        a_form = interaction.response.type is discord.InteractionResponseType.modal
        if interaction.guild_id is None or not answered or a_form:
            return
        try:
            async with self._database.read() as connection:
                waiting = await deliveries.parked_for(connection, interaction.guild_id, interaction.user.id)
            for delivery in waiting:
                await self._show(interaction, delivery)
        except StorageFault as fault:
            log.warning("Private notes wait: %s", fault.words)
        except Exception:
            log.exception("Reference %s: a private note failed", secrets.token_hex(4).upper())

    async def _show(self, interaction: discord.Interaction[Any], delivery: Delivery) -> None:
        kind = self._kinds.get(delivery.kind)
        if kind is None or kind.render is None:
            return
        now = self._clock()
        async with self._database.write() as connection:
            held = await deliveries.claim_one(
                connection,
                delivery.delivery_id,
                until=now + _SHOWN_WITHIN,
                tried_at=self._line.time(self._clock),
                lease=secrets.token_hex(8),
            )
        if held is None:  # shown by another press in this very moment
            return
        lapsed = self._outcomes.too_late(held, kind)
        letter = None if lapsed else await kind.render(held)
        if letter is None:
            await self._outcomes.let_go(held, lapsed=lapsed)
            return
        try:
            await interaction.followup.send(view=letter.view, ephemeral=True)
        except WIRE_FAULTS as fault:
            log.warning("A private note was not shown now: %s", fault)
            await self._outcomes.noted(held, lapsed=False, needed=True)
            return
        await self._outcomes.sent(held, None)
