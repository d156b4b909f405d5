"""Cards of the wizard: its screens, what it will do, and what it has done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit import cities
from bot.kit.cards import Part as CardPart
from bot.kit.cards import Tone, card, line, row, rows, text
from bot.kit.words import counted, listed, plain
from cogs.setup.parts import BASIC, PARTS, ROLE_NAME
from cogs.setup.planning import Deed
from cogs.setup.tags import OWN, all_tags
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.setup.needed import Need
    from cogs.setup.parts import About
    from cogs.setup.planning import Line, Plan
    from cogs.setup.snapshot import Channel, Role
    from db.setup import Settings

NAME_SHOWN = 60


def first(settings: Settings, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """How much the manager wants to be asked."""
    basics = listed([about.label.lower() for about in PARTS if about.part in BASIC])
    words = "### Set up your community\nNothing is made before you have seen what it will be.\n\n"
    if settings.set_up_at is not None:
        when = f"<t:{int(settings.set_up_at.timestamp())}:D>"
        who = f"<@{settings.set_up_by}>" if settings.set_up_by else "A manager"
        words = (
            f"### Set up your community again\n{who} did this {when}. What is there is taken as it "
            "is, with every change you made by hand; I add only what is missing.\n\n"
        )
    words += (
        f"**Just the basics** (recommended): {basics}. That is plenty for a group of twelve, and for a start.\n"
        f"**Choose each part**: {counted(len(PARTS), 'question')}, one at a time. Make a channel, take one of yours, "
        "or leave the part out."
    )
    return card(text(words), row(*buttons))


def part(
    about: About, *, place: int, found: Channel | None, buttons: Sequence[ui.Item[Any]], select: ui.Item[Any]
) -> ui.LayoutView:
    """What to do about one part."""
    words = f"### {about.label}\n-# {place} of {len(PARTS)}\n{about.use[0].upper()}{about.use[1:]}."
    if found is not None:
        words += f"\n\nYou have <#{found.number}> already; I would take it as it is."
    else:
        words += f"\n\nI would make **#{about.channel}** for it{_who(about)}."
    return card(text(words), row(*buttons), row(select))


def _who(about: About) -> str:
    if about.private:
        return ", which only organizers and Benchmate see"
    return ", where only organizers and Benchmate write" if about.read_only else ""


def role(found: Role | None, buttons: Sequence[ui.Item[Any]], select: ui.Item[Any]) -> ui.LayoutView:
    """Which role makes an organizer."""
    words = (
        "### Who are the organizers?\nWho has the organizers' role reviews suggestions, posts events and sees the "
        "organizers' desk. The server's owner always may."
    )
    if found is not None:
        words += f"\n\nYou have the role {_role(found)} already; I would take it as it is."
    else:
        words += f"\n\nA new role **{ROLE_NAME}** brings no rights on the server itself. You get it first."
    return card(text(words), row(*buttons), row(select))


def zone(now: str, buttons: Sequence[ui.Item[Any]], select: ui.Item[Any]) -> ui.LayoutView:
    """Which time zone is the server's."""
    words = (
        "### Which city's time do you live by?\nMembers see every time in their own zone. The server's is for what has "
        f"no place for that: forms, lists, and when evening begins. So far it is {cities.shown(now)}."
    )
    return card(text(words), row(select), row(*buttons))


def which_city(typed: str, buttons: Sequence[ui.Item[Any]], select: ui.Item[Any]) -> ui.LayoutView:
    """Several places are called so."""
    return card(text(f"### Which “{plain(typed, NAME_SHOWN)}”?"), row(select), row(*buttons))


