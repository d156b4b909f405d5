"""Confirmation before what cannot be taken back, and undo after what can.

A room registers, by name, what happens; the button carries that name, an argument, and for an undo until when.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.cards import Tone, note
from bot.kit.errors import GoneError
from bot.kit.host import host_of

UNDO_FOR = timedelta(minutes=30)
"""How long an **Undo** works."""

KEPT = "-keep"
"""Behind a deed's name: what to do when the person says no to it."""
_STATE = r"([a-z-]{1,24}):([\w.-]{0,40})"


async def react(interaction: discord.Interaction[Any], name: str, argument: str) -> None:
    """Do what a room registered under this name. Raises GoneError where no room did."""
    reaction = host_of(interaction).reactions.get(name)
    if reaction is None:
        raise GoneError(
            "This button is from an older version of me and does nothing any more. Open it anew with **/help**."
        )
    await reaction(interaction, argument)


class Confirm(PersistentButton, template=rf"confirm:{_STATE}"):
    """Says yes to a question that names what will happen; its label is that deed."""

    def __init__(self, name: str, argument: str, label: str = "Yes") -> None:
        self.name, self.argument = name, argument
        super().__init__(
            ui.Button(label=label, style=discord.ButtonStyle.danger, custom_id=f"confirm:{name}:{argument}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do what was asked about."""
        await react(interaction, self.name, self.argument)


class Keep(PersistentButton, template=rf"keep:{_STATE}"):
    """Says no to a question: nothing happens, and what was there before comes back where a room registered how."""

    def __init__(self, name: str, argument: str, label: str = "Keep it") -> None:
        self.name, self.argument = name, argument
        super().__init__(
            ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=f"keep:{name}:{argument}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Put the question away."""
        back = host_of(interaction).reactions.get(f"{self.name}{KEPT}")
        if back is not None:
            await back(interaction, self.argument)
        else:
            await interaction.response.edit_message(view=note("Nothing was changed."))


class Undo(PersistentButton, template=rf"undo:{_STATE}:{NUMBER}"):
    """Takes back what has just been done, for half an hour."""

    def __init__(self, name: str, argument: str, until: str) -> None:
        self.name, self.argument, self.until = name, argument, int(until)
        super().__init__(
            ui.Button(label="Undo", style=discord.ButtonStyle.secondary, custom_id=f"undo:{name}:{argument}:{until}")
        )

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Take it back, unless it was too long ago."""
        if host_of(interaction).clock().timestamp() > self.until:
            raise GoneError(
                "It is too long ago: an **Undo** works for half an hour. What is there can still be edited."
            )
        await react(interaction, self.name, self.argument)


def undo(name: str, argument: str, now: datetime) -> Undo:
    """An **Undo** that works for `UNDO_FOR` from `now` (aware)."""
    return Undo(name, argument, str(int((now.astimezone(UTC) + UNDO_FOR).timestamp())))


def question(words: str, name: str, argument: str, deed: str, keep: str = "Keep it") -> ui.LayoutView:
    """A card that asks before something that cannot be taken back; `deed` labels the button that does it."""
    return note(words, Confirm(name, argument, deed), Keep(name, argument, keep), tone=Tone.ASK)
