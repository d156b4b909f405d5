"""Benchmate itself: the rooms, the boundary around them, and commands sent only when they changed."""

from __future__ import annotations

import hashlib
import importlib
import json
import logging
import pkgutil
from typing import TYPE_CHECKING, Any, TypeVar, cast

import discord
from discord import app_commands
from discord.ext import commands

import cogs
from bot.client import backing_up, housekeeping, leaving, naming
from bot.client.intents import use_content_where_granted, use_members_where_granted
from bot.delivery import Engine, Line, Timing, views
from bot.kit import agreement, boundary, forms
from bot.kit.drafts import Drafts
from bot.kit.fetching import Fetcher, Turns
from bot.kit.forms import OpenAgain
from bot.kit.pages import OpenList, Turn
from bot.kit.permissions import organizers_channel
from bot.kit.privacy import of_the_kit
from bot.kit.reactions import Confirm, Keep, Undo
from bot.kit.servers import Servers
from db.commands import CommandTree, last_synced, note_synced
from db.delivery import Way

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.delivery import Kind
    from bot.kit.forms import Form
    from bot.kit.host import PageMaker, Reaction, Thanks
    from bot.kit.privacy import PersonalData
    from bot.kit.upcoming import Next
    from bot.kit.vocabulary import Vocabulary
    from bot.kit.waiting import Waiting
    from db.engine import Database

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_RATELIMIT_WAIT_S = 60.0
"""Longer waits that Discord asks for are a fault to the caller, not a silent sleep. discord.py's least is 30 s."""
PAUSE_AT_A_HOST_S = 1.0
"""Between two requests to one web site."""
ABOUT_ME = "https://discord.com/oauth2/authorize?client_id={}"
"""Where the administrator of a web site finds out whose bot asks."""


# Otherwise discord.py warns twice at each start that voice is missing, which nobody here wants.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Tree(app_commands.CommandTree["Benchmate"]):
    """The command tree, with the boundary around every command."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Answer a fault in words; discord.py calls it."""
        await boundary.answer_fault(interaction, error)


