"""The tables of profiles and their values: who somebody is here, what they know, and what of it is shown to whom."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

EVERYONE, ORGANIZERS, NOBODY = "everyone", "organizers", "nobody"
"""To whom a group of facts is shown: everyone in the server, its organizers only, or nobody in it."""
LEARNING, USES, TEACHES = "learning", "use", "teach"
"""How well somebody knows a tool."""

_SHOWN = "IN ('everyone', 'organizers', 'nobody')"

profile_table = Table(
    "profile",
    metadata,
    Column("profile_id", Integer, primary_key=True),
    of_guild(),
    Column("user_id", BigInteger, nullable=False),
    Column("name", String(60), nullable=False),
    Column("library", String(100), nullable=False),
    Column("setting", String(16), nullable=False),
    Column("small_or_rural", Boolean, nullable=False),
    Column("role", String(16), nullable=False),
    Column("interests", String(300), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("place", String(100), nullable=False),
    Column("folded_place", String(240), nullable=False),
    Column("asks", Boolean, nullable=False),
    Column("shown_me", String(12), nullable=False),
    Column("shown_library", String(12), nullable=False),
    Column("shown_tools", String(12), nullable=False),
    Column("away", Boolean, nullable=False),
    Column("listed_at", UtcDateTime, nullable=True),
    Column("asked_at", UtcDateTime, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("guild_id", "user_id"),
    CheckConstraint(f"shown_me {_SHOWN}", name="shown_me"),
    CheckConstraint(f"shown_library {_SHOWN}", name="shown_library"),
    CheckConstraint(f"shown_tools {_SHOWN}", name="shown_tools"),
    Index(None, "user_id"),
    # A number is never given twice: a button on an old list must not lead to somebody else.
    sqlite_autoincrement=True,
)

known_table = Table(
    "profile_tool",
    metadata,
    Column(
        "profile_id",
        Integer,
        ForeignKey("profile.profile_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("tool", String(40), primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("level", String(12), nullable=False),
    CheckConstraint("level IN ('learning', 'use', 'teach')", name="level"),
    Index(None, "guild_id", "tool"),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member says of themselves in one server; an empty text is nothing said.

    `zone` is an IANA name. `tools` are slugs of the vocabulary with a level each. `asks` is whether others may ask
    them. `shown_me` covers name, role, interests and time zone, `shown_library` the library, its setting and place.
    `away` is whether they were found to have left the server.
    """

    profile_id: int
    guild_id: int
    user_id: int
    name: str = ""
    library: str = ""
    setting: str = ""
    small_or_rural: bool = False
    role: str = ""
    interests: str = ""
    zone: str = ""
    place: str = ""
    asks: bool = False
    shown_me: str = NOBODY
    shown_library: str = NOBODY
    shown_tools: str = NOBODY
    away: bool = False
    asked_at: datetime | None = None
    tools: tuple[tuple[str, str], ...] = ()


PLAIN = tuple(field.name for field in fields(Profile) if field.name != "tools")
"""The columns of a profile that are its values as they stand."""


def profile_of(row: Any, tools: Sequence[tuple[str, str]] = ()) -> Profile:
    """The row as a value, with its tools."""
    return Profile(**{name: getattr(row, name) for name in PLAIN}, tools=tuple(tools))
