"""The community agreement in the settings: writing its text, looking at it, and saying who is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.agreement import LONGEST
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_manager
from bot.kit.reactions import KEPT, question
from bot.kit.words import has_letters, tidy
from cogs.setup.cards import agreeing as cards
from cogs.setup.service import Settling
from cogs.setup.views import settling
from db.setup import AGREEMENT

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_NONE = "setup-agree-none"


def screen(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """The agreement, and what can be done about it."""
    guild = require_manager(interaction)
    settings = host_of(interaction).servers.of(guild.id)
    buttons: list[ui.Item[Any]] = [WriteText(bool(settings.agreement))]
    if settings.agreement:
        buttons.append(TakeAway())
    return cards.change(settings, [*buttons, settling.Back()])


class AgreementForm(Form):
    """The text of the agreement."""

    name = "setup-agreement"
    title = "Community agreement"
    fields = (
        Field(
            "text",
            "What do people agree to here?",
            "Be kind. Ask before you share a patron's photo. …",
            limit=LONGEST,
            long=True,
            required=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it as a draft and show how members will see it."""
        del argument
        guild, host = require_manager(interaction), host_of(interaction)
        words = tidy(answers.get("text", ""), lines=True)
        if not has_letters(words):
            raise UserError("I cannot find words in that. Write a sentence or two, or leave the agreement out.")
        number = await host.drafts.keep(
            guild_id=guild.id, user_id=interaction.user.id, form=self.name, answers={"text": words}
        )
        again = bool(host.servers.of(guild.id).agreement)
        ways = [("Save the text", "keep"), ("Ask everyone again", "again")] if again else [("Use it", "again")]
        buttons: list[ui.Item[Any]] = [Use(way, str(number), label) for label, way in ways]
        view = cards.preview(words, [*buttons, ChangeDraft(str(number))], again=again)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


class WriteText(PersistentButton, template=r"setup-agree-write"):
    """Opens the form, filled with the text there is."""

    def __init__(self, there: bool = False) -> None:
        label = "Change the text" if there else "Write it"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id="setup-agree-write"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        guild = require_manager(interaction)
        known = {"text": host_of(interaction).servers.of(guild.id).agreement}
        await interaction.response.send_modal(AgreementForm().opened("", known))


class ChangeDraft(PersistentButton, template=rf"setup-agree-edit:{NUMBER}"):
    """Opens the form again, from the preview."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Change the text", custom_id=f"setup-agree-edit:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what was typed."""
        guild = require_manager(interaction)
        draft = await host_of(interaction).drafts.open(self.draft, guild_id=guild.id, user_id=interaction.user.id)
        await interaction.response.send_modal(AgreementForm().opened("", draft.answers))


class Use(PersistentButton, template=rf"setup-agree-(keep|again):{NUMBER}"):
    """Takes the text, and asks everyone or only who accepted nothing yet."""

    def __init__(self, way: str, draft: str, label: str = "Use it") -> None:
        self.again, self.draft = way == "again", int(draft)
        super().__init__(
            ui.Button(label=label, style=discord.ButtonStyle.success, custom_id=f"setup-agree-{way}:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it, and show what is set up."""
        guild, host = require_manager(interaction), host_of(interaction)
        draft = await host.drafts.open(self.draft, guild_id=guild.id, user_id=interaction.user.id)
        await host.service(Settling).agreement(guild.id, interaction.user.id, draft.answers["text"], again=self.again)
        await host.drafts.forget(draft.draft_id)
        await settling.overview_again(interaction)


class TakeAway(PersistentButton, template=r"setup-agree-none"):
    """Does without an agreement."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Do without it", custom_id="setup-agree-none"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: the text cannot be brought back."""
        require_manager(interaction)
        words = "Do without an agreement? Nobody is asked any more, and the text is thrown away."
        await interaction.response.edit_message(view=question(words, _NONE, "", "Do without it"))


async def _taken_away(interaction: discord.Interaction[Any], _argument: str) -> None:
    guild = require_manager(interaction)
    await host_of(interaction).service(Settling).agreement(guild.id, interaction.user.id, "", again=False)
    await settling.overview_again(interaction)


async def _kept(interaction: discord.Interaction[Any], _argument: str) -> None:
    await interaction.response.edit_message(view=screen(interaction))


settling.SCREENS[AGREEMENT] = screen

ITEMS = (WriteText, ChangeDraft, Use, TakeAway)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_NONE: _taken_away, f"{_NONE}{KEPT}": _kept}
FORMS: tuple[Form, ...] = (AgreementForm(),)
