"""A small community in the simulated Discord, with the real bot on a real database file, and what people see there."""

from __future__ import annotations

import logging
import re
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import discord
from aiohttp.abc import AbstractResolver
from discord.utils import utcnow

from bot.client import Benchmate
from bot.delivery import Timing
from bot.kit import vocabulary
from bot.kit.fetching import Allowed, Fetcher
from db.engine import Database
from db.migrations import migrate
from tests.kit.compiling import share_compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor

    from tests.kit.wire import Wire

TOOLS = vocabulary.load()


async def open_database(file: Path) -> Database:
    """The real database at `file`, brought up to date: migrated once in this process, and copied from then on."""
    if not file.exists():  # noqa: ASYNC240 - nobody waits for it
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(await _migrated(), file)
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    share_compiled(database)
    await migrate(database)
    return database


_FOLDER = tempfile.TemporaryDirectory(prefix="benchmate-migrated-")


async def _migrated() -> Path:
    file = Path(_FOLDER.name) / "benchmate.db"
    if not file.exists():
        database = await Database.open(f"sqlite+aiosqlite:///{file}")
        await migrate(database)
        await database.close()
    return file


class Nowhere(AbstractResolver):
    """No name leads anywhere, as on a machine without a network."""

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, f"no way to {host}:{port} ({family})")

    async def close(self) -> None:
        """Nothing is held."""


def cut_off() -> Fetcher:
    """What opens web addresses, without a network."""
    return Fetcher(homepage="https://makers.org", allowed=Allowed(lambda _address: False), resolver=Nowhere())


def make_bot(database: Database, fetcher: Fetcher | None = None) -> Benchmate:
    """The real bot, with the simulated world's clock; without a `fetcher` of its own it reaches no web site.

    It need not pace itself: the simulated Discord has no limits.
    """
    timing = Timing(per_channel=500, direct_messages=500)
    return Benchmate(database, clock=utcnow, vocabulary=TOOLS, timing=timing, fetcher=fetcher or cut_off())


class Faults(logging.Handler):
    """Gathers what the bot logs as a fault; a test that expects one takes it, all others fail on it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def take(self) -> list[str]:
        """The faults so far, as text with their cause; they count as expected from here on."""
        taken, self.records = self.records, []
        return [f"{record.getMessage()} {(record.exc_info or ('', '', ''))[1]}" for record in taken]


class World:
    """The community: a server with an owner, an organizer and two members, and its channels."""

    guild: GuildHandle
    owner: MemberActor
    organizer: MemberActor
    member: MemberActor
    other: MemberActor
    general: ChannelHandle
    desk: ChannelHandle

    def __init__(self, env: Env, database: Database, wire: Wire, faults: Faults) -> None:
        self.env = env
        self.database = database
        self.wire = wire
        self.faults = faults

    async def build(self, *, desk: bool = True) -> World:
        """Make the server; `desk` says whether organizers have a channel of their own."""
        env = self.env
        owner = env.create_user("olive")
        self.guild = env.create_guild("NOM Libraries", owner=owner)
        role = self.guild.create_role("Organizer")
        self.owner = self.guild.add_member(owner)
        self.organizer = self.guild.add_member(env.create_user("rosa"), roles=[role])
        self.member = self.guild.add_member(env.create_user("kim"))
        self.other = self.guild.add_member(env.create_user("sam"))
        self.general = self.guild.create_text_channel("general")
        if desk:
            self.desk = self.guild.create_text_channel("organizers-desk")
        await env.settle()
        return self

    @property
    def bot(self) -> Benchmate:
        """The bot that runs now."""
        bot = self.env.bot
        assert isinstance(bot, Benchmate)
        return bot

    async def restart(self) -> None:
        """Stop the bot and start a new one on the same database, as after an upgrade."""
        await self.bot.fetcher.close()
        await self.env.restart_bot(make_bot(self.database))


def components(message: Any) -> Iterator[dict[str, Any]]:
    """All components of a message or a response, nested ones too, in reading order."""
    found = message.components
    raw = [part if isinstance(part, dict) else part.to_dict() for part in found]

    def walk(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for part in parts:
            yield part
            yield from walk(part.get("components", []))
            if "accessory" in part:
                yield from walk([part["accessory"]])

    return walk(raw)


def words(message: Any) -> str:
    """All that a message says: what a person reads, markdown escapes taken out."""
    texts = [
        part["content"] for part in components(message) if part.get("type") == discord.ComponentType.text_display.value
    ]
    return re.sub(r"\\([^\w\s])", r"\1", "\n".join(texts))


def buttons(message: Any) -> list[str]:
    """The labels of a message's buttons, in order."""
    return [
        str(part.get("label")) for part in components(message) if part.get("type") == discord.ComponentType.button.value
    ]


def custom_id(message: Any, label: str, nth: int = 0) -> str:
    """The custom_id of the nth button with this label. Raises AssertionError, with the labels there are."""
    found = [part["custom_id"] for part in components(message) if part.get("label") == label and "custom_id" in part]
    assert len(found) > nth, f"no button {label!r} among {buttons(message)}"
    return str(found[nth])


def select_id(message: Any, part_of_placeholder: str) -> str:
    """The custom_id of the select whose placeholder says this."""
    for part in components(message):
        if part_of_placeholder in str(part.get("placeholder", "")):
            return str(part["custom_id"])
    raise AssertionError(f"no select that says {part_of_placeholder!r}")


def seen(result: InteractionResult) -> Any:
    """What a person sees in answer: the last message of the interaction, whether first answer or follow-up."""
    shown = result.followups[-1] if result.followups else result.response
    assert shown is not None, f"nothing was answered: {result!r}"
    return shown
