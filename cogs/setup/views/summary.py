"""The summary: exactly what will be done, **Make it**, and the ways to change something before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.cards import link
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.setup.cards import wizard as cards
from cogs.setup.parts import PARTS
from cogs.setup.planning import Wanted, plan
from cogs.setup.service import Making
from cogs.setup.views import wizard
from cogs.setup.views.asking import asking_link
from cogs.setup.views.checking import Check
from cogs.setup.views.inviting import BringPeople
from cogs.setup.views.looking import look, look_closely
from cogs.setup.views.making import carry_out
from cogs.setup.views.starting import StartOver
from cogs.setup.views.wizard import ROLE, STEPS, SUMMARY, ZONE, GoTo, draft_of, go
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from cogs.setup.snapshot import Server
    from db.drafts import Draft

_STALE = "Something has changed since this was shown, so I have drawn it anew. If it is right, press **Make it**.\n"


def _summary(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    settings = host_of(interaction).servers.of(draft.guild_id)
    return shown(interaction, draft, look(guild_of(interaction), settings))


def shown(interaction: discord.Interaction[Any], draft: Draft, server: Server, heading: str = "") -> ui.LayoutView:
    """The summary of what this draft would do with the server as it was seen."""
    host = host_of(interaction)
    settings = host.servers.of(draft.guild_id)
    planned = plan(Wanted.of(draft.answers), server, settings)
    number = str(draft.draft_id)
    if planned.missing:
        buttons: list[ui.Item[Any]] = [
            link("Allow it", asking_link(interaction)),
            GoTo(number, SUMMARY, "Look again"),
            StartOver(number),
        ]
    else:
        buttons = [MakeIt(number), StartOver(number)]
    return cards.summary(
        planned,
        now=host.clock().astimezone(ZoneInfo(planned.zone or "UTC")),
        vocabulary=host.vocabulary,
        tagged=settings.channels.get(Part.QUESTIONS) if settings.tags_given else None,
        buttons=buttons,
        select=ChangeSomething(number).filled(),
        heading=heading,
    )


class ChangeSomething(PersistentSelect, template=rf"setup-change:{NUMBER}"):
    """Goes back to the screen of one part, the role or the time zone."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Select(custom_id=f"setup-change:{draft}", placeholder="Change something"))

    def filled(self) -> ChangeSomething:
        """With all there is to change."""
        named = [(about.part.value, about.label) for about in PARTS]
        named += [(ROLE, "Who the organizers are"), (ZONE, "Time zone")]
        self.item.options = [discord.SelectOption(label=label, value=value) for value, label in named]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show that screen."""
        step = next((value for value in self.values if value in STEPS), SUMMARY)
        await go(interaction, self.draft, lambda _answers: {"step": step})


class MakeIt(PersistentButton, template=rf"setup-make:{NUMBER}"):
    """Does what the summary says."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Make it", style=discord.ButtonStyle.success, custom_id=f"setup-make:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Claim the making, do it, and say what was done; of two managers at once one waits."""
        host = host_of(interaction)
        making, draft = host.service(Making), await draft_of(interaction, self.draft)
        if not await making.begin(draft):
            version = host.servers.of(draft.guild_id).version
            draft = await host.drafts.change(draft, lambda _answers: {"version": version})
            settings = host.servers.of(draft.guild_id)
            view = shown(interaction, draft, look(guild_of(interaction), settings), _STALE)
            await interaction.response.edit_message(view=view)
            return
        complete = False
        try:
            await interaction.response.edit_message(view=cards.working())
            server = await look_closely(guild_of(interaction), host.servers.of(draft.guild_id))
            planned = plan(Wanted.of(draft.answers), server, host.servers.of(draft.guild_id))
            if planned.missing:
                await interaction.edit_original_response(view=shown(interaction, draft, server))
                return
            outcome = await carry_out(interaction, planned)
            complete = not outcome.troubles
        finally:
            await making.end(draft, done=complete)
        buttons: list[ui.Item[Any]] = (
            [BringPeople(), Check()] if complete else [GoTo(str(draft.draft_id), SUMMARY, "Look again"), Check()]
        )
        view = cards.done(outcome.lines, outcome.troubles, buttons)
        await interaction.edit_original_response(view=view)


wizard.SCREENS[SUMMARY] = _summary

ITEMS = (ChangeSomething, MakeIt)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
