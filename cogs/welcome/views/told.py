"""What members told the organizers: its cards, **Answer** and **Dealt with**, the list of it, and its deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import require_organizer
from cogs.welcome.cards import telling as members_cards
from cogs.welcome.cards import told as cards
from cogs.welcome.service import Telling
from cogs.welcome.service.telling import ANSWERED, FORGET, LONGEST_ANSWER, TOLD, number_in
from cogs.welcome.views.readership import still_organizer
from cogs.welcome.views.telling import Tell
from db.delivery import Way

if TYPE_CHECKING:
    from bot.kit.host import Host, PageMaker
    from db.delivery import Delivery
    from db.welcome import Told

LIST = "told"
PER_PAGE = 3


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """What is promised about it: the word to the organizers, their answer, and that it is forgotten."""
    service = host.service(Telling)

    async def told(delivery: Delivery) -> Letter | None:
        found = await service.get(delivery.guild_id, number_in(delivery.subject))
        if found is None or found.settled_at is not None:
            return None
        if delivery.way is Way.CHANNEL:
            return Letter(cards.one(found, _buttons(found)))
        if not await still_organizer(host, delivery.guild_id, delivery.target_id):
            return None  # they may have given the role back since it was told
        others = await service.addressed(found)
        view = cards.one(found, _buttons(found), addressed=others, reader=delivery.target_id)
        return Letter(view, members=(delivery.target_id,))

    async def answered(delivery: Delivery) -> Letter | None:
        found = await service.get(delivery.guild_id, number_in(delivery.subject))
        if found is None or found.answered_at is None or f"{found.answered_at:%Y-%m-%dT%H:%M:%S.%f}" != delivery.moment:
            return None
        guild = cast("discord.Client", host).get_guild(delivery.guild_id)
        buttons: list[ui.Item[Any]] = [] if delivery.way is Way.DM else [Tell()]
        view = members_cards.answered(found, guild.name if guild else "your community", buttons)
        return Letter(view, members=(delivery.target_id,))

    async def forget(_delivery: Delivery) -> None:
        await service.forget_old()

    return (
        Kind(TOLD, "word from a member", "words from members", render=told, says_late=False),
        Kind(ANSWERED, "answer to a member", "answers to members", render=answered, says_late=False),
        Kind(FORGET, "forgetting of a word", "forgettings of words", work=forget),
    )


def _buttons(told: Told) -> list[ui.Item[Any]]:
    number = str(told.told_id)
    if told.settled_at is not None:
        return [Settle("open", number)]
    made: list[ui.Item[Any]] = [] if told.user_id is None else [Answer(number)]
    return [*made, Settle("done", number)]


async def _drawn(interaction: discord.Interaction[Any], told: Told) -> ui.LayoutView:
    addressed = await host_of(interaction).service(Telling).addressed(told)
    return cards.one(told, _buttons(told), addressed=addressed, reader=interaction.user.id)


class AnswerForm(Form):
    """An organizer's answer. Its argument is the number of what was told."""

    name = "told-answer"
    title = "Answer the member"
    fields = (
        Field(
            "answer",
            "Your answer",
            "Thank you for telling us. …",
            limit=LONGEST_ANSWER,
            long=True,
            required=True,
            help="They see your name with it. It reaches them privately.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Promise it to the member, and show it on the card."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Telling)
        told = await service.answer(guild.id, read_number(argument), interaction.user.id, answers.get("answer", ""))
        view = await _drawn(interaction, told)
        if interaction.message is not None:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


class Answer(PersistentButton, template=rf"told-answer:{NUMBER}"):
    """Opens the form for an answer."""

    def __init__(self, told: str) -> None:
        self.told = int(told)
        super().__init__(ui.Button(label="Answer", style=discord.ButtonStyle.primary, custom_id=f"told-answer:{told}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it for an organizer who may read this."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Telling)
        told = await service.for_reader(guild.id, self.told, interaction.user.id)
        if told.user_id is None:
            raise GoneError(
                "Whoever told this has deleted their data, so I cannot reach them any more. **Dealt with** puts it "
                "away."
            )
        await interaction.response.send_modal(AnswerForm().opened(str(self.told), {"answer": told.answer}))


class Settle(PersistentButton, template=rf"told-(done|open):{NUMBER}"):
    """Notes that it has been dealt with, or takes that back."""

    def __init__(self, state: str, told: str) -> None:
        self.done, self.told = state == "done", int(told)
        label = "Dealt with" if self.done else "Not yet, after all"
        super().__init__(ui.Button(label=label, custom_id=f"told-{state}:{told}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and show the card as it is now; who dealt with it first stays who did."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Telling)
        told = await service.settle(guild.id, self.told, interaction.user.id, settled=self.done)
        await interaction.response.edit_message(view=await _drawn(interaction, told))


async def page_of_open(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of what waits, for an organizer: all that does not leave them out."""
    guild = require_organizer(interaction)
    found = await host_of(interaction).service(Telling).open_for(guild.id, interaction.user.id)
    page = within(page, len(found), PER_PAGE)
    shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
    rows = [(told, [OpenOne(str(told.told_id))]) for told in shown]
    return cards.waiting(rows, len(found), turns(LIST, "", interaction.user.id, page, len(found), PER_PAGE))


class OpenOne(PersistentButton, template=rf"told-see:{NUMBER}"):
    """Shows one of the list as a card of its own, with what can be done."""

    def __init__(self, told: str) -> None:
        self.told = int(told)
        super().__init__(ui.Button(label="Open", custom_id=f"told-see:{told}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, privately."""
        guild, service = require_organizer(interaction), host_of(interaction).service(Telling)
        told = await service.for_reader(guild.id, self.told, interaction.user.id)
        await interaction.response.send_message(view=await _drawn(interaction, told), ephemeral=True)


ITEMS = (Answer, Settle, OpenOne)
PAGES: dict[str, PageMaker] = {LIST: page_of_open}
FORMS: tuple[Form, ...] = (AnswerForm(),)
