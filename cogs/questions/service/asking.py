"""Asking: from what was typed to a preview, and from the preview to a post."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.questions.limits import LARGEST_PICTURE, LONGEST_DETAILS, LONGEST_TITLE, LONGEST_TRIED, PICTURES
from cogs.questions.service import moments, promises
from cogs.questions.service.alike import MOST_ALIKE, alike
from cogs.questions.service.records import about_safety
from cogs.questions.service.tagging import likely_tools
from cogs.questions.tagging import MOST_TOOLS
from cogs.questions.wording import parts
from db import drafts, questions
from db.questions import Asking as NewQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.delivery import Delivery
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.questions import Picture, Question
    from db.search import Hit

PICTURES_KEPT = timedelta(days=14)
"""As long as a draft."""
_LOOKED_AT = 15
NO_WORDS = "Say in a few words what you would like to know: the title is what people see first. Press **Change it**."


class Asking:
    """Members' questions until they are posted."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    def described(self, answers: Mapping[str, str]) -> dict[str, Any]:
        """What was typed, tidied and with tools there are, for the draft. Nothing is refused here, nothing is lost."""
        chosen = [slug for slug in str(answers.get("tools") or "").split(",") if self._vocabulary.get(slug)]
        title = tidy(answers.get("title", ""))
        details = tidy(answers.get("details", ""), lines=True)
        if len(title) > LONGEST_TITLE:  # more than a form takes, so it came another way
            details = f"{title}\n\n{details}".strip()
        return {
            "title": clip(title, LONGEST_TITLE),
            "details": details[:LONGEST_DETAILS],
            "tried": tidy(answers.get("tried", ""), lines=True)[:LONGEST_TRIED],
            "tools": chosen[:MOST_TOOLS],
        }

    async def suggested(self, guild_id: int, title: str, details: str) -> tuple[str, ...]:
        """The tools that a text is about: those that it names, else the one that is likeliest."""
        async with self._database.read() as connection:
            return await likely_tools(connection, guild_id, self._vocabulary, title, details)

    async def alike(self, guild_id: int, title: str, details: str, tools: Sequence[str] = ()) -> tuple[Hit, ...]:
        """Up to five answered questions and resources that may help.

        What is most alike comes first; of what follows, those about one of the `tools` come before the others.
        """
        if not has_letters(f"{title} {details}"):
            return ()
        async with self._database.read() as connection:
            found = await alike(connection, guild_id, self._vocabulary, title, details, limit=_LOOKED_AT)
        rest = sorted(found[1:], key=lambda hit: set(tools).isdisjoint(hit.record.tools))
        return (*found[:1], *rest)[:MOST_ALIKE]

    async def keep_picture(self, guild_id: int, user_id: int, name: str, content: bytes) -> int:
        """Keep a picture until its question is posted; its number. Raises UserError as `require_picture` does."""
        require_picture(name, len(content))
        now = self._clock()
        async with self._database.write() as connection:
            await questions.purge_pictures(connection, now - PICTURES_KEPT)
            return await questions.keep_picture(connection, guild_id, user_id, clip(name, 100), content, now)

    async def tidy(self) -> int:
        """Throw away pictures whose questions were never posted; return how many."""
        async with self._database.write() as connection:
            return await questions.purge_pictures(connection, self._clock() - PICTURES_KEPT)

    async def post(self, draft: Draft, forum_id: int) -> Question:
        """Promise the post of a draft, which is then no draft any more.

        Raises UserError where the title says nothing, GoneError where it was posted already.
        """
        kept, now = draft.answers, self._clock()
        if not has_letters(kept["title"]):
            raise UserError(NO_WORDS)
        tools = tuple(kept["tools"])
        turned = kept.get("from")
        asking = NewQuestion(
            guild_id=draft.guild_id,
            forum_id=forum_id,
            asker_id=kept.get("asker") or draft.user_id,
            title=kept["title"],
            tools=tools,
            details=kept["details"],
            tried=kept["tried"],
            from_channel_id=turned[0] if turned else None,
            from_message_id=turned[1] if turned else None,
            turned_by=draft.user_id if turned else None,
            safety=about_safety(tools, self._vocabulary),
        )
        async with self._database.write() as connection:
            if not await drafts.remove(connection, draft.draft_id):
                raise GoneError("This has been posted or thrown away already. **/ask** begins another one.")
            question = await questions.add(connection, asking, now)
            if kept.get("picture"):
                await questions.give_picture(
                    connection, kept["picture"], draft.user_id, question.question_id, kept.get("picture_about", "")
                )
            await promises.post(connection, question, now)
        return question

    async def spared(self, draft: Draft) -> int:
        """Count that something that exists already helped, and forget the draft; the count's number.

        Raises GoneError where the draft was posted or thrown away already.
        """
        async with self._database.write() as connection:
            if not await drafts.remove(connection, draft.draft_id):
                raise GoneError("This has been posted or thrown away already. **/ask** begins another one.")
            if draft.answers.get("picture"):
                await questions.drop_pictures(connection, picture_id=draft.answers["picture"])
            return await questions.spare(connection, draft.guild_id, self._clock(), draft.answers["tools"])

    async def spared_by(self, guild_id: int, spared_id: int, room: str, key: str) -> None:
        """Note which of what was shown helped."""
        async with self._database.write() as connection:
            await questions.spared_by(connection, guild_id, spared_id, room, key)

    async def throw_away(self, draft: Draft) -> None:
        """Forget a draft and its picture."""
        async with self._database.write() as connection:
            await drafts.remove(connection, draft.draft_id)
            if draft.answers.get("picture"):
                await questions.drop_pictures(connection, picture_id=draft.answers["picture"])

    async def to_post(self, guild_id: int, question_id: int) -> tuple[Question, Picture | None] | None:
        """A question that is to be posted now, with its picture; None where it is not wanted any more."""
        async with self._database.read() as connection:
            question = await questions.get(connection, guild_id, question_id)
            if question is None or question.state != questions.POSTING:
                return None
            return question, await questions.picture_of(connection, question_id)

    async def placed(self, connection: AsyncConnection, delivery: Delivery) -> None:
        """A question was posted: remember where, and promise what follows."""
        now = self._clock()
        question = await questions.get(connection, delivery.guild_id, promises.number_in(delivery.subject))
        if question is None or question.thread_id is not None:
            return
        question = await questions.change(
            connection,
            question,
            forum_id=delivery.target_id,  # an organizer may have sent it to another one
            thread_id=delivery.channel_id,
            card_id=delivery.message_id,
            state=questions.OPEN,
        )
        await questions.drop_pictures(connection, question_id=question.question_id)
        await promises.rest(connection, question, len(parts(question)), now)
        await promises.link_back(connection, question, now)
        await moments.opened(connection, question, now)


def require_picture(name: str, size: int) -> None:
    """Raise UserError for a file that is no picture, or too large (`size` in bytes)."""
    if not name.lower().endswith(PICTURES):
        raise UserError("I can take pictures (PNG, JPG, GIF or WebP). Other files can follow in the post itself.")
    if size > LARGEST_PICTURE:
        raise UserError("The picture is larger than 8 MB. Please add a smaller one in the post itself.")
