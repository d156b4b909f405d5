"""Keeping the forum in order: what questions are about, which wait, and which answers somebody should look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from cogs.questions.limits import QUIET
from cogs.questions.marking import Who, require_keeper
from cogs.questions.service import moments, promises
from cogs.questions.service.records import about, dated, day_of, review_due
from cogs.questions.tagging import MOST_TOOLS
from cogs.questions.wording import parts
from db import delivery, questions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.questions import Question


class Keeping:
    """Upkeep of questions. Where organizers only may do it, the caller has checked that one asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def get(self, guild_id: int, question_id: int) -> Question | None:
        """A question, for a card or a chore; None where it or its post is gone."""
        async with self._database.read() as connection:
            question = await questions.get(connection, guild_id, question_id)
        return None if question is None or question.state == questions.GONE else question

    async def left_over(self, question: Question) -> list[int]:
        """The messages that hold parts of a question which it no longer has: its asker was forgotten since."""
        subject, many = promises.promised(question), len(parts(question))
        async with self._database.read() as connection:
            sent = await delivery.of_subject(connection, question.guild_id, promises.REST, subject)
        return [one.message_id for one in sent if one.message_id is not None and int(one.moment) >= many]

    async def answered_tag(self, guild_id: int) -> int | None:
        """The forum's tag for answered posts as it was seen last, by Discord's number."""
        async with self._database.read() as connection:
            return (await questions.choice(connection, guild_id)).answered_tag_id

    async def remember_tag(self, guild_id: int, number: int) -> None:
        """Remember the forum's tag for answered posts, so that it is known under another name."""
        async with self._database.write() as connection:
            await questions.choose(connection, guild_id, self._clock(), answered_tag_id=number)

    async def retag(self, guild_id: int, question_id: int, who: Who, tools: Sequence[str]) -> Question:
        """Say what a question is about. Raises NotAllowedError, GoneError, and UserError for no or too many tools."""
        slugs = [slug for slug in dict.fromkeys(tools) if self._vocabulary.get(slug)][:MOST_TOOLS]
        if not slugs:
            raise UserError("Choose at least one tool, so that the right people see the question.")
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            require_keeper(question, who)
            changed = await questions.change(connection, question, **about(question, slugs, self._vocabulary))
            return await self._follow(connection, changed)

    async def _follow(self, connection: AsyncConnection, question: Question) -> Question:
        """Let everything follow what has become of a question; where its answer grows old, its review date, too."""
        await moments.reads_differently(connection, question, self._vocabulary, self._clock())
        return question

    async def set_safety(self, guild_id: int, question_id: int, *, safety: bool) -> Question:
        """Say that a question's answer is, or is not, one to look at again every year. Raises GoneError."""
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            changed = await questions.change(connection, question, **dated(question, safety=safety))
            return await self._follow(connection, changed)

    async def confirm(self, guild_id: int, question_id: int, version: int, by: int) -> Question:
        """Say that an answer about safety still holds; it is looked at again in a year.

        Raises GoneError where it was changed since the list was shown, or looked at by somebody else.
        """
        today = day_of(self._clock())
        async with self._database.write() as connection:
            question = await self._current(connection, guild_id, question_id)
            if question.version != version or question.state != questions.ANSWERED:
                raise GoneError("This has changed since the list was shown. Please open the list again.")
            changed = await questions.change(
                connection, question, checked_on=today, checked_by=by, review_due_on=review_due(today)
            )
            return await self._follow(connection, changed)

    async def unanswered(self, guild_id: int, *, tool: str, limit: int, page: int = 0) -> tuple[list[Question], int]:
        """Page `page` (from 0) of what is open, oldest first, and how much in all; only of one tool where named.

        A tool's narrower ones count as the tool. Raises UserError for a tool there is none of.
        """
        async with self._database.read() as connection:
            if not tool:
                return await questions.unanswered(connection, guild_id, limit=limit, offset=page * limit)
            if self._vocabulary.get(tool) is None:
                raise UserError(
                    "I do not know that tool. Type a few letters and choose one from the list that appears."
                )
            wanted = {tool, *(narrower.slug for narrower in self._vocabulary.narrower(tool))}
            found, _ = await questions.unanswered(connection, guild_id, limit=10_000)
        of_tool = [question for question in found if not wanted.isdisjoint(question.tools)]
        return of_tool[page * limit : (page + 1) * limit], len(of_tool)

    async def to_check(self, guild_id: int, page: int = 0) -> tuple[list[Question], int]:
        """One answer about safety a page that somebody should look at again, the oldest first; how many in all."""
        async with self._database.read() as connection:
            return await questions.to_check(connection, guild_id, day_of(self._clock()), limit=1, offset=page)

    async def count_to_check(self, guild_id: int) -> int:
        """How many answers about safety wait for somebody to look at them again."""
        return (await self.to_check(guild_id))[1]

    async def quiet(self, guild_id: int, question_id: int) -> Question | None:
        """An answered question that is to be put away now; None where it is not. One not quiet for long comes again."""
        now = self._clock()
        async with self._database.write() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state != questions.ANSWERED or question.answer is None:
                return None
            if max(question.last_activity_at, question.answer.at) + QUIET <= now:
                return question
            await promises.put_away(connection, question, now)
            return None

    async def put_away(self, question: Question) -> None:
        """Note that a question's post was put away."""
        async with self._database.write() as connection:
            await questions.note(connection, question.question_id, archived_at=self._clock())

    async def forget(self, connection: AsyncConnection, touched: Collection[tuple[int, int]]) -> None:
        """Let the index and the cards follow where a person was forgotten."""
        for guild_id, number in touched:
            question = await questions.get(connection, guild_id, number)
            if question is not None and question.state != questions.GONE:
                changed = await questions.change(connection, question)
                await moments.stands(connection, changed, self._vocabulary, self._clock())

    async def _current(self, connection: AsyncConnection, guild_id: int, question_id: int) -> Question:
        question = await questions.get(connection, guild_id, question_id)
        if question is None or question.state == questions.GONE:
            raise GoneError("This question is no longer there. **/question unanswered** shows what waits.")
        return question
