"""Planning: the form, the preview with its selects, **Post**; the same preview serves changes (views/editing.py).

What is typed and chosen goes into a draft, so that nothing of it is lost.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.kit import choices
from bot.kit.agreement import agreed
from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton, PersistentSelect
from bot.kit.cards import card, note, row, text
from bot.kit.choices import Choice
from bot.kit.errors import GoneError, UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, require_organizer
from bot.kit.reactions import KEPT, question
from cogs.events import terms, wallclock
from cogs.events.cards import planning as cards
from cogs.events.recurrence import Rule, Series, dates_said, in_words
from cogs.events.service import Planning
from cogs.events.service.planning import LONGEST_TYPED, edited, filled
from cogs.events.terms import LONGEST_ABOUT, LONGEST_TITLE, LONGEST_WHERE
from cogs.events.views.choosing import (
    PREVIEW,
    ChooseHosts,
    ChooseKind,
    ChooseLength,
    HideLink,
    OtherTime,
    draft_of,
)
from cogs.events.views.opening import OpenEvent
from cogs.events.views.repeating import ChooseRepeat
from cogs.events.views.rights import announcements, channels_of
from cogs.events.views.templating import Templates
from db.events import LINK

if TYPE_CHECKING:
    from bot.kit.host import Host, PageMaker, Reaction
    from cogs.events.service import Planned
    from db.drafts import Draft

SERIES = "event-series-post"
"""The reaction that posts a draft which repeats."""


_DATES_SHOWN = 12
"""A year of a monthly series."""
_POST = "event-post"
"""The reaction that posts a draft, once the agreement is accepted."""


async def preview(interaction: discord.Interaction[Any], draft: Draft) -> ui.LayoutView:
    """How the draft was understood, what to ask about it, and what can still be chosen."""
    guild, host = guild_of(interaction), host_of(interaction)
    planned = await host.service(Planning).planned(draft, channels_of(guild))
    number = str(draft.draft_id)
    selects: list[ui.Item[Any]] = [
        ChooseKind(number).showing(planned.plan.template),
        ChooseLength(number).showing(planned.minutes),
        ChooseHosts(number).showing(planned.plan.hosts),
    ]
    if planned.event_id is None:
        selects.append(ChooseRepeat(number).showing(planned))
    new = planned.event_id is None
    channel = announcements(guild, host, interaction.channel_id) if new else None
    repeats = in_words(Rule.parse(planned.rule)) if planned.rule else ""
    buttons, dates = _buttons(number, planned), _dates(planned)
    return cards.preview(planned, selects, buttons, channel_id=channel, repeats=repeats, dates=dates)


def _dates(planned: Planned) -> str:
    """The dates of a series' first year, as far as a card has room; nothing for what happens once."""
    if not planned.rule:
        return ""
    zone = ZoneInfo(planned.plan.zone)
    start = wallclock.on_the_wall(planned.starts_at, zone).replace(fold=0)
    found = Series(Rule.parse(planned.rule).settled(start), start, zone).year(_DATES_SHOWN + 1)
    more = " and so on" if len(found) > _DATES_SHOWN else ""
    return f"{dates_said(found[:_DATES_SHOWN])}{more}" if len(found) > 1 else ""


def _buttons(number: str, planned: Planned) -> list[ui.Item[Any]]:
    buttons: list[ui.Item[Any]] = []
    if not planned.past or planned.event_id is not None:
        buttons.append(Post(number) if planned.event_id is None else SaveEvent(number))
    buttons.append(EditText(number))
    buttons += [OtherTime(number, str(place)).showing(place) for place, _ in enumerate(planned.others[:2])]
    if planned.plan.where.kind == LINK:
        buttons.append(HideLink(number, "no" if planned.plan.where.hidden else "yes"))
    return [*buttons, ThrowAway(number)]


