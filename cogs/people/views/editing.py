"""Filling in one's profile, in three steps: the form, what is chosen, and who sees it. Each press is saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from cogs.people import terms
from cogs.people.cards import profiles
from cogs.people.service import Introducing
from cogs.people.service.introducing import (
    LONGEST_INTERESTS,
    LONGEST_LIBRARY,
    LONGEST_NAME,
    LONGEST_PLACE,
    LONGEST_ZONE,
)
from cogs.people.views.viewing import EDIT, SIGHT, Done, viewer_of
from db.people import EVERYONE, LEARNING, TEACHES

if TYPE_CHECKING:
    from bot.kit.host import Host, PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary
    from db.people import Profile

_HERE = "here"
"""The form's argument where its answer takes the place of the card it was opened from."""


class ProfileForm(Form):
    """The first step: what is typed."""

    name = "profile"
    title = "Your profile, step 1 of 3"
    posts = True
    fields = (
        Field("name", "What shall people call you?", "Kim, or Kim Tran", limit=LONGEST_NAME),
        Field("library", "Library or institution", "Ames Public Library", limit=LONGEST_LIBRARY),
        Field("place", "City and state", "Ames, Iowa", limit=LONGEST_PLACE),
        Field("zone", "Time zone, by a large city in it", "Chicago", limit=LONGEST_ZONE),
        Field("interests", "What interests you?", "Teens, repair cafés, badges", limit=LONGEST_INTERESTS, long=True),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Save it and go on to the second step."""
        host = host_of(interaction)
        profile = await host.service(Introducing).say(viewer_of(interaction), answers)
        view = second_step(host, profile)
        if argument == _HERE:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


async def open_form(interaction: discord.Interaction[Any], argument: str = "") -> None:
    """Open the first step, filled with what is known."""
    profile = await host_of(interaction).service(Introducing).mine(viewer_of(interaction))
    known = {field.key: getattr(profile, field.key) for field in ProfileForm.fields}
    await interaction.response.send_modal(ProfileForm().opened(argument, known))


def tool_choices(vocabulary: Vocabulary) -> list[Choice]:
    """The vocabulary as choices, in alphabetical order of the labels."""
    tools = sorted(vocabulary.tools, key=lambda tool: tool.label.casefold())
    return [Choice(tool.slug, tool.label, tool.emoji) for tool in tools]


def second_step(host: Host, profile: Profile) -> ui.LayoutView:
    """The card on which setting, role, tools and levels are chosen."""
    groups = choices.groups(tool_choices(host.vocabulary))
    selects: list[ui.Item[Any]] = [
        ChooseSetting().showing(profile),
        ChooseRole().showing(profile),
        *(ChooseTools(str(part)).showing(host.vocabulary, profile) for part in range(len(groups))),
    ]
    if profile.tools:
        selects += [ChooseLevel(level).showing(host.vocabulary, profile) for level in (TEACHES, LEARNING)]
    return profiles.second_step(profile, host.vocabulary, selects, [NextStep(), ChangeText()])


def third_step(profile: Profile) -> ui.LayoutView:
    """The card on which one chooses who sees what."""
    selects = [ShowGroup(group.slug).showing(profile) for group in terms.GROUPS]
    buttons = [Done(), ShowAll(), MayAsk("no" if profile.asks else "yes"), BackStep()]
    return profiles.third_step(profile, selects, buttons)


class Edit(PersistentButton, template=EDIT):
    """Opens the first step."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Edit my profile", custom_id=EDIT))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await open_form(interaction)


class ChangeText(PersistentButton, template="profile-text"):
    """Opens the first step again, from the second."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Change the text", custom_id="profile-text"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await open_form(interaction, _HERE)


class NextStep(PersistentButton, template=SIGHT):
    """Goes on to who sees it."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Next: who sees it", style=discord.ButtonStyle.primary, custom_id=SIGHT))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the third step."""
        profile = await host_of(interaction).service(Introducing).mine(viewer_of(interaction))
        await interaction.response.edit_message(view=third_step(profile))


class BackStep(PersistentButton, template="profile-back"):
    """Goes back to what is chosen."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Back", custom_id="profile-back"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show the second step."""
        host = host_of(interaction)
        profile = await host.service(Introducing).mine(viewer_of(interaction))
        await interaction.response.edit_message(view=second_step(host, profile))


class ChooseSetting(PersistentSelect, template="profile-setting"):
    """The kind of library, and whether it is small or rural."""

    def __init__(self) -> None:
        placeholder = "What kind of library? Small or rural as well?"
        super().__init__(ui.Select(custom_id="profile-setting", placeholder=placeholder, min_values=0, max_values=2))

    def showing(self, profile: Profile) -> ChooseSetting:
        """With its options, the chosen ones marked."""
        offered = [Choice(term.slug, term.label, term.emoji) for term in (*terms.SETTINGS, terms.SMALL_OR_RURAL)]
        chosen = [profile.setting, terms.SMALL_OR_RURAL.slug if profile.small_or_rural else ""]
        self.item.options = choices.options(offered, chosen)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        host = host_of(interaction)
        profile = await host.service(Introducing).choose_setting(viewer_of(interaction), self.values)
        await interaction.response.edit_message(view=second_step(host, profile))


class ChooseRole(PersistentSelect, template="profile-role"):
    """The role."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="profile-role", placeholder="What are you?", min_values=0))

    def showing(self, profile: Profile) -> ChooseRole:
        """With its options, the chosen one marked."""
        offered = [Choice(term.slug, term.label, term.emoji) for term in terms.ROLES]
        self.item.options = choices.options(offered, [profile.role])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        host = host_of(interaction)
        profile = await host.service(Introducing).choose_role(viewer_of(interaction), self.values)
        await interaction.response.edit_message(view=second_step(host, profile))


