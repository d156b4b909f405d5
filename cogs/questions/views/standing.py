"""Posts kept in step: the card, the tags, and whether a post is put away. All of it bears being done twice."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import discord

from cogs.questions import tags
from cogs.questions.cards import posts
from cogs.questions.service import Answering, Following, Joining, Keeping
from cogs.questions.service.promises import OPEN_UP, number_in
from cogs.questions.tags import Tag
from cogs.questions.views.marking import buttons_for
from db import questions

if TYPE_CHECKING:
    from discord import ui

    from bot.kit.host import Host
    from db.delivery import Delivery
    from db.questions import Question

log = logging.getLogger(__name__)

_TIMES = 3
_UNKNOWN_CHANNEL = 10003
_TROUBLE_OF_ITS_OWN = 500
"""From this status on Discord may do it at another try; what it refuses once, it refuses again."""


def tags_of(forum: discord.ForumChannel) -> list[Tag]:
    """A forum's tags as they are now."""
    return [Tag(tag.id, tag.name) for tag in forum.available_tags]


async def tag_for_answered(host: Host, forum: discord.ForumChannel) -> int | None:
    """The forum's tag for answered posts, remembered so that it is known when somebody renames it."""
    service = host.service(Keeping)
    known = await service.answered_tag(forum.guild.id)
    found = tags.answered_tag(tags_of(forum), known)
    if found is not None and found != known:
        await service.remember_tag(forum.guild.id, found)
    return found


class Upkeep:
    """Brings posts in step with what is known of their questions."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client = cast("discord.Client", host)

    async def bring(self, delivery: Delivery) -> None:
        """Edit the card and the tags of a post, also of one that was put away; that stays away, unless it is to open.

        Two changes may be brought at once, and the older one may come last: so look again whether it is still so.
        """
        number, service = number_in(delivery.subject), self._host.service(Keeping)
        question = await service.get(delivery.guild_id, number)
        thread = await self._thread(question, delivery) if question else None
        for _ in range(_TIMES):
            if question is None or thread is None:
                return
            await self._bring(thread, question, opening=delivery.moment.startswith(OPEN_UP))
            newest = await service.get(delivery.guild_id, number)
            if newest is None or newest.version == question.version:
                return
            question = newest

    async def _bring(self, thread: discord.Thread, question: Question, *, opening: bool) -> None:
        away = thread.archived and not thread.locked
        try:
            if away:
                thread = await thread.edit(archived=False)
            await self._tag(thread, question)
            await self._rename(thread, question)
            await self._edit(thread, question)
            await self._take_away(thread, question)
            if away and not opening:
                await thread.edit(archived=True)
        except discord.HTTPException as refused:
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                raise
            log.info("The post %s could not be brought in step: %s", thread.id, refused)

    async def put_away(self, delivery: Delivery) -> None:
        """Archive, never lock, an answered post that has been quiet; its answer must still be there."""
        service = self._host.service(Keeping)
        question = await service.quiet(delivery.guild_id, number_in(delivery.subject))
        thread = await self._thread(question, delivery) if question else None
        if question is None or thread is None:
            return
        if await self._answer_is_gone(thread, question):
            return
        try:
            if not thread.archived:
                await thread.edit(archived=True, reason="It is answered, and has been quiet")
        except discord.HTTPException as refused:
            if refused.status >= _TROUBLE_OF_ITS_OWN:
                raise
            log.info("The post %s could not be put away: %s", thread.id, refused)
            return
        await service.put_away(question)

    async def _answer_is_gone(self, thread: discord.Thread, question: Question) -> bool:
        """Whether the message that was the answer was deleted while nobody looked; the question is open again then."""
        answer = question.answer
        if answer is None or answer.message_id is None:
            return False
        try:
            await thread.fetch_message(answer.message_id)
        except discord.NotFound:
            await self._host.service(Following).unsaid(question.guild_id, [answer.message_id])
            return answer.resource_id is None
        except discord.Forbidden:
            return False
        return False

    async def _thread(self, question: Question | None, delivery: Delivery) -> discord.Thread | None:
        """The question's post; None where it is gone, which counts when Discord has said so twice."""
        if question is None or question.thread_id is None:
            return None
        guild = self._client.get_guild(question.guild_id)
        if guild is None:
            return None
        try:
            found = guild.get_thread(question.thread_id) or await guild.fetch_channel(question.thread_id)
        except discord.NotFound as gone:
            if gone.code == _UNKNOWN_CHANNEL and delivery.attempts < 2:  # noqa: PLR2004 - one is no proof
                raise
            await self._host.service(Following).gone(question.guild_id, question.thread_id)
            return None
        except discord.Forbidden:
            return None
        return found if isinstance(found, discord.Thread) else None

    async def _tag(self, thread: discord.Thread, question: Question) -> None:
        forum = thread.parent
        if not isinstance(forum, discord.ForumChannel):
            return
        known = {tag.id: tag for tag in forum.available_tags}
        on_post = [tag.id for tag in thread.applied_tags]
        chosen = tags.wanted(
            tags_of(forum),
            on_post,
            question.tools,
            self._host.vocabulary,
            answered=await tag_for_answered(self._host, forum),
            is_answered=question.state == questions.ANSWERED,
            required=forum.flags.require_tag,
        )
        if set(chosen) == set(on_post):
            return
        try:
            await thread.edit(applied_tags=[known[number] for number in chosen])
        except discord.Forbidden as refused:  # the card is worth editing all the same
            log.info("The post %s could not be tagged: %s", thread.id, refused)

    async def _rename(self, thread: discord.Thread, question: Question) -> None:
        """Take the title from a post whose asker was forgotten. What people posted themselves is theirs at Discord."""
        if question.title != questions.FORGOTTEN or question.by_hand or thread.name == question.title:
            return
        try:
            await thread.edit(name=question.title)
        except discord.Forbidden as refused:
            log.info("The post %s could not be renamed: %s", thread.id, refused)

    async def _take_away(self, thread: discord.Thread, question: Question) -> None:
        """Delete what went on below the card of a question whose text is forgotten."""
        if question.asker_id is not None:
            return
        for number in await self._host.service(Keeping).left_over(question):
            with suppress(discord.NotFound):
                await thread.get_partial_message(number).delete()

    async def _edit(self, thread: discord.Thread, question: Question) -> None:
        if question.card_id is None:
            return
        try:
            message = await thread.fetch_message(question.card_id)
            view = await self.drawn(question, message)
            await message.edit(view=view, attachments=message.attachments)
        except discord.NotFound:
            log.info("The card of the post %s was taken away", thread.id)

    async def drawn(self, question: Question, message: discord.Message) -> ui.LayoutView:
        """A question's card as it should be now; its picture stays."""
        host = self._host
        resource = await host.service(Answering).resource_of(question)
        buttons, now = buttons_for(question), host.clock()
        target = await host.service(Joining).leads_to(question)
        if question.by_hand:
            found = await host.service(Following).card_for(question.guild_id, question.question_id)
            hits = found[1] if found else ()
            return posts.by_hand(question, host.vocabulary, now, buttons, resource=resource, hits=hits, target=target)
        picture = next(((one.filename, one.description or "") for one in message.attachments), None)
        return posts.post(question, host.vocabulary, now, buttons, resource=resource, picture=picture, target=target)
