"""Events: series and tours are posted, people say that they come, ask to be reminded, and forget."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from cogs.events.service import Answering, Editing, Looking, Planning, Repeating
from db import drafts
from db.delivery import Way
from db.events import CANT, GOING, MAYBE

if TYPE_CHECKING:
    from db.delivery import Delivery
    from db.drafts import Draft
    from db.events import Event
    from tests.house.building import House, Person
    from tests.house.life import Life
    from tests.house.plan import Plan

SERIES = (
    ("Book club", "every Thursday 5pm", "bookclub"),
    ("Open lab hour", "every Monday 8pm", "talk"),
    ("Tool talk", "every Wednesday 1pm", "talk"),
)
MONTHLY = (
    ("Monthly discussion", "every first Tuesday 3pm", "discussion"),
    ("Ask me anything", "every third Tuesday 3pm", "ama"),
    ("Newcomers' hour", "every second Friday noon", "talk"),
)


class Calendar:
    """What people do with events."""

    def __init__(self, house: House, life: Life) -> None:
        self.house, self.life, self.chance = house, life, house.chance
        self.guild = house.world.guild.id
        life.reactions |= {"event-card": self.is_posted, "event-told": self.is_told}

    async def begin(self, plan: Plan) -> None:
        """The organizers plan the series at once, and the tours by and by."""
        hosts = [self.house.organizer, *self.chance.sample(self.house.everyone, 3)]
        for place, (title, when, kind) in enumerate((*SERIES[: plan.weekly], *MONTHLY[: plan.monthly])):
            host = hosts[place % 2]
            self.life.at(self.life.begin, host, partial(self._series, title, when, kind, host))
        for number in range(plan.tours):
            day = 3 + number * plan.days // (plan.tours + 1)
            who = self.house.organizer
            self.life.at(self.life.awake(day, who.zone), who, self._touring(number, hosts[number % len(hosts)]))

    async def _draft(self, host: Person, **typed: str) -> tuple[Draft, Any]:
        planning = self.house.bot.service(Planning)
        kept = planning.typed(self.guild, typed, {}, {})
        answers: dict[str, Any] = {"template": typed["template"], "minutes": 60, "hosts": [str(host.id)], **kept}
        async with self.house.world.database.write() as connection:
            number = await drafts.add(
                connection,
                guild_id=self.guild,
                user_id=host.id,
                form="event",
                argument="",
                answers=answers,
                now=self.house.now,
            )
            found = await drafts.get(connection, number)
        assert found is not None
        return found, await planning.planned(found, {})

    async def _series(self, title: str, when: str, template: str, host: Person) -> None:
        draft, planned = await self._draft(
            host, title=title, when=when, template=template, where="https://zoom.example.org/j/1"
        )
        await self.house.bot.service(Repeating).post(draft, planned, self.house.announcements)

    def _touring(self, number: int, host: Person) -> Any:
        async def tour() -> None:
            day = (self.house.now + timedelta(days=16)).date()
            when = f"{day:%B} {day.day}, {day.year} at 1pm"
            draft, _ = await self._draft(host, title=f"Tour {number + 1}", when=when, template="tour", places="3")
            event = await self.house.bot.service(Planning).post(draft, {}, self.house.announcements)
            if number % 2:
                later = self.house.now + timedelta(days=6)
                self.life.at(later, host, lambda: self._cancel(event.event_id, host))

        return tour

    async def _cancel(self, event: int, host: Person) -> None:
        await self.house.bot.service(Editing).cancel(self.guild, event, host.id, "The laser is out of order.")

    async def is_posted(self, card: Delivery) -> None:
        """A card stands in announcements: some answer within days."""
        found = await self.house.bot.service(Looking).find(self.guild, int(card.subject.partition(":")[2]))
        if found is None:
            return
        event, here = found.event, self.house.here()
        for person in self.chance.sample(here, min(len(here), 10)):
            if self.chance.random() < person.comes:
                self.life.within(70, person, self._answering(event, person))

    def _answering(self, event: Event, person: Person) -> Any:
        async def answer() -> None:
            service, name = self.house.bot.service(Answering), f"Member {person.id}"
            choice = self.chance.choice((GOING, GOING, GOING, MAYBE))
            await service.answer(self.guild, event.event_id, person.id, name, choice)
            if self.chance.random() < 0.4:
                await service.remind(self.guild, event.event_id, person.id, name)
            if self.chance.random() < 0.6:
                way = self.chance.choice((Way.DM, Way.PRIVATE))
                place = self.house.world.general.id if way is Way.PRIVATE else None
                await service.reach(self.guild, event.event_id, person.id, name, way, place)
            if self.chance.random() < 0.25:
                self.life.within(120, person, lambda: self._gives_up(event, person, name))

        return answer

    async def _gives_up(self, event: Event, person: Person, name: str) -> None:
        await self.house.bot.service(Answering).answer(self.guild, event.event_id, person.id, name, CANT)

    async def is_told(self, told: Delivery) -> None:
        """Who is offered a place takes it, or forgets."""
        person = self.house.by_id.get(told.target_id)
        if person is not None and told.moment.startswith("offered") and self.chance.random() < person.answers:
            number, name = int(told.subject.partition(":")[2]), f"Member {person.id}"
            service = self.house.bot.service(Answering)
            self.life.within(6, person, lambda: service.answer(self.guild, number, person.id, name, GOING))
