"""Questions: asked with the button or by hand, replied to or not, marked or forgotten; and those who help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.questions.marking import Who
from cogs.questions.service import Answering, Asking, Helping, Keeping, Seeking
from cogs.questions.service.answering import Said
from db import drafts, questions
from db.delivery import Way
from tests.cogs.questions.months import THINGS, TROUBLES

if TYPE_CHECKING:
    from db.delivery import Delivery
    from tests.house.building import House, Person
    from tests.house.life import Doing, Life
    from tests.house.plan import Plan

TRY = "Try it the other way around."


class Forum:
    """What people do in the forum."""

    def __init__(self, house: House, life: Life) -> None:
        self.house, self.life, self.chance = house, life, house.chance
        self.guild = house.world.guild.id
        self.said: dict[int, list[tuple[int, int]]] = {}
        self.asked = 0
        life.reactions |= {
            "question-post": self.is_posted,
            "question-ask": self.helps,
            "question-solved": self.says_whether_solved,
        }

    async def begin(self, plan: Plan) -> None:
        """Some become helpers; who asks on which day is drawn."""
        service = self.house.bot.service(Helping)
        for number, person in enumerate(self.chance.sample(self.house.everyone, plan.helpers)):
            way = Way.PRIVATE if number % 4 == 3 else Way.DM
            await service.begin(self.guild, person.id, way, self.house.world.general.id)
            tools = self.chance.sample(sorted(set(THINGS.values())), 3)
            person.helps, person.a_week = way.value, self.chance.choice((1, 1, 1, 2))
            await service.choose(self.guild, person.id, {"tools": tools, "a_week": person.a_week})
            if number == 0:
                self.house.close_dms(person)
            if number == 1:
                day = self.chance.randrange(plan.days // 2)
                self.life.at(self.life.awake(day, person.zone), person, self._pausing(person))
        for _ in range(round(plan.questions * plan.days / 7)):
            who = self.chance.choice(self.house.everyone)
            self.life.at(self.life.awake(self.chance.randrange(plan.days), who.zone), who, self._asking(who))

    def _pausing(self, person: Person) -> Doing:
        async def pause() -> None:
            await self.house.bot.service(Helping).choose(self.guild, person.id, {"paused": True})
            person.away.append(("question", self.house.now, self.life.begin.replace(year=self.life.begin.year + 1)))

        return pause

    def _asking(self, who: Person) -> Doing:
        async def ask() -> None:
            self.asked += 1
            title = f"Our {self.chance.choice(list(THINGS))} {self.chance.choice(TROUBLES)}, case {self.asked}"
            if self.chance.random() < 0.3:
                post = await self.house.forum.by_hand(who.actor, title)
                self._will_be_seen(post.id, who)
            else:
                await self._by_button(who, title)

        return ask

    async def _by_button(self, who: Person, title: str) -> None:
        asking = self.house.bot.service(Asking)
        kept = asking.described({"title": title, "details": "What would you do?"})
        kept["tools"] = list(await asking.suggested(self.guild, title, ""))
        async with self.house.world.database.write() as connection:
            number = await drafts.add(
                connection,
                guild_id=self.guild,
                user_id=who.id,
                form="ask",
                argument="",
                answers=kept,
                now=self.house.now,
            )
            draft = await drafts.get(connection, number)
        assert draft is not None
        await asking.post(draft, self.house.forum.channel.id)

    async def is_posted(self, post: Delivery) -> None:
        """A question stands in the forum: who reads it may reply."""
        found = await self.house.bot.service(Keeping).get(self.guild, int(post.subject.partition(":")[2]))
        if found is not None and found.thread_id is not None and found.asker_id in self.house.by_id:
            self._will_be_seen(found.thread_id, self.house.by_id[found.asker_id or 0])

    def _will_be_seen(self, thread: int, asker: Person) -> None:
        if self.chance.random() < 0.3:
            return  # nobody replies by themselves
        readers = self.chance.sample(self.house.here(), min(6, len(self.house.here())))
        for reader in readers:
            if reader is not asker and self.chance.random() < reader.replies:
                self.life.within(30, reader, self._saying(thread, reader, asker))

    def _saying(self, thread: int, who: Person, asker: Person | None) -> Doing:
        async def say() -> None:
            message = self.house.env.backend.create_message(thread, who.id, TRY)
            await self.house.env.settle()
            self.said.setdefault(thread, []).append((message.id, who.id))
            if asker is not None and self.chance.random() < asker.marks / 2:
                self.life.within(20, asker, self._marking(thread, asker))

        return say

    def _marking(self, thread: int, who: Person) -> Doing:
        async def mark() -> None:
            answering = self.house.bot.service(Answering)
            question = await answering.of_post(self.guild, thread)
            if question is not None and question.state == questions.OPEN:
                message, author = self.said[thread][-1]
                said = Said(message, author, "Somebody", TRY)
                await answering.mark(self.guild, question.question_id, Who(who.id), said)

        return mark

    async def helps(self, asked: Delivery) -> None:
        """A helper is asked: they reply, decline, or do nothing."""
        person, number = self.house.by_id[asked.target_id], int(asked.subject.partition(":")[2])
        question = await self.house.bot.service(Keeping).get(self.guild, number)
        if question is None or question.thread_id is None:
            return
        chance = self.chance.random()
        if chance < person.answers:
            asker = self.house.by_id.get(question.asker_id or 0)
            self.life.within(12, person, self._saying(question.thread_id, person, asker))
        elif chance < 0.9:
            service = self.house.bot.service(Seeking)
            self.life.within(12, person, lambda: service.not_now(self.guild, number, person.id))

    async def says_whether_solved(self, asked: Delivery) -> None:
        """An asker marks what solved it, says not yet, or nothing."""
        number = int(asked.subject.partition(":")[2])
        question = await self.house.bot.service(Keeping).get(self.guild, number)
        person = self.house.by_id.get(question.asker_id or 0) if question is not None else None
        if person is None or question is None or question.thread_id is None:
            return
        chance = self.chance.random()
        if chance < person.marks and self.said.get(question.thread_id):
            self.life.within(10, person, self._marking(question.thread_id, person))
        elif chance < 0.9:
            service = self.house.bot.service(Seeking)
            self.life.within(10, person, lambda: service.not_yet(self.guild, number, Who(person.id)))
