"""A server with every room in use, set up with the product's own wizard, and the people who live there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import discord
from simcord.builders import ChannelHandle

from cogs.setup.service import Settling
from db import people
from db.setup import Part
from tests.cogs.questions.steps import Forum
from tests.cogs.setup.steps import Empty, set_up
from tests.kit.world import make_bot

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from simcord import MemberActor

    from bot.client import Benchmate
    from db.engine import Database
    from tests.kit.world import World

ZONES = ("America/New_York", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
GRANTED = discord.Intents(guilds=True, members=True, guild_messages=True)


def told_of_members(database: Database) -> Benchmate:
    """The bot of a caretaker who has switched on the members intent at Discord."""
    bot = make_bot(database)
    bot._connection.application_flags = discord.ApplicationFlags(gateway_guild_members_limited=True)
    return bot


@dataclass(eq=False)
class Person:
    """Somebody with habits, each a share of the times: what they reply to, mark, answer, sign up for."""

    actor: MemberActor
    zone: ZoneInfo
    replies: float = 0.0
    marks: float = 0.0
    answers: float = 0.0
    comes: float = 0.0
    closed: bool = False
    left_at: datetime | None = None
    away: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    helps: str = ""
    a_week: int = 1

    @property
    def id(self) -> int:
        return self.actor.id

    def is_here(self) -> bool:
        return self.left_at is None


class House:
    """The server. `everyone` are those who ever do something; the others are only there."""

    organizer: Person
    desk: int
    announcements: int
    mentoring: int

    def __init__(self, world: World, chance: Random) -> None:
        self.world = world
        self.env, self.chance = world.env, chance
        self.everyone: list[Person] = []
        self.by_id: dict[int, Person] = {}

    @property
    def bot(self) -> Benchmate:
        return self.world.bot

    @property
    def now(self) -> datetime:
        return self.bot.clock()

    async def build(self, members: int, active: int) -> House:
        """Make the server with so many members, of whom so many are ever active."""
        empty = await Empty(self.world).build()
        world = self.world
        world.guild, world.general, world.owner, world.member = empty.guild, empty.general, empty.owner, empty.member
        quiet = members - active
        for number in range(quiet):
            world.guild.add_member(self.env.create_user(f"quiet{number}"))
        await self.env.settle(timeout=120)
        await set_up(empty)
        settings = self.bot.servers.of(world.guild.id)
        mentoring = world.guild.create_text_channel("mentoring")
        await self.env.settle()
        settling = self.bot.service(Settling)
        await settling.channel(world.guild.id, empty.owner.id, Part.MENTORING, mentoring.id)
        self.desk = settings.channels[Part.DESK]
        self.announcements = settings.channels[Part.ANNOUNCEMENTS]
        self.mentoring = mentoring.id
        self.organizer = await self.join(empty.owner)
        for actor in (empty.manager, empty.member):
            await self.join(actor)
        for number in range(active - 3):
            await self.join(world.guild.add_member(self.env.create_user(f"m{number}")))
        await self.env.settle(timeout=60)
        self.forum = Forum.__new__(Forum)
        self.forum.world, self.forum.env = world, self.env
        questions = self.env.backend.get_channel(settings.channels[Part.QUESTIONS])
        self.forum.channel = ChannelHandle(self.env, world.guild, questions)
        return self

    async def join(self, actor: MemberActor) -> Person:
        """Somebody begins to take part; two thirds have said in which zone they live."""
        lot = self.chance
        person = Person(
            actor,
            ZoneInfo("America/New_York"),
            replies=lot.choice((0.0, 0.1, 0.5)),
            marks=lot.choice((0.0, 0.4, 0.8)),
            answers=lot.choice((0.2, 0.6, 0.9)),
            comes=lot.choice((0.0, 0.3, 0.7)),
        )
        if lot.random() < 2 / 3:
            person.zone = ZoneInfo(lot.choice(ZONES))
            async with self.world.database.write() as connection:
                values = {"zone": str(person.zone)}
                await people.change(connection, self.world.guild.id, actor.id, values, self.now)
        self.everyone.append(person)
        self.by_id[actor.id] = person
        return person

    def close_dms(self, person: Person) -> None:
        """Somebody takes no direct messages."""
        person.closed = True
        place = f"/channels/{person.actor.user.dm_channel.id}/messages"
        words = "Cannot send messages to this user"
        self.env.inject_error("POST", place, status=403, code=50007, message=words, times=None)

    def here(self) -> list[Person]:
        return [one for one in self.everyone if one.is_here()]
