"""The questions forum of the demo: a few questions that were asked and answered before the visitor came.

They are posts written by hand, so that the bot meets them as it would in a server it has just joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from simcord.enums import ChannelType

from cogs.questions.marking import Who
from cogs.questions.service import Answering, Following
from cogs.questions.service.answering import Said
from cogs.questions.service.following import Post
from cogs.setup.tags import all_tags
from db import setup
from db.setup import Part

if TYPE_CHECKING:
    from simcord import Env, GuildHandle, MemberActor

    from bot.client import Benchmate
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from demo.world import World

NAME = "questions"
_MARKED_AFTER = timedelta(minutes=20)
_TOPIC = "Ask anything about your makerspace. Choose the tool as a tag, so that the right people see it."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that stands in the forum: who asked it how many hours ago, and what was said.

    `answer` is the place of the reply that was marked, from 0; None where nothing was.
    """

    who: str
    hours: float
    title: str
    text: str
    tag: str
    replies: tuple[tuple[str, str], ...] = ()
    answer: int | None = None


ASKED = (
    Asked(
        "rosa",
        580.0,
        "Our Glowforge smells of burnt plastic, even with the fan on",
        "It began last week, with the same acrylic as always. The whole reading room notices.",
        "Laser cutter",
        (
            ("nora", "Ours smelled as well. In our case somebody had brought vinyl, so we check each sheet now."),
            (
                "sam",
                (
                    "It is the filter: after 300 hours the charcoal is full, and then it only pushes the air around. "
                    "Change it, vacuum the exhaust hose, and let the fan run ten minutes after each cut. Never cut PVC."
                ),
            ),
        ),
        answer=1,
    ),
    Asked(
        "nora",
        150.0,
        "Which filament is safe for a kids' workshop?",
        "We want to print little animals with 8-year-olds, and the room has one window.",
        "3D printer",
        (
            ("rosa", "We had good results with plain PLA and the door open."),
            ("sam", "PLA, and no resin near children. Print at 200 °C, and air the room between groups."),
        ),
        answer=1,
    ),
    Asked(
        "rosa",
        98.0,
        "Do parents have to sign a waiver for the sewing machines?",
        "Our board wants one form for all tools.",
        "Safety and policy",
        (("nora", "Under 16 yes: our city's lawyer gave us one page for all tools. Ask yours first, states differ."),),
        answer=0,
    ),
    Asked(
        "nora",
        30.0,
        "How often do you clean the laser's lens?",
        "Ours has begun to cut unevenly.",
        "Laser cutter",
        (("sam", "Every 20 hours of cutting, with lens wipes only. Is it worse on one side of the bed?"),),
    ),
)


def plant(env: Env, guild: GuildHandle, category: str, people: dict[str, MemberActor], vocabulary: Vocabulary) -> None:
    """Make the forum with its tags, and the posts in it with what was said. Leaves the clock at the last of it."""
    backend, now = env.backend, datetime.now(UTC)
    parent = next((one.id for one in backend.channels.values() if one.name == category), None)
    forum = backend.create_channel(guild.id, NAME, type=ChannelType.FORUM, parent_id=parent, topic=_TOPIC)
    tags = [
        {"id": str(backend.snowflake()), "name": tag.name, "moderated": tag.moderated, "emoji_name": tag.emoji}
        for tag in all_tags(vocabulary)
    ]
    forum.available_tags = tags
    numbers = {str(tag["name"]): int(str(tag["id"])) for tag in tags}
    for asked in ASKED:
        backend.clock._epoch = now - timedelta(hours=asked.hours)
        owner = people[asked.who].id
        thread = backend.create_thread(forum.id, asked.title, owner, applied_tags=[numbers[asked.tag]], broadcast=False)
        backend.create_message(thread.id, owner, asked.text)
        for place, (who, words) in enumerate(asked.replies, start=1):
            backend.clock._epoch = now - timedelta(hours=asked.hours - 2 * place)
            backend.create_message(thread.id, people[who].id, words)
        forum.last_message_id = thread.id


async def open_forum(env: Env, bot: Benchmate, world: World) -> None:
    """Let the server know its forum, and the bot what stands in it; its cards come with the next deliveries."""
    guild, backend = world.guild, env.backend
    forum = next((one for one in backend.channels.values() if one.name == NAME and one.guild_id == guild.id), None)
    if forum is None:
        return
    if bot.servers.of(guild.id).channels.get(Part.QUESTIONS) is None:
        async with bot.database.write() as connection:
            values = {"questions_id": forum.id, "tags_given": True}
            bot.servers.keep(await setup.change(connection, guild.id, bot.clock(), **values))
    people = {person.key: person for person in world.people}
    threads = [one for one in backend.channels.values() if one.parent_id == forum.id]
    for asked, thread in zip(ASKED, threads, strict=True):
        owner = people[asked.who].actor.id
        said = list(backend.messages[thread.id].values())
        at = [datetime.fromisoformat(str(message.timestamp)) for message in said]
        post = Post(guild.id, forum.id, thread.id, owner, asked.title, (asked.tag,), at[0], asked.text)
        question = await bot.service(Following).found(post)
        for message, moment in zip(said[1:], at[1:], strict=True):
            await bot.service(Following).heard(guild.id, thread.id, message.author_id, moment)
        if question is not None and asked.answer is not None:
            name = people[asked.replies[asked.answer][0]].name
            message = said[1 + asked.answer]
            answer = Said(message.id, message.author_id, name, asked.replies[asked.answer][1])
            answering = Answering(bot.database, _always(at[-1] + _MARKED_AFTER), bot.vocabulary)
            await answering.mark(guild.id, question.question_id, Who(owner), answer)
    await bot.service(Following).looked(guild.id, max(thread.id for thread in threads))


def _always(moment: datetime) -> Clock:
    """A clock that stands still, to let something have been done then."""
    return lambda: moment
