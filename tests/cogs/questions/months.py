"""Weeks in a community, in minutes: people ask, reply, mark or forget, helpers help or do not, and time goes by.

By hand, with questions of one's own (JSON lines with title and body):
    python -m tests.cogs.questions.month_by_hand FILE
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, not_, or_

from cogs.questions import tagging
from cogs.questions.marking import Who
from cogs.questions.service import Following, Helping, Seeking, looking, moments
from cogs.questions.service.looking import ASK, DESK, DESK_LIST, QUIET_LOOK, SEEK, SOLVED, TO_DESK
from cogs.questions.service.tagging import suggest_tools
from db import questions
from db.delivery import Way
from db.delivery.table import delivery_table
from db.questions import Answer, asked_table, question_table
from db.questions.table import question_of
from tests.bot.delivery.steps import tick

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from simcord import MemberActor

    from db.questions import Asked, Question
    from tests.cogs.questions.steps import Forum

THINGS = {
    "Glowforge": "laser-cutter",
    "Prusa": "3d-printer",
    "Cricut": "vinyl-cutter",
    "Janome": "sewing",
    "Ozobot": "robotics",
    "micro:bit": "microcontrollers",
    "GoPro": "video",
    "Shapeoko": "cnc",
    "button press": "button-maker",
    "Oculus": "vr-ar",
}
"""What is asked about, and its tool."""
TROUBLES = (
    "stops halfway", "smells of something", "will not start", "leaves marks", "is too loud for a reading room",
    "needs a rule for teens", "loses its settings", "slips", "prints nothing", "asks for an update every day",
)  # fmt: skip
FOLLOWING = (ASK, DESK, DESK_LIST, QUIET_LOOK, SEEK, SOLVED, TO_DESK)
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people, helpers and days; what is asked; and which share of it nobody replies to by themselves."""

    people: int
    helpers: int
    days: int
    texts: Sequence[tuple[str, str]]
    unanswered: float = 0.23
    step: int = 11  # hours: no divisor of a day, so that every time of day comes
    seed: int = 20_260_302


def made_up(many: int, seed: int = 7) -> list[tuple[str, str]]:
    """Titles and texts of questions that nobody ever asked."""
    source = random.Random(seed)  # noqa: S311 - the same ones each time
    things = list(THINGS)
    return [
        (f"Our {source.choice(things)} {source.choice(TROUBLES)}, case {number}", "What would you do?")
        for number in range(many)
    ]


