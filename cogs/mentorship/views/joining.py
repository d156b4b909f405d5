"""Joining: a card with selects, a form for the goal, and details for who likes; each step is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.agreement import agreed
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.mentorship import terms
from cogs.mentorship.cards import joining as cards
from cogs.mentorship.cards import rounds as round_cards
from cogs.mentorship.service import Joining
from cogs.mentorship.service.saying import LONGEST_EMPLOYER, LONGEST_GOAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.host import Host, PageMaker, Reaction
    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.joining import Begun
    from cogs.mentorship.service.saying import Said
    from cogs.mentorship.terms import Term

_AGREED = "mentor-send"
_FIRST = ("side", "zone", "reach")
_DETAILS = ("setting", "stage", "hours", "capacity", "ways", "languages", "switches")
_WHAT = {
    "side": ("Would you like a mentor, or be one?", terms.SIDES, False),
    "zone": ("Your time zone", terms.ZONES, False),
    "reach": ("How shall I reach you?", terms.REACHES, False),
    "setting": ("What kind of library?", terms.SETTINGS, False),
    "stage": ("How far have you come in this work?", terms.STAGES, False),
    "hours": ("How much time a month?", terms.HOURS, False),
    "capacity": ("How many mentees at once?", terms.CAPACITIES, False),
    "ways": ("How would you like to meet?", terms.WAYS, True),
    "languages": ("Which languages do you speak?", terms.LANGUAGES, True),
    "switches": ("Wishes", terms.SWITCHES, True),
}


def place_of(interaction: discord.Interaction[Any]) -> int | None:
    """The channel below which a private thread for whoever pressed can be made."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return channel.id if isinstance(channel, discord.TextChannel) else None


async def open_joining(interaction: discord.Interaction[Any], round_id: int = 0) -> None:
    """Show the first card, with what was said before."""
    host = host_of(interaction)
    begun = await host.service(Joining).begin(guild_of(interaction).id, interaction.user.id, round_id)
    await interaction.response.send_message(view=first_card(host, begun), ephemeral=True)


def first_card(host: Host, begun: Begun) -> ui.LayoutView:
    """What is required."""
    said, number = begun.said, str(begun.draft_id)
    selects: list[ui.Item[Any]] = [Choose("side", number).showing(said)]
    for what, wanted in (("wants", said.learns), ("teaches", said.mentors)):
        if wanted:
            parts = range(len(_groups(host.vocabulary)))
            selects += [ChooseSubjects(what, str(part), number).showing(host.vocabulary, said) for part in parts]
    selects += [Choose(what, number).showing(said) for what in ("zone", "reach")]
    joining, others = Join(number, known=said.known), [TypeGoal(number), AddDetails(number)]
    buttons = [*others, joining] if said.missing() else [joining, *others]  # what comes next stands first
    return cards.joining(said, host.vocabulary, selects, buttons)


def details_card(begun: Begun) -> ui.LayoutView:
    """What is optional."""
    number = str(begun.draft_id)
    shown = [what for what in _DETAILS if what != "capacity" or begun.said.mentors]
    selects = [Choose(what, number).showing(begun.said) for what in shown]
    return cards.details(begun.said, selects, [Join(number, known=begun.said.known), ToFirst(number)])


def _groups(vocabulary: Vocabulary) -> list[Sequence[Choice]]:
    """The topics, then the tools in as few selects as it takes."""
    offered = [Choice(term.slug, term.label, term.emoji) for term in terms.subjects(vocabulary)]
    topics = len(terms.TOPICS)
    return [offered[:topics], *choices.groups(offered[topics:])]


async def _own(interaction: discord.Interaction[Any], draft: int) -> Begun:
    return await host_of(interaction).service(Joining).look(guild_of(interaction).id, interaction.user.id, draft)


class Choose(PersistentSelect, template=rf"mentor-pick:({'|'.join(_WHAT)}):{NUMBER}"):
    """One of the short lists."""

    def __init__(self, what: str, draft: str) -> None:
        self.what, self.draft = what, int(draft)
        placeholder, _, many = _WHAT[what]
        least = int(what in _FIRST)
        super().__init__(
            ui.Select(custom_id=f"mentor-pick:{what}:{draft}", placeholder=placeholder, min_values=0 if many else least)
        )

    def showing(self, said: Said) -> Choose:
        """With its options, the chosen ones marked."""
        _, offered, many = _WHAT[self.what]
        listed: Sequence[Term] = terms.zones(said.zone) if self.what == "zone" else offered
        if self.what == "switches" and not said.mentors:
            listed = [term for term in listed if term.slug != terms.GROUPS]
        options = [Choice(term.slug, term.label, term.emoji, term.about or None) for term in listed]
        self.item.options = choices.options(options, _chosen(said, self.what))
        self.item.max_values = len(options) if many else 1
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        host = host_of(interaction)
        begun = await host.service(Joining).choose(
            guild_of(interaction).id, interaction.user.id, self.draft, self.what, self.values, []
        )
        view = first_card(host, begun) if self.what in _FIRST else details_card(begun)
        await interaction.response.edit_message(view=view)


def _chosen(said: Said, what: str) -> list[str]:
    if what == "switches":
        wished = {terms.SAME_SETTING: said.same_setting, terms.SAME_EMPLOYER: said.same_employer}
        return [slug for slug, wish in {**wished, terms.GROUPS: said.takes_groups}.items() if wish]
    value = getattr(said, what)
    return list(value) if isinstance(value, tuple) else [str(value)]


