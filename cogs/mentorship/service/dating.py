"""Finding a time to meet: suggested in everybody's zone, and agreed on by the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from cogs.mentorship import times
from db.mentorship import joining, meeting, pairing
from db.mentorship.values import ACTIVE

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import AsyncConnection, Database
    from db.mentorship import Meeting, Member, Pair

FARTHEST = timedelta(days=60)
ENDED = "This pair has ended. **/mentor status** says where you stand."


class Dating:
    """Times to meet, for the people of a pair."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def times(self, user_id: int, pair_id: int) -> tuple[list[datetime], list[str]]:
        """Hours (UTC) that lie in everybody's day, and the zones of all. Raises GoneError or NotAllowedError."""
        async with self._database.read() as connection:
            _, people, _ = await self._mine(connection, user_id, pair_id)
        zones = _zones(people)
        return times.suggestions(self._clock(), zones), zones

    async def suggest(self, user_id: int, pair_id: int, value: str) -> tuple[Meeting, Member, list[str]]:
        """Suggest a time, in seconds since 1970. Raises as `times`, and UserError for one that is past or far away."""
        now = self._clock()
        at = datetime.fromtimestamp(int(value), UTC) if value.isdigit() and len(value) <= len("9999999999") else now
        if not now < at <= now + FARTHEST:
            raise UserError("That time has passed. Press **Find a time** for new ones.")
        async with self._database.write() as connection:
            _, people, mine = await self._mine(connection, user_id, pair_id)
            made = await meeting.suggest(connection, pair_id, at, times.MINUTES, mine.member_no)
        return made, mine, _zones(people)

    async def pair_of(self, meeting_id: int) -> int:
        """The pair for which a time was suggested. Raises GoneError where it is gone."""
        async with self._database.read() as connection:
            found = await meeting.meeting(connection, meeting_id)
        if found is None:
            raise GoneError(ENDED)
        return found.pair_id

    async def agree(self, user_id: int, meeting_id: int) -> tuple[Meeting, Pair, list[str]]:
        """Agree on what the other suggested. Raises GoneError, NotAllowedError, or UserError for one's own."""
        now = self._clock()
        async with self._database.write() as connection:
            found = await meeting.meeting(connection, meeting_id)
            if found is None:
                raise GoneError(ENDED)
            pair, people, mine = await self._mine(connection, user_id, found.pair_id)
            if mine.member_no == found.suggested_no:
                raise UserError("You suggested this time; now it is the other's turn to agree.")
            if found.starts_at <= now:
                raise GoneError("That time has passed. Press **Another time** for new ones.")
            if not await meeting.agree(connection, meeting_id, now):
                raise GoneError(
                    "You have agreed on this time already. **Call it off** is there if it does not suit any more."
                )
        return found, pair, _zones(people)

    async def call_off(self, user_id: int, meeting_id: int) -> tuple[Meeting, Pair, Member]:
        """Call off what was agreed on; either may. Raises GoneError or NotAllowedError."""
        now = self._clock()
        async with self._database.write() as connection:
            found = await meeting.meeting(connection, meeting_id)
            if found is None:
                raise GoneError(ENDED)
            pair, _, mine = await self._mine(connection, user_id, found.pair_id)
            if found.starts_at <= now:
                raise GoneError("That time has passed, so there is nothing to call off. Press **Find a time** above.")
            if not await meeting.call_off(connection, meeting_id, now):
                raise GoneError("It is off already. Press **Find a time** above for another one.")
            found = await meeting.meeting(connection, meeting_id) or found
        return found, pair, mine

    async def on_again(self, user_id: int, meeting_id: int) -> tuple[Meeting, Pair, list[str]]:
        """Take a calling off back; either may. Raises GoneError or NotAllowedError."""
        async with self._database.write() as connection:
            found = await meeting.meeting(connection, meeting_id)
            if found is None:
                raise GoneError(ENDED)
            pair, people, _ = await self._mine(connection, user_id, found.pair_id)
            if not await meeting.put_on_again(connection, meeting_id):
                raise GoneError("It is on again already. Look at the newest card in this thread.")
            found = await meeting.meeting(connection, meeting_id) or found
        return found, pair, _zones(people)

    def file(self, found: Meeting, pair: Pair, server: str) -> bytes:
        """What was agreed on, or that it is off, for a calendar."""
        place = f"https://discord.com/channels/{pair.guild_id}/{pair.thread_id}"
        return times.to_ics(found, place=place, server=server, now=self._clock())

    async def _mine(self, connection: AsyncConnection, user_id: int, pair_id: int) -> tuple[Pair, list[Member], Member]:
        pair = await pairing.pair(connection, pair_id)
        if pair is None or pair.state != ACTIVE:
            raise GoneError(ENDED)
        people = [one for one in await joining.members(connection, pair.guild_id, pair.people) if one.left_at is None]
        mine = next((one for one in people if one.user_id == user_id), None)
        if mine is None:
            raise NotAllowedError("Only those whom it is about can do this. **/mentor status** shows your own pairs.")
        people.sort(key=lambda one: one.member_no != mine.member_no)
        return pair, people, mine


def _zones(people: list[Member]) -> list[str]:
    """The zones of a pair, the asker's first."""
    return list(dict.fromkeys(one.zone for one in people if one.zone))
