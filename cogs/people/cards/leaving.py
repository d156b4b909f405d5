"""Cards of `/privacy`: the file, the question before a deletion, what became of it, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.kit.cards import Tone, card, line, note, rows, text
from bot.kit.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.privacy import PersonalData

GENERAL = """\
**Who can read it:** you, and others as far as you show it. Whoever runs me could read all of it in the database.
**What I do not keep:** what you write in channels, your e-mail address, your birthday.
**My log** names what failed, with a reference number, and not what you wrote.
**Copies** of the database that were made before a deletion still hold what was in it then; the daily ones go after \
two weeks."""
"""What is true of all that is kept."""


def exported(name: str, *, everywhere: bool, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The file with everything about one person; only they can see it."""
    where = "in all servers" if everywhere else "in this server"
    form = "A ZIP with one file in JSON" if name.endswith(".zip") else "A file in JSON"
    words = (
        f"### Everything I keep about you {where} 📦\n{form}: any text editor opens it. Only you can see this "
        "message; keep the file where you keep private things."
    )
    file: ui.File[Any] = ui.File(discord.UnfurledMediaItem(f"attachment://{name}"))
    return card(text(words), file, *rows(*buttons))


def nothing_kept(*, everywhere: bool, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """There is nothing to delete."""
    where = "anywhere" if everywhere else "in this server"
    return note(f"### I keep nothing about you {where}\nSo there is nothing to delete.", *buttons)


def before_deletion(kept: Sequence[PersonalData], *, everywhere: bool) -> str:
    """The words of the question: what will go, and what stays without a name."""
    where = "in **all servers**" if everywhere else "in this server"
    return (
        f"### Delete what I keep about you {where}?\n{_goes_and_stays(kept, 'What goes')}\n"
        "**What I cannot take away:** messages in channels and threads, and copies of the database that were made "
        "earlier.\nThis cannot be undone."
    )


def with_more(asked: ui.LayoutView, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The question with further buttons below it, apart from its own."""
    for more in rows(*buttons):
        asked.add_item(more)
    return asked


def deleted(gone: Sequence[PersonalData], *, everywhere: bool) -> ui.LayoutView:
    """It is done, and was looked up again."""
    where = "in any server" if everywhere else "in this server"
    words = (
        f"### Done: it is deleted\n{_goes_and_stays(gone, 'What is gone')}\n"
        f"I looked again before I finished: nothing under your name is left {where}."
    )
    return note(words, tone=Tone.DONE)


def _goes_and_stays(kept: Sequence[PersonalData], heading: str) -> str:
    words = f"**{heading}:** {'; '.join(data.goes for data in kept)}."
    stays = [data.stays for data in kept if data.stays]
    return f"{words}\n**What stays, without your name:** {listed(stays)}." if stays else words


def what_is_kept(
    personal: Sequence[PersonalData], export: str, delete: str, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What is kept, how long and why, room by room; `export` and `delete` are the commands as links."""
    return card(
        text("### What I keep about you, how long, and why 🔎"),
        line(),
        text("\n".join(f"- {data.kept}" for data in personal)),
        line(),
        text(GENERAL),
        text(f"{export} gives it all to you as a file, {delete} deletes it at once."),
        *rows(*buttons),
    )