class ChooseSubjects(PersistentSelect, template=rf"mentor-topics:(teaches|wants):(\d):{NUMBER}"):
    """Topics, or one part of the tools."""

    def __init__(self, what: str, part: str, draft: str) -> None:
        self.what, self.part, self.draft = what, int(part), int(draft)
        super().__init__(ui.Select(custom_id=f"mentor-topics:{what}:{part}:{draft}", min_values=0))

    def showing(self, vocabulary: Vocabulary, said: Said) -> ChooseSubjects:
        """With its options, the chosen ones marked."""
        groups = _groups(vocabulary)
        group = groups[self.part]
        asked = "I want to learn" if self.what == "wants" else "I can teach"
        if self.part == 0:
            self.item.placeholder = f"{asked}: running a makerspace"
        else:
            self.item.placeholder = choices.placeholder(f"{asked}: tools", group, of_many=len(groups) > 2)  # noqa: PLR2004
        self.item.options = choices.options(group, getattr(said, self.what))
        self.item.max_values = len(group)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep them beside what is chosen in the other parts."""
        host = host_of(interaction)
        groups = _groups(host.vocabulary)
        offered = [choice.value for choice in groups[min(self.part, len(groups) - 1)]]
        begun = await host.service(Joining).choose(
            guild_of(interaction).id, interaction.user.id, self.draft, self.what, self.values, offered
        )
        await interaction.response.edit_message(view=first_card(host, begun))


class GoalForm(Form):
    """The goal, and the library for who has one. Its argument is the draft's number."""

    name = "mentor-goal"
    title = "My goal"
    fields = (
        Field(
            "goal",
            "What would you like to reach?",
            "Open our embroidery corner by June, with teens who can run it",
            limit=LONGEST_GOAL,
            long=True,
            required=True,
            help="A sentence or two. As a mentor: whom would you like to help, and with what?",
        ),
        Field(
            "employer",
            "Your library (optional)",
            "Ames Public Library",
            limit=LONGEST_EMPLOYER,
            help="So that I do not pair you with a colleague.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it, and show the card again."""
        host = host_of(interaction)
        begun = await host.service(Joining).type(
            guild_of(interaction).id, interaction.user.id, read_number(argument), answers
        )
        if interaction.message is not None:
            await interaction.response.edit_message(view=first_card(host, begun))
        else:
            await interaction.response.send_message(view=first_card(host, begun), ephemeral=True)


class TypeGoal(PersistentButton, template=rf"mentor-goal:{NUMBER}"):
    """Opens the form for the goal."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="My goal", emoji="🎯", custom_id=f"mentor-goal:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it, filled with what was said."""
        said = (await _own(interaction, self.draft)).said
        known = {"goal": said.goal, "employer": said.employer}
        await interaction.response.send_modal(GoalForm().opened(str(self.draft), known))


class AddDetails(PersistentButton, template=rf"mentor-more:{NUMBER}"):
    """Goes to the details."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Add details", custom_id=f"mentor-more:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them in the card's place."""
        await interaction.response.edit_message(view=details_card(await _own(interaction, self.draft)))


class ToFirst(PersistentButton, template=rf"mentor-first:{NUMBER}"):
    """Goes back to the first card."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Back", custom_id=f"mentor-first:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it in the card's place."""
        view = first_card(host_of(interaction), await _own(interaction, self.draft))
        await interaction.response.edit_message(view=view)


class Join(PersistentButton, template=rf"mentor-send:{NUMBER}"):
    """Joins with what was said."""

    def __init__(self, draft: str, *, known: bool = False) -> None:
        self.draft = int(draft)
        label = "Save changes" if known else "Sign me up"
        super().__init__(ui.Button(label=label, style=discord.ButtonStyle.success, custom_id=f"mentor-send:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Join; who has not accepted the community's agreement is asked for it first."""
        if await agreed(interaction, _AGREED, str(self.draft)):
            await _join(interaction, str(self.draft))


async def _join(interaction: discord.Interaction[Any], draft: str) -> None:
    member, signed = (
        await host_of(interaction)
        .service(Joining)
        .join(
            guild_of(interaction).id,
            interaction.user.id,
            read_number(draft),
            place_id=place_of(interaction),
        )
    )
    await interaction.response.edit_message(view=cards.joined(member, signed, [_status()]))


def _status() -> ui.Button[Any]:
    return ui.Button(label="Where I stand", custom_id="mentor-status")


class Begin(PersistentButton, template=rf"mentor-join:{NUMBER}"):
    """Begins to join, for a round or (0) without one; on any card."""

    def __init__(self, round_id: str = "0", label: str = "Join mentoring") -> None:
        self.round = int(round_id)
        super().__init__(
            ui.Button(label=label, emoji="🌱", style=discord.ButtonStyle.primary, custom_id=f"mentor-join:{round_id}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open the first card."""
        await open_joining(interaction, self.round)


class SignUp(PersistentButton, template=rf"mentor-sign:{NUMBER}"):
    """Signs up for a round: by one press where one has joined before, else by joining."""

    def __init__(self, round_id: str) -> None:
        self.round = int(round_id)
        super().__init__(
            ui.Button(
                label="Sign up", emoji="🌱", style=discord.ButtonStyle.primary, custom_id=f"mentor-sign:{round_id}"
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Sign up, or begin to join."""
        service = host_of(interaction).service(Joining)
        member, signed = await service.sign_up(guild_of(interaction).id, interaction.user.id, self.round)
        if member is None:
            await open_joining(interaction, self.round)
            return
        buttons = [Begin(str(self.round), "Change what I said"), _status()]
        await interaction.response.send_message(view=round_cards.signed_up(signed, buttons), ephemeral=True)


ITEMS = (Choose, ChooseSubjects, TypeGoal, AddDetails, ToFirst, Join, Begin, SignUp)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_AGREED: _join}
FORMS: tuple[Form, ...] = (GoalForm(),)