class ChooseTools(PersistentSelect, template=r"profile-tools:(\d{1,2})"):
    """The tools one knows: one part of the vocabulary, since Discord shows 25 options in a select."""

    def __init__(self, part: str) -> None:
        self.part = int(part)
        super().__init__(ui.Select(custom_id=f"profile-tools:{part}", min_values=0))

    def showing(self, vocabulary: Vocabulary, profile: Profile) -> ChooseTools:
        """With its options, the chosen ones marked."""
        groups = choices.groups(tool_choices(vocabulary))
        group = groups[self.part]
        self.item.placeholder = choices.placeholder("Tools you know", group, len(groups) > 1)
        self.item.options = choices.options(group, [tool for tool, _ in profile.tools])
        self.item.max_values = len(group)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them beside what is chosen in the other parts."""
        host = host_of(interaction)
        groups = choices.groups(tool_choices(host.vocabulary))
        offered = [choice.value for choice in groups[min(self.part, len(groups) - 1)]]
        profile = await host.service(Introducing).choose_tools(viewer_of(interaction), self.values, offered)
        await interaction.response.edit_message(view=second_step(host, profile))


class ChooseLevel(PersistentSelect, template=rf"profile-level:({TEACHES}|{LEARNING})"):
    """Which of one's tools one teaches, or is still learning; all others one uses."""

    def __init__(self, level: str) -> None:
        self.level = level
        words = "Which of them do you teach?" if level == TEACHES else "Which are you still learning?"
        super().__init__(ui.Select(custom_id=f"profile-level:{level}", placeholder=words, min_values=0))

    def showing(self, vocabulary: Vocabulary, profile: Profile) -> ChooseLevel:
        """With one's tools as its options, those of this level marked."""
        term = terms.level(self.level)
        mine = dict(profile.tools)
        offered = [
            Choice(choice.value, f"{term.label}: {choice.label}", term.emoji)
            for choice in tool_choices(vocabulary)
            if choice.value in mine
        ]
        self.item.options = choices.options(offered, [tool for tool, at in mine.items() if at == self.level])
        self.item.max_values = max(1, len(offered))
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        host = host_of(interaction)
        profile = await host.service(Introducing).choose_level(viewer_of(interaction), self.level, self.values)
        await interaction.response.edit_message(view=second_step(host, profile))


class ShowGroup(PersistentSelect, template=r"profile-show:(me|library|tools)"):
    """To whom a group of facts is shown."""

    def __init__(self, group: str) -> None:
        self.group = group
        super().__init__(ui.Select(custom_id=f"profile-show:{group}"))

    def showing(self, profile: Profile) -> ShowGroup:
        """With its options, the chosen one marked."""
        group = next(term for term in terms.GROUPS if term.slug == self.group)
        offered = [
            Choice(term.slug, f"{group.label}: {term.label}", term.emoji, group.about) for term in terms.AUDIENCES
        ]
        self.item.placeholder = f"Who sees “{group.label}”?"
        self.item.options = choices.options(offered, [getattr(profile, f"shown_{self.group}")])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        service = host_of(interaction).service(Introducing)
        profile = await service.show(viewer_of(interaction), [self.group], (self.values or [""])[0])
        await interaction.response.edit_message(view=third_step(profile))


class ShowAll(PersistentButton, template="profile-show-all"):
    """Shows all groups to everyone in the server."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Everyone sees all", custom_id="profile-show-all"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        service = host_of(interaction).service(Introducing)
        profile = await service.show(viewer_of(interaction), [group.slug for group in terms.GROUPS], EVERYONE)
        await interaction.response.edit_message(view=third_step(profile))


class MayAsk(PersistentButton, template=r"profile-ask:(yes|no)"):
    """Lets others ask, or no longer."""

    def __init__(self, answer: str) -> None:
        self.asks = answer == "yes"
        label = "Others may ask me" if self.asks else "Don't ask me"
        super().__init__(ui.Button(label=label, emoji="💬", custom_id=f"profile-ask:{answer}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        service = host_of(interaction).service(Introducing)
        profile = await service.may_be_asked(viewer_of(interaction), asks=self.asks)
        await interaction.response.edit_message(view=third_step(profile))


ITEMS = (
    Edit,
    ChangeText,
    NextStep,
    BackStep,
    ChooseSetting,
    ChooseRole,
    ChooseTools,
    ChooseLevel,
    ShowGroup,
    ShowAll,
    MayAsk,
)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (ProfileForm(),)