@dataclass
class Weeks:
    """What happens, in order. `left_alone` are the posts to which nobody replies by themselves."""

    forum: Forum
    plan: Plan
    people: list[MemberActor]
    helpers: list[MemberActor] = field(default_factory=list)
    left_alone: set[int] = field(default_factory=set)
    asked: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.plan.seed)  # noqa: S311 - the same life each time
        self._to_come: list[tuple[datetime, Callable[[], Awaitable[None]]]] = []
        self._heard_of: set[tuple[int, int]] = set()
        self._answers: dict[int, list[tuple[int, int]]] = {}
        self._followed: dict[int, datetime] = {}

    @property
    def now(self) -> datetime:
        return self.forum.world.bot.clock()

    async def begin(self) -> None:
        """Some members become helpers, each in their own way."""
        service, guild, chance = self.forum.world.bot.service(Helping), self.forum.world.guild.id, self._chance
        tools = sorted(set(THINGS.values()))
        self.helpers = self.people[: self.plan.helpers]
        for number, helper in enumerate(self.helpers):
            way = Way.PRIVATE if number % 4 == 3 else Way.DM
            await service.begin(guild, helper.id, way, self.forum.world.general.id)
            quiet = chance.choice([(21 * 60, 8 * 60), (22 * 60, 7 * 60), (9 * 60, 17 * 60), (None, None)])
            values = {"tools": chance.sample(tools, 3), "a_week": chance.choice([1, 1, 2, 3])}
            values |= {"quiet_from": quiet[0], "quiet_until": quiet[1], "zone": chance.choice(ZONES)}
            await service.choose(guild, helper.id, values)
        span = timedelta(days=self.plan.days * 0.9)
        for title, text in self.plan.texts:
            at = self.now + span * chance.random()
            self._to_come.append((at, self._asking(title, text)))

    async def live(self) -> None:
        """Let all the days go by."""
        await self._rest()
        for _ in range(self.plan.days * 24 // self.plan.step):
            await self.forum.env.advance_time(self.plan.step * 3600)
            await self._happen()
            await tick(self.forum.world)
            await self._react()
            await self._rest()

    async def _rest(self) -> None:
        """Other rooms, and the upkeep of cards, have tests of their own; here they would only take time."""
        mine = or_(*(delivery_table.c.kind == kind for kind in FOLLOWING))
        async with self.forum.world.database.write() as connection:
            await connection.execute(delete(delivery_table).where(not_(mine)))

    async def _happen(self) -> None:
        due = [one for one in self._to_come if one[0] <= self.now]
        self._to_come = [one for one in self._to_come if one[0] > self.now]
        for _, deed in sorted(due, key=lambda one: one[0]):
            await deed()

    def _asking(self, title: str, text: str) -> Callable[[], Awaitable[None]]:
        async def ask() -> None:
            world, who = self.forum.world, self._chance.choice(self.people)
            guild, forum = world.guild.id, self.forum.channel.id
            thread = self.forum.env.backend.create_thread(forum, title[:100], who.id, applied_tags=[], broadcast=False)
            async with world.database.write() as connection:
                tools = tuple(slug for thing, slug in THINGS.items() if thing in title)[:1]
                tools = tools or tagging.named(world.bot.vocabulary, title)[:1]
                if not tools:
                    tools = await suggest_tools(connection, guild, world.bot.vocabulary, title, text)
                asking = questions.Asking(guild, forum, who.id, title[:100], tools, thread_id=thread.id)
                question = await questions.add(connection, asking, self.now)
                await moments.opened(connection, question, self.now)
            self.asked += 1
            if self._chance.random() < self.plan.unanswered:
                self.left_alone.add(thread.id)
            else:
                self._reply_within(thread.id, who.id, 18)

        return ask

    def _reply_within(self, thread: int, but: int, hours: int, who: MemberActor | None = None) -> None:
        replier = who or self._chance.choice([one for one in self.people if one.id != but])
        at = self.now + timedelta(hours=hours * self._chance.random())
        self._to_come.append((at, lambda: self._say(thread, replier)))

    async def _say(self, thread: int, who: MemberActor) -> None:
        world = self.forum.world
        message = self.forum.env.backend.create_message(thread, who.id, "Try it the other way around.", broadcast=False)
        await world.bot.service(Following).heard(world.guild.id, thread, who.id, self.now)
        self._answers.setdefault(thread, []).append((message.id, who.id))

    async def _react(self) -> None:
        """Askers mark or forget, and answer when they are asked; helpers help, decline, or do nothing."""
        for question in await self.open_questions():
            if question.thread_id is None or question.asker_id is None:
                continue
            answers, asked = self._answers.get(question.thread_id), question.solved_asked_at
            if answers and question.first_reply_at and self._chance.random() < 0.1:
                await self._mark(question, answers[-1])
            elif asked is not None and self._followed.get(question.question_id) != asked:
                self._followed[question.question_id] = asked
                await self._say_whether_solved(question, answers)
        for row in await self.being_asked():
            await self._help(row)

    async def _say_whether_solved(self, question: Question, answers: list[tuple[int, int]] | None) -> None:
        chance = self._chance.random()
        if chance < 0.5 and answers:
            await self._mark(question, answers[-1])
        elif chance < 0.7 and question.asker_id:
            service = self.forum.world.bot.service(Seeking)
            await service.not_yet(question.guild_id, question.question_id, Who(question.asker_id))

    async def _help(self, row: Asked) -> None:
        if (row.question_id, row.user_id) in self._heard_of:
            return
        self._heard_of.add((row.question_id, row.user_id))
        chance, service = self._chance.random(), self.forum.world.bot.service(Seeking)
        if chance < 0.5:
            threads = {one.question_id: one.thread_id for one in await self.open_questions()}
            helper = next(one for one in self.helpers if one.id == row.user_id)
            self._reply_within(threads.get(row.question_id) or 0, 0, 12, helper)
        elif chance < 0.65:
            await service.not_now(row.guild_id, row.question_id, row.user_id)

    async def _mark(self, question: Question, said: tuple[int, int]) -> None:
        """Nothing is followed any more; what else comes of an answer has tests of its own, and takes long."""
        given = Answer(
            self.now, *said, "somebody", "Try it the other way around.", None, question.asker_id, asker_chose=True
        )
        async with self.forum.world.database.write() as connection:
            answered = await questions.answer(connection, question, given, state=questions.ANSWERED, archived_at=None)
            await looking.stop(connection, answered, self.now)

    async def open_questions(self) -> list[Question]:
        async with self.forum.world.database.read() as connection:
            return (await questions.unanswered(connection, self.forum.world.guild.id, limit=10_000))[0]

    async def all_questions(self) -> list[Question]:
        async with self.forum.world.database.read() as connection:
            return [question_of(row) for row in await connection.execute(question_table.select())]

    async def being_asked(self) -> list[Any]:
        waiting = (asked_table.c.outcome == questions.ASKED, asked_table.c.at <= self.now)
        async with self.forum.world.database.read() as connection:
            return list(await connection.execute(asked_table.select().where(*waiting)))
