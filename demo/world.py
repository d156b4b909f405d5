"""The simulated server "NOM Libraries", made from a scene: its people, its channels and what they have said so far.

Nothing here knows the web page. What the bot says is said by the bot itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord
from simcord import MemberActor
from simcord.backend import serializers
from simcord.backend.cdn import CDN_BASE

from bot.kit import vocabulary
from demo import pictures
from demo.forum import plant
from demo.scenes import LIVELY, OWNER, PRIVATE_CATEGORY

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, GuildHandle, RoleHandle, UserHandle

    from demo.scenes import Scene

    _OverwriteTarget = (
        RoleHandle | MemberActor | UserHandle | discord.Role | discord.Member | discord.User | discord.ClientUser
    )

SERVER_NAME = "NOM Libraries"
BOT_NAME = "Benchmate"
_AVATAR = "picture"
_FIRST_MEETING_SECONDS = 30.0


class WorldClock:
    """The clock handed to the bot (aware UTC): real time until the simulated world is there, then the world's own."""

    def __init__(self) -> None:
        self._env: Env | None = None

    def follow(self, env: Env) -> None:
        """From now on tell this world's time."""
        self._env = env

    def __call__(self) -> datetime:
        """The present moment (aware UTC)."""
        return datetime.now(UTC) if self._env is None else self._env.now()


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated member: `key` is short and stable, `part` is what the page says of them, `hint` what to try."""

    key: str
    name: str
    part: str
    color: str
    hint: str
    actor: MemberActor


@dataclass(frozen=True, slots=True)
class World:
    """The server and its people, in the order the page offers them; the first is who the visitor is at the start."""

    guild: GuildHandle
    people: tuple[Person, ...]
    pictures: dict[str, tuple[str, bytes]]
    first_place: str

    def person(self, key: str) -> Person | None:
        """Who has this key, or None."""
        return next((person for person in self.people if person.key == key), None)


def build(env: Env, scene: Scene = LIVELY) -> World:
    """Arrange the server before the bot starts, so that the bot meets it complete, and start its clock at now (UTC).

    The simulated clock cannot be turned back, so its beginning is put before the oldest message first and moved to
    the present last.
    """
    now = datetime.now(UTC)
    clock = env.backend.clock
    clock._epoch = now - timedelta(days=30)
    bot = env.backend.bot_user
    bot.name, bot.avatar = BOT_NAME, _AVATAR
    owner = next(
        env.create_user(key, global_name=name, avatar=_AVATAR) for key, name, part, *_ in scene.people if part == OWNER
    )
    guild = env.create_guild(SERVER_NAME, owner=owner)
    people = _people(env, guild, scene)
    channels = _channels(guild, scene)
    mentions = {name.replace("-", "_"): channel.mention for name, channel in channels.items()}
    actors = {person.key: person.actor for person in people}
    for channel, key, hours, text in scene.said:
        clock._epoch = now - timedelta(hours=hours)
        env.backend.create_message(channels[channel].id, actors[key].id, text.format(**mentions))
    if scene.forum:
        plant(env, guild, scene.forum, actors, vocabulary.load())
    clock._epoch = now
    return World(guild, people, _pictures(env, people), scene.first_place)


async def introduce(env: Env, world: World) -> None:
    """Show the running bot the server as Discord does at a start; what it does then is done when this returns.

    simcord 3.2.1 waits 0 s for the servers that exist before the bot, so discord.py never says that they are there.
    Raises TimeoutError where the bot is not done within a generous time.
    """
    payload = serializers.guild_create_payload(env.backend, env.backend.get_guild(world.guild.id))
    env.backend.emit("GUILD_CREATE", dict(payload))
    await env.settle(timeout=_FIRST_MEETING_SECONDS)


def _people(env: Env, guild: GuildHandle, scene: Scene) -> tuple[Person, ...]:
    roles = {part: guild.create_role(part.capitalize(), color=color) for part, color in scene.roles.items()}
    people = []
    for key, name, part, color, hint in scene.people:
        if part == OWNER:  # a member already, from the server's first moment
            actor = MemberActor(env, guild, guild.owner)
        else:
            user = env.create_user(key, global_name=name, avatar=_AVATAR)
            actor = guild.add_member(user, roles=[roles[part]] if part in roles else [])
        if key in scene.closed:
            place, why = f"/channels/{actor.user.dm_channel.id}/messages", "Cannot send messages to this user"
            env.inject_error("POST", place, status=403, code=50007, message=why, times=None)
        people.append(Person(key, name, part, color, hint, actor))
    return tuple(people)


def _pictures(env: Env, people: tuple[Person, ...]) -> dict[str, tuple[str, bytes]]:
    """Where simcord looks for each picture, its file name and its bytes."""
    drawn = {person.actor.id: pictures.portrait(person.name, person.color) for person in people}
    drawn[env.backend.bot_user.id] = pictures.benchmate()
    return {f"{CDN_BASE}/avatars/{number}/{_AVATAR}.png": (f"{number}.png", png) for number, png in drawn.items()}


def _channels(guild: GuildHandle, scene: Scene) -> dict[str, ChannelHandle]:
    channels: dict[str, ChannelHandle] = {}
    for category_name, topics in scene.categories.items():
        category = guild.create_category(category_name)
        overwrites = _private(guild) if category_name == PRIVATE_CATEGORY else None
        for name, topic in topics.items():
            channels[name] = guild.create_text_channel(
                name, topic=topic or None, category=category, overwrites=overwrites
            )
    return channels


def _private(guild: GuildHandle) -> dict[_OverwriteTarget, discord.PermissionOverwrite]:
    roles = guild.roles
    return {
        guild.default_role: discord.PermissionOverwrite(view_channel=False),
        roles["Organizer"]: discord.PermissionOverwrite(view_channel=True),
        roles[BOT_NAME]: discord.PermissionOverwrite(view_channel=True),
    }
