"""Following the forum: posts written by hand, what is said in posts, what is renamed, deleted, or was missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.words import clip, tidy
from cogs.questions.limits import LONGEST_ANSWER, LONGEST_TITLE
from cogs.questions.service import moments, promises
from cogs.questions.service.alike import alike
from cogs.questions.service.records import about, about_safety
from cogs.questions.service.tagging import likely_tools
from cogs.questions.tagging import MOST_TOOLS
from cogs.questions.tags import tools_after, tools_of
from db import questions
from db.questions import Asking, Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.tags import Tag
    from db.delivery import Delivery
    from db.engine import AsyncConnection, Database
    from db.questions import Question
    from db.search import Hit


FEW = 3
"""A card that nobody asked for shows no more of what may help."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the forum as Discord shows it. `text` is what its first message says, empty where it may not be read.

    `tags` are the names of its tags.
    """

    guild_id: int
    forum_id: int
    thread_id: int
    owner_id: int | None
    title: str
    tags: tuple[str, ...]
    written_at: datetime
    text: str = ""


class Following:
    """What happens in the forum without the bot."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def found(self, post: Post, *, quietly: bool = False) -> Question | None:
        """Keep a post that was written by hand, and promise its card (not where `quietly`); None where it is known."""
        async with self._database.write() as connection:
            if await questions.by_thread(connection, post.guild_id, post.thread_id) is not None:
                return None
            tools = tools_of(post.tags, self._vocabulary)[:MOST_TOOLS]
            if not tools:
                tools = await likely_tools(connection, post.guild_id, self._vocabulary, post.title, post.text)
            asking = Asking(
                guild_id=post.guild_id,
                forum_id=post.forum_id,
                asker_id=post.owner_id,
                title=clip(tidy(post.title) or "A question", LONGEST_TITLE),
                tools=tools,
                thread_id=post.thread_id,
                by_hand=True,
                safety=about_safety(tools, self._vocabulary),
            )
            question = await questions.add(connection, asking, post.written_at)
            if not quietly:
                await promises.card(connection, question, self._clock())
            await moments.opened(connection, question, self._clock())
            return question

    async def read(self, post: Post) -> None:
        """What a post's first message says may be read: understand it by that as well, unless it was tagged by hand."""
        async with self._database.write() as connection:
            question = await questions.by_thread(connection, post.guild_id, post.thread_id)
            if question is None or not question.by_hand or tools_of(post.tags, self._vocabulary):
                return
            tools = await likely_tools(connection, post.guild_id, self._vocabulary, post.title, post.text)
            if tools and tools != question.tools:
                changed = await questions.change(connection, question, **about(question, tools, self._vocabulary))
                await moments.stands(connection, changed, self._vocabulary, self._clock())

    async def card_for(self, guild_id: int, question_id: int) -> tuple[Question, tuple[Hit, ...]] | None:
        """A question written by hand that is to get its card, and what may help; None where it needs none any more."""
        async with self._database.read() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state == questions.GONE:
                return None
            found = await alike(connection, guild_id, self._vocabulary, question.title)
        tools = set(question.tools)
        return question, tuple(hit for hit in found if not tools or not tools.isdisjoint(hit.record.tools))[:FEW]

    async def carded(self, connection: AsyncConnection, delivery: Delivery) -> None:
        """The card of a post written by hand stands: remember it, and show on it what was answered meanwhile."""
        question = await questions.get(connection, delivery.guild_id, promises.number_in(delivery.subject))
        if question is not None:
            question = await questions.change(connection, question, card_id=delivery.message_id)
            await promises.in_step(connection, question, self._clock())

    async def heard(self, guild_id: int, thread_id: int, author_id: int, at: datetime) -> None:
        """A member wrote in a post. Where the asker does so after it was put away, the question is open again."""
        async with self._database.write() as connection:
            question = await questions.by_thread(connection, guild_id, thread_id)
            if question is None:
                return
            await questions.heard(connection, question, author_id, at)
            if author_id != question.asker_id:
                if question.state == questions.OPEN:
                    await moments.replied(connection, question, author_id, self._clock())
            elif question.state == questions.ANSWERED and question.archived_at and at >= question.archived_at:
                await self._open_again(connection, question, author_id)

    async def _open_again(self, connection: AsyncConnection, question: Question, by: int) -> None:
        now = self._clock()
        opened = await questions.change(connection, question, state=questions.OPEN, archived_at=None)
        await questions.add_mark(connection, opened, Mark(questions.REOPENED, now, by, asker_chose=True))
        await moments.reopened(connection, opened, self._vocabulary, now)

    async def unsaid(self, guild_id: int, message_ids: Collection[int]) -> int:
        """Messages were deleted: an answer among them loses its text, and its question is open again.

        Where a resource belongs to the answer as well, that stays. Returns how many questions it concerns.
        """
        now, concerned = self._clock(), 0
        async with self._database.write() as connection:
            for message_id in message_ids:
                question = await questions.by_answer(connection, guild_id, message_id)
                if question is None or question.answer is None:
                    continue
                concerned += 1
                if question.answer.resource_id is not None:
                    kept = await questions.change(connection, question, answer_message_id=None, answer_text="")
                    await moments.stands(connection, kept, self._vocabulary, now)
                    continue
                opened = await questions.answer(connection, question, None, state=questions.OPEN, archived_at=None)
                mark = Mark(questions.TAKEN_BACK, now, question.answer.author_id or 0, message_id=message_id)
                await questions.add_mark(connection, opened, mark)
                await moments.reopened(connection, opened, self._vocabulary, now)
        return concerned

    async def reworded(self, guild_id: int, message_id: int, text: str) -> None:
        """A message says something else now, which may be read: an answer among them says it, too."""
        async with self._database.write() as connection:
            question = await questions.by_answer(connection, guild_id, message_id)
            words = tidy(text, lines=True)[:LONGEST_ANSWER]
            if question is None or question.answer is None or question.answer.text in ("", words):
                return
            changed = await questions.change(connection, question, answer_text=words)
            await moments.stands(connection, changed, self._vocabulary, self._clock())

    async def renamed(self, guild_id: int, thread_id: int, title: str) -> None:
        """A post has another title."""
        async with self._database.write() as connection:
            question = await questions.by_thread(connection, guild_id, thread_id)
            title = clip(tidy(title), LONGEST_TITLE)
            if question is None or not title or title == question.title:
                return
            changed = await questions.change(connection, question, title=title)
            await moments.reads_differently(connection, changed, self._vocabulary, self._clock())

    async def retagged(
        self, guild_id: int, thread_id: int, tags: Sequence[Tag], removed: Collection[int], added: Collection[int]
    ) -> None:
        """Tags were taken from a post or put there (by their numbers); `tags` are all those of its forum."""
        async with self._database.write() as connection:
            question = await questions.by_thread(connection, guild_id, thread_id)
            if question is None:
                return
            tools = tools_after(tags, removed, added, question.tools, self._vocabulary)[:MOST_TOOLS]
            if tools != question.tools:
                changed = await questions.change(connection, question, **about(question, tools, self._vocabulary))
                await moments.reads_differently(connection, changed, self._vocabulary, self._clock())

    async def gone(self, guild_id: int, thread_id: int) -> None:
        """A post was deleted; nothing leads to it any more."""
        async with self._database.write() as connection:
            question = await questions.by_thread(connection, guild_id, thread_id)
            if question is not None:
                await self._gone(connection, question)

    async def forum_gone(self, guild_id: int, forum_id: int) -> None:
        """A forum was deleted, and all its posts with it."""
        async with self._database.write() as connection:
            for number in await questions.of_forum(connection, guild_id, forum_id):
                question = await questions.get(connection, guild_id, number)
                if question is not None and question.state != questions.GONE:
                    await self._gone(connection, question)

    async def _gone(self, connection: AsyncConnection, question: Question) -> None:
        lost = await questions.answer(connection, question, None, state=questions.GONE, details="", tried="")
        await moments.gone(connection, lost, self._vocabulary, self._clock())

    async def missed(self, guild_id: int, thread_ids: Collection[int], newest: int) -> list[int]:
        """Of a forum's posts those that were written while nobody looked; `newest` is the largest number there.

        The first look at a forum finds nothing: what stood there before the bot came is left alone.
        """
        async with self._database.read() as connection:
            seen = (await questions.choice(connection, guild_id)).seen_until
            if seen is None:
                return []
            known = await questions.known_threads(connection, guild_id, [one for one in thread_ids if one > seen])
            return sorted(one for one in thread_ids if seen < one <= newest and one not in known)

    async def looked(self, guild_id: int, until: int) -> None:
        """Remember that all posts up to this number were looked at."""
        async with self._database.write() as connection:
            seen = (await questions.choice(connection, guild_id)).seen_until
            if seen is None or until > seen:
                await questions.choose(connection, guild_id, self._clock(), seen_until=until)

    async def last_words(self, guild_id: int, thread_id: int) -> datetime | None:
        """When somebody last wrote in a known post; None where it is not known."""
        async with self._database.read() as connection:
            question = await questions.by_thread(connection, guild_id, thread_id)
        return None if question is None else question.last_activity_at
