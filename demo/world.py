"""The simulated server "NOM Libraries": its people, its channels and what they have said so far.

Nothing here knows the web page. The people are invented; what the bot says is said by the bot itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord
from simcord import MemberActor
from simcord.backend import serializers
from simcord.backend.cdn import CDN_BASE

from demo import pictures

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, GuildHandle, RoleHandle, UserHandle

    _OverwriteTarget = (
        RoleHandle | MemberActor | UserHandle | discord.Role | discord.Member | discord.User | discord.ClientUser
    )

SERVER_NAME = "NOM Libraries"
BOT_NAME = "Benchmate"
FIRST_PLACE = "resources"
_AVATAR = "picture"
_FIRST_MEETING_SECONDS = 30.0
_OWNER = "owner"

_CATEGORIES = {
    "Welcome": {"start-here": "New to the server? Begin here."},
    "Library makerspaces": {
        "general": "Anything about making in libraries.",
        "resources": "Guides, lesson plans and policies. Type /find to search them.",
        "show-and-tell": "What came off your workbench this week?",
    },
    "Organizers": {"organizers-desk": "Suggestions to look at. Only organizers see this channel."},
}
_PRIVATE_CATEGORY = "Organizers"

_PEOPLE = (
    # (key, name, part, color, what to try first); the visitor begins as the first of them
    ("kim", "Kim Tran", "new member", "#3f6fb5", "type /find laser in #resources."),
    ("rosa", "Rosa Alvarez", "organizer", "#a8552a", "open #organizers-desk and publish what members suggested."),
    ("sam", "Sam Whitfield", "mentor", "#2c7a74", "type /resource suggest in #resources."),
    ("nora", "Nora Lind", _OWNER, "#7a4b9c", "type /find policy in #resources."),
)

_SAID = (
    # (channel, person, hours ago, text)
    ("start-here", "rosa", 46.0, "Welcome to NOM Libraries! Say hello in {general}, and bring your questions."),
    ("start-here", "rosa", 45.9, "Looking for a guide or a policy? Go to {resources} and type `/find`."),
    ("general", "sam", 26.0, "Our laser cutter is open at last, and six staff members are badged."),
    ("general", "rosa", 25.5, "Congratulations! Would you share your checklist for the badge?"),
    ("general", "sam", 25.2, "Happy to. I will suggest it as a resource, so it does not get lost here."),
    ("show-and-tell", "sam", 20.0, "Vinyl-cut labels for our new picture book corner. The kids chose the animals."),
    ("general", "kim", 0.6, "Hello! I just started at a small rural branch. We have one 3D printer and many ideas."),
    ("general", "sam", 0.4, "Welcome, Kim! Ask away, we all started with one printer."),
    ("resources", "rosa", 0.3, "Kim, try typing `/find` here. What helps you, **Save** for later."),
)


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

    def person(self, key: str) -> Person | None:
        """Who has this key, or None."""
        return next((person for person in self.people if person.key == key), None)


def build(env: Env) -> World:
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
        env.create_user(key, global_name=name, avatar=_AVATAR) for key, name, part, *_ in _PEOPLE if part == _OWNER
    )
    guild = env.create_guild(SERVER_NAME, owner=owner)
    people = _people(env, guild)
    channels = _channels(guild)
    mentions = {name.replace("-", "_"): channel.mention for name, channel in channels.items()}
    actors = {person.key: person.actor for person in people}
    for channel, key, hours, text in _SAID:
        clock._epoch = now - timedelta(hours=hours)
        env.backend.create_message(channels[channel].id, actors[key].id, text.format(**mentions))
    clock._epoch = now
    return World(guild, people, _pictures(env, people))


async def introduce(env: Env, world: World) -> None:
    """Show the running bot the server as Discord does at a start; what it does then is done when this returns.

    simcord 3.2.1 waits 0 s for the servers that exist before the bot, so discord.py never says that they are there.
    Raises TimeoutError where the bot is not done within a generous time.
    """
    payload = serializers.guild_create_payload(env.backend, env.backend.get_guild(world.guild.id))
    env.backend.emit("GUILD_CREATE", dict(payload))
    await env.settle(timeout=_FIRST_MEETING_SECONDS)


def _people(env: Env, guild: GuildHandle) -> tuple[Person, ...]:
    roles = {
        "organizer": guild.create_role("Organizer", color=0xE0A03C),
        "mentor": guild.create_role("Mentor", color=0x4FB0A5),
    }
    people = []
    for key, name, part, color, hint in _PEOPLE:
        if part == _OWNER:  # a member already, from the server's first moment
            actor = MemberActor(env, guild, guild.owner)
        else:
            user = env.create_user(key, global_name=name, avatar=_AVATAR)
            actor = guild.add_member(user, roles=[roles[part]] if part in roles else [])
        people.append(Person(key, name, part, color, hint, actor))
    return tuple(people)


def _pictures(env: Env, people: tuple[Person, ...]) -> dict[str, tuple[str, bytes]]:
    """Where simcord looks for each picture, its file name and its bytes."""
    drawn = {person.actor.id: pictures.portrait(person.name, person.color) for person in people}
    drawn[env.backend.bot_user.id] = pictures.benchmate()
    return {f"{CDN_BASE}/avatars/{number}/{_AVATAR}.png": (f"{number}.png", png) for number, png in drawn.items()}


def _channels(guild: GuildHandle) -> dict[str, ChannelHandle]:
    roles = guild.roles
    private: dict[_OverwriteTarget, discord.PermissionOverwrite] = {
        guild.default_role: discord.PermissionOverwrite(view_channel=False),
        roles["Organizer"]: discord.PermissionOverwrite(view_channel=True),
        roles[BOT_NAME]: discord.PermissionOverwrite(view_channel=True),
    }
    channels: dict[str, ChannelHandle] = {}
    for category_name, topics in _CATEGORIES.items():
        category = guild.create_category(category_name)
        overwrites = private if category_name == _PRIVATE_CATEGORY else None
        for name, topic in topics.items():
            channels[name] = guild.create_text_channel(name, topic=topic, category=category, overwrites=overwrites)
    return channels
