"""Pairs that are under way: their thread, how it goes, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.words import clip, tidy
from cogs.mentorship.service import ending, passing
from cogs.mentorship.service.asking import asking_when
from cogs.mentorship.service.ending import LAST
from cogs.mentorship.service.telling import (
    AGENDA,
    CALL,
    CHECK_IN,
    CLOSING,
    END,
    HELP,
    JOINED,
    NO_THREAD,
    QUIET,
    SHUT,
    THANKS,
    WEEK,
    WITH,
)
from db.mentorship import Closing, joining, pairing
from db.mentorship.values import ACTIVE, ANOTHER, FINISHED, MET
from db.mentorship.values import HELP as NEEDS_HELP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.kit.clock import Clock
    from cogs.mentorship.service.telling import Post
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.mentorship import CheckIn, Member, Pair

LONGEST_WORD = 1_000
SHUT_AFTER = timedelta(minutes=2)
"""So long after the thank-you note its thread is closed."""
IN_A_ROW = 2
"""So many check-ins without a word bring a pair to the organizers."""
_AGAIN = {"yes": "yes", "y": "yes", "sure": "yes", "maybe": "maybe", "no": "no", "n": "no"}


@dataclass(frozen=True, slots=True)
class Together:
    """A pair with its people, the mentor first; who deleted their data or left is not among them."""

    pair: Pair
    people: tuple[Member, ...]

    @property
    def mentor(self) -> Member | None:
        """The mentor, if there is one still."""
        return next((one for one in self.people if one.member_no == self.pair.mentor_no), None)

    @property
    def mentees(self) -> tuple[Member, ...]:
        """The mentees."""
        return tuple(one for one in self.people if one.member_no in self.pair.mentees)

    def others(self, user_id: int) -> tuple[Member, ...]:
        """All but this person."""
        return tuple(one for one in self.people if one.user_id != user_id)


class Meeting:
    """Pairs, from their thread to their thank-you note."""

    def __init__(self, database: Database, clock: Clock, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._post = post

    async def together(self, pair_id: int) -> Together | None:
        """A pair with its people; None where it is gone."""
        async with self._database.read() as connection:
            pair = await pairing.pair(connection, pair_id)
            return None if pair is None else await _with_people(connection, pair)

    async def mine(self, user_id: int, pair_id: int, *, ended: bool = False) -> Together:
        """A pair, for one of its people; also one whose time is over, if so said. Raises as `say`."""
        async with self._database.read() as connection:
            return (await self._mine(connection, user_id, pair_id, ended=ended))[0]

    async def of_thread(self, thread_id: int) -> Together | None:
        """The pair that talks in a thread."""
        async with self._database.read() as connection:
            pair = await pairing.pair_of_thread(connection, thread_id)
            return None if pair is None else await _with_people(connection, pair)

    async def check_ins(self, pair_id: int) -> list[CheckIn]:
        """All that a pair was asked, and said."""
        async with self._database.read() as connection:
            return await pairing.check_ins(connection, pair_id)

    def place(self, together: Together, otherwise: int | None = None) -> int | None:
        """The channel under which a pair's thread is made."""
        own = next((one.place_id for one in together.people if one.place_id), None)
        return self._post.place(together.pair.guild_id, otherwise or own)

    async def has_thread(self, pair_id: int, thread_id: int, moment: str = "") -> None:
        """A pair's thread is there: remember it, and promise its first card.

        Where it was there before, a `moment` that names who came into the group since promises a word about them.
        """
        now, subject = self._clock(), f"pair:{pair_id}"
        async with self._database.write() as connection:
            pair = await pairing.pair(connection, pair_id)
            if pair is not None:
                await pairing.put_pair(connection, pair_id, thread_id=thread_id)
                await self._post.to_channel(connection, pair.guild_id, AGENDA, subject, thread_id, now)
                if pair.thread_id == thread_id and moment.startswith(WITH):
                    await self._post.to_channel(connection, pair.guild_id, JOINED, subject, thread_id, now, moment)

    async def has_no_thread(self, pair_id: int) -> None:
        """A pair's thread could not be made: tell the organizers, once."""
        async with self._database.write() as connection:
            pair = await pairing.pair(connection, pair_id)
            if pair is not None:
                subject = f"pair:{pair_id}"
                await self._post.to_desk(connection, pair.guild_id, NO_THREAD, subject, self._clock())

    async def week(self, pair_id: int, week: int) -> None:
        """A pair's week has come: ask each of its people, look who was not heard from, and promise what comes next."""
        now = self._clock()
        async with self._database.write() as connection:
            pair = await pairing.pair(connection, pair_id)
            if pair is None or pair.state != ACTIVE:
                return
            subject = f"pair:{pair_id}"
            await self._look_who_is_quiet(connection, pair, week, now)
            for member in await joining.members(connection, pair.guild_id, pair.people):
                if not member.is_here(now):
                    continue
                due = await asking_when(connection, pair, week, member, now)
                if due is None:
                    continue
                if week == LAST:
                    await self._post.to_member(connection, member, CLOSING, subject, now, due=due)
                elif await pairing.ask_how_it_goes(connection, pair_id, week, member.member_no, now):
                    await self._post.to_member(connection, member, CHECK_IN, subject, now, moment=f"w{week}", due=due)
            if week == LAST:
                await self._post.chore(connection, pair.guild_id, END, subject, max(pair.ends_at, now), now)
            else:
                following, due = ending.next_step(pair.started_at, pair.ends_at, week)
                await self._post.chore(connection, pair.guild_id, WEEK, subject, due, now, f"w{following}")

    async def _look_who_is_quiet(self, connection: AsyncConnection, pair: Pair, week: int, now: datetime) -> None:
        """Somebody said no word twice, and the pair did not meet meanwhile: the organizers hear of it, once."""
        if pair.quiet_told_at is not None:
            return
        asked = await pairing.check_ins(connection, pair.pair_id)
        own = {number: await self._asked_of(connection, number) for number in pair.people}
        if quiet(asked, own):
            await pairing.put_pair(connection, pair.pair_id, quiet_told_at=now)
            await self._post.to_desk(connection, pair.guild_id, QUIET, f"pair:{pair.pair_id}", now, f"w{week}")

    async def _asked_of(self, connection: AsyncConnection, member_no: int) -> list[CheckIn]:
        """What somebody was asked in all pairs they are in now, in order: each time it is about one of them."""
        numbers = [one.pair_id for one in await pairing.pairs_of(connection, member_no)]
        found = [one for one in await pairing.check_ins(connection, *numbers) if one.member_no == member_no]
        return sorted(found, key=lambda one: one.asked_at)

    async def say(self, user_id: int, pair_id: int, week: int, answer: str) -> Together:
        """Keep what somebody says to a check-in. Raises GoneError where the pair has ended, NotAllowedError."""
        now = self._clock()
        async with self._database.write() as connection:
            together, mine = await self._mine(connection, user_id, pair_id)
            if not await pairing.say_how_it_goes(connection, pair_id, week, mine.member_no, answer, now):
                raise GoneError("This question is no longer open. **/mentor status** says where you stand.")
            if answer == MET:
                await pairing.put_pair(connection, pair_id, met_at=together.pair.met_at or now)
            if answer == NEEDS_HELP:
                await self._post.to_desk(
                    connection, together.pair.guild_id, HELP, f"pair:{pair_id}", now, f"w{week}:{mine.member_no}"
                )
            else:  # a word was said, so a silence that comes later is told anew
                await pairing.put_pair(connection, pair_id, quiet_told_at=None)
        return together

    async def call(self, user_id: int, pair_id: int) -> Together:
        """Call an organizer into a pair's thread. Raises GoneError or NotAllowedError."""
        now = self._clock()
        async with self._database.write() as connection:
            together, mine = await self._mine(connection, user_id, pair_id)
            moment = f"{now:%Y%m%dT%H%M}:{mine.member_no}"  # whoever presses twice calls once
            await self._post.to_desk(connection, together.pair.guild_id, CALL, f"pair:{pair_id}", now, moment)
        return together

    async def find_desk(self, due: Delivery) -> None:
        """Tell the organizers what they could not be told before, or look again later."""
        async with self._database.write() as connection:
            await self._post.find_desk(connection, due, self._clock())

    async def find_another(self, user_id: int, pair_id: int) -> Together:
        """End a pair without blame; both hear it kindly, and its mentees get somebody else. Raises as `say`."""
        now = self._clock()
        async with self._database.write() as connection:
            together, mine = await self._mine(connection, user_id, pair_id)
            await ending.part(connection, self._post, together.pair, mine, ANOTHER, now)
        return together

    async def see_to_the_others(self, pair_id: int, by: int | None) -> None:
        """A pair was ended by a member: tell the others, and look for somebody else for its mentees."""
        now = self._clock()
        async with self._database.write() as connection:
            pair = await pairing.pair(connection, pair_id)
            if pair is not None:
                await ending.see_to_the_others(connection, self._post, pair, now, by)

    async def close(self, user_id: int, pair_id: int, answers: dict[str, str]) -> None:
        """Keep what somebody says at the end. Raises UserError, NotAllowedError; GoneError where they said it."""
        again = tidy(answers.get("again", "")).casefold().rstrip(".!")
        quotable = tidy(answers.get("quote", "")).casefold().rstrip(".!")
        if _AGAIN.get(again) is None:
            raise UserError("Would you do it again? Please write **yes**, **maybe** or **no**.")
        if quotable and _AGAIN.get(quotable) is None:
            raise UserError("May we quote you without a name? Please write **yes** or **no**.")
        now = self._clock()
        async with self._database.write() as connection:
            _, mine = await self._mine(connection, user_id, pair_id, ended=True)
            said = Closing(
                pair_id,
                mine.member_no,
                clip(tidy(answers.get("worked", ""), lines=True), LONGEST_WORD),
                clip(tidy(answers.get("not", ""), lines=True), LONGEST_WORD),
                _AGAIN[again],
                quotable=_AGAIN.get(quotable) == "yes",
                answered_at=now,
            )
            if not await pairing.say_at_the_end(connection, said):
                raise GoneError("You have told me already. Thank you!")

    async def end(self, pair_id: int) -> None:
        """A pair's time is over: it ends, and its thread gets a thank-you note before it is closed."""
        now = self._clock()
        async with self._database.write() as connection:
            pair = await pairing.pair(connection, pair_id)
            if pair is None or not await pairing.end_pair(connection, pair_id, FINISHED, now):
                return
            subject = f"pair:{pair_id}"
            if pair.thread_id is not None:
                await self._post.to_channel(connection, pair.guild_id, THANKS, subject, pair.thread_id, now)
                await self._post.chore(connection, pair.guild_id, SHUT, subject, now + SHUT_AFTER, now)
            for member in await joining.members(connection, pair.guild_id, pair.people):
                await passing.room_is_free(connection, self._post, member, now)

    async def _mine(
        self, connection: AsyncConnection, user_id: int, pair_id: int, *, ended: bool = False
    ) -> tuple[Together, Member]:
        pair = await pairing.pair(connection, pair_id)
        if pair is None:
            raise GoneError("This pair has ended. **/mentor status** says where you stand.")
        together = await _with_people(connection, pair)
        mine = next((one for one in together.people if one.user_id == user_id), None)
        if mine is None:
            raise NotAllowedError("Only the two whom it is about can do this. **/mentor status** shows your own pairs.")
        if pair.state != ACTIVE and not (ended and pair.how == FINISHED):
            raise GoneError("This pair has ended. **/mentor status** says where you stand.")
        return together, mine


async def _with_people(connection: AsyncConnection, pair: Pair) -> Together:
    found = await joining.members(connection, pair.guild_id, pair.people)
    found.sort(key=lambda one: one.member_no != pair.mentor_no)
    return Together(pair, tuple(one for one in found if one.left_at is None))


def quiet(asked: list[CheckIn], own: Mapping[int, list[CheckIn]]) -> bool:
    """Whether one of a pair said no word when they were last asked, twice, and nobody said since that all is well.

    `asked` is what the pair was asked, `own` what each of its people was asked, in all their pairs, in order.
    """
    for mine in own.values():
        last = mine[-IN_A_ROW:]
        if len(last) == IN_A_ROW and not any(one.answer for one in last):
            lately = [one for one in asked if one.asked_at >= last[0].asked_at]
            if lately and not any(one.answer in (MET, NEEDS_HELP, "date") for one in lately):
                return True
    return False
