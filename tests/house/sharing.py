"""Resources: suggested, reviewed by and by, kept for later; and who comes new, or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogs.resources.service import Describing, Reminding, Reviewing, Saving, Suggesting, Telling
from db import drafts, resources
from db.delivery import Way

if TYPE_CHECKING:
    from db.resources import Resource
    from tests.house.building import House, Person
    from tests.house.life import Life
    from tests.house.plan import Plan


class Shelves:
    """What people do with resources, and with the door of the house."""

    def __init__(self, house: House, life: Life) -> None:
        self.house, self.life, self.chance = house, life, house.chance
        self.guild = house.world.guild.id
        self.suggested = 0
        self.came: list[Person] = []

    async def begin(self, plan: Plan) -> None:
        """Who suggests something, comes or leaves on which day is drawn."""
        for _ in range(round(plan.suggestions * plan.days / 7)):
            who = self.chance.choice(self.house.everyone)
            self.life.at(self.life.awake(self.chance.randrange(plan.days), who.zone), who, self._suggesting(who))
        for number in range(round(plan.newcomers * plan.days / 7)):
            day = self.chance.randrange(1, plan.days)
            self.life.at(self.life.awake(day, self.house.organizer.zone), None, self._coming(number))
        for person in self.chance.sample(self.house.everyone[3:], max(1, plan.active // 12)):
            day = self.chance.randrange(plan.days // 4, plan.days)
            self.life.at(self.life.awake(day, person.zone), None, self._leaving(person))

    def _coming(self, number: int) -> Any:
        async def come() -> None:
            actor = self.house.world.guild.add_member(self.house.env.create_user(f"new{number}"))
            self.came.append(await self.house.join(actor))
            await self.house.env.settle()

        return come

    def _leaving(self, person: Person) -> Any:
        async def leave() -> None:
            self.house.world.guild.remove_member(person.actor)
            person.left_at = self.house.now
            await self.house.env.settle()

        return leave

    def _suggesting(self, who: Person) -> Any:
        async def suggest() -> None:
            self.suggested += 1
            number, bot = self.suggested, self.house.bot
            typed = {"link": f"https://makers.org/{number}", "title": f"Laser guide {number}", "text": "It helped us."}
            describing = bot.service(Describing)
            answers, _ = await describing.checked(self.guild, typed)
            async with self.house.world.database.write() as connection:
                kept = {**answers, **describing.first_guess(answers)}
                made = await drafts.add(
                    connection,
                    guild_id=self.guild,
                    user_id=who.id,
                    form="suggest",
                    argument="",
                    answers=kept,
                    now=self.house.now,
                )
                draft = await drafts.get(connection, made)
            assert draft is not None
            resource = await bot.service(Suggesting).send(draft, self.house.desk)
            if self.chance.random() < 0.6:
                way = self.chance.choice((Way.DM, Way.PRIVATE, Way.NOTE))
                place = self.house.world.general.id
                await bot.service(Telling).tell_me(self.guild, who.id, resource.resource_id, way, place)
            organizer = self.house.organizer
            self.life.within(150, organizer, lambda: self._review(resource, organizer))

        return suggest

    async def _review(self, suggested: Resource, organizer: Person) -> None:
        reviewing, chance = self.house.bot.service(Reviewing), self.chance.random()
        found = await self.house.bot.service(Telling).current(self.guild, suggested.resource_id)
        if found is None or chance < 0.1:
            return  # left lying
        key = (self.guild, found.resource_id, found.version, organizer.id)
        if chance < 0.2:
            await reviewing.ask(*key, "Which license has it?")
            return
        status = resources.PUBLISHED if chance < 0.85 else resources.DECLINED
        await reviewing.decide(*key, status)
        if status == resources.PUBLISHED:
            for person in self.chance.sample(self.house.here(), min(4, len(self.house.here()))):
                if self.chance.random() < person.comes:
                    self.life.within(60, person, self._saving(found, person))

    def _saving(self, resource: Resource, person: Person) -> Any:
        async def save() -> None:
            await self.house.bot.service(Saving).save(self.guild, person.id, resource.resource_id)
            way = self.chance.choice((Way.PRIVATE, Way.DM))
            await self.house.bot.service(Reminding).remind(
                self.guild, person.id, resource.resource_id, self.chance.choice(("tomorrow", "week")),
                place_id=self.house.world.general.id, way=way,
            )  # fmt: skip

        return save
