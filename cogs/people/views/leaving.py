"""`/privacy` by buttons: everything as a file, deletion after a question, and what is kept.

In direct messages it speaks of all servers, so that who has left a server can still do it.
"""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.buttons import PersistentButton
from bot.kit.host import host_of
from bot.kit.reactions import question
from cogs.people.cards import leaving
from cogs.people.service import Leaving

if TYPE_CHECKING:
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction

HERE, EVERYWHERE = "here", "everywhere"
FILE_NAME = "benchmate-my-data.json"
PLAIN_UP_TO = 8 * 1024 * 1024
"""Bytes; a larger file is packed, since Discord takes 10 MiB (https://docs.discord.com/developers/reference#uploading-files)."""
_DELETE = "privacy-delete"


def _scope(interaction: discord.Interaction[Any], scope: str) -> int | None:
    return None if scope == EVERYWHERE else interaction.guild_id


async def _more(interaction: discord.Interaction[Any], scope: str, button: type[Export | Delete]) -> list[ui.Item[Any]]:
    """The same for all servers, where others keep something as well."""
    guild_id = _scope(interaction, scope)
    if guild_id is None:
        return []
    elsewhere = await host_of(interaction).service(Leaving).elsewhere(guild_id, interaction.user.id)
    return [button(EVERYWHERE)] if elsewhere else []


async def export(interaction: discord.Interaction[Any], scope: str = HERE) -> None:
    """Answer with everything about the person, as a private file."""
    await interaction.response.defer(ephemeral=True, thinking=True)  # who imports catalogues may have a large file
    guild_id = _scope(interaction, scope)
    found = await host_of(interaction).service(Leaving).export(guild_id, interaction.user.id)
    names = {str(guild.id): guild.name for guild in interaction.client.guilds}
    name, data = await asyncio.to_thread(_file, found, names)
    buttons = [*await _more(interaction, scope, Export), WhatIsKept(), Delete(scope)]
    view = leaving.exported(name, everywhere=guild_id is None, buttons=buttons)
    await interaction.followup.send(view=view, file=discord.File(io.BytesIO(data), name), ephemeral=True)


def _file(found: dict[str, Any], servers: dict[str, str]) -> tuple[str, bytes]:
    """The file's name and what is in it; the servers that occur in it are named, and no others."""
    text = json.dumps(found, indent=2, ensure_ascii=False)
    named = {number: name for number, name in servers.items() if number in text}
    data = json.dumps({**found, "servers": named}, indent=2, ensure_ascii=False).encode()
    if len(data) <= PLAIN_UP_TO:
        return FILE_NAME, data
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FILE_NAME, data)
    return f"{FILE_NAME}.zip", packed.getvalue()


async def ask_to_delete(interaction: discord.Interaction[Any], scope: str = HERE) -> ui.LayoutView:
    """The question, with what would go; or that there is nothing."""
    guild_id = _scope(interaction, scope)
    kept = await host_of(interaction).service(Leaving).kept(guild_id, interaction.user.id)
    more = await _more(interaction, scope, Delete)
    if not kept:
        return leaving.nothing_kept(everywhere=guild_id is None, buttons=[*more, WhatIsKept()])
    words = leaving.before_deletion(kept, everywhere=guild_id is None)
    return leaving.with_more(question(words, _DELETE, scope, "Delete it", "Keep it"), [*more, WhatIsKept()])


class Export(PersistentButton, template=rf"privacy-export:({HERE}|{EVERYWHERE})"):
    """Gives everything as a file."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        label = "All servers" if scope == EVERYWHERE else "My data"
        super().__init__(ui.Button(label=label, emoji="📦", custom_id=f"privacy-export:{scope}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Give it."""
        await export(interaction, self.scope)


class Delete(PersistentButton, template=rf"privacy-ask:({HERE}|{EVERYWHERE})"):
    """Asks whether to delete everything."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        label = "Delete everywhere" if scope == EVERYWHERE else "Delete my data"
        super().__init__(ui.Button(label=label, custom_id=f"privacy-ask:{scope}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Ask."""
        await interaction.response.send_message(view=await ask_to_delete(interaction, self.scope), ephemeral=True)


class WhatIsKept(PersistentButton, template="privacy-kept"):
    """Shows what is kept, how long and why."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="What is kept", emoji="🔒", custom_id="privacy-kept"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Show it."""
        host = host_of(interaction)
        view = leaving.what_is_kept(
            list(host.personal.values()),
            host.mention("privacy export"),
            host.mention("privacy delete"),
            [Export(HERE), Delete(HERE)],
        )
        await interaction.response.send_message(view=view, ephemeral=True)


async def _deleted(interaction: discord.Interaction[Any], argument: str) -> None:
    guild_id = _scope(interaction, argument)
    gone = await host_of(interaction).service(Leaving).delete(guild_id, interaction.user.id)
    view = leaving.deleted(gone, everywhere=guild_id is None)
    await interaction.response.edit_message(view=view)


ITEMS = (Export, Delete, WhatIsKept)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {_DELETE: _deleted}
FORMS: tuple[Form, ...] = ()
