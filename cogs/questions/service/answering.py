"""Answering: what is marked as the answer, changed, taken back, and opened again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.words import has_letters, tidy
from cogs.questions.limits import LONGEST_ANSWER
from cogs.questions.marking import Who, require_changer, require_marker, require_opener
from cogs.questions.service import moments, promises
from cogs.questions.service.alike import alike
from cogs.questions.service.records import day_of, review_due
from db import questions, resources
from db.questions import Answer, Mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.questions import Question
    from db.resources import Resource

RESOURCES = "resources"
"""The resource room's name in the index."""
MOST_RESOURCES = 10


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody points at as the answer: a message (`text` empty where it may not be read), or words of their own.

    `message_id` is None where no message says it.
    """

    message_id: int | None
    author_id: int | None
    author_name: str = ""
    text: str = ""


class Answering:
    """The answers of questions."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def of_post(self, guild_id: int, thread_id: int) -> Question | None:
        """The question whose post this is; None where the post is not known."""
        async with self._database.read() as connection:
            return await questions.by_thread(connection, guild_id, thread_id)

    async def current(self, guild_id: int, question_id: int) -> Question:
        """A question as it is now. Raises GoneError."""
        async with self._database.read() as connection:
            return await self._current(connection, guild_id, question_id)

    async def may_mark(self, guild_id: int, question_id: int, who: Who) -> Question:
        """The question, for somebody who may say what answers it; those who wrote in it may. Raises UserError."""
        async with self._database.read() as connection:
            question = await self._current(connection, guild_id, question_id)
            who = await self._known(connection, guild_id, who)
        if question.state == questions.ANSWERED:
            require_changer(question, who)
        return question

    async def mark(
        self, guild_id: int, question_id: int, who: Who, said: Said, resource_id: int | None = None
    ) -> Question:
        """Let this be the answer, with or without a resource. Raises NotAllowedError, UserError, GoneError.

        Marked once more by the asker, what somebody else marked becomes the asker's own choice.
        """
        now, text = self._clock(), tidy(said.text, lines=True)[:LONGEST_ANSWER]
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            who = await self._known(connection, guild_id, who)
            require_marker(question, who, said.author_id if said.message_id else None)
            if question.state == questions.ANSWERED:
                if _same(question.answer, said, resource_id) and not who.asked(question):
                    return question
                require_changer(question, who)
            if said.message_id is None and resource_id is None and not has_letters(text):
                raise UserError("Say in a sentence what solved it, so that the next person can use it.")
            if resource_id is not None and await resources.get(connection, guild_id, resource_id) is None:
                raise GoneError("That resource is no longer in the catalogue. Please choose another one.")
            given = Answer(
                now,
                said.message_id,
                said.author_id,
                said.author_name[:100],
                text,
                resource_id,
                who.user_id,
                asker_chose=who.asked(question),
            )
            return await self._give(connection, question, who, given)

    async def _give(self, connection: AsyncConnection, question: Question, who: Who, given: Answer) -> Question:
        now = given.at
        deed = questions.CHANGED if question.state == questions.ANSWERED else questions.MARKED
        today = day_of(now)
        due = review_due(today) if question.safety else None
        answered = await questions.answer(
            connection,
            question,
            given,
            state=questions.ANSWERED,
            archived_at=None,
            checked_on=today if question.safety else None,
            checked_by=None,
            review_due_on=due,
        )
        await questions.add_mark(connection, answered, _mark(deed, who, answered, given, now))
        await promises.unthank(connection, answered, now)
        if given.author_id is not None and given.author_id not in (question.asker_id, who.user_id):
            await promises.thank(connection, answered, now)
        await moments.answered(connection, answered, self._vocabulary, now)
        return answered

    async def add_resource(self, guild_id: int, question_id: int, who: Who, resource_id: int) -> Question:
        """Let a resource be the answer, beside the message that was marked if there is one. Raises as `mark` does."""
        question = await self.current(guild_id, question_id)
        answer = question.answer if question.state == questions.ANSWERED else None
        said = Said(None, who.user_id)
        if answer is not None:
            said = Said(answer.message_id, answer.author_id, answer.author_name, answer.text)
        return await self.mark(guild_id, question_id, who, said, resource_id)

    async def in_words(self, guild_id: int, question_id: int, who: Who, name: str, words: str) -> Question:
        """Let somebody's own words be the answer, or say in words what the marked message says.

        Raises as `mark` does.
        """
        question = await self.current(guild_id, question_id)
        answer = question.answer if question.state == questions.ANSWERED else None
        said = Said(None, who.user_id, name, words)
        if answer is not None and answer.message_id is not None:
            said = replace(Said(answer.message_id, answer.author_id, answer.author_name), text=words)
        return await self.mark(guild_id, question_id, who, said, answer.resource_id if answer else None)

    async def take_back(self, guild_id: int, question_id: int, who: Who) -> Question:
        """Say that a question has no answer: it is open again. Raises NotAllowedError, GoneError."""
        now = self._clock()
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            if question.state != questions.ANSWERED:
                raise GoneError("This question is open already.")
            require_opener(question, who)
            opened = await questions.answer(connection, question, None, state=questions.OPEN, archived_at=None)
            mark = _mark(questions.TAKEN_BACK, who, question, question.answer, now)
            await questions.add_mark(connection, opened, mark)
            await moments.reopened(connection, opened, self._vocabulary, now)
            return opened

    async def still_answered(self, guild_id: int, question_id: int, who: Who) -> Question:
        """Say that the answer from before still stands, after a word of the asker's opened the question again."""
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            if question.state != questions.OPEN or question.answer is None:
                raise GoneError("There is no answer from before. Mark one with **Mark as answer**.")
            require_opener(question, who)
            given = replace(question.answer, at=self._clock(), asker_chose=who.asked(question))
            return await self._give(connection, question, who, given)

    async def resources_for(self, guild_id: int, question: Question) -> list[tuple[int, str]]:
        """Number and title of resources that may answer a question, the likeliest first."""
        async with self._database.read() as connection:
            found = await alike(connection, guild_id, self._vocabulary, question.title, question.details, limit=40)
        own = [hit.record for hit in found if hit.record.room == RESOURCES]
        return [(int(record.key), record.title) for record in own[:MOST_RESOURCES]]

    async def resource_of(self, question: Question) -> Resource | None:
        """The resource that belongs to a question's answer, if it is still in the catalogue."""
        if question.answer is None or question.answer.resource_id is None:
            return None
        async with self._database.read() as connection:
            found = await resources.get(connection, question.guild_id, question.answer.resource_id)
        return found if found is not None and found.status == resources.PUBLISHED else None

    async def _known(self, connection: AsyncConnection, guild_id: int, who: Who) -> Who:
        return replace(who, helper=await questions.is_helper(connection, guild_id, who.user_id))

    async def _current(self, connection: AsyncConnection, guild_id: int, question_id: int) -> Question:
        question = await questions.get(connection, guild_id, question_id)
        if question is None or question.state == questions.GONE:
            raise GoneError("This question is no longer there. **/question unanswered** shows what waits.")
        return question


def _same(answer: Answer | None, said: Said, resource_id: int | None) -> bool:
    if answer is None:
        return False
    there = (answer.message_id, answer.resource_id)
    return there == (said.message_id, resource_id) and (said.message_id is not None and answer.text == said.text)


def _mark(deed: str, who: Who, question: Question, answer: Answer | None, at: datetime) -> Mark:
    about = (answer.message_id, answer.author_id, answer.resource_id) if answer else (None, None, None)
    return Mark(deed, at, who.user_id, who.asked(question), *about)
