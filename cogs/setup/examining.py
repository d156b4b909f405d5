"""Examining a server: everything the rooms need, as facts that are well or not, and what to do about those.

The same facts stand in `/setup check` and in `benchmate check --server`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.kit import cities
from cogs.setup import needed
from cogs.setup.parts import PARTS, ROLE_NAME, About
from cogs.setup.tags import TAGS_AT_MOST, missing_own
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogs.setup.needed import Need
    from cogs.setup.snapshot import Channel, Server
    from db.setup import Settings

ENOUGH = 2
"""So many organizers, and one of them may fall ill."""


class Fix(StrEnum):
    """What Benchmate itself can do about a fact."""

    MAKE = "make"
    """Make the channel of the part anew."""
    CLOSE = "close"
    """Close the organizers' desk to everyone but organizers."""
    OPEN = "open"
    """Let itself into a channel."""
    TAGS = "tags"
    """Add the tags that are missing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was looked at. Where it is not well, `todo` says what to do, and `fix` what I can do for you.

    Channels and roles are written as Discord's mentions.
    """

    words: str
    todo: str = ""
    fix: Fix | None = None
    part: Part | None = None
    grave: bool = True
    """False for what only deserves a thought."""

    @property
    def well(self) -> bool:
        """Whether nothing needs to be done about it."""
        return not self.todo


def examine(
    server: Server,
    settings: Settings,
    *,
    organizers: int | None = None,
    told_of_members: bool = False,
    public_url: str | None = None,
) -> list[Fact]:
    """All facts, in the order of the setup.

    `organizers` is how many have the role, None where that is not known; `told_of_members` whether Discord says who
    joins and leaves; `public_url` where the world finds the web endpoint, empty where it does not, None if unknown.
    """
    return [
        *_of_permissions(server),
        *_of_role(server, settings, organizers),
        *(fact for about in PARTS for fact in _of_part(about, server, settings)),
        _of_zone(settings),
        *([] if public_url is None else [_of_calendars(public_url)]),
        _of_intents(settings, told_of_members=told_of_members),
    ]


def _of_permissions(server: Server) -> Iterator[Fact]:
    missing = [need for need in needed.EVERYWHERE if need.flag not in server.mine]
    if not missing:
        yield Fact("My role may do everything I need, and it does not need Administrator.")
    for need in missing:
        yield Fact(
            f"My role lacks **{need.label}**, {need.use}.",
            "Press **Allow it**, or switch it on in the server's settings under Roles.",
        )


def _of_role(server: Server, settings: Settings, organizers: int | None) -> Iterator[Fact]:
    chosen = server.role(settings.organizer_role_id)
    role = chosen or (server.role_named(ROLE_NAME) if settings.organizer_role_id is None else None)
    if role is None:
        gone = settings.organizer_role_id is not None
        yield Fact(
            "The organizers' role is gone." if gone else "There is no organizers' role yet.",
            "Choose one with **/setup settings**, or make one with **/setup start**. Until then only the owner is one.",
        )
        return
    yield Fact(f"Who has <@&{role.number}> is an organizer, and so is the server's owner.")
    if organizers is None:
        return
    if organizers >= ENOUGH:
        yield Fact("More than one person looks after this community.")
        return
    who = "Nobody has" if organizers == 0 else "Only one person has"
    yield Fact(
        f"{who} <@&{role.number}>, and a server has only one owner.",
        "Give it to a second person you trust, and agree on who would take over as owner, so that the community "
        "outlives a new job.",
        grave=False,
    )


def _of_part(about: About, server: Server, settings: Settings) -> Iterator[Fact]:
    number = settings.channels.get(about.part)
    if about.part in settings.left_out or (number is None and not about.basic):
        return
    if number is None:
        if about.part is Part.DESK and (found := server.named(about)):
            yield from _of_channel(about, found, settings)
            return
        yield Fact(
            f"**{about.label}** has no channel yet.", "Run **/setup start**; it makes or takes one.", grave=False
        )
        return
    channel = server.channel(number)
    if channel is None:
        yield Fact(
            f"The channel for **{about.label}** is gone.",
            f"I can make #{about.channel} again; or choose another one, or leave it out, with **/setup settings**.",
            Fix.MAKE if needed.CHANNELS.flag in server.mine else None,
            about.part,
        )
        return
    yield from _of_channel(about, channel, settings)


