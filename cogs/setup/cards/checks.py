"""The card of `/setup check`: what is well in green, and what to do about the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import TEXT_LIMIT, Tone, card, rows, text
from bot.kit.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.setup.examining import Fact


def checked(facts: Sequence[Fact], buttons: Sequence[ui.Item[Any]], heading: str = "") -> ui.LayoutView:
    """All facts: what needs a hand first, then what deserves a thought, then what is well."""
    grave = [fact for fact in facts if not fact.well and fact.grave]
    light = [fact for fact in facts if not fact.well and not fact.grave]
    if grave:
        title = f"### {counted(len(grave), 'thing needs', 'things need')} a hand"
    else:
        title = "### Everything is as I need it"
    lines = [f"{heading}{title}"]
    lines += [f"{fact.words} ⚠️\n-# {fact.todo}" for fact in grave]
    lines += [f"{fact.words} 💡\n-# {fact.todo}" for fact in light]
    lines += [f"{fact.words} ✅" for fact in facts if fact.well]
    fixable = [fact for fact in facts if fact.fix is not None]
    if fixable:
        lines.append(f"**Fix** does {'the one' if len(fixable) == 1 else 'those'} that I can do myself.")
    words = "\n".join(lines)
    return card(text(words[:TEXT_LIMIT]), *rows(*buttons), tone=Tone.ASK if grave else Tone.DONE)
