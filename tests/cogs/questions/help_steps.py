"""Helpers and organizers in the tests: who offers what, what reached them, and how time goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogs.questions.service import Helping
from db import questions
from db.delivery import Way
from tests.bot.delivery.steps import said, tick
from tests.kit.world import custom_id, seen

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.questions import Asked
    from tests.cogs.questions.steps import Forum

ASKED = "Can you help with this?"
QUIET_AT_NO_TIME = {"quiet_from": None, "quiet_until": None}


async def offer(forum: Forum, who: MemberActor, *tools: str, way: Way = Way.DM, **values: Any) -> None:
    """Somebody becomes a helper for these tools, without quiet hours unless said otherwise."""
    service, guild = forum.world.bot.service(Helping), forum.world.guild.id
    await service.begin(guild, who.id, way, forum.world.general.id)
    await service.choose(guild, who.id, {**QUIET_AT_NO_TIME, "tools": list(tools), "a_week": 2, **values})


async def pass_hours(forum: Forum, hours: int, step: int = 1) -> None:
    """Time goes by in steps of so many hours, and what is due is delivered."""
    for _ in range(0, hours, step):
        await forum.env.advance_time(step * 3600)
        await tick(forum.world)
    await tick(forum.world)


def told(forum: Forum, who: MemberActor) -> list[str]:
    """What the bot wrote to somebody in direct messages."""
    return said(forum.world, who.user.dm_channel.id)


def brought(forum: Forum, who: MemberActor) -> int:
    """How many questions were brought to somebody in direct messages."""
    return sum(ASKED in message for message in told(forum, who))


def on_desk(forum: Forum) -> list[str]:
    """What the bot wrote to the organizers about questions; that it was away, it says beside that."""
    return [words for words in said(forum.world, forum.world.desk.id) if "⏳" in words]


def last_in(forum: Forum, post: Any) -> str:
    """What the bot said last in a post."""
    return said(forum.world, post.id)[-1]


async def rows_of(forum: Forum, post: Any) -> list[Asked]:
    """Who was asked about a post's question."""
    question = await forum.question(post)
    async with forum.world.database.read() as connection:
        return await questions.asked_about(connection, question.question_id)


async def crowd(forum: Forum, many: int) -> list[MemberActor]:
    """More members; the bot learns how many there are now when it comes back."""
    made = [forum.world.guild.add_member(forum.env.create_user(f"member{number}")) for number in range(many)]
    await forum.world.restart()
    return made


async def press_in_dm(who: MemberActor, label: str) -> Any:
    """What somebody sees after pressing a button of the last direct message."""
    message = who.user.dm_channel.last_message
    return seen(await who.user.click(message, custom_id=custom_id(message, label)))


def close_dms(forum: Forum, who: MemberActor) -> None:
    """Somebody takes no direct messages."""
    place = f"/channels/{who.user.dm_channel.id}/messages"
    words_ = "Cannot send messages to this user"
    forum.env.inject_error("POST", place, status=403, code=50007, message=words_, times=None)
