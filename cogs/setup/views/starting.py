"""The first screen: just the basics, or part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_manager
from cogs.setup.cards import wizard as cards
from cogs.setup.service.making import FORM
from cogs.setup.views import wizard
from cogs.setup.views.wizard import BASICS, EACH, START, STEPS, SUMMARY, ZONE, begun, go

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.drafts import Draft


async def opening(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """Where the manager left off, or the first screen."""
    guild, host = require_manager(interaction), host_of(interaction)
    draft = await begun(interaction)
    if draft is None:
        number = await host.drafts.keep(
            guild_id=guild.id, user_id=interaction.user.id, form=FORM, answers={"step": START}
        )
        draft = await host.drafts.open(number, guild_id=guild.id, user_id=interaction.user.id)
    if draft.answers["step"] == SUMMARY:  # it is drawn from what there is now, so it is about this version
        version = host.servers.of(guild.id).version
        draft = await host.drafts.change(draft, lambda _answers: {"version": version})
    return wizard.screen(interaction, draft)


def _first(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    settings = host_of(interaction).servers.of(draft.guild_id)
    number = str(draft.draft_id)
    return cards.first(settings, [Mode(number, BASICS), Mode(number, EACH)])


class Mode(PersistentButton, template=rf"setup-mode:{NUMBER}:({BASICS}|{EACH})"):
    """Says how much to be asked."""

    def __init__(self, draft: str, mode: str) -> None:
        self.draft, self.mode = int(draft), mode
        basics = mode == BASICS
        super().__init__(
            ui.Button(
                label="Just the basics" if basics else "Choose each part",
                style=discord.ButtonStyle.primary if basics else discord.ButtonStyle.secondary,
                custom_id=f"setup-mode:{draft}:{mode}",
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Go to the first thing that is asked; who starts anew has chosen nothing yet."""
        settings = host_of(interaction).servers.of(require_manager(interaction).id)
        first = ZONE if settings.zone_name is None else SUMMARY
        step = STEPS[0] if self.mode == EACH else first
        fresh = {"mode": self.mode, "step": step, "reviewing": False, "parts": {}, "role": None, "zone": None}
        await go(interaction, self.draft, lambda _answers: dict(fresh))


class StartOver(PersistentButton, template=rf"setup-over:{NUMBER}"):
    """Throws away what was chosen so far."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Start over", style=discord.ButtonStyle.secondary, custom_id=f"setup-over:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the first screen again."""
        await go(interaction, self.draft, lambda _answers: {"step": START})


class Begin(PersistentButton, template=r"setup-begin"):
    """Opens the wizard, from a card of another room."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Set up", custom_id="setup-begin"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it as a card of its own, where the manager left off if they did."""
        await interaction.response.send_message(view=await opening(interaction), ephemeral=True)


wizard.SCREENS[START] = _first

ITEMS = (Mode, StartOver, Begin, wizard.GoTo)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
