"""What the rooms may ask of the bot they live in, without knowing the bot itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import discord
    from discord import app_commands
    from discord.ext import commands

    from bot.kit.clock import Clock
    from bot.kit.delivery import Kind
    from bot.kit.drafts import Drafts
    from bot.kit.fetching import Fetcher
    from bot.kit.forms import Form
    from bot.kit.privacy import PersonalData
    from bot.kit.servers import Servers
    from bot.kit.upcoming import Next
    from bot.kit.vocabulary import Vocabulary
    from bot.kit.waiting import Waiting
    from db.engine import Database

    PageMaker = Callable[[discord.Interaction, str, int], Awaitable[discord.ui.LayoutView]]
    Thanks = Callable[[int, int], Awaitable[str]]
    Reaction = Callable[[discord.Interaction, str], Awaitable[None]]

T = TypeVar("T")


class Host(Protocol):
    """The bot, as its rooms see it."""

    database: Database
    clock: Clock
    vocabulary: Vocabulary
    public_url: str
    """Where the world finds our web endpoint, without a slash at its end; empty where it does not."""
    drafts: Drafts
    servers: Servers
    """What each server has set up."""
    forms: dict[str, Form]
    """By name: the forms that can be opened, also again from a draft."""
    pages: dict[str, PageMaker]
    """By name: what draws page `n` (from 0) of a list, given the argument its pager carries."""
    reactions: dict[str, Reaction]
    """By name: what a confirmation or an undo does, given the argument its button carries."""
    kinds: dict[str, Kind]
    """By name: the kinds of delivery, and how each is drawn."""
    thanks: dict[str, Thanks]
    """By name: what a member is thanked for in their own profile, given a server and the member; empty for nothing."""
    waiting: dict[str, Waiting]
    """By name: what may wait for the organizers, for their desk."""
    upcoming: dict[str, Next]
    """By name: who is asked what comes next, for the organizers' desk."""
    personal: dict[str, PersonalData]
    """By name: what is kept about people, and how it is listed and deleted."""

    @property
    def fetcher(self) -> Fetcher:
        """What opens web addresses for all rooms, so that a site is asked for one thing at a time, whoever asks."""
        ...

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """The commands; a room adds its message menus to it."""
        ...

    async def add_cog(self, cog: commands.Cog, /) -> None:
        """Take in a room's commands and listeners."""

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Take in a room's buttons and selects."""

    def serve(self, service: object) -> None:
        """Keep a room's service so that its buttons find it."""

    def service(self, kind: type[T]) -> T:
        """The service of that class."""
        ...

    async def answered(self, interaction: discord.Interaction[Any]) -> None:
        """Someone was answered without a fault: show what else waits for them, and tell the rooms (`on_answered`)."""

    def mention(self, command: str) -> str:
        """A command as a link that people can press, such as </resource saved:123>; its plain name where unknown."""
        ...


def host_of(interaction: discord.Interaction[Any]) -> Host:
    """The bot that received this interaction."""
    return cast("Host", interaction.client)
