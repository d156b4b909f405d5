"""The time zone: a few to choose from, and a form for any city. Used by the wizard and by the settings.

Where it leads is the target: a draft's number in the wizard, "settings" otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import cities
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_manager
from bot.kit.words import clip, tidy
from cogs.setup.cards import wizard as cards
from cogs.setup.service import Settling
from cogs.setup.views import wizard
from cogs.setup.views.choosing import back
from cogs.setup.views.wizard import ZONE, GoTo, following, go

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.kit.host import PageMaker, Reaction
    from db.drafts import Draft

SETTINGS = "settings"
_TARGET = rf"({NUMBER[1:-1]}|{SETTINGS})"
_LONGEST = 80

USUAL = (
    ("Eastern (New York, Columbus, Atlanta)", "America/New_York"),
    ("Central (Chicago, Dallas, Nashville)", "America/Chicago"),
    ("Mountain (Denver, Salt Lake City)", "America/Denver"),
    ("Arizona (Phoenix)", "America/Phoenix"),
    ("Pacific (Los Angeles, Seattle)", "America/Los_Angeles"),
    ("Alaska (Anchorage)", "America/Anchorage"),
    ("Hawaii (Honolulu)", "Pacific/Honolulu"),
)

AFTER: dict[str, Callable[[discord.Interaction[Any]], Awaitable[None]]] = {}
"""What to show once the zone is set in the settings; registered by them."""


def _screen(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    number = str(draft.draft_id)
    now = host_of(interaction).servers.zone(draft.guild_id).key
    buttons: list[ui.Item[Any]] = [TypeCity(number)]
    if not draft.answers.get("reviewing"):  # then Back leads to the summary as well
        buttons.append(GoTo(number, following(draft.answers, ZONE), "Skip"))
    return cards.zone(now, [*buttons, back(draft, ZONE)], ChooseZone(number).of(USUAL, "The usual ones"))


async def _settled(interaction: discord.Interaction[Any], target: str, zone: str) -> None:
    if not cities.is_zone(zone):
        raise UserError("I do not know this time zone. Please press **Type a city** and name a larger city near you.")
    if target != SETTINGS:
        await go(interaction, read_number(target), lambda answers: {"zone": zone, "step": following(answers, ZONE)})
        return
    guild = require_manager(interaction)
    await host_of(interaction).service(Settling).zone(guild.id, interaction.user.id, zone)
    await AFTER[SETTINGS](interaction)


class CityForm(Form):
    """Which city the community lives by. Its argument is the target."""

    name = "setup-city"
    title = "Your community's time"
    fields = (
        Field(
            "city",
            "A larger city near you, or your state",
            "Columbus, Ohio",
            limit=_LONGEST,
            required=True,
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Take the zone, or let the person say which of several places it is."""
        require_manager(interaction)
        typed = tidy(answers.get("city", ""))
        found = cities.search(typed)
        if not found:
            raise UserError(
                f"I know no city that begins like “{clip(typed, _LONGEST)}”. Please try a larger one nearby, your "
                "state, or a name such as Europe/Vienna."
            )
        zones = {city.zone for city in found}
        if len(zones) == 1:
            await _settled(interaction, argument, found[0].zone)
            return
        options = [(city.label, city.zone) for city in found]
        view = cards.which_city(typed, [TypeCity(argument)], ChooseZone(argument).of(options, "Which one is it?"))
        await interaction.response.edit_message(view=view)


class TypeCity(PersistentButton, template=rf"setup-city:{_TARGET}"):
    """Opens the form for a city."""

    def __init__(self, target: str) -> None:
        self.target = target
        super().__init__(
            ui.Button(label="Type a city", style=discord.ButtonStyle.primary, custom_id=f"setup-city:{target}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        require_manager(interaction)
        await interaction.response.send_modal(CityForm().opened(self.target))


class ChooseZone(PersistentSelect, template=rf"setup-zone:{_TARGET}"):
    """One of several time zones."""

    def __init__(self, target: str) -> None:
        self.target = target
        super().__init__(ui.Select(custom_id=f"setup-zone:{target}"))

    def of(self, options: Sequence[tuple[str, str]], placeholder: str) -> ChooseZone:
        """With these labels and zones; of equal zones the places are named in one line."""
        places: dict[str, list[str]] = {}
        for label, zone in options:
            places.setdefault(zone, []).append(label)
        self.item.placeholder = placeholder
        self.item.options = [
            discord.SelectOption(label=clip("; ".join(labels), 100), value=zone, description=cities.shown(zone)[:100])
            for zone, labels in places.items()
        ]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it and go on."""
        guild_of(interaction)
        await _settled(interaction, self.target, self.values[0] if self.values else "")


wizard.SCREENS[ZONE] = _screen

ITEMS = (TypeCity, ChooseZone)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (CityForm(),)
