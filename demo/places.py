"""Which places (channels, threads, direct messages) a person may see, and where something new waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simcord import ChannelHandle
from simcord.backend.access import can_access_channel, can_access_message
from simcord.enums import ChannelType

if TYPE_CHECKING:
    from simcord import Env, MemberActor, UserHandle
    from simcord.backend.models import Channel, Message

    from demo.world import Person, World

Kind = Literal["text", "forum", "thread", "dm"]

_KINDS: dict[int, Kind] = {
    ChannelType.TEXT: "text",
    ChannelType.NEWS: "text",
    ChannelType.FORUM: "forum",
    ChannelType.PUBLIC_THREAD: "thread",
    ChannelType.PRIVATE_THREAD: "thread",
    ChannelType.DM: "dm",
}
_DIRECT_MESSAGES = "Direct messages"


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the channel list as one person sees it: `group` is the category, `parent` a thread's channel."""

    id: int
    kind: Kind
    name: str
    group: str
    parent: int | None
    unread: bool


class Places:
    """The channel list of each person, and what each has read (in memory: a demo starts afresh)."""

    def __init__(self, env: Env, world: World) -> None:
        self._env = env
        self._world = world
        self._read: dict[tuple[str, int], int] = {}
        for person in world.people:
            for channel in self._visible(person):
                self.mark_read(person, channel.id)

    def seen_by(self, person: Person) -> tuple[Place, ...]:
        """The places `person` may open, in the order Discord shows them; a thread follows its channel."""
        return tuple(self._place(person, channel) for channel in self._visible(person))

    def may_see(self, person: Person, channel_id: int) -> bool:
        """Whether `person` may open this place now; False for a place that does not exist."""
        return any(channel.id == channel_id for channel in self._visible(person))

    def has_news(self, person: Person) -> bool:
        """Whether anything waits unread for `person` anywhere."""
        return any(self._unread(person, channel.id) for channel in self._visible(person))

    def newest(self, person: Person, channel_id: int) -> int | None:
        """The id of the newest message `person` may read there, or None."""
        return max((message.id for message in self._readable(person, channel_id)), default=None)

    def mark_read(self, person: Person, channel_id: int) -> None:
        """`person` looks at this place now."""
        self._read[person.key, channel_id] = self._newest_by_others(person, channel_id)

    def handle(self, channel_id: int) -> ChannelHandle:
        """The simulated Discord's handle of a place."""
        channel = self._env.backend.get_channel(channel_id)
        return ChannelHandle(self._env, self._world.guild if channel.guild_id else None, channel)

    def viewers(self, channel_id: int) -> tuple[MemberActor | UserHandle, ...]:
        """Everyone who may see this place; for direct messages, the one whose they are."""
        direct = self._env.backend.get_channel(channel_id).guild_id is None
        people = [person for person in self._world.people if self.may_see(person, channel_id)]
        return tuple(person.actor.user if direct else person.actor for person in people)

    def _visible(self, person: Person) -> list[Channel]:
        backend, guild_id = self._env.backend, self._world.guild.id
        channels = [backend.channels[channel_id] for channel_id in backend.get_guild(guild_id).channel_ids]
        threads = backend.active_threads(guild_id)
        shown: list[Channel] = []
        for channel in sorted(channels, key=lambda each: (self._category_position(each), each.position)):
            if channel.type in _KINDS and self._accessible(person, channel.id):
                below = [thread for thread in threads if thread.parent_id == channel.id]
                shown += [channel, *(thread for thread in below if self._accessible(person, thread.id))]
        direct = backend.dm_channels.get(person.actor.id)
        if direct is not None and backend.messages.get(direct):
            shown.append(backend.channels[direct])
        return shown

    def _accessible(self, person: Person, channel_id: int) -> bool:
        return can_access_channel(self._env, channel_id, person.actor, history=True)

    def _category_position(self, channel: Channel) -> int:
        category = self._env.backend.channels.get(channel.parent_id) if channel.parent_id else None
        return -1 if category is None else category.position

    def _place(self, person: Person, channel: Channel) -> Place:
        kind = _KINDS[channel.type]
        parent = self._env.backend.channels.get(channel.parent_id) if channel.parent_id else None
        if kind == "dm":
            name, group = self._env.backend.bot_user.name, _DIRECT_MESSAGES
        elif kind == "thread":
            name, group = channel.name or "", ""
        else:
            name, group = channel.name or "", (parent.name or "") if parent else ""
        unread = self._unread(person, channel.id)
        return Place(channel.id, kind, name, group, channel.parent_id if kind == "thread" else None, unread)

    def _unread(self, person: Person, channel_id: int) -> bool:
        return self._newest_by_others(person, channel_id) > self._read.get((person.key, channel_id), 0)

    def _newest_by_others(self, person: Person, channel_id: int) -> int:
        """The id of the newest message that someone else wrote for all to see, or 0."""
        others = (each for each in self._readable(person, channel_id) if each.author_id != person.actor.id)
        return max((message.id for message in others if not message.is_ephemeral), default=0)

    def _readable(self, person: Person, channel_id: int) -> list[Message]:
        messages = self._env.backend.messages.get(channel_id, {}).values()
        return [
            each for each in messages if can_access_message(self._env, channel_id, each, person.actor, history=True)
        ]
