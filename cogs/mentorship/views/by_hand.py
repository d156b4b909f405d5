"""Pairing two people by hand: both are chosen from the server's members, then the matching runs around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton, PersistentUserSelect
from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from cogs.mentorship.cards import rounds as cards
from cogs.mentorship.service import Joining, Reviewing
from cogs.mentorship.views.reviewing import drawn

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.drafts import Draft

_FORM = "mentor-hand"


class ByHand(PersistentButton, template=rf"mentor-hand:{NUMBER}"):
    """Asks whom."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(ui.Button(label="Pair by hand", custom_id=f"mentor-hand:{round_id}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask, on a card of its own."""
        guild, host = require_organizer(interaction), host_of(interaction)
        answers = {"mentor": 0, "mentee": 0}
        number = await host.drafts.keep(
            guild_id=guild.id, user_id=interaction.user.id, form=_FORM, answers=answers, argument=str(self.round)
        )
        await interaction.response.send_message(view=await _card(interaction, number, answers), ephemeral=True)


async def _card(interaction: discord.Interaction[Any], draft_id: int, answers: dict[str, Any]) -> ui.LayoutView:
    guild, number = require_organizer(interaction), str(draft_id)
    chosen = [int(answers[side]) for side in ("mentor", "mentee")]
    found = await host_of(interaction).service(Joining).members(guild.id, chosen)
    selects = [ChooseSide("mentor", number), ChooseSide("mentee", number)]
    mentor, mentee = (found.get(one) for one in chosen)
    return cards.by_hand(selects, (mentor, mentee), [PairThem(number)] if mentor and mentee else [])


class ChooseSide(PersistentUserSelect, template=rf"mentor-pair:(mentor|mentee):{NUMBER}"):
    """One of the two."""

    def __init__(self, side: str, draft: str) -> None:
        self.side, self.draft = side, int(draft)
        super().__init__(ui.UserSelect(custom_id=f"mentor-pair:{side}:{draft}", placeholder=f"Choose the {side}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep who was chosen, by their number in mentoring."""
        guild, host = require_organizer(interaction), host_of(interaction)
        draft = await _own(interaction, self.draft)
        member = await host.service(Joining).member(guild.id, self.item.values[0].id)
        if member is None or member.left_at is not None:
            raise UserError("They have not joined mentoring. **/mentor join** takes them three minutes.")
        changed = await host.drafts.change(draft, lambda _: {self.side: member.member_no})
        await interaction.response.edit_message(view=await _card(interaction, self.draft, changed.answers))


class PairThem(PersistentButton, template=rf"mentor-pair-them:{NUMBER}"):
    """Pairs the two, and runs again."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Pair them", style=discord.ButtonStyle.success, custom_id=f"mentor-pair-them:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do it; the draft takes the card's place."""
        guild, host = require_organizer(interaction), host_of(interaction)
        draft = await _own(interaction, self.draft)
        couple = (int(draft.answers["mentor"]), int(draft.answers["mentee"]))
        if not all(couple):
            raise UserError("Choose both first.")
        seen = await host.service(Reviewing).by_hand(guild.id, int(draft.argument), couple, interaction.user.id)
        await host.drafts.forget(self.draft)
        await interaction.response.edit_message(view=drawn(interaction.user.id, seen))


async def _own(interaction: discord.Interaction[Any], draft_id: int) -> Draft:
    guild = require_organizer(interaction)
    return await host_of(interaction).drafts.open(draft_id, guild_id=guild.id, user_id=interaction.user.id)


ITEMS = (ByHand, ChooseSide, PairThem)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
