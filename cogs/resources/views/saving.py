"""Saving: **Save** on every list, the member's own list with notes, and the way back from each press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.arguments import read_number, read_numbers
from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.forms import Field, Form
from bot.kit.host import host_of
from bot.kit.pages import turns
from bot.kit.paging import within
from bot.kit.permissions import guild_of
from bot.kit.reactions import undo
from bot.kit.words import plain
from cogs.resources.cards import lists, reminders
from cogs.resources.service import Saving
from cogs.resources.service.records import record_of
from cogs.resources.service.saving import LONGEST_NOTE
from cogs.resources.views.reminding import whens

if TYPE_CHECKING:
    from bot.kit.host import PageMaker, Reaction

_TITLE_SHOWN = 80


async def page_of_saved(interaction: discord.Interaction[Any], _argument: str, page: int) -> ui.LayoutView:
    """Page `page` (from 0) of the member's own list."""
    guild, host = guild_of(interaction), host_of(interaction)
    saved, total = await host.service(Saving).saved(guild.id, interaction.user.id, page)
    if not saved and total:
        page = within(page, total)
        saved, total = await host.service(Saving).saved(guild.id, interaction.user.id, page)
    if not saved:
        return lists.nothing_saved(host.mention("find"))
    entries = []
    for one in saved:
        number = str(one.resource.resource_id)
        entries.append((record_of(one.resource, host.vocabulary), [Note(number), Unsave(number)]))
    notes = [one.note for one in saved]
    return lists.saved(total, entries, notes, turns("saved", "", interaction.user.id, page, total))


class Save(PersistentButton, template=rf"save:{NUMBER}"):
    """Puts a resource on the member's own list."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Save", emoji="🔖", custom_id=f"save:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Save it, and say where it is."""
        host = host_of(interaction)
        resource, new = await host.service(Saving).save(guild_of(interaction).id, interaction.user.id, self.resource)
        title = plain(resource.about.title, _TITLE_SHOWN)
        said = f"Saved “{title}”." if new else f"“{title}” is on your list already."
        words = f"{said} {host.mention('resource saved')} shows your list, which no other member sees."
        undoing = [undo("unsave", str(self.resource), host.clock())] if new else []
        view = reminders.saved(words, undoing, whens(self.resource))
        await interaction.response.send_message(view=view, ephemeral=True)


class Unsave(PersistentButton, template=rf"unsave:{NUMBER}"):
    """Takes a resource off the member's own list."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Take off my list", custom_id=f"unsave:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it off, with an undo, and show the list as it is now."""
        host = host_of(interaction)
        removed = await host.service(Saving).unsave(guild_of(interaction).id, interaction.user.id, self.resource)
        await interaction.response.edit_message(view=await page_of_saved(interaction, "", 0))
        if removed is None:
            return
        resource, written = removed
        back = str(self.resource)
        if written:  # the note is kept aside, so that an undo brings it back too
            back += f".{await _kept(interaction, back, written)}"
        words = f"“{plain(resource.about.title, _TITLE_SHOWN)}” is off your list."
        await interaction.followup.send(view=note(words, undo("save", back, host.clock())), ephemeral=True)


class Note(PersistentButton, template=rf"saved-note:{NUMBER}"):
    """Opens the form for the member's own note about a resource on their list."""

    def __init__(self, resource: str) -> None:
        self.resource = int(resource)
        super().__init__(ui.Button(label="Note", emoji="📝", custom_id=f"saved-note:{resource}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Open it with what they wrote before."""
        service = host_of(interaction).service(Saving)
        _, written = await service.note_of(guild_of(interaction).id, interaction.user.id, self.resource)
        await interaction.response.send_modal(NoteForm().opened(str(self.resource), {"note": written}))


class NoteForm(Form):
    """A member's own note. Its argument is the resource."""

    name = "saved-note"
    title = "Your note"
    fields = (
        Field(
            "note",
            "Your note; leave it empty to take it away",
            "Tried it in May: skip part 2",
            limit=LONGEST_NOTE,
            long=True,
            help="No other member sees it.",
        ),
    )

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        """Keep it, and show the list as it is now."""
        service = host_of(interaction).service(Saving)
        typed = answers.get("note", "")
        await service.write_note(guild_of(interaction).id, interaction.user.id, read_number(argument), typed)
        await interaction.response.edit_message(view=await page_of_saved(interaction, "", 0))


async def _unsaved(interaction: discord.Interaction[Any], argument: str) -> None:
    await (
        host_of(interaction)
        .service(Saving)
        .unsave(guild_of(interaction).id, interaction.user.id, read_number(argument))
    )
    await interaction.response.edit_message(view=note("Taken off your list again."))


async def _kept(interaction: discord.Interaction[Any], argument: str, written: str) -> int:
    return await host_of(interaction).drafts.keep(
        guild_id=guild_of(interaction).id,
        user_id=interaction.user.id,
        form=NoteForm.name,
        argument=argument,
        answers={"note": written},
    )


async def _saved_again(interaction: discord.Interaction[Any], argument: str) -> None:
    guild, host = guild_of(interaction), host_of(interaction)
    resource, draft = read_numbers(argument)
    kept = await host.drafts.open(draft, guild_id=guild.id, user_id=interaction.user.id) if draft else None
    await host.service(Saving).save(guild.id, interaction.user.id, resource)
    if kept is not None:
        await host.service(Saving).write_note(guild.id, interaction.user.id, resource, kept.answers["note"])
    await interaction.response.edit_message(view=note("It is back on your list.", tone=Tone.DONE))


ITEMS = (Save, Unsave, Note)
PAGES: dict[str, PageMaker] = {"saved": page_of_saved}
REACTIONS: dict[str, Reaction] = {"unsave": _unsaved, "save": _saved_again}
FORMS: tuple[Form, ...] = (NoteForm(),)
