"""Cards of `/setup settings`: what is set up, what to put in its place, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit import cities
from bot.kit.cards import card, line, row, rows, text
from cogs.setup.parts import PARTS
from db.setup import AGREEMENT, GREETS, ROLE, ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.setup.parts import About
    from db.setup import Change, Settings

_NAMES = {about.part.value: about.label for about in PARTS} | {
    ROLE: "Organizers' role",
    ZONE: "Time zone",
    AGREEMENT: "Community agreement",
    GREETS: "Newcomers",
}
LINES = 10
"""Lines of the log on a page."""


def overview(settings: Settings, zone: str, select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """What is set up now."""
    lines = ["### What is set up"]
    for about in PARTS:
        number = settings.channels.get(about.part)
        state = "left out" if about.part in settings.left_out else "not set up"
        lines.append(f"**{about.label}**: {f'<#{number}>' if number else state}")
    role = settings.organizer_role_id
    lines.append(f"**Organizers**: {f'<@&{role}>' if role else 'who has a role named Organizer'}, and the owner")
    lines.append(f"**Time zone**: {cities.shown(zone)}{'' if settings.zone_name else ', since none was named'}")
    agreement = "accepted before a first post" if settings.agreement else "none"
    lines.append(f"**Community agreement**: {agreement}")
    lines.append(f"**Newcomers**: {'greeted, where I am told who joins' if settings.greets else 'not greeted'}")
    return card(text("\n".join(lines)), row(select), *rows(*buttons))


def change(about: About, settings: Settings, select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Another channel for a part, or none."""
    number = settings.channels.get(about.part)
    now = f"It has <#{number}> now." if number else "It has no channel now."
    words = f"### {about.label}\n{about.use[0].upper()}{about.use[1:]}.\n\n{now} The old channel itself stays as it is."
    return card(text(words), row(select), *rows(*buttons))


def change_role(settings: Settings, select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Another role for organizers."""
    role = settings.organizer_role_id
    now = f"<@&{role}>" if role else "a role named Organizer"
    words = f"### Who are the organizers?\nNow it is who has {now}, and the owner. Who has the role you choose will be."
    return card(text(words), row(select), *rows(*buttons))


def change_zone(now: str, select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Another time zone."""
    return card(text(f"### Time zone\nNow it is {cities.shown(now)}."), row(select), *rows(*buttons))


def log(changes: Sequence[Change], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Who changed what, newest first."""
    if not changes:
        return card(text("### Nothing has been changed yet\nEvery change will stand here, with who made it."))
    lines = [_line(one) for one in changes]
    parts = [text("### Who changed what"), line(), text("\n".join(lines))]
    return card(*parts, *([row(*buttons)] if buttons else []))


def _line(one: Change) -> str:
    name = _NAMES.get(one.setting, one.setting)
    who = f"<@{one.by}>" if one.by else "someone who is forgotten"
    return f"<t:{int(one.at.timestamp())}:f> {who}\n**{name}**: {one.before} → {one.after}"
