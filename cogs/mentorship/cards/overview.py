"""The organizers' overview of mentoring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import card, line, rows, text
from bot.kit.words import counted, plain
from cogs.mentorship import overview
from cogs.mentorship.cards.people import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from discord import ui

    from cogs.mentorship.overview import Groups, Tally
    from cogs.mentorship.service.counting import Counts

GROUPS_SHOWN = 8
FILE = "mentoring.csv"
_STATES = {
    "open": "Sign-up until {until}.",
    "running": "Under way until {ends}.",
    "over": "Over since {closed}.",
}


def numbers(found: Counts, label: Callable[[str], str], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """How a round goes, or all of mentoring here."""
    parts: list[ui.Item[Any]] = [text("\n".join(part for part in _beginning(found) if part))]
    sections = (
        ("By kind of place", overview.by_setting(found.people, label)),
        ("By tool and topic", overview.by_subject(found.people, label)),
    )
    for name, groups in sections:
        if groups:
            parts += [line(), text(f"**{name}**\n{_lines(groups)}")]
    if found.people:
        parts.append(text("-# The table has no names, and no group of fewer than five people."))
    return card(*parts, *rows(*buttons))


def saved(found: Counts, file: ui.Item[Any]) -> ui.LayoutView:
    """The table is there."""
    few = len(found.people) < overview.SMALLEST
    words = f"### {plain(found.round.name) if found.round else 'Mentoring here'}: the table\n"
    words += (
        "It is still empty: with fewer than five people, numbers would name them."
        if few
        else "For a report: no names, and groups of fewer than five are one together."
    )
    return card(text(words), file)


def _beginning(found: Counts) -> tuple[str, ...]:
    return f"### {_head(found)}", _state(found), _everybody(overview.tally("", found.people))


def _head(found: Counts) -> str:
    return plain(found.round.name) if found.round else "Mentoring here, so far"


def _everybody(all_of_them: Tally) -> str:
    if not all_of_them.people:
        return "Nobody has signed up yet."
    said = (
        ("🌱", all_of_them.people, "signed up"),
        ("🤝", all_of_them.paired, "paired"),
        ("☕", all_of_them.met, "met"),
        ("🔕", all_of_them.quiet, "not heard from"),
        ("🎉", all_of_them.finished, "finished"),
        ("⏳", all_of_them.waiting, "waiting for a match"),
    )
    return "\n".join(f"**{number:,}** {what} {emoji}" for emoji, number, what in said if number)


def _lines(groups: Groups) -> str:
    shown = []
    for name, inside in groups[:GROUPS_SHOWN]:
        one = overview.tally(name, inside)
        states = ((one.paired, "paired"), (one.met, "met"), (one.finished, "finished"), (one.waiting, "waiting"))
        more = "".join(f", {number:,} {what}" for number, what in states if number)
        shown.append(f"{plain(name)}: {counted(one.people, 'person', 'people')}{more}")
    left = len(groups) - GROUPS_SHOWN
    if left > 0:
        shown.append(f"-# and {counted(left, 'more group')}, all of them in the table")
    return "\n".join(shown)


def _state(found: Counts) -> str:
    if found.round is None:
        return ""
    return _STATES.get(found.round.state, "").format(
        until=moment(found.round.sign_up_until, "D"),
        ends=moment(found.round.ends_at, "D"),
        closed=moment(found.round.closed_at, "D"),
    )
