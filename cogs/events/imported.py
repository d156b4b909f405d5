"""What a session of somebody's calendar becomes here: its title, what it is about, where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import clip, has_letters
from cogs.events.terms import LONGEST_ABOUT, LONGEST_TITLE, LONGEST_WHERE
from cogs.events.whereabouts import where_of
from db.events import PLACE, Plan, Where

if TYPE_CHECKING:
    from cogs.events.ical.found import Found

NAMELESS = "An event"


def plan_of(found: Found, zone: str, before: Plan | None = None) -> Plan:
    """The plan of an event that a calendar tells of; what only we know of it (`before`) stays.

    That is its hosts, places, reminders, kind, and whether its link is hidden. `zone` is the server's.
    """
    title = clip(found.title, LONGEST_TITLE) if has_letters(found.title) else NAMELESS
    hidden = before.where.hidden if before is not None else False
    plan = before or Plan(title, zone)
    return replace(plan, title=title, about=_about(found), where=_where(found, hidden=hidden))


def _where(found: Found, *, hidden: bool) -> Where:
    for text in (found.join, found.place):
        try:
            if text and len(text) <= LONGEST_WHERE:
                return where_of(text, {}, hidden=hidden)
        except UserError:
            continue
    return Where(PLACE, clip(found.place, LONGEST_WHERE)) if found.place else Where()


def _about(found: Found) -> str:
    more = [f"Place: {found.place}"] if found.place and found.join else []
    more += [f"More: {found.page}"] if found.page and found.page not in found.about and found.page != found.join else []
    tail = "\n".join(more)
    head = "\n\n".join(part for part in ("All day." if found.all_day else "", found.about) if part)
    room = LONGEST_ABOUT - len(tail) - 2
    if not tail or room < LONGEST_ABOUT // 4:
        return clip(head, LONGEST_ABOUT)
    return f"{clip(head, room)}\n\n{tail}" if head else tail
