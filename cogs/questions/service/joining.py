"""Joining: a question that was asked before leads to the other one, and both to the answer. Nothing is deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.vocabulary.words import fold
from cogs.questions.service import looking, moments, promises
from cogs.questions.service.alike import alike
from cogs.questions.service.records import ROOM
from db import questions
from db.search.words import STOP_WORDS

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.marking import Who
    from db.engine import AsyncConnection, Database
    from db.questions import Question

OFFERED = 15
_LOOKED_THROUGH = 500  # open questions
_LINK = re.compile(r"discord(?:app)?\.com/channels/(\d{1,19})/(\d{1,19})")


class Joining:
    """Questions that are the same."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def likely(self, guild_id: int, question_id: int, who: Who) -> tuple[Question, list[Question]]:
        """The question, and others that may be the same: answered ones first, then open ones with words in common.

        Raises NotAllowedError, GoneError.
        """
        async with self._database.read() as connection:
            question = await self._current(connection, guild_id, question_id)
            await self._require(connection, question, who)
            hits = await alike(connection, guild_id, self._vocabulary, question.title, question.details, limit=40)
            numbers = [int(hit.record.key) for hit in hits if hit.record.room == ROOM]
            answered = [await questions.get(connection, guild_id, number) for number in numbers]
            waiting, _ = await questions.unanswered(connection, guild_id, limit=_LOOKED_THROUGH)
        words = _words(question)
        near = sorted(waiting, key=lambda other: (-len(words & _words(other)), other.asked_at))
        every = [one for one in answered if one is not None] + [one for one in near if words & _words(one)]
        others = {one.question_id: one for one in every if one.question_id != question_id}
        return question, list(others.values())[:OFFERED]

    async def by_link(self, guild_id: int, link: str) -> int:
        """The number of the question whose post this link opens. Raises UserError."""
        found = _LINK.search(link)
        if found is None or int(found[1]) != guild_id:
            raise UserError(
                "I need the link of a post in this server's questions forum: open the post, and copy its link there."
            )
        async with self._database.read() as connection:
            question = await questions.by_thread(connection, guild_id, int(found[2]))
        if question is None:
            raise UserError(
                "I do not know that post. Is it one of the questions forum? Copy its link and paste it once more."
            )
        return question.question_id

    async def join(self, guild_id: int, question_id: int, same_as_id: int, who: Who) -> tuple[Question, Question]:
        """Let one question lead to another; the one that leads, and the one it leads to.

        An answered question is the one that is led to, whichever was named first. Raises NotAllowedError, GoneError,
        and UserError where they cannot be joined.
        """
        now = self._clock()
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            await self._require(connection, question, who)
            target = await self._root(connection, await self._current(connection, guild_id, same_as_id))
            if target.question_id == question.question_id:
                raise UserError("That is this very question, or one that leads here. Choose another one.")
            if question.state == questions.MERGED:
                raise UserError("This question leads to another one already. Take them apart first.")
            if question.state == questions.ANSWERED:
                if target.state == questions.ANSWERED:
                    raise UserError("Both have an answer already, and people find both. Nothing needs to be joined.")
                question, target = target, question
            joined = await questions.change(connection, question, state=questions.MERGED, same_as_id=target.question_id)
            for child in await questions.same_as(connection, question.question_id):
                await questions.change(connection, child, same_as_id=target.question_id)
            await looking.stop(connection, joined, now)
            await moments.stands(connection, joined, self._vocabulary, now)
            await promises.joined(connection, joined, target, now)
            return joined, target

    async def apart(self, guild_id: int, question_id: int, who: Who) -> Question:
        """Let a question stand by itself again. Raises NotAllowedError, GoneError."""
        now = self._clock()
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            await self._require(connection, question, who)
            if question.state != questions.MERGED:
                raise GoneError("This question stands by itself already. Open its post to see it as it is now.")
            alone = await questions.change(connection, question, state=questions.OPEN, same_as_id=None)
            await moments.reopened(connection, alone, self._vocabulary, now)
            return alone

    async def leads_to(self, question: Question) -> Question | None:
        """The question that this one leads to, as it is now; None where it stands by itself."""
        if question.state != questions.MERGED or question.same_as_id is None:
            return None
        async with self._database.read() as connection:
            return await questions.get(connection, question.guild_id, question.same_as_id)

    async def _root(self, connection: AsyncConnection, question: Question) -> Question:
        seen = {question.question_id}
        while question.state == questions.MERGED and question.same_as_id is not None:
            further = await questions.get(connection, question.guild_id, question.same_as_id)
            if further is None or further.question_id in seen:
                break
            seen.add(further.question_id)
            question = further
        return question

    async def _current(self, connection: AsyncConnection, guild_id: int, question_id: int) -> Question:
        question = await questions.get(connection, guild_id, question_id)
        if question is None or question.state in (questions.GONE, questions.POSTING):
            raise GoneError("This question is no longer there. **/question unanswered** shows what waits.")
        return question

    async def _require(self, connection: AsyncConnection, question: Question, who: Who) -> None:
        who = replace(who, helper=await questions.is_helper(connection, question.guild_id, who.user_id))
        if not (who.asked(question) or who.organizer or who.helper):
            raise NotAllowedError(
                "The person who asked, helpers and organizers can join questions. Tell one of them in the post."
            )


def _words(question: Question) -> set[str]:
    return {word for word in fold(f"{question.title} {question.details}") if word and word not in STOP_WORDS}
