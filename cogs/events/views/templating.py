"""Templates: what a server's events of a kind begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit import choices
from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.cards import Tone, card, note, row, text
from bot.kit.choices import Choice
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.permissions import require_organizer
from cogs.events import terms
from cogs.events.service import Templating
from cogs.events.terms import LONGEST_ABOUT, LONGEST_TITLE, LONGEST_WHERE

if TYPE_CHECKING:
    import discord

    from bot.kit.host import PageMaker, Reaction


class TemplateForm(Form):
    """What events of a kind begin with. Its argument is the template."""

    name = "event-begins"
    title = "What such an event begins with"
    fields = (
        Field("title", "Title", "Tool talk: ", limit=LONGEST_TITLE),
        Field("about", "What is it?", "What stays the same each time", limit=LONGEST_ABOUT, long=True),
        Field("minutes", "How many minutes?", "60", limit=20, required=True),
        Field("where", "Where?", "A link, a #channel, or a place", limit=LONGEST_WHERE),
        Field("places", "How many places?", "Empty: everyone can come", limit=10),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it."""
        guild, host = require_organizer(interaction), host_of(interaction)
        template = await host.service(Templating).save(guild.id, argument, answers, interaction.user.id)
        kind = terms.kind(template.template)
        words = f"### Saved\nFrom now on {kind.one} begins with that. Events that are posted stay as they are."
        await interaction.response.send_message(view=note(words, tone=Tone.DONE), ephemeral=True)


async def open_template(interaction: discord.Interaction[Any], slug: str) -> None:
    """Open the form for a template. Raises NotAllowedError for who is no organizer."""
    guild, host = require_organizer(interaction), host_of(interaction)
    known = await host.service(Templating).of(guild.id, slug)
    await interaction.response.send_modal(TemplateForm().opened(terms.kind(slug).slug, known))


class Templates(PersistentButton, template=r"event-templates"):
    """Asks which template is to be changed."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Change a template", custom_id="event-templates"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask, in the place of the card."""
        require_organizer(interaction)
        words = "### Templates\nWhich one would you like to change? It decides what the form begins with."
        await interaction.response.edit_message(view=card(text(words), row(ChangeTemplate().showing())))


class ChangeTemplate(PersistentSelect, template=r"event-begins"):
    """The template that is to be changed."""

    def __init__(self) -> None:
        super().__init__(ui.Select(custom_id="event-begins", placeholder="Which template?"))

    def showing(self) -> ChangeTemplate:
        """With its options."""
        self.item.options = choices.options([Choice(kind.slug, kind.label, kind.emoji) for kind in terms.KINDS], [])
        return self

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await open_template(interaction, next(iter(self.values), terms.OWN))


ITEMS = (Templates, ChangeTemplate)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (TemplateForm(),)