class EventForm(Form):
    """What, when, where, how many. Its argument is the draft it changes, or a template and what was chosen with it."""

    name = "event"
    title = "An event"
    fields = (
        Field("title", "Title", "Tool talk: vinyl cutters", limit=LONGEST_TITLE, required=True),
        Field(
            "about",
            "What is it? (optional)",
            "For whom it is, and what to expect",
            LONGEST_ABOUT,
            long=True,
        ),
        Field(
            "when",
            "When?",
            "First Tuesday 3pm, or March 12, 3 to 4:30pm",
            limit=LONGEST_TYPED,
            required=True,
            help="In your server's time. “Every first Tuesday 3pm” makes a series.",
        ),
        Field("where", "Where? (optional)", "A link, a #channel, or a place", limit=LONGEST_WHERE),
        Field("places", "How many places? (optional)", "Empty: everyone can come", limit=10),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Show the preview; the text of a draft that is gone begins a new one."""
        guild, host = guild_of(interaction), host_of(interaction)
        draft: Draft | None = None
        if argument.isdigit():
            with suppress(GoneError):
                draft = await draft_of(interaction, read_number(argument))
        if draft is None or edited(draft) is None:
            require_organizer(interaction)
        service, channels = host.service(Planning), channels_of(guild)
        kept = service.typed(guild.id, answers, channels, draft.answers if draft else {})
        if draft is not None:
            with suppress(GoneError):
                draft = await host.drafts.change(draft, lambda _newest: kept)
                await interaction.response.edit_message(view=await preview(interaction, draft))
                return
        begun = await _begun(host, guild.id, argument, interaction.user.id)
        number = await host.drafts.keep(
            guild_id=guild.id, user_id=interaction.user.id, form=self.name, answers={**begun, **kept}
        )
        view = await preview(interaction, await draft_of(interaction, number))
        await interaction.response.send_message(view=view, ephemeral=True)


async def _begun(host: Host, guild_id: int, argument: str, user_id: int) -> dict[str, Any]:
    """What a new draft begins with; the argument names a template, minutes and hosts, with dots between them."""
    slug, minutes, hosts = [*argument.split("."), "", "", ""][:3]
    kind = terms.kind(slug)
    own = await host.service(Planning).minutes_of(guild_id, kind.slug)
    return {
        "template": kind.slug,
        "minutes": int(minutes) if minutes.isdigit() else own,
        "hosts": [number for number in hosts.split("-") if number.isdigit()] or [str(user_id)],
        "hidden": False,
    }


async def open_form(
    interaction: discord.Interaction[Any], template: str, minutes: int | None = None, hosts: tuple[int, ...] = ()
) -> None:
    """Open the form for a template. Raises NotAllowedError for who is no organizer."""
    guild, host = require_organizer(interaction), host_of(interaction)
    kind = terms.kind(template)
    begun = await host.service(Planning).begun(guild.id, kind.slug)
    argument = f"{kind.slug}.{minutes or ''}.{'-'.join(str(number) for number in hosts)}"
    await interaction.response.send_modal(EventForm().opened(argument, begun))


class NewEvent(PersistentButton, template=r"event-new"):
    """Begins a new event: first its template."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label="New event", emoji="➕", style=discord.ButtonStyle.primary, custom_id="event-new")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask for the template; choosing it opens the form."""
        require_organizer(interaction)
        words = "### New event\nWhat kind of event is it? It only decides what the form begins with."
        view = card(text(words), row(ChooseTemplate().showing()), row(Templates()))
        await interaction.response.send_message(view=view, ephemeral=True)


class ChooseTemplate(PersistentSelect, template=r"event-template"):
    """The template with which a new event begins."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="event-template", placeholder="What kind of event?"))

    def showing(self) -> ChooseTemplate:
        """With its options."""
        kinds = [Choice(kind.slug, kind.label, kind.emoji, terms.length(kind.minutes)) for kind in terms.KINDS]
        self.item.options = choices.options(kinds, [])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await open_form(interaction, next(iter(self.values), terms.OWN))


class EditText(PersistentButton, template=rf"event-text:{NUMBER}"):
    """Opens the form again, filled."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Edit", custom_id=f"event-text:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        draft = await draft_of(interaction, self.draft)
        await interaction.response.send_modal(EventForm().opened(str(self.draft), filled(draft.answers)))


class Post(PersistentButton, template=rf"event-post:{NUMBER}"):
    """Posts the event."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Post", style=discord.ButtonStyle.success, custom_id=f"event-post:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Post it, once, as soon as the community agreement is accepted where there is one."""
        require_organizer(interaction)
        await draft_of(interaction, self.draft)
        if await agreed(interaction, _POST, str(self.draft)):
            await _posted(interaction, str(self.draft))


async def _posted(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = require_organizer(interaction), host_of(interaction)
    draft = await draft_of(interaction, read_number(argument))
    if draft.answers.get("rule") and SERIES in host.reactions:
        await host.reactions[SERIES](interaction, argument)
        return
    channel = announcements(guild, host, interaction.channel_id)
    if channel is None:
        raise UserError(
            "I have no channel to post it in. Choose one for announcements with **/setup settings**, or do "
            "this in a text channel; what you typed is kept."
        )
    event = await host.service(Planning).post(draft, channels_of(guild), channel)
    view = cards.posted(event, channel, [OpenEvent(str(event.event_id))])
    await interaction.response.edit_message(view=view)


class SaveEvent(PersistentButton, template=rf"event-save:{NUMBER}"):
    """Saves what was changed; what it does is in views/editing.py, which registers it."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            ui.Button(label="Save changes", style=discord.ButtonStyle.success, custom_id=f"event-save:{draft}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Save it."""
        await host_of(interaction).reactions["event-save"](interaction, str(self.draft))


class ThrowAway(PersistentButton, template=rf"event-away:{NUMBER}"):
    """Asks whether to throw it away."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(ui.Button(label="Throw away", custom_id=f"event-away:{draft}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask first: what was typed cannot be brought back."""
        await draft_of(interaction, self.draft)
        words = "Throw this away? What you typed cannot be brought back. Nothing was posted."
        await interaction.response.edit_message(view=question(words, "event-away", str(self.draft), "Throw it away"))


async def _thrown_away(interaction: discord.Interaction[Any], argument: str) -> None:
    await draft_of(interaction, read_number(argument))
    await host_of(interaction).drafts.forget(read_number(argument))
    await interaction.response.edit_message(view=note("It was thrown away; nothing was posted."))


async def _kept_after_all(interaction: discord.Interaction[Any], argument: str) -> None:
    draft = await draft_of(interaction, read_number(argument))
    await interaction.response.edit_message(view=await preview(interaction, draft))


ITEMS = (
    NewEvent,
    ChooseTemplate,
    EditText,
    Post,
    SaveEvent,
    ThrowAway,
)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {
    PREVIEW: _kept_after_all,
    _POST: _posted,
    f"{_POST}{KEPT}": _kept_after_all,
    "event-away": _thrown_away,
    "event-away-keep": _kept_after_all,
}
FORMS: tuple[Form, ...] = (EventForm(),)
