"""What a row of a file would do to the catalogue: add, change, or nothing; and which fields it would change."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from bot.kit.words import listed, plain
from cogs.resources import terms
from db.resources import Description

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

ADDED, CHANGED, SAME, REFUSED = "added", "changed", "same", "refused"
"""What a row does; the words stand in the table of imports."""

_KEPT = frozenset({"link", "link_key"})
_NAMES = {"levels": "level", "closes_on": "closing date"}
_SHOWN = 40
_FEW = 3


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row of a file that can be used. `guessed` are fields that the row does not say itself."""

    about: Description
    guessed: frozenset[str] = frozenset()


def merged(ours: Description, row: Incoming, normal: Callable[[Description], Description] | None = None) -> Description:
    """Ours with what the row says; what it does not say stays, and so does the link, which leads to the same page.

    `normal` gives a description as it would come back from a file: what differs only by that way is no difference.
    """
    new = {
        field.name: said
        for field in fields(Description)
        if field.name not in _KEPT | row.guessed
        and (said := getattr(row.about, field.name))
        and said != getattr(ours, field.name)
    }
    if new and normal is not None:
        usual = normal(ours)
        new = {name: said for name, said in new.items() if said != getattr(usual, name)}
    if not new:
        return ours
    about = replace(ours, **new)
    return about if about.kind == "opportunity" else replace(about, closes_on=None)


def differences(before: Description, after: Description) -> list[str]:
    """The names of the fields in which two descriptions differ, in their order."""
    return [field.name for field in fields(Description) if getattr(before, field.name) != getattr(after, field.name)]


def said(before: Description, after: Description) -> str:
    """What would change, in words: "year: 2019 → 2021"; escaped for markdown."""
    changed = differences(before, after)
    shown = [
        f"{_NAMES.get(name, name)}: {_value(before, name)} → {_value(after, name)}"
        for name in changed[:_FEW]
        if name != "description"
    ]
    named = [_NAMES.get(name, name) for name in changed if name == "description" or name not in changed[:_FEW]]
    if named:
        shown.append(f"also {listed(named)}" if shown else listed(named))
    return "; ".join(shown)


def _value(about: Description, name: str) -> str:
    value = getattr(about, name)
    if name == "kind":
        value = term.label if (term := terms.kind(value)) else value
    if isinstance(value, tuple):
        value = ", ".join(value)
    return f"“{plain(str(value), _SHOWN)}”" if value else "nothing"


def counted_outcomes(outcomes: Collection[str]) -> dict[str, int]:
    """How many rows do what, in the order in which people ask."""
    listed_all = list(outcomes)
    return {outcome: listed_all.count(outcome) for outcome in (ADDED, CHANGED, SAME, REFUSED)}
