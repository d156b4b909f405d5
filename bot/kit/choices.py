"""Choices beyond 25: Discord shows 25 options in a select, so a longer list becomes several selects on one card.

What is chosen in one of them leaves the choices of the others alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import discord

from bot.kit.words import clip

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

OPTIONS_LIMIT = 25
LABEL_LIMIT = 100
PLACEHOLDER_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is stored, what people read, and if it helps an emoji and a line below."""

    value: str
    label: str
    emoji: str | None = None
    about: str | None = None


def groups(choices: Sequence[Choice], size: int = OPTIONS_LIMIT) -> list[Sequence[Choice]]:
    """The choices in order, in as few groups as possible, as equal as possible, of at most `size` each."""
    count = -(-len(choices) // size)
    cuts = [round(len(choices) * part / count) for part in range(count + 1)] if count else []
    return [choices[start:end] for start, end in pairwise(cuts)]


def merged(
    before: Collection[str], chosen: Collection[str], group: Sequence[Choice], choices: Sequence[Choice]
) -> list[str]:
    """What is chosen after a press in the select of `group`: the others' choices stay, in the order of the list."""
    here = {choice.value for choice in group}
    keep = {value for value in before if value not in here} | (set(chosen) & here)
    return [choice.value for choice in choices if choice.value in keep]


def options(group: Sequence[Choice], chosen: Collection[str]) -> list[discord.SelectOption]:
    """The group as a select's options, with the chosen ones marked."""
    return [
        discord.SelectOption(
            label=clip(choice.label, LABEL_LIMIT),
            value=choice.value,
            emoji=choice.emoji,
            description=clip(choice.about, LABEL_LIMIT) if choice.about else None,
            default=choice.value in chosen,
        )
        for choice in group
    ]


def placeholder(what: str, group: Sequence[Choice], of_many: bool) -> str:
    """What an empty select says: the thing to choose, and where there are several selects which part this one holds."""
    if not of_many:
        return clip(what, PLACEHOLDER_LIMIT)
    first, last = (choice.label.partition(" ")[0] for choice in (group[0], group[-1]))
    return clip(f"{what}, {first} to {last}", PLACEHOLDER_LIMIT)
