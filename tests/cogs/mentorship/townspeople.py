"""A town of mentors and mentees for a long story: each has habits, and answers what the bot brings, or does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from bot.kit.errors import UserError
from cogs.mentorship.service import Answering, Joining, Meeting
from cogs.mentorship.service.telling import AGAIN, CHECK_IN, CLOSING, PROPOSAL
from db import guilds
from db.mentorship import joining, opening
from db.mentorship.personal import NEWS
from db.mentorship.values import DATE, HELP, MET, NO_DATE, NOT_YET

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from datetime import datetime

    from tests.cogs.mentorship.postbox import Brought
    from tests.kit.world import World

TOPICS = ("laser-cutter", "3d-printer", "sewing", "podcasting", "topic-budget", "topic-policy", "topic-outreach")
ZONES = ("America/New_York", "America/Chicago", "America/Chicago", "America/Denver", "America/Los_Angeles")
FIRST_USER = 7_000_000_000_000_000
WHAT_IS_MET = {1: (DATE, DATE, NO_DATE)}


@dataclass
class Person:
    """Somebody with habits. `silent` never answers; `late` only when reminded.

    `vanishes` (stays, but answers no more), `pauses` and `leaves` are days.
    """

    user: int
    member_no: int
    mentors: bool
    capacity: int
    takes_groups: bool
    silent: bool
    vanishes: int | None
    late: bool
    picky: bool
    pauses: int | None
    leaves: int | None
    away: list[tuple[datetime, datetime]] = field(default_factory=list)
    left_at: datetime | None = None


class Town:
    """The people, and what they will do on which day."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.lot = Random(seed)  # noqa: S311 - a story, no secret
        self.people: dict[int, Person] = {}
        self.apart: set[frozenset[int]] = set()
        self.stale = 0
        self._plans: dict[int, list[tuple[Person, Brought]]] = {}

    async def move_in(self, mentors: int, mentees: int, round_id: int) -> None:
        """Let all of them join, and sign up for a round, at once."""
        now, guild = self.world.bot.clock(), self.world.guild.id
        async with self.world.database.write() as connection:
            await guilds.see(connection, guild, now)
            for place in range(mentors + mentees):
                person, said = self._drawn(FIRST_USER + place, mentors=place < mentors)
                side = {"teaches": self._topics(4)} if person.mentors else {"wants": self._topics(2)}
                person.member_no = await joining.save(connection, guild, person.user, said, now, **side)
                await opening.sign_up(connection, round_id, person.member_no, now)
                self.people[person.user] = person
            for _ in range(30):
                one, other = self.lot.sample(sorted(self.people), 2)
                await joining.exclude(connection, guild, one, other, now)
                self.apart.add(frozenset((one, other)))

    def _topics(self, most: int) -> list[str]:
        return self.lot.sample(TOPICS, self.lot.randint(1, most))

    def _drawn(self, user: int, *, mentors: bool) -> tuple[Person, dict[str, Any]]:
        lot = self.lot
        capacity = lot.choice((1, 2, 2, 3)) if mentors else 1
        person = Person(
            user,
            0,
            mentors,
            capacity,
            takes_groups=mentors and lot.random() < 1 / 8,
            silent=lot.random() < 1 / 12,
            vanishes=lot.randint(5, 100) if lot.random() < 1 / 8 else None,
            late=lot.random() < 1 / 10,
            picky=lot.random() < 1 / 6,
            pauses=lot.randint(5, 80) if lot.random() < 1 / 10 else None,
            leaves=lot.randint(5, 100) if lot.random() < 1 / 20 else None,
        )
        said: dict[str, Any] = {
            "mentors": mentors,
            "learns": not mentors,
            "goal": lot.choice(("Grants for teens", "A safe space for seniors", "Robots at school")),
            "zone": lot.choice(ZONES),
            "setting": lot.choice(("", "school", "public", "academic")),
            "stage": "veteran" if mentors else lot.choice(("student", "starting")),
            "ways": lot.sample(["video", "phone", "chat"], 2),
            "languages": ["en"],
            "capacity": capacity,
            "takes_groups": person.takes_groups,
            "reach": lot.choice(("dm", "private")),
            "place_id": self.world.general.id,
        }
        return person, said

    async def live_a_day(self, day: int, brought: list[Brought]) -> None:
        """Read what came today, and do what was planned for today."""
        for one in brought:
            person = self.people.get(one.target)
            if person is not None and not person.silent:
                self._plan(day, person, one)
        for person, one in self._plans.pop(day, []):
            if person.left_at is None and not person.silent:
                await self._answer(person, one)
        for person in self.people.values():
            if person.left_at is None:
                await self._live(person, day)

    def _plan(self, day: int, person: Person, one: Brought) -> None:
        if one.kind == PROPOSAL and person.late:
            return
        wait = {PROPOSAL: self.lot.randint(0, 4), NEWS: 6}.get(one.kind, 0)
        self._plans.setdefault(day + wait, []).append((person, one))

    async def _live(self, person: Person, day: int) -> None:
        now, guild, bot = self.world.bot.clock(), self.world.guild.id, self.world.bot
        if day == person.vanishes:
            person.silent = True
        if day == person.pauses:
            until = now + timedelta(days=self.lot.randint(7, 28))
            person.away.append((now, until))
            await bot.service(Joining).pause(guild, person.user, until)
        if day == person.leaves:
            person.left_at = now
            await bot.service(Answering).gone(guild, person.user)

    async def _answer(self, person: Person, one: Brought) -> None:
        bot = self.world.bot
        if one.kind in (PROPOSAL, AGAIN):
            answering = bot.service(Answering)
            if person.picky and self.lot.random() < 1 / 2:
                await self._try(answering.decline(person.user, one.number, "Not just now"))
            else:
                await self._try(answering.accept(person.user, one.number))
        elif one.kind == CHECK_IN:
            await self._check_in(person, one)
        elif one.kind == CLOSING:
            said = {"worked": "Meeting", "not": "", "again": self.lot.choice(("yes", "no")), "quote": "yes"}
            await self._try(bot.service(Meeting).close(person.user, one.number, said))
        elif one.kind == NEWS and one.moment.startswith(("paused", "lapsed")):
            await self._try(bot.service(Joining).resume(self.world.guild.id, person.user))

    async def _check_in(self, person: Person, one: Brought) -> None:
        meeting, week = self.world.bot.service(Meeting), int(one.moment.removeprefix("w"))
        if self.lot.random() < 1 / 40:
            await self._try(meeting.find_another(person.user, one.number))
            return
        word = self.lot.choice(WHAT_IS_MET.get(week, (MET, MET, MET, NOT_YET, NOT_YET, HELP)))
        await self._try(meeting.say(person.user, one.number, week, word))

    async def _try(self, doing: Awaitable[object]) -> None:
        """Press a button whose card may be out of date."""
        try:
            await doing
        except UserError:
            self.stale += 1
