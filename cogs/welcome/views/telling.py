"""**Tell the organizers**: the form, what is seen before it is sent, and how the answer shall come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentUserSelect
from bot.kit.cards import TELL_ORGANIZERS, note, tell_organizers
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.welcome.cards import telling as cards
from cogs.welcome.service import Telling
from cogs.welcome.service.telling import FORM, LONGEST
from cogs.welcome.views.readership import member_of, who_reads, would_read
from db.delivery import Way

if TYPE_CHECKING:
    from db.drafts import Draft

_LABELS = {Way.NOTE: "Next time I am here", Way.PRIVATE: "Private thread", Way.DM: "Direct message"}
_PROMISED = {
    Way.NOTE: "I will show you their answer privately, the next time you use one of my buttons or commands.",
    Way.PRIVATE: "I will bring their answer into a private thread with you, below this channel. Who may manage threads "
    "here could open it too.",
    Way.DM: "I will send you their answer in a direct message.",
}


class TellForm(Form):
    """What a member has to say. Its argument is the draft it changes; empty for a new one."""

    name = FORM
    title = "Tell the organizers"
    fields = (
        Field(
            "text",
            "What should they know?",
            "What happened, where, and what would help you?",
            limit=LONGEST,
            long=True,
            required=True,
            help="Before it is sent you see who reads it. You can leave one organizer out, and your name.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it as a draft, and show who would read it."""
        host, guild = host_of(interaction), guild_of(interaction)
        words = Telling.checked(answers.get("text", ""))
        if argument:
            draft = await _draft_of(interaction, read_number(argument))
            draft = await host.drafts.change(draft, lambda _newest: {"text": words})
        else:
            kept = {"text": words, "named": True, "without": 0}
            number = await host.drafts.keep(
                guild_id=guild.id, user_id=interaction.user.id, form=self.name, answers=kept
            )
            draft = await _draft_of(interaction, number)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.defer()
            await interaction.edit_original_response(view=await preview(interaction, draft))
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send(view=await preview(interaction, draft), ephemeral=True)


async def _draft_of(interaction: discord.Interaction[Any], number: int) -> Draft:
    drafts = host_of(interaction).drafts
    return await drafts.open(number, guild_id=guild_of(interaction).id, user_id=interaction.user.id)


async def preview(interaction: discord.Interaction[Any], draft: Draft, heading: str = "") -> ui.LayoutView:
    """What would be sent, to whom; it asks Discord who is an organizer, so the press must have been answered."""
    to = await who_reads(interaction, int(draft.answers["without"]) or None)
    number, named = str(draft.draft_id), bool(draft.answers["named"])
    buttons: list[ui.Item[Any]] = [Send(to.way.value, number)] if to.anybody else []
    buttons += [Name("no" if named else "yes", number), ChangeText(number), ThrowAway(number)]
    select = LeaveOut(number).showing(to.facts.without)
    return cards.preview(draft.answers["text"], to, named=named, heading=heading, select=select, buttons=buttons)


class Tell(PersistentButton, template=TELL_ORGANIZERS):
    """Opens the form; on any card, by its custom_id."""

    def __init__(self) -> None:
        super().__init__(tell_organizers())

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        guild_of(interaction)
        await interaction.response.send_modal(TellForm().opened())


class LeaveOut(PersistentUserSelect, template=rf"told-without:{NUMBER}"):
    """The one person who shall not read it."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        placeholder = "Leave one organizer out (optional)"
        super().__init__(ui.UserSelect(custom_id=f"told-without:{draft}", placeholder=placeholder, min_values=0))

    def showing(self, chosen: int | None) -> LeaveOut:
        """With who is left out so far."""
        if chosen is not None:
            self.item.default_values = [discord.SelectDefaultValue.from_user(discord.Object(chosen))]
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it, if it is somebody who would read it else."""
        host, guild = host_of(interaction), guild_of(interaction)
        draft = await _draft_of(interaction, self.draft)
        await interaction.response.defer()
        number = next((chosen.id for chosen in self.item.values), 0)
        member = await member_of(guild, number) if number else None
        heading = ""
        if number and not (member is not None and would_read(host, guild, member)):
            heading, number = f"<@{number}> is no organizer, and would not read it in any case.\n", 0
        draft = await host.drafts.change(draft, lambda _newest: {"without": number})
        await interaction.edit_original_response(view=await preview(interaction, draft, heading))


class Name(PersistentButton, template=rf"told-name:(yes|no):{NUMBER}"):
    """Shows the member's name to the organizers, or does not."""

    def __init__(self, shown: str, draft: str) -> None:
        self.shown, self.draft = shown == "yes", int(draft)
        label = "With my name" if self.shown else "Without my name"
        super().__init__(ui.Button(label=label, custom_id=f"told-name:{shown}:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        draft = await _draft_of(interaction, self.draft)
        draft = await host_of(interaction).drafts.change(draft, lambda _newest: {"named": self.shown})
        await interaction.response.defer()
        await interaction.edit_original_response(view=await preview(interaction, draft))


class ChangeText(PersistentButton, template=rf"told-text:{NUMBER}"):
    """Opens the form again, filled."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Change the text", custom_id=f"told-text:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        draft = await _draft_of(interaction, self.draft)
        await interaction.response.send_modal(TellForm().opened(str(self.draft), draft.answers))


class ThrowAway(PersistentButton, template=rf"told-away:{NUMBER}"):
    """Throws it away, at once: who does not want it said wants it gone."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Throw away", custom_id=f"told-away:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Forget it."""
        await _draft_of(interaction, self.draft)
        await host_of(interaction).drafts.forget(self.draft)
        await interaction.response.edit_message(view=note("It was thrown away. Nobody read it, and I do not keep it."))


class Send(PersistentButton, template=rf"told-send:(channel|private|note):{NUMBER}"):
    """Sends it, the way that was shown."""

    def __init__(self, way: str, draft: str) -> None:
        self.way, self.draft = Way(way), int(draft)
        super().__init__(
            ui.Button(label="Send", style=discord.ButtonStyle.success, custom_id=f"told-send:{way}:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Send it; where it would go another way by now than was shown, show that first."""
        draft = await _draft_of(interaction, self.draft)
        await interaction.response.defer()
        to = await who_reads(interaction, int(draft.answers["without"]) or None)
        if to.way is not self.way or not to.anybody:
            heading = "Who can read it has changed since you saw this. Please look again.\n"
            await interaction.edit_original_response(view=await preview(interaction, draft, heading))
            return
        told = await host_of(interaction).service(Telling).send(draft, to)
        ways = [Way.DM] if told.without or not told.named else [Way.PRIVATE, Way.DM]
        view = cards.sent(to, [AnswerBy(way.value, str(told.told_id)) for way in ways])
        await interaction.edit_original_response(view=view)


class AnswerBy(PersistentButton, template=rf"told-by:(note|private|dm):{NUMBER}"):
    """One of the ways to be answered."""

    def __init__(self, way: str, told: str) -> None:
        self.way, self.told = Way(way), int(told)
        super().__init__(ui.Button(label=_LABELS[self.way], custom_id=f"told-by:{way}:{told}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        place = interaction.channel
        place_id = place.parent_id if isinstance(place, discord.Thread) else interaction.channel_id
        service = host_of(interaction).service(Telling)
        await service.tell_by(guild_of(interaction).id, interaction.user.id, self.told, self.way, place_id)
        await interaction.response.edit_message(view=cards.chosen(_PROMISED[self.way]))


ITEMS = (Tell, LeaveOut, Name, ChangeText, ThrowAway, Send, AnswerBy)
FORMS: tuple[Form, ...] = (TellForm(),)
