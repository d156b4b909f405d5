"""Looking back: what people said at the end, without their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.mentorship import pairing

if TYPE_CHECKING:
    from db.engine import Database

EVERYTHING = 0
"""In the place of a round's number: all rounds, and what lies between them."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said; who it was is left out."""

    worked: str
    worked_not: str
    again: str
    quotable: bool


class LookingBack:
    """What was said at the end, for organizers. The caller has checked that an organizer asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def voices(self, guild_id: int, round_id: int) -> list[Voice]:
        """All voices of a round, or of EVERYTHING: in the order of their words, which says nothing of who they are."""
        async with self._database.read() as connection:
            found = await pairing.closings_here(connection, guild_id, round_id or None)
        voices = [Voice(one.worked, one.worked_not, one.again, one.quotable) for one in found]
        return sorted(voices, key=lambda one: (not one.quotable, one.worked.casefold(), one.worked_not.casefold()))