class Benchmate(commands.Bot):
    """The bot. It needs a migrated database, a clock in UTC and the tool vocabulary; rooms are loaded by name.

    `fetcher` opens web addresses, and is closed with the bot; None for one that reaches the public internet.
    `public_url` is where the world finds our web endpoint, empty where it does not.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        vocabulary: Vocabulary,
        timing: Timing | None = None,
        fetcher: Fetcher | None = None,
        public_url: str = "",
    ) -> None:
        timing = timing or Timing()
        line = Line(timing.edge)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True, guild_messages=True, guild_scheduled_events=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=MAX_RATELIMIT_WAIT_S,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            http_trace=line.trace(),
        )
        self.database = database
        self.clock = clock
        self.vocabulary = vocabulary
        self.public_url = public_url
        self.last_event_at: datetime | None = None
        """When Discord told us of anything last (UTC, by the clock); None before it first did."""
        self.drafts = Drafts(database, clock)
        self.servers = Servers()
        self.forms: dict[str, Form] = {}
        self.pages: dict[str, PageMaker] = {}
        self.reactions: dict[str, Reaction] = {}
        self.kinds: dict[str, Kind] = {}
        self.thanks: dict[str, Thanks] = {}
        self.waiting: dict[str, Waiting] = {}
        self.upcoming: dict[str, Next] = {}
        self.personal: dict[str, PersonalData] = {data.name: data for data in of_the_kit()}
        self.delivery = Engine(self, database, clock=clock, kinds=self.kinds, line=line, desk=self._desk, timing=timing)
        self.delivers_by_itself = False
        """Whether deliveries go out by themselves once it is connected; else whoever runs it calls `run_due`."""
        self._fetcher = fetcher
        self._services: dict[type, object] = {}
        self._command_ids: dict[str, int] = {}

    @property
    def fetcher(self) -> Fetcher:
        """What opens web addresses, one for all rooms. It connects to nothing before it is asked for something."""
        if self._fetcher is None:
            self._fetcher = Fetcher(homepage=ABOUT_ME.format(self.application_id), turns=Turns(PAUSE_AT_A_HOST_S))
        return self._fetcher

    def serve(self, service: object) -> None:
        """Keep a room's service so that its buttons find it."""
        self._services[type(service)] = service

    def service(self, kind: type[T]) -> T:
        """The service of that class. Raises KeyError where its room is not loaded."""
        return cast("T", self._services[kind])

    def mention(self, command: str) -> str:
        """A command as a link that people can press; its plain name where Discord's number for it is not known."""
        number = self._command_ids.get(command.partition(" ")[0])
        return f"</{command}:{number}>" if number else f"**/{command}**"

    async def setup_hook(self) -> None:
        """Load the rooms and send the commands if they changed; discord.py calls it once, before connecting."""
        use_members_where_granted(self)
        use_content_where_granted(self)
        await self.servers.load(self.database)
        self.add_dynamic_items(Turn, OpenList, Confirm, Keep, Undo, OpenAgain, *agreement.ITEMS)
        self.reactions.update(forms.REACTIONS)
        self.add_listener(forms.dispatch, "on_interaction")
        self.add_dynamic_items(*views.ITEMS)
        own_kinds = [*views.kinds_of(self.database, self.delivery.telling, self.kinds)]
        own_kinds += [*housekeeping.kinds_of(self), *leaving.kinds_of(self), *backing_up.kinds_of(self)]
        self.kinds.update({kind.name: kind for kind in own_kinds})
        for room in sorted(module.name for module in pkgutil.iter_modules(cogs.__path__)):
            await importlib.import_module(f"cogs.{room}").setup(self)
        await self._send_commands()
        await housekeeping.begin(self)
        if self.delivers_by_itself:
            await backing_up.begin(self)

    def _desk(self, guild_id: int) -> tuple[Way, int] | None:
        """How the organizers of a server are reached: in their channel, else by a note to its owner."""
        guild = self.get_guild(guild_id)
        if guild is None:
            return None
        channel = organizers_channel(guild, self)
        if channel is not None:
            return Way.CHANNEL, channel.id
        return (Way.NOTE, guild.owner_id) if guild.owner_id else None

    async def answered(self, interaction: discord.Interaction[Any]) -> None:
        """Show what else waits for a member who was just answered, and let the rooms see what they changed."""
        await self.delivery.notes.show(interaction)
        self.dispatch("answered", interaction)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _command: object) -> None:
        """Go on after a command as after a press; discord.py calls it."""
        await self.answered(interaction)

    async def close(self) -> None:
        """Give back what is under way, close what is open to the web, then leave Discord; discord.py calls it."""
        await self.delivery.stop()
        if self._fetcher is not None:
            await self._fetcher.close()
        await super().close()

    async def _send_commands(self) -> None:
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        tree_hash = hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
        application = self.application_id or 0
        async with self.database.read() as connection:
            known = await last_synced(connection, application)
        if known is None or known.tree_hash != tree_hash:
            sent = await self.tree.sync()
            known = CommandTree(tree_hash, {command.name: command.id for command in sent})
            async with self.database.write() as connection:
                await note_synced(connection, application, known, self.clock())
            log.info("Sent %s commands to Discord", len(sent))
        self._command_ids = known.command_ids

    async def on_ready(self) -> None:
        """Say that the bot is there, and begin to deliver. Discord says ready again after a lost session."""
        log.info("Connected as %s, in %s servers", self.user, len(self.guilds))
        if self.delivers_by_itself:
            self.delivery.start()
        await leaving.settle(self, [guild.id for guild in self.guilds])

    async def on_socket_event_type(self, _event_type: str, /) -> None:
        """Remember that Discord told us something; discord.py calls it for whatever comes."""
        self.last_event_at = self.clock()

    async def on_message(self, message: discord.Message, /) -> None:
        """No command is typed as a message: what people write, also to the bot, is looked at by the rooms alone."""

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server took the bot out, or is gone; one that is only unreachable does not come here."""
        await leaving.left(self, guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server took the bot in, perhaps again."""
        await leaving.came_back(self, guild.id)
        await naming.note(self, guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is there; Discord may say so of one that took the bot in again, too."""
        await leaving.came_back(self, guild.id)
        await naming.note(self, guild)

    async def on_guild_update(self, _before: discord.Guild, after: discord.Guild) -> None:
        """A server has another name, or something else of it changed; discord.py calls it."""
        await naming.note(self, after)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """Log a fault in a listener, with its traceback; discord.py calls it."""
        log.error("The listener %s failed", event_method, exc_info=True)  # noqa: LOG014 - inside the fault
