"""Series: posted, listed, changed in part or as a whole, skipped and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number, read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.delivery import Kind
from bot.kit.errors import GoneError, UserError
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import PER_PAGE, within
from bot.kit.permissions import guild_of, require_organizer
from bot.kit.reactions import Confirm, Keep, undo
from cogs.events.cards import planning as planning_cards
from cogs.events.cards import series as cards
from cogs.events.service import Looking, Planning, Repeating, Rescheduling, Scope, StaleError
from cogs.events.service.planning import edited
from cogs.events.service.repeating import UPKEEP, in_words
from cogs.events.views import editing
from cogs.events.views.choosing import draft_of
from cogs.events.views.opening import OpenEvent
from cogs.events.views.planning import SERIES, NewEvent
from cogs.events.views.rights import announcements, channels_of, require_change

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from cogs.events.service.repeating import Going
    from db.delivery import Delivery
    from db.events import Event

LIST = "series"
_ONE = "one"
_SAVE, _SKIP, _END, _AWAY = "event-save", "event-skip", "event-series-end", "event-away"


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The daily chore that keeps the series of a server twelve months ahead."""

    async def keep_up(delivery: Delivery) -> None:
        await host.service(Repeating).keep_up(delivery.guild_id, delivery.due_at)

    return (Kind(UPKEEP, "look at the series", "looks at the series", work=keep_up),)


