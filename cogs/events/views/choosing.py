"""The selects and buttons of an event's preview: kind, length, hosts, a hidden link, another reading of its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect, PersistentUserSelect
from bot.kit.choices import Choice
from bot.kit.errors import GoneError, UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.events import terms
from cogs.events.service import Planning
from cogs.events.terms import MOST_HOSTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.drafts import Draft

PREVIEW = "event-preview"
"""The reaction that shows a draft's preview in the place of the card; its argument is the draft."""


async def draft_of(interaction: discord.Interaction[Any], number: int) -> Draft:
    """The draft, for the person it belongs to. Raises GoneError or NotAllowedError."""
    return await host_of(interaction).drafts.open(
        number, guild_id=guild_of(interaction).id, user_id=interaction.user.id
    )


class _Chooses:
    """What the selects and buttons of the preview share: what is chosen goes into the draft, and is shown."""

    draft: int

    async def keep(self, interaction: discord.Interaction[Any], chosen: Mapping[str, Any]) -> None:
        """Keep it, and show the preview anew."""
        host = host_of(interaction)
        await host.drafts.change(await draft_of(interaction, self.draft), lambda _newest: dict(chosen))
        await host.reactions[PREVIEW](interaction, str(self.draft))


class ChooseKind(_Chooses, PersistentSelect, template=rf"event-kind:{NUMBER}"):
    """The template of the event on its way."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Select(custom_id=f"event-kind:{draft}", placeholder="What kind of event?"))

    def showing(self, chosen: str) -> ChooseKind:
        """With its options, the chosen one marked."""
        kinds = [Choice(kind.slug, f"Kind: {kind.label}", kind.emoji) for kind in terms.KINDS]
        self.item.options = choices.options(kinds, [chosen])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        await self.keep(interaction, {"template": terms.kind(next(iter(self.values), terms.OWN)).slug})


class ChooseLength(_Chooses, PersistentSelect, template=rf"event-length:{NUMBER}"):
    """How long it lasts."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Select(custom_id=f"event-length:{draft}", placeholder="How long is it?"))

    def showing(self, minutes: int) -> ChooseLength:
        """With its options, the chosen one marked, also where it is none of the usual ones."""
        lengths = sorted({*terms.LENGTHS, minutes})
        listed = [Choice(str(length), f"Length: {terms.length(length)}") for length in lengths]
        self.item.options = choices.options(listed, [str(minutes)])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        chosen = next(iter(self.values), "")
        if not (chosen.isascii() and chosen.isdigit() and 0 < int(chosen) <= terms.MOST_MINUTES):
            raise UserError("Please choose a length from the list.")
        await self.keep(interaction, {"minutes": int(chosen)})


class ChooseHosts(_Chooses, PersistentUserSelect, template=rf"event-hosts:{NUMBER}"):
    """Who hosts it; each of them may change it later."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.UserSelect(
                custom_id=f"event-hosts:{draft}",
                placeholder="Who hosts it? They may change it too",
                min_values=0,
                max_values=MOST_HOSTS,
            )
        )

    def showing(self, hosts: tuple[int, ...]) -> ChooseHosts:
        """With those who host it marked."""
        self.item.default_values = [
            discord.SelectDefaultValue(id=host, type=discord.SelectDefaultValueType.user) for host in hosts
        ]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them; bots host nothing."""
        hosts = [str(user.id) for user in self.item.values if not user.bot]
        await self.keep(interaction, {"hosts": hosts})


class HideLink(_Chooses, PersistentButton, template=rf"event-hide:{NUMBER}:(yes|no)"):
    """Shows the link only to those who go, or to everyone."""

    def __init__(self, draft: str, hide: str) -> None:
        self.draft, self.hide = int(draft), hide == "yes"
        label = "Hide the link" if self.hide else "Show the link"
        super().__init__(ui.Button(label=label, custom_id=f"event-hide:{draft}:{hide}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        await self.keep(interaction, {"hidden": self.hide})


class OtherTime(_Chooses, PersistentButton, template=rf"event-other:{NUMBER}:(\d)"):
    """Takes another reading of the time."""

    def __init__(self, draft: str, place: str) -> None:
        self.draft, self.place = int(draft), int(place)
        super().__init__(ui.Button(label="Use the other time", custom_id=f"event-other:{draft}:{place}"))

    def showing(self, place: int) -> OtherTime:
        """With a label of its own where there are several."""
        if place:
            self.item.label = "Use the third time"
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        guild, host = guild_of(interaction), host_of(interaction)
        draft = await draft_of(interaction, self.draft)
        others = [other for _, other in draft.answers.get("doubts", ()) if other]
        if self.place >= len(others):
            raise GoneError("The time was changed meanwhile. Please look at it again.")
        await self.keep(interaction, host.service(Planning).read_again(guild.id, others[self.place]))


ITEMS = (ChooseKind, ChooseLength, ChooseHosts, HideLink, OtherTime)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