def _of_channel(about: About, channel: Channel, settings: Settings) -> Iterator[Fact]:
    place = f"<#{channel.number}>"
    lacking = [need for need in needed.IN_PART[about.part] if need.flag not in channel.mine]
    mine = needed.ROLES.flag in channel.mine and needed.SEE.flag in channel.mine
    if lacking:
        yield _locked_out(about, place, lacking, Fix.OPEN if mine else None)
    if about.private and needed.SEE.flag in channel.everyone:
        yield Fact(
            f"Everyone can see {place}, and what waits for the organizers with it.",
            "Make it private in its settings under Permissions.",
            Fix.CLOSE if mine else None,
            about.part,
        )
    elif about.private and settings.organizer_role_id and needed.SEE.flag not in channel.organizers:
        yield Fact(
            f"Organizers cannot see {place}.",
            "Add the organizers' role in its settings under Permissions.",
            Fix.CLOSE if mine else None,
            about.part,
        )
    elif not about.private and needed.SEE.flag not in channel.everyone:
        yield Fact(
            f"Not everyone can see {place}.",
            "If that is meant so, all is well; else open it in its settings under Permissions.",
            grave=False,
        )
    elif not lacking:
        yield Fact(f"**{about.label}** is {place}.")
    if about.forum:
        yield from _of_tags(place, channel)


def _locked_out(about: About, place: str, lacking: list[Need], fix: Fix | None) -> Fact:
    named = ", ".join(f"**{need.label}** ({need.use})" for need in lacking)
    return Fact(
        f"In {place} I lack {named}.",
        "Add me in its settings under Permissions, and allow that.",
        fix,
        about.part,
    )


def _of_tags(place: str, channel: Channel) -> Iterator[Fact]:
    missing = [tag.name for tag in missing_own(channel.tags)]
    if not missing:
        yield Fact(f"{place} has the tags Answered and Needs help.")
        return
    names = " and ".join(f"**{name}**" for name in missing)
    if len(channel.tags) + len(missing) > TAGS_AT_MOST:
        yield Fact(
            f"{place} lacks the {'tags' if len(missing) > 1 else 'tag'} {names}, and has no room for more.",
            f"Discord takes {TAGS_AT_MOST} tags. Take one away in the forum's settings, then look again.",
        )
        return
    fix = Fix.TAGS if needed.CHANNELS.flag in channel.mine else None
    todo = "I can add what is missing." if fix else "Add it in the forum's settings."
    yield Fact(f"{place} lacks the {'tags' if len(missing) > 1 else 'tag'} {names}.", todo, fix, Part.QUESTIONS)


def _of_intents(settings: Settings, *, told_of_members: bool) -> Fact:
    words = "Benchmate needs no privileged intent: it does not read what people write."
    if not told_of_members:
        return Fact(f"{words} It is not told who joins either, so it greets nobody.")
    greeted = "so newcomers are greeted" if settings.greets else "but greeting newcomers is switched off"
    return Fact(f"{words} It is told who joins (Server Members Intent), {greeted}.")


def _of_calendars(public_url: str) -> Fact:
    """Not a fault where it is off: it takes a web link of its own, which not every caretaker has."""
    if public_url:
        return Fact("Members can subscribe to calendars, by **My calendar** in /events.")
    return Fact("Nobody can subscribe to calendars here; the caretaker can switch it on with PORT and PUBLIC_URL.")


def _of_zone(settings: Settings) -> Fact:
    if settings.zone_name is None:
        return Fact("The server has named no time zone.", "Choose it with **/setup settings**.", grave=False)
    return Fact(f"The server lives by {cities.shown(settings.zone_name)}.")