async def _posted(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = require_organizer(interaction), host_of(interaction)
    draft = await draft_of(interaction, read_number(argument))
    planned = await host.service(Planning).planned(draft, channels_of(guild))
    channel = announcements(guild, host, interaction.channel_id)
    if channel is None:
        raise UserError(
            "I have no channel to post it in. Choose one for announcements with **/setup settings**, or do this in a "
            "text channel; what you typed is kept."
        )
    await interaction.response.defer()  # a year of dates may take more than the three seconds Discord waits
    series, first = await host.service(Repeating).post(draft, planned, channel)
    buttons = [OpenEvent(str(first.event_id)), ShowSeries()]
    await interaction.edit_original_response(view=cards.posted(first, in_words(series), channel, buttons))


async def page_of_series(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the series that go on, for organizers."""
    guild, host = require_organizer(interaction), host_of(interaction)
    found = await host.service(Repeating).going(guild.id)
    page = within(page, len(found))
    shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
    below: list[ui.Item[Any]] = [*turns(LIST, "", interaction.user.id, page, len(found)), NewEvent()]
    return cards.listed([(one, _for_series(one)) for one in shown], len(found), below)


def _for_series(going: Going) -> list[ui.Item[Any]]:
    if not going.coming:
        return []
    number = str(going.coming[0].event_id)
    return [OpenEvent(number, "Open the next"), SkipDate(number, "Skip the next"), EndSeries(number)]


def for_hosts(event: Event) -> list[ui.Item[Any]]:
    """What who may change an occurrence can do with its series."""
    if event.series_id is None:
        return []
    return [SkipDate(str(event.event_id)), EndSeries(str(event.event_id))]


class ShowSeries(PersistentButton, template=r"event-series"):
    """Opens the list of series."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="All series", emoji="🔁", custom_id="event-series"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it privately."""
        await interaction.response.send_message(view=await page_of_series(interaction, "", 0), ephemeral=True)


class SkipDate(PersistentButton, template=rf"event-skip:{NUMBER}"):
    """Leaves one date of a series out."""

    def __init__(self, event: str, label: str = "Skip this one") -> None:
        self.event = int(event)
        super().__init__(ui.Button(label=label, custom_id=f"event-skip:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Skip it, with a way back."""
        host = host_of(interaction)
        found = await host.service(Looking).one(guild_of(interaction).id, self.event)
        guild = require_change(interaction, found.event)
        event = await host.service(Repeating).skip(guild.id, self.event, interaction.user.id)
        going = await host.service(Repeating).find(guild.id, event.series_id or 0)
        after = next((one for one in going.coming if one.starts_at > event.starts_at), None)
        back = undo(_SKIP, f"{event.event_id}.{event.version}", host.clock())
        view = cards.skipped(event, after, editing.heard(found), [back])
        await interaction.response.send_message(view=view, ephemeral=True)


async def _unskipped(interaction: discord.Interaction[Any], argument: str) -> None:
    host = host_of(interaction)
    event_id, version = read_numbers(argument)
    found = await host.service(Looking).one(guild_of(interaction).id, event_id)
    guild = require_change(interaction, found.event)
    event = await host.service(Repeating).unskip(guild.id, event_id, version)
    view = planning_cards.on_again(event, [OpenEvent(str(event_id))])
    await interaction.response.edit_message(view=view)


class EndSeries(PersistentButton, template=rf"event-series-end:{NUMBER}"):
    """Asks when a series is to end."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="End the series", custom_id=f"event-series-end:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: the dates that nobody has seen cannot be brought back."""
        host = host_of(interaction)
        event = (await host.service(Looking).one(guild_of(interaction).id, self.event)).event
        guild = require_change(interaction, event)
        going = await host.service(Repeating).find(guild.id, event.series_id or 0)
        buttons = [
            Confirm(_END, f"{self.event}.0", "This is the last"),
            Confirm(_END, f"{self.event}.1", "End before it"),
            Keep(_END, str(self.event), "Let it go on"),
        ]
        await interaction.response.send_message(view=cards.ending(event, going.words, buttons), ephemeral=True)


async def _ended(interaction: discord.Interaction[Any], argument: str) -> None:
    host = host_of(interaction)
    event_id, with_it = read_numbers(argument)
    event = (await host.service(Looking).one(guild_of(interaction).id, event_id)).event
    guild = require_change(interaction, event)
    await interaction.response.defer()
    _, called_off = await host.service(Repeating).end(guild.id, event_id, interaction.user.id, with_it=bool(with_it))
    await interaction.edit_original_response(view=cards.ended(event, called_off, with_it=bool(with_it)))


async def _ask_or_save(interaction: discord.Interaction[Any], argument: str) -> None:
    """Of a date of a series, ask which others change with it; save a single event at once."""
    guild, host = guild_of(interaction), host_of(interaction)
    draft = await draft_of(interaction, read_number(argument))
    event = (await host.service(Looking).one(guild.id, edited(draft) or 0)).event
    planned = await host.service(Planning).planned(draft, channels_of(guild))
    if event.series_id is None:
        if planned.rule:
            raise UserError(
                "This event stands alone, and a posted event cannot become a series. Give it one date here, and post "
                "the series with **New event**; what you typed is kept."
            )
        await editing.REACTIONS[_SAVE](interaction, argument)
        return
    require_change(interaction, event)
    going = await host.service(Repeating).find(guild.id, event.series_id)
    scopes = [Scope.FOLLOWING, Scope.ALL] if planned.rule else [_ONE, Scope.FOLLOWING, Scope.ALL]
    buttons: list[ui.Item[Any]] = [SaveDates(str(draft.draft_id), str(scope)) for scope in scopes]
    view = cards.scope(event, going.words, [*buttons, Keep(_AWAY, str(draft.draft_id), "Back")])
    await interaction.response.edit_message(view=view)


class SaveDates(PersistentButton, template=rf"event-scope:{NUMBER}:({_ONE}|{Scope.FOLLOWING}|{Scope.ALL})"):
    """Saves what was changed for one date of a series, it and the following, or all to come."""

    _labels = {_ONE: "Only this one", Scope.FOLLOWING.value: "This and following", Scope.ALL.value: "All to come"}  # noqa: RUF012

    def __init__(self, draft: str, scope: str) -> None:
        self.draft, self.scope = int(draft), scope
        super().__init__(ui.Button(label=self._labels[scope], custom_id=f"event-scope:{draft}:{scope}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Save it, once."""
        if self.scope == _ONE:
            await editing.REACTIONS[_SAVE](interaction, str(self.draft))
            return
        guild, host = guild_of(interaction), host_of(interaction)
        draft = await draft_of(interaction, self.draft)
        before = await host.service(Looking).one(guild.id, edited(draft) or 0)
        require_change(interaction, before.event)
        planned = await host.service(Planning).planned(draft, channels_of(guild))
        await interaction.response.defer()
        try:
            saved = await host.service(Rescheduling).save(draft, planned, Scope(self.scope))
        except StaleError as stale:
            view = await editing.upon_the_newest(interaction, draft, stale.event)
            await interaction.edit_original_response(view=view)
            raise
        buttons = [OpenEvent(str(saved.event.event_id)), ShowSeries()]
        view = cards.changed(saved, in_words(saved.series), editing.heard(before), buttons)
        await interaction.edit_original_response(view=view)


async def open_series(interaction: discord.Interaction[Any]) -> None:
    """Show the list of series privately, for the command. Raises NotAllowedError for who is no organizer."""
    if interaction.guild is None:
        raise GoneError("Series belong to a server. Please try it in one of its channels.")
    await interaction.response.send_message(view=await page_of_series(interaction, "", 0), ephemeral=True)


ITEMS = (ShowSeries, SkipDate, EndSeries, SaveDates)
PAGES: dict[str, PageMaker] = {LIST: page_of_series}
REACTIONS: dict[str, Reaction] = {SERIES: _posted, _SAVE: _ask_or_save, _SKIP: _unskipped, _END: _ended}
FORMS: tuple[Form, ...] = ()
