"""A server as the setup looks at it: plain values, taken at one moment, that can be thought about without Discord."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogs.setup.parts import About

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Channel:
    """A text channel or a forum. The permissions are by discord.py's names, as far as Benchmate has a use for them.

    `mine` are Benchmate's, `everyone` what every member has there, `organizers` what the organizers' role has (all
    empty where there is none). `tags` are a forum's, by name.
    """

    number: int
    name: str
    forum: bool = False
    mine: frozenset[str] = frozenset()
    everyone: frozenset[str] = frozenset()
    organizers: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role that people can be given: neither @everyone nor a bot's. `below` mine, so that I can give it."""

    number: int
    name: str
    below: bool = True


@dataclass(frozen=True, slots=True)
class Server:
    """The server: its channels and roles in order, and what Benchmate may do everywhere in it."""

    number: int
    name: str
    channels: tuple[Channel, ...] = ()
    roles: tuple[Role, ...] = ()
    mine: frozenset[str] = frozenset()

    def channel(self, number: int | None) -> Channel | None:
        """The channel of that number, or None where it is gone."""
        return next((channel for channel in self.channels if channel.number == number), None)

    def role(self, number: int | None) -> Role | None:
        """The role of that number, or None where it is gone."""
        return next((role for role in self.roles if role.number == number), None)

    def named(self, about: About) -> Channel | None:
        """The first channel that is called as the part's channel would be, and is of its kind."""
        wanted = folded(about.channel)
        return next((one for one in self.channels if one.forum == about.forum and folded(one.name) == wanted), None)

    def role_named(self, name: str) -> Role | None:
        """The first role of that name, in any letter case."""
        return next((role for role in self.roles if folded(role.name) == folded(name)), None)


def folded(name: str) -> str:
    """A name as it is compared: "📣︱Announcements" and "announcements" are the same."""
    return "-".join(_WORD.findall(name.casefold()))
