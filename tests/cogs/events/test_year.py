from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from cogs.events.service import Answering, Editing, Looking, Planning, Repeating
from cogs.events.service.planning import answers_of
from db import drafts, events
from db.delivery import Way
from db.events import CANT, GOING, Event
from tests.cogs.events.steps import announced_in
from tests.cogs.events.year_steps import (
    CLUBS,
    DISCUSSIONS,
    EASTERN,
    MOVED_FROM,
    SKIPPED,
    TOURS,
    at,
    expected,
    live_through,
    sent,
)

if TYPE_CHECKING:
    from db.drafts import Draft
    from tests.kit.world import World


class Year:
    """What people do in it."""

    def __init__(self, world: World, channel: int) -> None:
        self.world, self.channel = world, channel
        self.guild, self.organizer = world.guild.id, world.organizer.id
        # Who hosts several events in a week is asked about them together, and that has tests of its own
        self.hosts = {"bookclub": world.other.id, "tour": world.owner.id}

    async def draft(self, argument: str = "", **typed: str) -> tuple[Draft, Any]:
        planning, now = self.world.bot.service(Planning), self.world.bot.clock()
        kept = planning.typed(self.guild, typed, {}, {})
        hosts = [str(self.hosts.get(typed["template"], self.organizer))]
        answers: dict[str, Any] = {"template": typed["template"], "minutes": 60, "hosts": hosts, **kept}
        async with self.world.database.write() as connection:
            number = await drafts.add(
                connection,
                guild_id=self.guild,
                user_id=self.organizer,
                form="event",
                argument=argument,
                answers=answers,
                now=now,
            )
            found = await drafts.get(connection, number)
        assert found is not None
        return found, await planning.planned(found, {})

    async def series(self, title: str, when: str, template: str) -> None:
        draft, planned = await self.draft(
            title=title, when=when, template=template, where="https://zoom.example.org/j/1"
        )
        await self.world.bot.service(Repeating).post(draft, planned, self.channel)

    async def tour(self, day: date) -> None:
        when = f"{day:%B} {day.day}, {day.year} at 1pm"
        draft, _ = await self.draft(title="Virtual tour", when=when, template="tour", places="30")
        await self.world.bot.service(Planning).post(draft, {}, self.channel)

    async def on(self, day: date) -> Event:
        """The event of that day."""
        start = at(day, 0).replace(tzinfo=EASTERN)
        async with self.world.database.read() as connection:
            (found,) = await events.between(connection, self.guild, start, start + timedelta(days=1))
        return found

    async def fill(self, day: date, members: list[int]) -> None:
        event, answering = await self.on(day), self.world.bot.service(Answering)
        for member in members:
            await answering.answer(self.guild, event.event_id, member, f"Member {member}", GOING)
            await answering.reach(self.guild, event.event_id, member, f"Member {member}", Way.DM, None)
        found = await self.world.bot.service(Looking).one(self.guild, event.event_id)
        assert (len(found.going), len(found.in_line)) == (30, len(members) - 30)

    async def give_up(self, day: date, member: int) -> None:
        event = await self.on(day)
        await self.world.bot.service(Answering).answer(self.guild, event.event_id, member, "Member", CANT)

    async def remind(self, day: date, member: int) -> None:
        event, answering = await self.on(day), self.world.bot.service(Answering)
        await answering.remind(self.guild, event.event_id, member, "Kim")
        await answering.reach(self.guild, event.event_id, member, "Kim", Way.DM, None)

    async def move(self, day: date, when: str, member: int) -> None:
        event, answering = await self.on(day), self.world.bot.service(Answering)
        await answering.answer(self.guild, event.event_id, member, "Kim", GOING)
        await answering.reach(self.guild, event.event_id, member, "Kim", Way.DM, None)
        event = await self.on(day)
        typed = {
            key: str(value or "") for key, value in answers_of(event).items() if key in ("title", "about", "where")
        }
        argument = f"{event.event_id}.{event.version}"
        draft, planned = await self.draft(argument, **{**typed, "when": when, "template": event.plan.template})
        await self.world.bot.service(Editing).save(draft, planned)

    async def skip(self, day: date) -> None:
        event = await self.on(day)
        await self.world.bot.service(Repeating).skip(self.guild, event.event_id, self.organizer)


async def test_a_year_of_the_calendar_sends_what_should_be_sent_and_nothing_else(world: World) -> None:
    """Twelve discussions, six tours with thirty places, a weekly book club, two changes of the clocks."""
    channel = await announced_in(world)
    year = Year(world, channel.id)
    many = [world.guild.add_member(world.env.create_user(f"member{number}")).id for number in range(35)]
    await year.series("Monthly discussion", "every first Tuesday 3pm", "discussion")
    await year.series("Book club", "every Thursday 5pm", "bookclub")
    plans: list[tuple[datetime, Any]] = [(at(day - timedelta(days=30), 12), partial(year.tour, day)) for day in TOURS]
    plans += [
        (at(date(2026, 1, 20), 9), partial(year.fill, TOURS[0], many)),
        (at(date(2026, 2, 15), 12), partial(year.give_up, TOURS[0], many[3])),
        (at(date(2026, 5, 25), 9), partial(year.remind, DISCUSSIONS[5], world.member.id)),
        (at(date(2026, 6, 25), 12), partial(year.move, MOVED_FROM, "July 14 2026 3pm", world.member.id)),
        (at(date(2026, 11, 10), 12), partial(year.skip, SKIPPED)),
    ]
    await live_through(world, plans)
    should, did = expected(), sent(world, channel.id)
    assert sorted((did - should).elements()) == []
    assert sorted((should - did).elements()) == []
    assert len(CLUBS) == 53
    assert sum(did.values()) > 200
