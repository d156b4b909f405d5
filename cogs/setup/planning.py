"""The plan: from what a person chose, what the server has and what was set up before, to what will be done.

What exists is taken, never made twice: by the number that was kept, else by its name. So the same plan can be carried
out again after half of it was done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cogs.setup import needed
from cogs.setup.parts import PARTS, ROLE_NAME, About
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogs.setup.needed import Need
    from cogs.setup.snapshot import Channel, Role, Server
    from db.setup import Settings


class Deed(StrEnum):
    """What becomes of a part."""

    MAKE = "make"
    USE = "use"
    LEAVE = "leave"
    """The server does not want it."""
    SKIP = "skip"
    """Nothing is said of it, now or before."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose for a part or the role; `number` is the channel's or role's where one is used."""

    deed: Deed
    number: int | None = None

    def packed(self) -> list[Any]:
        """As it is kept in a draft."""
        return [self.deed.value, self.number]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> Chosen:
        """From a draft."""
        return cls(Deed(packed[0]), packed[1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a person chose. What they said nothing about is as suggested; `zone` is an IANA name."""

    parts: Mapping[Part, Chosen] = field(default_factory=dict)
    role: Chosen | None = None
    zone: str | None = None

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> Wanted:
        """From a draft's answers."""
        parts = {Part(part): Chosen.unpacked(packed) for part, packed in answers.get("parts", {}).items()}
        role = answers.get("role")
        return cls(parts, Chosen.unpacked(role) if role else None, answers.get("zone"))


@dataclass(frozen=True, slots=True)
class Line:
    """What will be done about a part; `channel` is the one that is used."""

    about: About
    deed: Deed
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done. `role` is the one that is used, None where it is made. `missing` is what I may not do."""

    lines: tuple[Line, ...]
    role: Role | None
    zone: str | None
    missing: tuple[Need, ...]

    def lines_of(self, deed: Deed) -> tuple[Line, ...]:
        """The lines with that deed, in order."""
        return tuple(line for line in self.lines if line.deed is deed)


def there(about: About, server: Server, settings: Settings) -> Channel | None:
    """The channel that a part has already: by the number that was kept, else by its name."""
    kept = server.channel(settings.channels.get(about.part))
    return kept if kept is not None and kept.forum == about.forum else server.named(about)


def suggested(about: About, server: Server, settings: Settings) -> Chosen:
    """What to suggest for a part: what was set up, else what has its name, else a new one where everybody wants it."""
    found = there(about, server, settings)
    if about.part in settings.left_out:
        return Chosen(Deed.LEAVE)
    if found is not None and (about.basic or about.part in settings.channels):
        return Chosen(Deed.USE, found.number)
    return Chosen(Deed.MAKE if about.basic else Deed.SKIP)


def plan(wanted: Wanted, server: Server, settings: Settings) -> Plan:
    """What will be done about everything. What has gone since it was chosen is made, or suggested anew."""
    lines = tuple(_line(about, wanted, server, settings) for about in PARTS)
    role = _role(wanted, server, settings)
    missing = []
    if any(line.deed is Deed.MAKE for line in lines):
        missing += [need for need in (needed.SEE, needed.SEND, needed.HISTORY) if need.flag not in server.mine]
        missing += [needed.CHANNELS] if needed.CHANNELS.flag not in server.mine else []
    if role is None and needed.ROLES.flag not in server.mine:
        missing.append(needed.ROLES)
    return Plan(lines, role, wanted.zone or settings.zone_name, tuple(missing))


def _line(about: About, wanted: Wanted, server: Server, settings: Settings) -> Line:
    chosen = wanted.parts.get(about.part) or suggested(about, server, settings)
    channel = server.channel(chosen.number)
    if chosen.deed is Deed.USE and (channel is None or channel.forum != about.forum):
        chosen = suggested(about, server, settings)
        channel = server.channel(chosen.number)
    if chosen.deed is Deed.MAKE:
        channel = there(about, server, settings)
    if chosen.deed in (Deed.MAKE, Deed.USE):
        return Line(about, Deed.MAKE if channel is None else Deed.USE, channel)
    return Line(about, chosen.deed)


def _role(wanted: Wanted, server: Server, settings: Settings) -> Role | None:
    if wanted.role is not None and wanted.role.deed is Deed.USE and (chosen := server.role(wanted.role.number)):
        return chosen
    return server.role(settings.organizer_role_id) or server.role_named(ROLE_NAME)
