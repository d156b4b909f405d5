"""The overview of mentoring, for organizers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from cogs.mentorship import terms
from db.mentorship import counting, opening
from db.mentorship.values import OFF, OPEN, OVER, RUNNING

if TYPE_CHECKING:
    from bot.kit.vocabulary import Vocabulary
    from db.engine import Database
    from db.mentorship import Round
    from db.mentorship.counting import Participant

EVERYTHING = 0
"""In the place of a round's number: all rounds, and what lies between them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Who took part in a round (None: in all of mentoring here), and whether there is more than that round."""

    round: Round | None
    people: tuple[Participant, ...]
    more: bool = False


class Counting:
    """Numbers, for organizers. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, vocabulary: Vocabulary) -> None:
        self._database = database
        self._vocabulary = vocabulary

    async def count(self, guild_id: int, round_id: int | None = None) -> Counts:
        """Of a round by its number, of EVERYTHING, or of the newest round that was not called off (None).

        Raises GoneError for a round that is gone.
        """
        async with self._database.read() as connection:
            if round_id is None:
                rounds = await opening.rounds(connection, guild_id, OPEN, RUNNING, OVER)
                found = rounds[0] if rounds else None
            elif round_id == EVERYTHING:
                found = None
            else:
                found = await opening.get_round(connection, guild_id, round_id)
                if found is None or found.state == OFF:
                    raise GoneError("This round is no longer there. **/mentorship overview** shows those that are.")
            people = await counting.participants(connection, guild_id, found.round_id if found else None)
        return Counts(found, tuple(people), more=found is not None)

    def label(self, slug: str) -> str:
        """What people read for a topic, tool or kind of place; empty for what is none."""
        named = terms.labels(self._vocabulary, [slug])
        return named[0] if named else ""
