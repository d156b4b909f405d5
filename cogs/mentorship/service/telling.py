"""Telling: all that mentoring sends, as promises in the delivery table, in the transaction of what causes it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from db import delivery
from db.delivery import Promise, Way
from db.mentorship.personal import AFTER, NEWS, NEXT, TO_MENTOR
from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.kit.servers import Servers
    from db.delivery import Delivery
    from db.engine import AsyncConnection
    from db.mentorship import Member

    Desk = Callable[[int], tuple[Way, int] | None]

ROUND, READY = "mentor-round", "mentor-ready"
"""The sign-up card in its channel; to organizers, that sign-up is over."""
SEND, OVER = "mentor-send", "mentor-round-over"
"""The chores that send the proposals of an approved draft, and end a round."""
PROPOSAL, AGAIN, DUE = "mentor-proposal", "mentor-proposal-again", "mentor-due"
"""A proposal to one side (the moment), its one reminder, and the chore at its end."""
QUESTION, ANSWER = "mentor-question", "mentor-answer"
CIRCLE = "mentor-circle"
"""The offer of a circle."""
RETURN = "mentor-return"
"""The chore at the end of a break."""
THREAD, AGENDA, JOINED = "mentor-thread", "mentor-agenda", "mentor-joined"
"""The chore that makes a pair's thread, the first card in it, and the word about who came into a group later."""
WITH = "with-"
"""How a moment begins that names the member who came into a group or circle."""
WEEK, CHECK_IN = "mentor-week", "mentor-check-in"
"""The chore of a week in a pair, and the question to each of the two."""
QUIET, HELP, CALL, NO_THREAD = "mentor-quiet", "mentor-help", "mentor-call", "mentor-no-thread"
"""To the organizers: a pair was not heard from, needs help, asks for somebody in its thread; has no thread."""
FIND_DESK = "mentor-find-desk"
"""The chore that tells the organizers where no way to them was known at first; its moment says the time it looks,
and what is told."""
LOOK_AGAIN, MOST_APART = timedelta(minutes=10), 144
"""It waits so much longer each time, up to a day."""
CLOSING, END, THANKS, SHUT = "mentor-closing", "mentor-end", "mentor-thanks", "mentor-shut"
"""The last questions, the chore that ends a pair, the thank-you note, and the chore that closes the thread."""


BY = "by-"
"""How a moment begins that names the member who ended a pair."""


class Post:
    """Makes promises. `desk` says how to reach the organizers of a server, None where no way is known now."""

    def __init__(self, servers: Servers, desk: Desk) -> None:
        self._servers = servers
        self._desk = desk

    def place(self, guild_id: int, otherwise: int | None = None) -> int | None:
        """The channel under which threads of mentoring are made."""
        return self._servers.of(guild_id).channels.get(Part.MENTORING) or otherwise

    async def to_member(
        self,
        connection: AsyncConnection,
        member: Member,
        kind: str,
        subject: str,
        now: datetime,
        *,
        moment: str = "",
        due: datetime | None = None,
        lapses: datetime | None = None,
    ) -> None:
        """Promise a card to a member, the way they chose, at `due` (now, if not given)."""
        promise = Promise(
            kind,
            member.guild_id,
            subject,
            due or now,
            member.reach,
            member.user_id,
            moment=moment,
            place_id=self.place(member.guild_id, member.place_id),
            lapses_at=lapses,
        )
        await delivery.put(connection, promise, now)

    async def news(
        self,
        connection: AsyncConnection,
        member: Member,
        what: str,
        about: int,
        now: datetime,
        due: datetime | None = None,
    ) -> None:
        """Promise a member that they hear of something: `what`, and the number of what it is about."""
        await self.to_member(
            connection, member, NEWS, f"member:{member.member_no}", now, moment=f"{what}:{about}", due=due
        )

    async def to_desk(
        self,
        connection: AsyncConnection,
        guild_id: int,
        kind: str,
        subject: str,
        now: datetime,
        moment: str = "",
        due: datetime | None = None,
    ) -> None:
        """Promise a card to the organizers. Where no way to them is known now, a chore looks for one until it is."""
        way = self._desk(guild_id)
        if way is None:
            await self.chore(connection, guild_id, FIND_DESK, subject, due or now, now, f"1:{kind}:{moment}")
        else:
            promise = Promise(kind, guild_id, subject, due or now, way[0], way[1], moment=moment)
            await delivery.put(connection, promise, now)

    async def find_desk(self, connection: AsyncConnection, due: Delivery, now: datetime) -> None:
        """Promise now what could not be promised to the organizers; look again later where there is no way still."""
        times, kind, moment = due.moment.split(":", 2)
        way = self._desk(due.guild_id)
        if way is None:
            later = now + min(int(times), MOST_APART) * LOOK_AGAIN
            again = f"{int(times) + 1}:{kind}:{moment}"
            await self.chore(connection, due.guild_id, FIND_DESK, due.subject, later, now, again)
        else:
            await delivery.put(connection, Promise(kind, due.guild_id, due.subject, now, *way, moment=moment), now)

    async def to_channel(
        self,
        connection: AsyncConnection,
        guild_id: int,
        kind: str,
        subject: str,
        channel_id: int,
        now: datetime,
        moment: str = "",
    ) -> None:
        """Promise a card to a channel or thread, now; the same kind, subject and moment is promised once."""
        promise = Promise(kind, guild_id, subject, now, Way.CHANNEL, channel_id, moment=moment)
        await delivery.put(connection, promise, now)

    async def chore(
        self,
        connection: AsyncConnection,
        guild_id: int,
        kind: str,
        subject: str,
        due: datetime,
        now: datetime,
        moment: str = "",
    ) -> None:
        """Promise that something is done at `due`; the same kind, subject and moment moves it."""
        await delivery.put(connection, Promise(kind, guild_id, subject, due, moment=moment), now)

    async def look_for_mentor(
        self, connection: AsyncConnection, guild_id: int, mentee_no: int, now: datetime, due: datetime | None = None
    ) -> None:
        """Promise to look for a mentor for a mentee, at `due` (now, if not given).

        Each promise is one of its own: more mentors may be free by then.
        """
        moment = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        await self.chore(connection, guild_id, NEXT, f"mentee:{mentee_no}", due or now, now, moment)

    async def look_for_mentees(self, connection: AsyncConnection, guild_id: int, mentor_no: int, now: datetime) -> None:
        """Promise to look who of those who wait fits a mentor with room, now."""
        moment = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        await self.chore(connection, guild_id, NEXT, f"{TO_MENTOR}{mentor_no}", now, now, moment)

    async def see_to_the_others(
        self, connection: AsyncConnection, guild_id: int, pair_id: int, by: int, now: datetime
    ) -> None:
        """Promise to see to those whom the end of a pair leaves alone, now; `by` ended it, and need not be told."""
        await self.chore(connection, guild_id, AFTER, f"pair:{pair_id}", now, now, f"{BY}{by}")


def number_in(subject: str) -> int:
    """The number in a subject such as "pair:12"."""
    return int(subject.partition(":")[2])