def summary(
    plan: Plan,
    *,
    now: datetime,
    vocabulary: Vocabulary,
    tagged: int | None,
    buttons: Sequence[ui.Item[Any]],
    select: ui.Item[Any],
    heading: str = "",
) -> ui.LayoutView:
    """Exactly what will be done. `now` is in the plan's zone, `tagged` the forum that was given its tags before."""
    parts: list[CardPart] = [text(f"{heading}### Here is what I will do\n{_made(plan, vocabulary)}")]
    used = [_used(one, vocabulary, tagged) for one in plan.lines_of(Deed.USE)]
    if plan.role is not None:
        used.insert(0, f"- {_role(plan.role)} as the organizers' role")
    if used:
        parts.append(text("**I take what is there**\n" + "\n".join(used)))
    parts.append(text("\n".join(_rest(plan, now))))
    if plan.missing:
        parts += [line(), text(missing(plan.missing))]
    return card(*parts, *rows(*buttons), row(select), tone=Tone.ASK if plan.missing else Tone.PLAIN)


def missing(needs: Sequence[Need]) -> str:
    """Which permissions are missing, what for, and the ways out."""
    words = "\n".join(f"- **{need.label}**, {need.use}" for need in needs)
    return (
        f"**Before that, I need your permission.** My own role on this server lacks:\n{words}\n"
        "Press **Allow it**, or have someone do it who may. Or make the channels and the role by hand and take them "
        "here with **Change something**. Then press **Look again**."
    )


def _made(plan: Plan, vocabulary: Vocabulary) -> str:
    lines = [] if plan.role is not None else [f"- the role **{ROLE_NAME}**, which you get first"]
    for one in plan.lines_of(Deed.MAKE):
        extra = ""
        if one.about.part is Part.QUESTIONS:
            extra = f", with {_tags(vocabulary)}"
        lines.append(f"- **#{one.about.channel}**: {one.about.use}{extra}")
    if not lines:
        return "Nothing needs to be made: everything is there."
    return "**I make**\n" + "\n".join(lines)


def _tags(vocabulary: Vocabulary) -> str:
    every = all_tags(vocabulary)
    named = [f"{tag.name} {tag.emoji}" for tag in every[:5]]
    return f"{counted(len(every), 'tag')}: {', '.join(named)} and so on"


def _used(one: Line, vocabulary: Vocabulary, tagged: int | None) -> str:
    if one.channel is None:
        return ""
    words = f"- <#{one.channel.number}> for {one.about.label.lower()}"
    if one.about.part is Part.QUESTIONS and one.channel.number != tagged:
        if not one.channel.tags:
            words += f", which gets {_tags(vocabulary)}"
        else:
            own = listed([f"{tag.name} {tag.emoji}" for tag in OWN])
            words += f", which keeps its tags; {own} join them if they are not there and there is room"
    if one.about.private and "view_channel" in one.channel.everyone:
        words += " (everyone can see it now: close it in its settings, or let **/setup check** do it)"
    if not {"view_channel", "send_messages"} <= one.channel.mine:
        words += " (I cannot see it or post there yet: add me in its settings under Permissions)"
    return words


def _rest(plan: Plan, now: datetime) -> list[str]:
    lines = []
    left = [one.about.label.lower() for one in plan.lines_of(Deed.LEAVE)]
    if left:
        lines.append(f"**Left out**: {listed(left)}")
    zone = cities.shown(plan.zone) if plan.zone else "not chosen yet"
    clock = now.strftime("%I:%M %p").lstrip("0")
    lines.append(f"**Time zone**: {zone}" + (f", where it is {clock} now" if plan.zone else ""))
    return lines


def _role(role: Role) -> str:
    return f"<@&{role.number}>"


def done(lines: Sequence[str], troubles: Sequence[str], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """What was made, and what did not work."""
    if troubles:
        words = "### Almost there\n" + "\n".join([*(f"{one} ✅" for one in lines), *(f"{one} ⚠️" for one in troubles)])
        words += "\n\nOnce that is put right, press **Look again**: what is there is not made a second time."
        return card(text(words), row(*buttons), tone=Tone.ASK)
    words = "### Your community is set up\n" + "\n".join(
        f"{one} ✅" for one in lines or ["Everything was there already."]
    )
    words += "\n\nNow bring your people; or look whether everything is as I need it."
    return card(text(words), row(*buttons), tone=Tone.DONE)


def working() -> ui.LayoutView:
    """While things are being made."""
    return card(text("### One moment\nI am making everything; this takes a few seconds."))
