"""The screens of the parts and of the organizers' role: make one, take what is there, or leave it out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton, PersistentChannelSelect, PersistentRoleSelect
from bot.kit.errors import UserError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.setup.cards import wizard as cards
from cogs.setup.parts import PARTS, ROLE_NAME, about
from cogs.setup.planning import Chosen, Deed, there
from cogs.setup.views import wizard
from cogs.setup.views.looking import can_be_given, look
from cogs.setup.views.wizard import A_PART, EACH, ROLE, START, STEPS, GoTo, following, go
from db.setup import Part

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from cogs.setup.parts import About
    from db.drafts import Draft

_DEEDS = f"({Deed.MAKE}|{Deed.USE}|{Deed.LEAVE})"
CHANNEL_TYPES = {
    True: [discord.ChannelType.forum],
    False: [discord.ChannelType.text, discord.ChannelType.news],
}


def _part(part: Part, interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    settings = host_of(interaction).servers.of(draft.guild_id)
    server, what = look(guild_of(interaction), settings), about(part)
    number = str(draft.draft_id)
    found = there(what, server, settings)
    first = (
        Decide(number, part, Deed.USE, str(found.number)).called("Use what is there")
        if found is not None
        else Decide(number, part, Deed.MAKE).called("A new forum" if what.forum else "A new channel")
    )
    buttons: list[ui.Item[Any]] = [first, Decide(number, part, Deed.LEAVE).called("Leave it out")]
    return cards.part(
        what,
        place=STEPS.index(part) + 1,
        found=found,
        buttons=[*buttons, back(draft, part)],
        select=ChooseChannel(number, part).of(what),
    )


def _role(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    settings = host_of(interaction).servers.of(draft.guild_id)
    server = look(guild_of(interaction), settings)
    number = str(draft.draft_id)
    found = server.role(settings.organizer_role_id) or server.role_named(ROLE_NAME)
    return cards.role(found, [DecideRole(number, found is not None), back(draft, ROLE)], ChooseRole(number))


def back(draft: Draft, step: str) -> GoTo:
    """To the screen before; once the summary was seen, to the summary."""
    if draft.answers.get("reviewing"):
        return GoTo(str(draft.draft_id), wizard.SUMMARY)
    place = STEPS.index(step)
    asked_before = place > 0 and draft.answers.get("mode") == EACH
    return GoTo(str(draft.draft_id), STEPS[place - 1] if asked_before else START)


async def _decided(interaction: discord.Interaction[Any], number: int, part: Part, chosen: Chosen) -> None:
    def choose(answers: dict[str, Any]) -> dict[str, Any]:
        parts = {**answers.get("parts", {}), part.value: chosen.packed()}
        return {"parts": parts, "step": following(answers, part)}

    await go(interaction, number, choose)


class Decide(PersistentButton, template=rf"setup-part:{NUMBER}:{A_PART}:{_DEEDS}:{NUMBER}"):
    """Makes, uses or leaves out the channel of a part."""

    def __init__(self, draft: str, part: str, deed: str, channel: str = "0") -> None:
        self.draft, self.part, self.deed, self.channel = int(draft), Part(part), Deed(deed), int(channel)
        leave = self.deed is Deed.LEAVE
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.secondary if leave else discord.ButtonStyle.primary,
                label=self.deed.value,
                custom_id=f"setup-part:{draft}:{part}:{deed}:{channel}",
            )
        )

    def called(self, label: str) -> Decide:
        """With that label."""
        self.item.label = label
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it and go on."""
        await _decided(interaction, self.draft, self.part, Chosen(self.deed, self.channel or None))


class ChooseChannel(PersistentChannelSelect, template=rf"setup-channel:{NUMBER}:{A_PART}"):
    """An existing channel for a part."""

    def __init__(self, draft: str, part: str) -> None:
        self.draft, self.part = int(draft), Part(part)
        super().__init__(ui.ChannelSelect(custom_id=f"setup-channel:{draft}:{part}"))

    def of(self, what: About) -> ChooseChannel:
        """With the kinds of channel that serve this part."""
        self.item.placeholder = f"Or choose one of your {'forums' if what.forum else 'channels'}"
        self.item.channel_types = CHANNEL_TYPES[what.forum]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it and go on, if it can serve."""
        channel = chosen_channel(interaction, self.item.values, self.part)
        await _decided(interaction, self.draft, self.part, Chosen(Deed.USE, channel.id))


def chosen_channel(
    interaction: discord.Interaction[Any], values: list[Any], part: Part
) -> discord.TextChannel | discord.ForumChannel:
    """What was chosen in a channel select, as a channel of this server that can serve the part. Raises UserError."""
    guild, what = guild_of(interaction), about(part)
    channel = guild.get_channel(values[0].id) if values else None
    kind = discord.ForumChannel if what.forum else discord.TextChannel
    if not isinstance(channel, kind):
        wanted = "a forum" if what.forum else "a text channel"
        raise UserError(f"For {what.label} I need {wanted}. Please choose another one.")
    return channel


class DecideRole(PersistentButton, template=rf"setup-role:{NUMBER}"):
    """Makes the organizers' role, or uses the one there is."""

    def __init__(self, draft: str, there: bool = False) -> None:
        self.draft = int(draft)
        label = "Use what is there" if there else "A new role"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.primary, custom_id=f"setup-role:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it and go on."""
        await go(interaction, self.draft, lambda answers: {"role": None, "step": following(answers, ROLE)})


class ChooseRole(PersistentRoleSelect, template=rf"setup-roles:{NUMBER}"):
    """An existing role for organizers."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.RoleSelect(custom_id=f"setup-roles:{draft}", placeholder="Or choose one of your roles"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it and go on, if people can be given it."""
        role = chosen_role(interaction, self.item.values)
        packed = Chosen(Deed.USE, role.id).packed()
        await go(interaction, self.draft, lambda answers: {"role": packed, "step": following(answers, ROLE)})


def chosen_role(interaction: discord.Interaction[Any], values: list[discord.Role]) -> discord.Role:
    """What was chosen in a role select, as a role that people can be given. Raises UserError."""
    role = guild_of(interaction).get_role(values[0].id) if values else None
    if role is None or not can_be_given(role):
        raise UserError(
            "This role cannot be the organizers': it is everyone's, or it belongs to a bot. Please choose one that you "
            "give to people."
        )
    return role


wizard.SCREENS.update({what.part.value: partial(_part, what.part) for what in PARTS})
wizard.SCREENS[ROLE] = _role

ITEMS = (Decide, ChooseChannel, DecideRole, ChooseRole)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
