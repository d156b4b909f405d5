"""Asking somebody in public: who is addressed, and whether they may be notified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.people.sight import PUBLIC, says_anything, seen_by
from db import people

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from cogs.people.sight import Viewer
    from db.engine import Database

PAUSE = timedelta(days=7)
"""Nobody is notified of a question more often than this."""
LONGEST_QUESTION = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it goes out. `helper_id` is who is mentioned and notified, None for nobody.

    `name` is whom it is meant for, as everyone here may know them; empty where they do not show it. `lately` is
    whether they would be notified, had they not been in the last `PAUSE`. `before` is when that was.
    """

    text: str
    profile_id: int
    helper_id: int | None = None
    name: str = ""
    lately: bool = False
    before: datetime | None = None


class Asking:
    """Questions to a helper, in the open."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def address(self, viewer: Viewer, profile_id: int, typed: str) -> Question:
        """The question, and whom it addresses: somebody who said that they may be asked, at most once in `PAUSE`.

        Whoever is gone, shows nothing any more or does not want to be asked is not addressed; the question goes out
        all the same.
        Raises UserError where nothing is asked.
        """
        text = clip(tidy(typed, lines=True), LONGEST_QUESTION)
        if not has_letters(text):
            raise UserError("I cannot find a question in that. Please write a sentence or two.")
        now = self._clock()
        async with self._database.write() as connection:
            found = await people.several(connection, viewer.guild_id, [profile_id])
            if not found or found[0].user_id == viewer.user_id or found[0].away:
                return Question(text, profile_id)
            helper = found[0]
            if not says_anything(seen_by(helper, viewer.audiences)):
                return Question(text, profile_id)
            name = seen_by(helper, PUBLIC).name
            if await people.note_asked(connection, profile_id, now, PAUSE):
                return Question(text, profile_id, helper.user_id, name, before=helper.asked_at)
            return Question(text, profile_id, name=name, lately=helper.asks)

    async def take_back(self, question: Question) -> None:
        """It did not go out: its helper has not been asked."""
        if question.helper_id is not None:
            async with self._database.write() as connection:
                await people.take_asked_back(connection, question.profile_id, question.before)
