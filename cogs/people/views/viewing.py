"""Looking at a profile: one's own, as others see it, and other members'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, is_organizer
from cogs.people.cards import profiles
from cogs.people.service import Introducing
from cogs.people.sight import PUBLIC, Viewer, seen_by
from db.people import EVERYONE, ORGANIZERS

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from db.people import Profile

EDIT, SIGHT, MINE = "profile-edit", "profile-sight", "profile-mine"
"""What buttons that open the form, the last step and one's own profile are known by, on any card."""


def viewer_of(interaction: discord.Interaction[Any]) -> Viewer:
    """Who pressed or typed, and whether as an organizer. Raises UserError in direct messages."""
    guild = guild_of(interaction)
    return Viewer(guild.id, interaction.user.id, organizer=is_organizer(interaction.user, guild, host_of(interaction)))


async def own_profile(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """One's own profile, all of it."""
    host = host_of(interaction)
    viewer = viewer_of(interaction)
    profile = await host.service(Introducing).mine(viewer)
    thanks = [words for thank in host.thanks.values() if (words := await thank(viewer.guild_id, viewer.user_id))]
    return profiles.own(profile, host.vocabulary, [_edit(), SeeAsOthers(), _sight()], thanks)


def _edit() -> ui.Button[Any]:
    return ui.Button(label="Edit", style=discord.ButtonStyle.primary, custom_id=EDIT)


def _sight() -> ui.Button[Any]:
    return ui.Button(label="Who sees it", custom_id=SIGHT)


async def profile_of(interaction: discord.Interaction[Any], user_id: int) -> ui.LayoutView:
    """Somebody's profile, as far as they show it to whoever asks."""
    viewer = viewer_of(interaction)
    if user_id == viewer.user_id:
        return await own_profile(interaction)
    found = await host_of(interaction).service(Introducing).of_other(viewer, user_id)
    return _shown(interaction, found, user_id)


def _shown(interaction: discord.Interaction[Any], profile: Profile | None, user_id: int) -> ui.LayoutView:
    if profile is None:
        return profiles.nothing_shown(user_id)
    ask = ui.Button[Any](label="Ask in public", emoji="🙋", custom_id=f"people-ask:{profile.profile_id}")
    return profiles.of_other(profile, host_of(interaction).vocabulary, [ask])


class SeeMine(PersistentButton, template=MINE):
    """Shows one's own profile."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="My profile", emoji="🪪", custom_id=MINE))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it as a card of its own."""
        await interaction.response.send_message(view=await own_profile(interaction), ephemeral=True)


class Done(PersistentButton, template="profile-done"):
    """Ends the steps: shows the profile in the place of the step."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Done", style=discord.ButtonStyle.primary, custom_id="profile-done"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it; all is saved already."""
        await interaction.response.edit_message(view=await own_profile(interaction))


class SeeAsOthers(PersistentButton, template="profile-others"):
    """Shows one's own profile as others see it."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="As others see it", custom_id="profile-others"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it in the place of the card."""
        host = host_of(interaction)
        profile = await host.service(Introducing).mine(viewer_of(interaction))
        back = ui.Button[Any](label="As I see it", custom_id="profile-done")
        view = profiles.as_others(
            seen_by(profile, PUBLIC), seen_by(profile, (EVERYONE, ORGANIZERS)), host.vocabulary, [back, _sight()]
        )
        await interaction.response.edit_message(view=view)


class SeeOther(PersistentButton, template=rf"people-see:{NUMBER}"):
    """Shows the profile of somebody in a list."""

    def __init__(self, profile: str) -> None:
        self.profile = int(profile)
        super().__init__(ui.Button(label="Profile", custom_id=f"people-see:{profile}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show what they show."""
        service = host_of(interaction).service(Introducing)
        found = await service.of_number(viewer_of(interaction), self.profile)
        view = profiles.nothing_shown_any_more() if found is None else _shown(interaction, found, found.user_id)
        await interaction.response.send_message(view=view, ephemeral=True)


ITEMS = (SeeMine, Done, SeeAsOthers, SeeOther)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
