"""Files without a command: a form that takes one for an import, and a select that gives the catalogue as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.kit.buttons import PersistentButton, PersistentSelect
from bot.kit.errors import UserError
from bot.kit.forms import Form, sent_files
from bot.kit.permissions import require_organizer
from cogs.resources.service.exporting import FORMATS
from cogs.resources.views.exchanging import EXPORT_AS, IMPORT_FILE, dry_run, export, export_select, import_button

if TYPE_CHECKING:
    from collections.abc import Mapping

    import discord

    from bot.kit.host import PageMaker, Reaction


class FileForm(Form):
    """A file to import."""

    name = IMPORT_FILE
    title = "Import a catalogue"
    fields = ()

    def choices(self, argument: str, _answers: Mapping[str, Any]) -> tuple[ui.Label[Any], ...]:
        """The file."""
        del argument
        upload: ui.FileUpload[Any] = ui.FileUpload(custom_id="file", min_values=1, max_values=1)
        about = "CSV, RIS, BibTeX or JSON, up to 5,000 rows. You see what it would do first."
        return (ui.Label(text="The file", description=about, component=upload),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Show what it would do."""
        del argument
        require_organizer(interaction)
        files = sent_files(interaction, answers.get("file", ""))
        if not files:
            raise UserError("No file came with that. Please choose it once more.")
        await dry_run(interaction, files[0])


class TakeFile(PersistentButton, template=IMPORT_FILE):
    """Opens the form for a file."""

    def __init__(self) -> None:
        super().__init__(import_button())

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it."""
        require_organizer(interaction)
        await interaction.response.send_modal(FileForm().opened())


class ExportAs(PersistentSelect, template=EXPORT_AS):
    """Gives the whole catalogue as a file."""

    def __init__(self) -> None:
        super().__init__(export_select())

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Send it, privately."""
        ending = next((value for value in self.values if value in FORMATS), "csv")
        await export(interaction, ending, None, None)


ITEMS = (TakeFile, ExportAs)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = (FileForm(),)
