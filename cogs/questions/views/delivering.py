"""The room's deliveries: how each kind is drawn when its time has come, and what its chores do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import discord

from bot.kit.delivery import Kind, Letter
from cogs.questions import tags, wording
from cogs.questions.cards import posts
from cogs.questions.service import Asking, Following, Keeping
from cogs.questions.service.promises import (
    AGE,
    CARD,
    IN_STEP,
    LINK_BACK,
    POST,
    PUT_AWAY,
    REST,
    THANKS,
    number_in,
)
from cogs.questions.views.marking import buttons_for
from cogs.questions.views.standing import Upkeep, tag_for_answered, tags_of
from db import questions

if TYPE_CHECKING:
    from bot.kit.host import Host
    from db.delivery import Delivery
    from db.questions import Question


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The kinds of delivery that this room promises."""
    return (*_posts(host), *_words(host), *_chores(host))


def _posts(host: Host) -> tuple[Kind, ...]:
    client = cast("discord.Client", host)

    async def post(delivery: Delivery) -> Letter | None:
        found = await host.service(Asking).to_post(delivery.guild_id, number_in(delivery.subject))
        if found is None:
            return None
        question, picture = found
        forum = client.get_channel(delivery.target_id)
        chosen: tuple[int, ...] = ()
        if isinstance(forum, discord.ForumChannel):
            await tag_for_answered(host, forum)
            chosen = tags.wanted(
                tags_of(forum),
                (),
                question.tools,
                host.vocabulary,
                answered=None,
                is_answered=False,
                required=forum.flags.require_tag,
            )
        shown = (picture.name, picture.about) if picture else None
        view = posts.post(question, host.vocabulary, host.clock(), buttons_for(question), picture=shown)
        return Letter(
            view,
            members=(question.asker_id,) if question.asker_id else (),
            title=question.title,
            tags=chosen,
            files=((picture.name, picture.content),) if picture else (),
        )

    async def card(delivery: Delivery) -> Letter | None:
        found = await host.service(Following).card_for(delivery.guild_id, number_in(delivery.subject))
        if found is None or found[0].card_id is not None:
            return None
        question, hits = found
        buttons = buttons_for(question)
        return Letter(posts.by_hand(question, host.vocabulary, host.clock(), buttons, hits=hits))

    placed, carded = host.service(Asking).placed, host.service(Following).carded
    return (
        Kind(POST, "question", "questions", render=post, stands=True, placed=placed, says_late=False),
        Kind(
            CARD, "card on a question", "cards on questions", render=card, stands=True, placed=carded, says_late=False
        ),
    )


def _words(host: Host) -> tuple[Kind, ...]:
    async def current(delivery: Delivery) -> Question | None:
        return await host.service(Keeping).get(delivery.guild_id, number_in(delivery.subject))

    async def rest(delivery: Delivery) -> Letter | None:
        question = await current(delivery)
        texts = wording.parts(question) if question else []
        part = int(delivery.moment) if delivery.moment.isdigit() else 0
        return Letter(posts.rest(texts[part])) if 0 < part < len(texts) else None

    async def thanks(delivery: Delivery) -> Letter | None:
        question = await current(delivery)
        if question is None or question.state != questions.ANSWERED or question.answer is None:
            return None
        if delivery.moment != f"answer-{question.answer.message_id}":
            return None
        view = posts.thanks(question)
        return None if view is None else Letter(view)

    async def link_back(delivery: Delivery) -> Letter | None:
        question = await current(delivery)
        return Letter(posts.link_back(question)) if question and question.thread_id else None

    return (
        Kind(REST, "part of a question", "parts of questions", render=rest, says_late=False),
        Kind(THANKS, "word of thanks", "words of thanks", render=thanks, says_late=False),
        Kind(LINK_BACK, "link to a question", "links to questions", render=link_back, says_late=False),
    )


def _chores(host: Host) -> tuple[Kind, ...]:
    upkeep = Upkeep(host)
    return (
        Kind(IN_STEP, "look at a question's card", "looks at questions' cards", work=upkeep.bring),
        Kind(AGE, "look at an answer's age", "looks at answers' age", work=upkeep.bring),
        Kind(PUT_AWAY, "quiet question", "quiet questions", work=upkeep.put_away),
    )
