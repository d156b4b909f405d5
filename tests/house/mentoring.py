"""A round of mentoring: people join, are brought together, meet or do not, take a break, and end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cogs.mentorship.matching import FEWEST_FOR_PAIRS
from cogs.mentorship.service import Answering, Circling, Joining, Meeting, Opening, Reviewing
from db import drafts
from db.mentorship.values import DATE, HELP, MET, NO_DATE, NOT_YET

if TYPE_CHECKING:
    from db.delivery import Delivery
    from tests.house.building import House, Person
    from tests.house.life import Life
    from tests.house.plan import Plan

TOPICS = ("laser-cutter", "3d-printer", "sewing", "podcasting", "topic-budget", "topic-policy", "topic-outreach")
SIGN_UP_DAYS, WEEKS = 7, 8


class Mentoring:
    """What people do in a round."""

    def __init__(self, house: House, life: Life) -> None:
        self.house, self.life, self.chance = house, life, house.chance
        self.guild = house.world.guild.id
        self.inside: dict[int, Person] = {}
        self.paired = 0
        life.reactions |= {
            "mentor-proposal": self.is_proposed,
            "mentor-proposal-again": self.is_proposed,
            "mentor-circle": self.is_offered_a_circle,
            "mentor-check-in": self.says_how_it_goes,
            "mentor-closing": self.says_how_it_was,
        }

    async def begin(self, plan: Plan) -> None:
        """The round is opened on the second day; the same people sign up that were drawn."""
        organizer = self.house.organizer
        self.life.at(self.life.awake(1, organizer.zone), organizer, self._opening)
        drawn = self.chance.sample(self.house.everyone, plan.mentors + plan.mentees)
        for place, person in enumerate(drawn):
            day = 2 + self.chance.randrange(SIGN_UP_DAYS - 1)
            self.life.at(self.life.awake(day, person.zone), person, self._joining(person, mentors=place < plan.mentors))
        for person in drawn[::8]:
            day = self.chance.randrange(SIGN_UP_DAYS + 5, max(SIGN_UP_DAYS + 6, plan.days))
            self.life.at(self.life.awake(day, person.zone), person, self._pausing(person))
        self.life.at(self.life.awake(SIGN_UP_DAYS + 2, organizer.zone), organizer, self._approving)

    async def _opening(self) -> None:
        until = (self.house.now + timedelta(days=SIGN_UP_DAYS)).date().isoformat()
        typed = {"name": "Spring", "until": until, "weeks": str(WEEKS)}
        opening = self.house.bot.service(Opening)
        opened = await opening.open(self.guild, self.house.organizer.id, typed, self.house.mentoring)
        self.round = opened.round_id

    def _joining(self, person: Person, *, mentors: bool) -> Any:
        async def join() -> None:
            service = self.house.bot.service(Joining)
            begun = await service.begin(self.guild, person.id, self.round)
            said = {
                "side": "mentor" if mentors else "mentee",
                "goal": "Grants for teens",
                "zone": str(person.zone),
                "reach": self.chance.choice(("dm", "private")),
                "teaches": self.chance.sample(TOPICS, 4) if mentors else [],
                "wants": [] if mentors else self.chance.sample(TOPICS, 2),
                "capacity": self.chance.choice((1, 2, 3)) if mentors else 1,
            }
            async with self.house.world.database.write() as connection:
                await drafts.change(connection, begun.draft_id, {**begun.said.answers(), **said}, self.house.now)
            await service.join(self.guild, person.id, begun.draft_id, place_id=self.house.mentoring)
            self.inside[person.id] = person

        return join

    def _pausing(self, person: Person) -> Any:
        async def pause() -> None:
            until = self.house.now + timedelta(days=self.chance.randrange(7, 21))
            await self.house.bot.service(Joining).pause(self.guild, person.id, until)
            person.away.append(("mentor", self.house.now, until))

        return pause

    async def _approving(self) -> None:
        bot, organizer = self.house.bot, self.house.organizer.id
        if len(self.inside) < FEWEST_FOR_PAIRS:
            await bot.service(Circling).offer(self.guild, self.round, organizer)
            return
        review = await bot.service(Reviewing).run(self.guild, self.round, organizer)
        await bot.service(Reviewing).approve(self.guild, self.round, review.version, organizer)

    async def is_proposed(self, one: Delivery) -> None:
        """Yes, no, or nothing."""
        person, number = self.house.by_id[one.target_id], int(one.subject.partition(":")[2])
        answering, chance = self.house.bot.service(Answering), self.chance.random()
        if chance < person.answers:
            self.life.within(60, person, lambda: answering.accept(person.id, number))
        elif chance < 0.85:
            self.life.within(60, person, lambda: answering.decline(person.id, number, "Not just now"))

    async def is_offered_a_circle(self, one: Delivery) -> None:
        """Most come."""
        person, number = self.house.by_id[one.target_id], int(one.subject.partition(":")[2])
        if self.chance.random() < person.answers:
            service = self.house.bot.service(Circling)
            self.life.within(60, person, lambda: service.join(self.guild, person.id, number))

    async def says_how_it_goes(self, one: Delivery) -> None:
        """They met, or did not, or say nothing."""
        person, number = self.house.by_id[one.target_id], int(one.subject.partition(":")[2])
        week = int(one.moment.removeprefix("w"))
        if self.chance.random() < person.answers:
            words = (DATE, DATE, NO_DATE) if week == 1 else (MET, MET, MET, NOT_YET, HELP)
            word, service = self.chance.choice(words), self.house.bot.service(Meeting)
            self.life.within(30, person, lambda: service.say(person.id, number, week, word))

    async def says_how_it_was(self, one: Delivery) -> None:
        """The last questions."""
        person, number = self.house.by_id[one.target_id], int(one.subject.partition(":")[2])
        if self.chance.random() < person.answers:
            said = {"worked": "Meeting", "not": "", "again": "yes", "quote": "yes"}
            service = self.house.bot.service(Meeting)
            self.life.within(30, person, lambda: service.close(person.id, number, said))
