"""Where one stands, a break, and leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from bot.kit.reactions import question
from cogs.mentorship import days
from cogs.mentorship.cards import joining as cards
from cogs.mentorship.service import Joining
from cogs.mentorship.views.joining import Begin, open_joining

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.kit.host import PageMaker, Reaction

_LEAVE = "mentor-leave"
_BREAKS = {"2": "Two weeks", "4": "Four weeks", "8": "Eight weeks", "13": "Three months", "26": "Half a year"}
_OPEN_END = "open"


async def status(interaction: discord.Interaction[Any]) -> ui.LayoutView:
    """Where the person stands, with all they can do."""
    host = host_of(interaction)
    stand = await host.service(Joining).stand(guild_of(interaction).id, interaction.user.id)
    if stand is None:
        return cards.not_in([Begin()])
    pause = Back() if stand.member.is_paused(host.clock()) else Pause()
    excluded = ui.Button[Any](label="Rather not with…", custom_id="mentor-excluded")
    buttons: list[ui.Item[Any]] = [Begin("0", "Change what I said"), pause, excluded, Leave()]
    return cards.standing(stand, host.vocabulary, buttons)


async def pausing(interaction: discord.Interaction[Any], until: str | None = None) -> None:
    """Pause until a day as it was typed, or ask for how long."""
    if until is None:
        view = cards.pausing(HowLong(), [AnotherDay()])
        await interaction.response.send_message(view=view, ephemeral=True)
        return
    await _paused(interaction, _moment(interaction, until))


def _moment(interaction: discord.Interaction[Any], typed: str) -> datetime:
    """The end of the day before the one that was typed: on that day one is back. Raises UserError."""
    host = host_of(interaction)
    zone = host.servers.zone(guild_of(interaction).id)
    day: date | None = days.read_date(typed, host.clock().astimezone(zone).date())
    if day is None:
        raise UserError("Until which day? Please write it like **2027-01-15** or **Jan 15**.")
    return days.end_of(day - timedelta(days=1), zone.key)


async def _paused(interaction: discord.Interaction[Any], until: datetime | None) -> None:
    host = host_of(interaction)
    member = await host.service(Joining).pause(guild_of(interaction).id, interaction.user.id, until)
    view = cards.paused(member, [Back()])
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


class Start(PersistentButton, template="mentor-start"):
    """Begins to join, or shows where one stands; on panels."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Find a mentor", emoji="🌱", custom_id="mentor-start"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show what fits."""
        service = host_of(interaction).service(Joining)
        if await service.stand(guild_of(interaction).id, interaction.user.id) is None:
            await open_joining(interaction)
        else:
            await interaction.response.send_message(view=await status(interaction), ephemeral=True)


class Status(PersistentButton, template="mentor-status"):
    """Shows where one stands."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Where I stand", custom_id="mentor-status"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        await interaction.response.send_message(view=await status(interaction), ephemeral=True)


class Pause(PersistentButton, template="mentor-pause"):
    """Asks for how long."""

    def __init__(self, label: str = "Take a break") -> None:
        super().__init__(ui.Button(label=label, emoji="⏸️", custom_id="mentor-pause"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask."""
        await pausing(interaction)


class HowLong(PersistentSelect, template="mentor-break"):
    """For how long."""

    def __init__(self) -> None:
        options = [discord.SelectOption(label=label, value=value) for value, label in _BREAKS.items()]
        options.append(discord.SelectOption(label="Until I come back", value=_OPEN_END))
        super().__init__(ui.Select(custom_id="mentor-break", placeholder="For how long?", options=options))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Pause."""
        chosen = self.values[0] if self.values else _OPEN_END
        weeks = timedelta(weeks=int(chosen)) if chosen in _BREAKS else None
        await _paused(interaction, None if weeks is None else host_of(interaction).clock() + weeks)


class AnotherDay(PersistentButton, template="mentor-break-day"):
    """Opens the form for a day."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Until another day", custom_id="mentor-break-day"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        await interaction.response.send_modal(DayForm().opened())


class DayForm(Form):
    """Until which day."""

    name = "mentor-break-day"
    title = "Take a break"
    fields = (Field("until", "On which day are you back?", "2027-01-15", limit=30, required=True),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Pause."""
        del argument
        await _paused(interaction, _moment(interaction, answers.get("until", "")))


class Back(PersistentButton, template="mentor-back"):
    """Ends a pause."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="I am back", style=discord.ButtonStyle.primary, custom_id="mentor-back"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """End it."""
        service = host_of(interaction).service(Joining)
        await service.resume(guild_of(interaction).id, interaction.user.id)
        await interaction.response.edit_message(view=cards.back([Status()]))


class Leave(PersistentButton, template="mentor-leave"):
    """Asks before one leaves."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Leave mentoring", custom_id="mentor-leave"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask."""
        await interaction.response.send_message(view=leaving(), ephemeral=True)


def leaving() -> ui.LayoutView:
    """The question before one leaves."""
    return question(cards.BEFORE_LEAVING, _LEAVE, "", "Leave mentoring", "Stay")


async def _left(interaction: discord.Interaction[Any], argument: str) -> None:
    del argument
    await host_of(interaction).service(Joining).leave(guild_of(interaction).id, interaction.user.id)
    await interaction.response.edit_message(view=cards.left())


ITEMS = (Start, Status, Pause, HowLong, AnotherDay, Back, Leave)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_LEAVE: _left}
FORMS: tuple[Form, ...] = (DayForm(),)
