"""Telling the organizers: what a member wrote is kept, promised to whoever reads it, answered, and dealt with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.words import clip, has_letters, tidy
from db import delivery as deliveries
from db import drafts, welcome
from db.delivery import Promise, Way

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from cogs.welcome.readers import Readers
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.welcome import Told

FORM = "tell-organizers"
"""The form under whose name the drafts are kept."""
TOLD, ANSWERED, FORGET = "told", "told-answer", "told-forget"
"""The kinds of delivery: to the organizers, an organizer's answer to the member, and the chore that forgets it."""
KEPT = timedelta(days=90)
"""How long it is kept after it was dealt with."""
LONGEST = 1_500
LONGEST_ANSWER = 1_000


def subject(told_id: int) -> str:
    """What the deliveries about it are known by."""
    return f"told:{told_id}"


def number_in(text: str) -> int:
    """The number in a subject."""
    return int(text.rpartition(":")[2])


class Telling:
    """What members tell the organizers. The caller has checked that an organizer asks where one must."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @staticmethod
    def checked(typed: str, limit: int = LONGEST) -> str:
        """The words, tidied. Raises UserError where there are none."""
        words = clip(tidy(typed, lines=True), limit)
        if not has_letters(words):
            raise UserError("I cannot find words in that. Please write a sentence or two.")
        return words

    async def send(self, draft: Draft, to: Readers) -> Told:
        """Keep it and promise it to those who read it, once however often it is pressed; the draft has served then.

        Raises GoneError where it was sent already, UserError where there is nobody to read it.
        """
        if not to.anybody:
            raise UserError("There is nobody left who would read it. Choose somebody else to leave out, or nobody.")
        now = self._clock()
        without = to.facts.without
        async with self._database.write() as connection:
            newest = await drafts.get(connection, draft.draft_id)
            if newest is None:
                raise GoneError(
                    "This has been sent already, or was thrown away. **Tell the organizers** begins another one."
                )
            await drafts.remove(connection, draft.draft_id)
            told = await welcome.add(
                connection,
                now,
                guild_id=draft.guild_id,
                user_id=draft.user_id,
                named=bool(newest.answers.get("named", True)),
                without="" if without is None else welcome.sealed(without),
                text=newest.answers["text"],
                tell=Way.NOTE.value,
            )
            targets = [to.facts.desk or 0] if to.way is Way.CHANNEL else to.people
            for target in targets:
                promise = Promise(
                    TOLD, draft.guild_id, subject(told.told_id), now, to.way, target, place_id=to.facts.desk
                )
                await deliveries.put(connection, promise, now)
        return told

    async def get(self, guild_id: int, told_id: int) -> Told | None:
        """It as it is now, for a card that is about to be sent; None where it is gone."""
        async with self._database.read() as connection:
            return await welcome.get(connection, guild_id, told_id)

    async def addressed(self, told: Told) -> list[int]:
        """Whom it went to one by one; nobody where it went into the organizers' channel."""
        async with self._database.read() as connection:
            found = await deliveries.of_subject(connection, told.guild_id, TOLD, subject(told.told_id))
        return [one.target_id for one in found if one.way is not Way.CHANNEL]

    async def for_reader(self, guild_id: int, told_id: int, reader_id: int) -> Told:
        """It, for an organizer. Raises GoneError where it is no longer there, also for who was left out of it."""
        async with self._database.read() as connection:
            return await self._for_reader(connection, guild_id, told_id, reader_id)

    async def waiting(self, guild_id: int) -> int:
        """How many wait that every organizer may know of."""
        async with self._database.read() as connection:
            return await welcome.waiting(connection, guild_id)

    async def open_for(self, guild_id: int, reader_id: int) -> list[Told]:
        """Those that wait and that this organizer may read, oldest first."""
        async with self._database.read() as connection:
            found = await welcome.open_ones(connection, guild_id)
        return [told for told in found if not welcome.is_without(told, reader_id)]

    async def tell_by(self, guild_id: int, user_id: int, told_id: int, way: Way, place_id: int | None) -> None:
        """The member says how they want to be answered. Raises GoneError, or NotAllowedError for somebody else."""
        async with self._database.write() as connection:
            told = await welcome.get(connection, guild_id, told_id)
            if told is None:
                raise GoneError("This is no longer there. **Tell the organizers** begins another one.")
            if told.user_id != user_id:
                raise NotAllowedError("Somebody else told this, so only they can choose.")
            if way is Way.PRIVATE and (told.without or not told.named):
                way = Way.NOTE  # whoever may manage threads could open one
            await welcome.tell_by(connection, told, way.value, place_id)

    async def answer(self, guild_id: int, told_id: int, by: int, typed: str) -> Told:
        """Keep an organizer's answer, and promise it to the member the way they chose. Raises GoneError, UserError."""
        words = self.checked(typed, LONGEST_ANSWER)
        now = self._clock()
        async with self._database.write() as connection:
            told = await self._for_reader(connection, guild_id, told_id, by)
            if told.user_id is None:
                raise GoneError(
                    "Whoever told this has deleted their data, so I cannot reach them any more. **Dealt with** "
                    "puts it away."
                )
            await welcome.answer(connection, told, by, words, now)
            promise = Promise(
                ANSWERED,
                guild_id,
                subject(told_id),
                now,
                Way(told.tell),
                told.user_id,
                moment=f"{now:%Y-%m-%dT%H:%M:%S.%f}",
                place_id=told.tell_place,
            )
            await deliveries.put(connection, promise, now)
            return await self._for_reader(connection, guild_id, told_id, by)

    async def settle(self, guild_id: int, told_id: int, by: int, *, settled: bool) -> Told:
        """Note that it has been dealt with, or that it has not; in `KEPT` it is forgotten. Raises GoneError."""
        now = self._clock()
        async with self._database.write() as connection:
            told = await self._for_reader(connection, guild_id, told_id, by)
            if settled and told.settled_at is not None:
                return told
            await welcome.settle(connection, told, by if settled else None, now if settled else None)
            if settled:
                promise = Promise(FORGET, guild_id, subject(told_id), now + KEPT, moment=f"{now:%Y-%m-%dT%H:%M:%S}")
                await deliveries.put(connection, promise, now)
            return await self._for_reader(connection, guild_id, told_id, by)

    async def forget_old(self) -> int:
        """Forget what was dealt with longer than `KEPT` ago; return how many."""
        async with self._database.write() as connection:
            return await welcome.purge(connection, self._clock() - KEPT)

    async def note_met(self, met: set[tuple[int, int]]) -> None:
        """Note which organizers were here, once a day for each."""
        now = self._clock()
        async with self._database.read() as connection:
            new = [one for one in sorted(met) if not await welcome.fresh(connection, *one, now)]
        if new:
            async with self._database.write() as connection:
                for one in new:
                    await welcome.meet(connection, *one, now)

    async def met(self, guild_id: int) -> list[int]:
        """The organizers that were met, who was here last first."""
        async with self._database.read() as connection:
            return await welcome.met(connection, guild_id)

    async def unmeet(self, guild_id: int, user_id: int) -> None:
        """Forget somebody who is no organizer any more."""
        async with self._database.write() as connection:
            await welcome.unmeet(connection, guild_id, user_id)

    @staticmethod
    async def _for_reader(connection: AsyncConnection, guild_id: int, told_id: int, reader_id: int) -> Told:
        told = await welcome.get(connection, guild_id, told_id)
        if told is None or welcome.is_without(told, reader_id):
            raise GoneError(
                "This is no longer there: it was deleted, or dealt with long ago. **Messages to us** shows what waits."
            )
        return told
