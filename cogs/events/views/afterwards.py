"""After an event: its host adds a recording, slides or notes to the catalogue; and who came, as a table."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.kit.arguments import read_number
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, card, note, text
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import guild_of
from cogs.events import attendees, terms
from cogs.events.cards import agenda as cards
from cogs.events.cards import wording
from cogs.events.pointing import jump
from cogs.events.service import Afterwards, Looking, Standing
from cogs.events.service.afterwards import AFTER
from cogs.events.views.rights import require_change

if TYPE_CHECKING:
    from bot.kit.host import Host, PageMaker, Reaction
    from db.delivery import Delivery
    from db.events import Event

SUGGEST = "suggest"
"""The form for a new resource, by its name; the resources' room registers it."""
_LEFT = {
    "recording": ("Recording", "Add the recording"),
    "slides": ("Slides", "Add slides"),
    "notes": ("Notes", "Add notes"),
}


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The host's card once an event is over."""

    async def after(delivery: Delivery) -> Letter | None:
        found = await host.service(Afterwards).due(delivery)
        if not found:
            return None
        over = [(event, buttons_of(str(event.event_id))) for event in found]
        return Letter(cards.after(over, delivery.target_id, AskNoMore()), members=(delivery.target_id,))

    placed = host.service(Afterwards).placed
    return (Kind(AFTER, "card for a host", "cards for hosts", render=after, placed=placed, says_late=False),)


def buttons_of(event: str) -> list[ui.Item[Any]]:
    """What a host can do about one event."""
    return [*(AddLeft(event, what) for what in _LEFT), HowMany(event), Attendees(event)]


class AddLeft(PersistentButton, template=rf"event-left:{NUMBER}:({'|'.join(_LEFT)})"):
    """Opens the form of a resource, filled with what is known of the event."""

    def __init__(self, event: str, what: str) -> None:
        self.event, self.what = int(event), what
        super().__init__(ui.Button(label=_LEFT[what][1], custom_id=f"event-left:{event}:{what}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        host = host_of(interaction)
        event = (await host.service(Looking).one(guild_of(interaction).id, self.event)).event
        form = host.forms.get(SUGGEST)
        if form is None:
            raise UserError("There is no catalogue here to put it into. Please post it in the event's thread.")
        await interaction.response.send_modal(form.opened("", _begun(event, self.what)))


def _begun(event: Event, what: str) -> dict[str, str]:
    day = event.starts_at.astimezone(ZoneInfo(event.plan.zone))
    date = f"{day:%B} {day.day}, {day.year}"
    kind = terms.kind(event.plan.template)
    back = f"\nThe event: {jump(event)}" if jump(event) else ""
    return {
        "title": f"{_LEFT[what][0]}: {event.plan.title} ({date})",
        "text": f"{_LEFT[what][0]} from {kind.one} on {date}: {event.plan.title}.{back}",
    }


class HowMany(PersistentButton, template=rf"event-came:{NUMBER}"):
    """Opens the form in which a host says how many came."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="How many came?", custom_id=f"event-came:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        event = (await host_of(interaction).service(Looking).one(guild_of(interaction).id, self.event)).event
        require_change(interaction, event)
        begun = {"came": str(event.came)} if event.came is not None else {}
        await interaction.response.send_modal(CameForm().opened(str(self.event), begun))


class CameForm(Form):
    """How many came. Its argument is the event."""

    name = "event-came"
    title = "How many came?"
    fields = (
        Field("came", "How many people came?", "24", limit=7, help="A number only: nobody is named or counted off."),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Note it; the card says so in a few seconds."""
        host, guild = host_of(interaction), guild_of(interaction)
        event = (await host.service(Looking).one(guild.id, read_number(argument))).event
        require_change(interaction, event)
        event = await host.service(Afterwards).note_came(guild.id, event.event_id, answers.get("came", ""))
        await host.service(Standing).bring_in_step(guild.id, event.event_id)
        words = "The card of the event says so in a few seconds." if event.came else "The card says nothing of it."
        await interaction.response.send_message(view=note(f"### Noted\n{words}", tone=Tone.DONE), ephemeral=True)


class AskNoMore(PersistentButton, template=r"event-after:(off|on)"):
    """Lets a host have no such cards any more, or again."""

    def __init__(self, which: str = "off") -> None:
        self.again = which == "on"
        label = "Ask me again" if self.again else "Don't ask me again"
        super().__init__(ui.Button(label=label, custom_id=f"event-after:{which}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and say so."""
        service = host_of(interaction).service(Afterwards)
        await service.ask(guild_of(interaction).id, interaction.user.id, again=self.again)
        if self.again:
            view = note("I will ask you again after your events.", tone=Tone.DONE)
        else:
            view = note("I will not ask you after your events any more.", AskNoMore("on"))
        await interaction.response.send_message(view=view, ephemeral=True)


class Attendees(PersistentButton, template=rf"event-csv:{NUMBER}"):
    """Gives who comes as a table."""

    def __init__(self, event: str) -> None:
        self.event = int(event)
        super().__init__(ui.Button(label="Who comes, as CSV", custom_id=f"event-csv:{event}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Send it privately, to who may change the event."""
        found = await host_of(interaction).service(Looking).one(guild_of(interaction).id, self.event)
        require_change(interaction, found.event)
        name = f"event-{self.event}-attendees.csv"
        table = attendees.table(found.rsvps, ZoneInfo(found.event.plan.zone))
        words = (
            f"### Who comes to “{wording.name(found.event)}”\nNames as people had them when they answered. Keep it to "
            "what the event needs, and delete it afterwards."
        )
        await interaction.response.send_message(
            view=card(text(words), ui.File(f"attachment://{name}")),
            file=discord.File(io.BytesIO(table), name),
            ephemeral=True,
        )


ITEMS = (AddLeft, HowMany, AskNoMore, Attendees)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (CameForm(),)
