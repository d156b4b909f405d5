"""Helping: members say for which tools they may be asked, how often, when not, and how; leaving is one step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.words import listed
from cogs.questions.service.looking import ASK, SEEK, look
from db import delivery, people, questions
from db.delivery import Way

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.questions import Choice, Offer

USUAL_A_WEEK = 1
USUAL_QUIET = (21 * 60, 8 * 60)
"""From nine in the evening until eight in the morning, in minutes of the day."""
OFTEN = (1, 2, 3, 5, 7)
"""How many questions a week a helper may choose as the most; never more than one a day in any case."""
HOURS = (0, 4, 8, 24, 48, 72)
"""After how many hours of working days without an answer helpers may be asked; 0 for never."""
TO_SETTLE_IN = timedelta(hours=1)
"""Who has just become a helper is asked nothing before that, so that they can choose first."""
A_YEAR = timedelta(days=365)
MOST_THANKS = 3


class Helping:
    """Helpers' own side, and the organizers' one choice about it."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def of(self, guild_id: int, user_id: int) -> Offer | None:
        """What a member offers; None where they are no helper."""
        async with self._database.read() as connection:
            return await questions.offer_of(connection, guild_id, user_id)

    async def begin(self, guild_id: int, user_id: int, way: Way, place_id: int | None) -> Offer:
        """Become a helper, or be reached another way from now on.

        Who is new begins with the tools of their profile that they know well, one question a week at most, and
        nothing at night by the clock of their profile.
        """
        if way not in (Way.DM, Way.PRIVATE):
            raise UserError("Choose a direct message or a private thread, so that a question can reach you.")
        async with self._database.write() as connection:
            known = await questions.offer_of(connection, guild_id, user_id)
            values: dict[str, object] = {"way": way.value, "place_id": place_id if way is Way.PRIVATE else None}
            if known is None:
                profile = await people.of_member(connection, guild_id, user_id)
                tools = [slug for slug, level in profile.tools if level != people.LEARNING] if profile else []
                values |= {"tools": [slug for slug in tools if self._vocabulary.get(slug)]}
                values |= {"a_week": USUAL_A_WEEK, "paused": False, "asked_at": None}
                values |= {"quiet_from": USUAL_QUIET[0], "quiet_until": USUAL_QUIET[1]}
                values |= {"zone": profile.zone if profile else ""}
            made = await questions.offer(connection, guild_id, user_id, self._clock(), values)
            await self._look_again(connection, guild_id, made.tools)
            return made

    async def choose(self, guild_id: int, user_id: int, values: Mapping[str, object]) -> Offer:
        """Change what a helper offers: tools, a_week, quiet_from and quiet_until, zone or paused. Raises GoneError."""
        async with self._database.write() as connection:
            if await questions.offer_of(connection, guild_id, user_id) is None:
                raise GoneError("You are no helper any more, so there is nothing to change. You can become one again.")
            changed = await questions.offer(connection, guild_id, user_id, self._clock(), values)
            if "tools" in values or values.get("paused") is False:
                await self._look_again(connection, guild_id, changed.tools)
            return changed

    async def choose_tools(self, guild_id: int, user_id: int, tools: Collection[str]) -> Offer:
        """Change for which tools a helper may be asked; unknown ones are left out. Raises GoneError."""
        return await self.choose(guild_id, user_id, {"tools": [slug for slug in tools if self._vocabulary.get(slug)]})

    async def _look_again(self, connection: AsyncConnection, guild_id: int, tools: Sequence[str]) -> None:
        """Questions that waited for just such a helper are looked at again, the oldest first."""
        now = self._clock()
        hours = (await questions.choice(connection, guild_id)).ask_after_hours
        if not tools or hours <= 0:
            return
        found, _ = await questions.unanswered(connection, guild_id, limit=200)
        for question in found:
            waited = question.first_reply_at is None and now - question.asked_at >= timedelta(days=2)
            if waited and not set(question.tools).isdisjoint(tools):
                await look(connection, SEEK, question, now + TO_SETTLE_IN, now)

    async def leave(self, guild_id: int, user_id: int) -> bool:
        """Be a helper no longer: nothing that was to be asked of them is; False where they were none."""
        now = self._clock()
        async with self._database.write() as connection:
            waiting = await questions.being_asked(connection, guild_id, user_id)
            for number in waiting:
                subject = f"question:{number}"
                await delivery.cancel(connection, guild_id, ASK, subject, now, target_id=user_id)
                await questions.settle_asked(connection, number, questions.NOT_NOW, now, user_id=user_id)
                question = await questions.get(connection, guild_id, number)
                if question is not None and question.state == questions.OPEN:
                    await look(connection, SEEK, question, now, now)
            return await questions.leave(connection, guild_id, user_id)

    async def thanks(self, guild_id: int, user_id: int) -> str:
        """What somebody is thanked for, in a sentence for themselves alone: whom they helped within a year, with what.

        Empty where there is nothing to say.
        """
        async with self._database.read() as connection:
            helped = await questions.thanks(connection, guild_id, user_id, self._clock() - A_YEAR)
        people_by_tool: dict[str, set[int]] = {}
        for number, (asker_id, tools) in enumerate(helped):
            for slug in tools:
                people_by_tool.setdefault(slug, set()).add(asker_id or -number)
        most = sorted(people_by_tool.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        named = [(tool, len(helped_)) for slug, helped_ in most if (tool := self._vocabulary.get(slug))]
        if not named:
            return ""
        parts = [f"{many} with {tool.label} {tool.emoji}" for tool, many in named[:MOST_THANKS]]
        parts[0] = parts[0].replace(" with", " person with" if named[0][1] == 1 else " people with", 1)
        return f"Thank you: you helped {listed(parts)} this year. 💛"

    async def choice(self, guild_id: int) -> Choice:
        """What the organizers chose."""
        async with self._database.read() as connection:
            return await questions.choice(connection, guild_id)

    async def ask_after(self, guild_id: int, hours: int) -> Choice:
        """Choose after how many hours of working days helpers are asked; one of `HOURS`. Raises UserError."""
        if hours not in HOURS:
            raise UserError("Choose one of the times in the list.")
        async with self._database.write() as connection:
            return await questions.choose(connection, guild_id, self._clock(), ask_after_hours=hours)

    async def count(self, guild_id: int) -> int:
        """How many helpers there are who do not pause."""
        async with self._database.read() as connection:
            return await questions.helper_count(connection, guild_id)
