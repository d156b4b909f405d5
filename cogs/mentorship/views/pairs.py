"""Pairs: how it goes, finding somebody else, calling an organizer in, and the last questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.errors import GoneError, UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from bot.kit.reactions import question
from cogs.mentorship.cards import pairs as cards
from cogs.mentorship.service import Meeting
from cogs.mentorship.service.meeting import LONGEST_WORD
from cogs.mentorship.views.rights import own_pair
from db.mentorship.values import DATE, MET, NO_DATE, NOT_YET
from db.mentorship.values import HELP as NEEDS_HELP

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_ANOTHER = "mentor-another"
_LABELS = {
    DATE: "Yes, we have",
    NO_DATE: "Not yet",
    MET: "We met",
    NOT_YET: "Not yet",
    NEEDS_HELP: "We need help",
}


def check_in_buttons(pair_id: int, week: int) -> list[ui.Item[Any]]:
    """What one can say to a check-in."""
    answers = (DATE, NO_DATE) if week == 1 else (MET, NOT_YET, NEEDS_HELP)
    return [*(SayHow(str(pair_id), str(week), answer) for answer in answers), FindAnother(str(pair_id))]


class SayHow(PersistentButton, template=rf"mentor-week:{NUMBER}:{NUMBER}:({'|'.join(_LABELS)})"):
    """One answer to a check-in."""

    def __init__(self, pair: str, week: str, answer: str) -> None:
        self.pair, self.week, self.answer = int(pair), int(week), answer
        good = answer in (DATE, MET)
        super().__init__(
            ui.Button(
                label=_LABELS[answer],
                style=discord.ButtonStyle.success if good else discord.ButtonStyle.secondary,
                custom_id=f"mentor-week:{pair}:{week}:{answer}",
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it."""
        service = host_of(interaction).service(Meeting)
        await own_pair(interaction, self.pair)
        together = await service.say(interaction.user.id, self.pair, self.week, self.answer)
        buttons = [FindAnother(str(self.pair))] if self.answer in (NOT_YET, NEEDS_HELP) else []
        await interaction.response.edit_message(view=cards.said(self.answer, together, buttons))


class FindAnother(PersistentButton, template=rf"mentor-other:{NUMBER}"):
    """Asks before a pair is ended."""

    def __init__(self, pair: str) -> None:
        self.pair = int(pair)
        super().__init__(ui.Button(label="Find someone else", custom_id=f"mentor-other:{pair}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask, where the other cannot see it."""
        await own_pair(interaction, self.pair)
        view = question(cards.BEFORE_PARTING, _ANOTHER, str(self.pair), "Find someone else", "Stay together")
        await interaction.response.send_message(view=view, ephemeral=interaction.guild_id is not None)


async def _part(interaction: discord.Interaction[Any], argument: str) -> None:
    pair = (await own_pair(interaction, read_number(argument))).pair.pair_id
    together = await host_of(interaction).service(Meeting).find_another(interaction.user.id, pair)
    mine = next(one for one in together.people if one.user_id == interaction.user.id)
    mentee = mine.member_no in together.pair.mentees
    await interaction.response.edit_message(view=cards.parted(mentee=mentee))


class CallOrganizer(PersistentButton, template=rf"mentor-call:{NUMBER}"):
    """Calls an organizer into a pair's thread."""

    def __init__(self, pair: str) -> None:
        self.pair = int(pair)
        super().__init__(ui.Button(label="Call an organizer in", custom_id=f"mentor-call:{pair}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Tell the organizers."""
        await own_pair(interaction, self.pair)
        await host_of(interaction).service(Meeting).call(interaction.user.id, self.pair)
        words = "### The organizers know\nOne of them comes into this thread soon. They see what was written here."
        await interaction.response.send_message(view=note(words, tone=Tone.DONE), ephemeral=True)


class IntoThread(PersistentButton, template=rf"mentor-into:{NUMBER}"):
    """Lets an organizer into a thread that they were called into."""

    def __init__(self, pair: str) -> None:
        self.pair = int(pair)
        super().__init__(
            ui.Button(label="Join the thread", style=discord.ButtonStyle.primary, custom_id=f"mentor-into:{pair}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Let them in."""
        guild = require_organizer(interaction)
        together = await host_of(interaction).service(Meeting).together(self.pair)
        if together is None or together.pair.guild_id != guild.id or together.pair.thread_id is None:
            raise GoneError("This thread is no longer there. **/mentorship overview** shows how the pairs are doing.")
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            thread = await guild.fetch_channel(together.pair.thread_id)
            if isinstance(thread, discord.Thread):
                await thread.add_user(interaction.user)
        except (discord.NotFound, discord.Forbidden) as refused:
            raise UserError("I cannot let you into that thread. Ask the two to mention you in it.") from refused
        words = f"You are in: <#{together.pair.thread_id}>. A short hello helps them to know why you are there."
        await interaction.followup.send(view=note(words, tone=Tone.DONE), ephemeral=True)


class LastQuestions(PersistentButton, template=rf"mentor-last:{NUMBER}"):
    """Opens the last questions."""

    def __init__(self, pair: str) -> None:
        self.pair = int(pair)
        super().__init__(ui.Button(label="Answer", style=discord.ButtonStyle.primary, custom_id=f"mentor-last:{pair}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open them."""
        await own_pair(interaction, self.pair, ended=True)
        await interaction.response.send_modal(LastForm().opened(str(self.pair)))


class LastForm(Form):
    """The last questions. Its argument is the pair's number."""

    name = "mentor-last"
    title = "Looking back"
    fields = (
        Field("worked", "What worked?", limit=LONGEST_WORD, long=True),
        Field("not", "What did not?", limit=LONGEST_WORD, long=True),
        Field("again", "Would you do it again?", "yes, maybe or no", limit=20, required=True),
        Field("quote", "May we quote you, without a name?", "yes or no", limit=20),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep them."""
        pair = (await own_pair(interaction, read_number(argument), ended=True)).pair.pair_id
        await host_of(interaction).service(Meeting).close(interaction.user.id, pair, answers)
        if interaction.message is not None:
            await interaction.response.edit_message(view=cards.closed())
        else:
            await interaction.response.send_message(view=cards.closed(), ephemeral=interaction.guild_id is not None)


ITEMS = (SayHow, FindAnother, CallOrganizer, IntoThread, LastQuestions)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_ANOTHER: _part}
FORMS: tuple[Form, ...] = (LastForm(),)
