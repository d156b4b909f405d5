"""Browsing: what is coming up, mine, by kind; and one event, privately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit import choices
from bot.kit.arguments import read_number
from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.choices import Choice
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.permissions import guild_of, is_organizer
from cogs.events import terms
from cogs.events.cards import lists, showing
from cogs.events.service import Looking
from cogs.events.views import agenda, reminding, series
from cogs.events.views.afterwards import Attendees
from cogs.events.views.answering import on_card
from cogs.events.views.calendars import MyCalendar
from cogs.events.views.editing import for_hosts
from cogs.events.views.news import EventNews
from cogs.events.views.opening import PAGE, OpenEvent
from cogs.events.views.planning import NewEvent
from cogs.events.views.rights import may_change
from db.events import GOING, PLANNED

if TYPE_CHECKING:
    import discord

    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction
    from cogs.events.service import Shown

LIST = "events"
MINE = "mine"


async def page_of_events(interaction: discord.Interaction[Any], argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of what is coming up; the argument is a kind, `MINE`, or empty for all."""
    guild, host = guild_of(interaction), host_of(interaction)
    service, mine = host.service(Looking), argument == MINE
    template = None if mine or not argument else terms.kind(argument).slug
    found = await service.page(guild.id, interaction.user.id, page, template=template, mine=mine)
    kinds = await service.kinds(guild.id)
    heading = lists.heading(template, mine=mine)
    below: list[ui.Item[Any]] = [*turns(LIST, argument, interaction.user.id, found.page, found.total)]
    below += [ShowEvents("" if mine else MINE), MyCalendar(), EventNews()]
    organizer = is_organizer(interaction.user, guild, host)
    below += [NewEvent()] if organizer else []
    if not found.entries:
        return lists.nothing(heading, below, organizer=organizer and not mine)
    entries = [(event, going, said, OpenEvent(str(event.event_id))) for event, going, said in found.entries]
    select = ChooseShown().showing(kinds, argument) if len(kinds) > 1 else None
    return lists.coming_up(entries, found.total, below, select, heading=heading)


class ShowEvents(PersistentButton, template=rf"events:({MINE}|)"):
    """Shows my events, or all again."""

    def __init__(self, which: str) -> None:
        self.which = which
        label = "My events" if which == MINE else "All events"
        super().__init__(ui.Button(label=label, custom_id=f"events:{which}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them in the place of the list."""
        await interaction.response.edit_message(view=await page_of_events(interaction, self.which, 0))


class ChooseShown(PersistentSelect, template=r"events-kind"):
    """Shows events of one kind."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="events-kind", placeholder="Only one kind"))

    def showing(self, kinds: list[str], chosen: str) -> ChooseShown:
        """With the kinds of which something is coming up."""
        listed = [Choice("all", "All kinds")]
        listed += [Choice(kind.slug, kind.label, kind.emoji) for kind in map(terms.kind, kinds)]
        self.item.options = choices.options(listed, [chosen] if chosen and chosen != MINE else [])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show them in the place of the list."""
        chosen = next(iter(self.values), "all")
        argument = "" if chosen == "all" else terms.kind(chosen).slug
        await interaction.response.edit_message(view=await page_of_events(interaction, argument, 0))


async def one_event(interaction: discord.Interaction[Any], argument: str, _page: int) -> ui.LayoutView:
    """One event, privately: with the link for those who go, and what hosts can do."""
    guild, host = guild_of(interaction), host_of(interaction)
    found = await host.service(Looking).one(guild.id, read_number(argument))
    mine = found.answer_of(interaction.user.id)
    changes = may_change(interaction, found.event)
    told = changes or (mine is not None and mine.answer == GOING)
    buttons = [] if found.over else [*on_card(found.event.event_id), *agenda.on_card(found.event)]
    return showing.shown(found, [*buttons, *(_for_hosts(found) if changes else [])], mine=mine, told=told)


def _for_hosts(found: Shown) -> list[ui.Item[Any]]:
    """All that who may change an event can do with it."""
    number = str(found.event.event_id)
    table: list[ui.Item[Any]] = [Attendees(number)] if any(rsvp.answer for rsvp in found.rsvps) else []
    if found.over or found.event.state != PLANNED:
        return table
    return [*for_hosts(found), reminding.Reminders(number), *series.for_hosts(found.event), *table]


ITEMS = (ShowEvents, ChooseShown)
PAGES: dict[str, PageMaker] = {LIST: page_of_events, PAGE: one_event}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
