"""Rounds: opened, signed up for, called off or brought to an early end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.upcoming import Upcoming
from bot.kit.words import clip, has_letters, plain, tidy
from cogs.mentorship import days
from cogs.mentorship.service import passing
from cogs.mentorship.service.ending import LAST
from cogs.mentorship.service.telling import END, READY, ROUND, WEEK
from db import delivery, guilds
from db.mentorship import joining, opening, pairing, proposing
from db.mentorship.values import OFF, OPEN, OVER, RUNNING, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.servers import Servers
    from cogs.mentorship.service.telling import Post
    from db.engine import Database
    from db.mentorship import Round

LONGEST_NAME = 60
FEWEST_WEEKS, MOST_WEEKS, USUAL_WEEKS = 4, 52, 16
LONGEST_SIGN_UP = timedelta(days=183)
QUIET_AFTER = timedelta(weeks=1)
"""So long after a round was called off nobody is proposed from it: organizers may open another first."""
FEWEST_PEOPLE, MOST_PEOPLE = 2, 3_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A round with how many signed up as mentors and as mentees; who is both counts in both."""

    round: Round
    mentors: int
    mentees: int


class Opening:
    """Rounds, for organizers. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, servers: Servers, post: Post) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers
        self._post = post

    async def open(self, guild_id: int, by: int, typed: Mapping[str, str], channel_id: int) -> Round:
        """Open a round, and promise its sign-up card to a channel.

        `typed` has name, until, weeks, most, as an organizer types them. Raises UserError with the way out.
        """
        now = self._clock()
        name = clip(tidy(typed.get("name", "")), LONGEST_NAME)
        if not has_letters(name):
            raise UserError("Please give the round a name, such as **Spring 2027**.")
        until = self._until(guild_id, typed.get("until", ""), now)
        values = {
            "name": name,
            "sign_up_until": until,
            "weeks": _number(typed.get("weeks", ""), FEWEST_WEEKS, MOST_WEEKS, "weeks") or USUAL_WEEKS,
            "at_most": _number(typed.get("most", ""), FEWEST_PEOPLE, MOST_PEOPLE, "people"),
            "channel_id": channel_id,
            "opened_by": by,
            "opened_at": now,
        }
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, now)
            others = await opening.rounds(connection, guild_id, OPEN)
            if others:
                raise UserError(
                    f"**{others[0].name}** is still open. Approve it or close it first; each round has its own people."
                )
            made = await opening.open_round(connection, guild_id, values)
            subject = f"round:{made.round_id}"
            await self._post.to_channel(connection, guild_id, ROUND, subject, channel_id, now)
            await self._post.to_desk(connection, guild_id, READY, subject, now, due=until)
        return made

    def _until(self, guild_id: int, typed: str, now: datetime) -> datetime:
        zone = self._servers.zone(guild_id)
        day = days.read_date(typed, now.astimezone(zone).date())
        until = None if day is None else days.end_of(day, zone.key)
        if until is None or not now < until <= now + LONGEST_SIGN_UP:
            raise UserError(
                "Until when can people sign up? Please write a day in the next six months, such as **2027-01-15** or "
                "**Jan 15**."
            )
        return until

    async def newest(self, guild_id: int, *states: str) -> Round | None:
        """The newest round in these states; open or running, if none is named."""
        async with self._database.read() as connection:
            found = await opening.rounds(connection, guild_id, *states)
        return found[0] if found else None

    async def counted(self, guild_id: int, round_id: int) -> Counted | None:
        """A round with how many signed up; None where it is gone."""
        async with self._database.read() as connection:
            found = await opening.get_round(connection, guild_id, round_id)
            if found is None:
                return None
            members = await joining.members(connection, guild_id, await opening.signed_up(connection, round_id))
        return Counted(found, sum(one.mentors for one in members), sum(one.learns for one in members))

    async def count_to_review(self, guild_id: int) -> int:
        """How many rounds wait for the organizers: their sign-up is over."""
        now = self._clock()
        async with self._database.read() as connection:
            return sum(one.sign_up_until <= now for one in await opening.rounds(connection, guild_id, OPEN))

    async def upcoming(self, guild_id: int) -> Upcoming | None:
        """What comes next in mentoring: the end of a sign-up, or of a round."""
        async with self._database.read() as connection:
            found = await opening.rounds(connection, guild_id)
        now = self._clock()
        coming = []
        for one in found:
            at = one.sign_up_until if one.state == OPEN else one.ends_at
            if at is not None and at > now:
                what = "Sign-up for the mentoring round" if one.state == OPEN else "The mentoring round"
                coming.append(Upcoming(at, f"{what} **{plain(one.name)}** ends <t:{int(at.timestamp())}:D>", at))
        return min(coming, key=lambda one: one.starts_at, default=None)

    async def over(self, guild_id: int, round_id: int) -> None:
        """A running round's time is over; pairs that came together late go on to their own end."""
        async with self._database.write() as connection:
            found = await opening.get_round(connection, guild_id, round_id)
            if found is not None and found.state == RUNNING:
                await opening.change_round(connection, found, state=OVER, closed_at=self._clock())

    async def close(self, guild_id: int, round_id: int, version: int) -> Round:
        """Call an open round off, or bring a running one to its last week. Raises GoneError where it changed.

        Called off: everybody stays on the waitlist. Running: proposals on their way end, pairs get the last questions.
        """
        now = self._clock()
        async with self._database.write() as connection:
            found = await opening.get_round(connection, guild_id, round_id)
            if found is None or found.version != version or found.state not in (OPEN, RUNNING):
                raise GoneError("This round has changed meanwhile. Please look again.")
            changes = {"closed_at": now, "state": OFF if found.state == OPEN else OVER}
            closed = await opening.change_round(connection, found, **changes)
            if closed is None:
                raise GoneError("This round has changed meanwhile. Please look again.")
            await delivery.cancel(connection, guild_id, READY, f"round:{round_id}", now)
            if found.state == OPEN:
                for member in await joining.members(
                    connection, guild_id, await opening.signed_up(connection, round_id)
                ):
                    if member.learns and member.waiting_since is None:
                        await joining.put(connection, member.member_no, {"waiting_since": now})
                    await self._post.news(connection, member, "off", round_id, now)
                    if member.learns:
                        due = now + QUIET_AFTER
                        await self._post.look_for_mentor(connection, guild_id, member.member_no, now, due)
            for proposal in await proposing.proposals_of_round(connection, round_id, live=True):
                await passing.end(connection, self._post, proposal, WITHDRAWN, now)
                await self._post.look_for_mentor(connection, guild_id, proposal.mentee_no, now)
            for pair in await pairing.active_pairs(connection, guild_id, round_id):
                subject = f"pair:{pair.pair_id}"
                ends = min(pair.ends_at, now + timedelta(weeks=1))
                await pairing.put_pair(connection, pair.pair_id, ends_at=ends)
                for kind in (WEEK, END):
                    await delivery.cancel(connection, guild_id, kind, subject, now)
                # the last questions stay sent where they were; the end then has to be promised here, anew
                await self._post.chore(connection, guild_id, WEEK, subject, now, now, f"w{LAST}")
                await self._post.chore(connection, guild_id, END, subject, max(ends, now), now, "closed")
        return closed


def _number(typed: str, least: int, most: int, what: str) -> int | None:
    text = tidy(typed)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise UserError(f"How many {what}? Please write a number from {least} to {most:,}, or leave it empty.")
    return int(text)
