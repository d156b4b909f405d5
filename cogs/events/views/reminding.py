"""Reminders as they come, **Join**, and which reminders an event has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit import choices
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.cards import link, note
from bot.kit.choices import Choice
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_own_server
from cogs.events import reminders
from cogs.events.cards import reminders as cards
from cogs.events.pointing import jump
from cogs.events.service import Answering, Looking, Reminding
from cogs.events.service.reminding import OWN_REMINDER, REMINDER
from cogs.events.views.answering import Answer
from cogs.events.views.news import EventNews
from cogs.events.views.rights import require_change
from db.events import CHANNEL, GOING, LINK

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from cogs.events.service.reminding import Reminded
    from db.delivery import Delivery
    from db.events import Event


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The reminders, as the delivery worker draws them."""

    async def everyone(delivery: Delivery) -> Letter | None:
        found = await host.service(Reminding).due(delivery)
        if found is None:
            return None
        view = cards.for_everyone(found, host.clock(), _for_everyone(found))
        mentions = found.news_role_id is not None and found.code != reminders.START
        return Letter(view, roles=(found.news_role_id,) if mentions and found.news_role_id else ())

    async def one(delivery: Delivery) -> Letter | None:
        found = await host.service(Reminding).due(delivery)
        if found is None:
            return None
        there = [link("Open the event", jump(found.event))] if jump(found.event) else []
        stop = StopReminding(str(delivery.guild_id), str(found.event.event_id))
        return Letter(cards.for_one(found, host.clock(), [*there, stop]), members=(delivery.target_id,))

    return (
        Kind(REMINDER, "event reminder", "event reminders", render=everyone, says_late=False),
        Kind(OWN_REMINDER, "reminder to a member", "reminders to members", render=one, says_late=False),
    )


def _for_everyone(found: Reminded) -> list[ui.Item[Any]]:
    event = found.event
    number = str(event.event_id)
    there: list[ui.Item[Any]] = [link("Open the event", jump(event))] if jump(event) else []
    if found.code == reminders.START:
        return [*joining(event), *there]
    news: list[ui.Item[Any]] = [EventNews()] if found.news_role_id is not None else []
    return [Answer(number, GOING), *there, *news]


def joining(event: Event) -> list[ui.Item[Any]]:
    """**Join**, where an event can be joined by a link or in a channel."""
    where = event.plan.where
    if where.kind == LINK:
        return [Join(str(event.event_id))] if where.hidden else [link("Join", where.text)]
    if where.kind == CHANNEL:
        return [link("Join", f"https://discord.com/channels/{event.guild_id}/{where.channel_id}")]
    return []


class Join(PersistentButton, template=rf"event-join:{NUMBER}"):
    """Gives a link that is kept for those who go."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Join", style=discord.ButtonStyle.primary, custom_id=f"event-join:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it to who goes; tell others how."""
        found = await host_of(interaction).service(Looking).one(guild_of(interaction).id, self.event)
        mine = found.answer_of(interaction.user.id)
        if found.over or found.event.plan.where.kind != LINK:
            raise GoneError("This event is over, or is somewhere else now. Open its card: it says where.")
        if mine is not None and mine.answer == GOING:
            view = cards.link_for(found.event, [link("Join", found.event.plan.where.text)])
        else:
            view = cards.not_yet_going(found.event, [Answer(str(self.event), GOING)])
        await interaction.response.send_message(view=view, ephemeral=True)


class StopReminding(PersistentButton, template=rf"event-own-off:{NUMBER}:{NUMBER}"):
    """Takes one's reminders of an event back, also in a direct message: so it names its server."""

    def __init__(self, guild: str, event: str) -> None:
        self.guild, self.event = int(guild), int(event)
        super().__init__(ui.Button(label="Don't remind me", custom_id=f"event-own-off:{guild}:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take them back, and say so."""
        require_own_server(interaction, self.guild)
        user, service = interaction.user, host_of(interaction).service(Answering)
        await service.remind(self.guild, self.event, user.id, user.display_name, on=False)
        await interaction.response.edit_message(view=note("I will not remind you of this event again."))


class Reminders(PersistentButton, template=rf"event-reminders:{NUMBER}"):
    """Shows a host or an organizer which reminders an event has."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Reminders", emoji="⏰", custom_id=f"event-reminders:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them, to be changed."""
        await interaction.response.send_message(view=await _chosen(interaction, self.event), ephemeral=True)


class ChooseReminders(PersistentSelect, template=rf"event-reminders-choose:{NUMBER}"):
    """Which reminders an event has in the channel."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(
            ui.Select(
                custom_id=f"event-reminders-choose:{event}",
                placeholder="No reminder in the channel",
                min_values=0,
                max_values=len(reminders.ALL),
            )
        )

    def showing(self, codes: tuple[str, ...]) -> ChooseReminders:
        """With those marked that the event has."""
        offered = [Choice(code, cards.NAMES[code].capitalize()) for code in reminders.ALL]
        self.item.options = choices.options(offered, codes)
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice."""
        found = await host_of(interaction).service(Looking).one(guild_of(interaction).id, self.event)
        guild = require_change(interaction, found.event)
        await host_of(interaction).service(Reminding).choose(guild.id, self.event, self.values)
        await interaction.response.edit_message(view=await _chosen(interaction, self.event))


async def _chosen(interaction: discord.Interaction[Any], event_id: int) -> ui.LayoutView:
    host = host_of(interaction)
    event = (await host.service(Looking).one(guild_of(interaction).id, event_id)).event
    guild = require_change(interaction, event)
    codes = await host.service(Reminding).chosen(guild.id, event_id)
    select = ChooseReminders(str(event_id)).showing(codes)
    buttons = [RemindersForAll(str(event_id))] if event.series_id is not None else []
    return cards.chosen(event, codes, select, buttons)


class RemindersForAll(PersistentButton, template=rf"event-reminders-all:{NUMBER}"):
    """Gives all dates to come of a series the reminders of one of them."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="For all to come", custom_id=f"event-reminders-all:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it for all of them."""
        host = host_of(interaction)
        event = (await host.service(Looking).one(guild_of(interaction).id, self.event)).event
        guild = require_change(interaction, event)
        await interaction.response.defer()
        number = await host.service(Reminding).choose_for_all(guild.id, self.event)
        codes = await host.service(Reminding).chosen(guild.id, self.event)
        await interaction.edit_original_response(view=cards.chosen_for_all(event, codes, number))


ITEMS = (Join, StopReminding, Reminders, ChooseReminders, RemindersForAll)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
