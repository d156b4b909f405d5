"""The wizard's frame: a draft that says what was chosen and which screen comes now, so that a restart loses nothing.

Each screen registers how it is drawn; each press changes the draft and shows the screen that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import require_manager
from cogs.setup.parts import PARTS
from cogs.setup.service.making import FORM
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.drafts import Draft

    Screen = Callable[[discord.Interaction[Any], Draft], ui.LayoutView]

BASICS, EACH = "basics", "each"
START, ROLE, ZONE, SUMMARY = "begin", "role", "zone", "summary"
"""Screens beside those of the parts, which are called by the part."""
STEPS = (*(about.part.value for about in PARTS), ROLE, ZONE, SUMMARY)
A_STEP = "(" + "|".join((START, *STEPS)) + ")"
A_PART = "(" + "|".join(part.value for part in Part) + ")"

SCREENS: dict[str, Screen] = {}
"""By name, how a screen is drawn."""


async def draft_of(interaction: discord.Interaction[Any], number: int) -> Draft:
    """The draft, for the manager it belongs to. Raises NotAllowedError or GoneError."""
    guild = require_manager(interaction)
    return await host_of(interaction).drafts.open(number, guild_id=guild.id, user_id=interaction.user.id)


def screen(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    """The screen that comes now."""
    return SCREENS[draft.answers["step"]](interaction, draft)


def following(answers: dict[str, Any], step: str) -> str:
    """What comes after a screen: the summary, where it has been seen already; else the next of those that are asked."""
    if answers.get("reviewing") or step == SUMMARY:
        return SUMMARY
    if answers.get("mode") == EACH:
        return STEPS[STEPS.index(step) + 1]
    return SUMMARY


async def go(
    interaction: discord.Interaction[Any], number: int, choose: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Put into the draft what `choose` makes of its answers (the next `step` too), and show that screen."""
    draft = await draft_of(interaction, number)
    version = host_of(interaction).servers.of(draft.guild_id).version

    def merge(answers: dict[str, Any]) -> dict[str, Any]:
        chosen = choose(answers)
        if chosen.get("step") == SUMMARY:
            chosen |= {"reviewing": True, "version": version}
        return chosen

    draft = await host_of(interaction).drafts.change(draft, merge)
    view = screen(interaction, draft)
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view)
    else:
        await interaction.response.edit_message(view=view)


async def begun(interaction: discord.Interaction[Any]) -> Draft | None:
    """What this manager began earlier and did not finish."""
    guild = require_manager(interaction)
    return await host_of(interaction).drafts.newest(FORM, guild_id=guild.id, user_id=interaction.user.id)


class GoTo(PersistentButton, template=rf"setup-step:{NUMBER}:{A_STEP}"):
    """Shows a screen of the wizard."""

    def __init__(self, draft: str, step: str, label: str = "Back") -> None:
        self.draft, self.step = int(draft), step
        super().__init__(
            ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=f"setup-step:{draft}:{step}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        await go(interaction, self.draft, lambda _answers: {"step": self.step})
