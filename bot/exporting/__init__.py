"""`benchmate export`: all that an organizer could want to take away, a folder for each server, in open formats.

It works on the database alone, needs no Discord, and shows one moment, also while the bot runs. What each room hands
over stands in its `handover`; here it is put together: `folder` (where it goes), `naming`, `readme`, `page` (the web
page).
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import cogs
from bot.deliveries import opened
from bot.exporting.folder import put_in_place, require_free
from bot.exporting.naming import names_for
from bot.exporting.page import page_of
from bot.exporting.readme import readme_of, readme_of_all
from bot.kit import vocabulary
from bot.kit.errors import UserError
from bot.kit.handover import Community, File, Handover, json_file
from bot.kit.spreadsheets import csv_file
from bot.kit.zones import zone_named
from db import guilds, setup

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from bot.exporting.folder import Place
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection

PAGE = "index.html"
README = "README.md"
LEFT_OUT = (
    (
        "profiles; what each one shows, and to whom, is for this server only. Each member takes their own "
        "along with `/privacy export`."
    ),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken away of a server: its name, its folder, how many files, how many bytes, and of what."""

    name: str
    folder: str
    files: int
    size: int
    holds: tuple[str, ...]


async def export(
    url: str, target: Path, now: datetime, *, server: int | None = None, over: bool = False
) -> tuple[list[Taken], Path | None]:
    """Write a folder for each server into `target`, or of one (`server`); and where went what was there before.

    `url` is the database's SQLAlchemy address, `now` UTC. The folder appears when it is whole. Raises UserError where
    it must not be written or there is nothing to take, StorageFault where the database cannot be read; both in words.
    """
    require_free(target, over=over)
    words = vocabulary.load()
    async with opened(url) as database, database.snapshot() as connection:
        chosen = _chosen(await guilds.names(connection), server)
        with put_in_place(target, now) as (place, aside):
            taken = [
                await _write(connection, await _community(connection, number, name, now, words), folder, place)
                for (number, name), folder in zip(chosen.items(), names_for(chosen), strict=True)
            ]
            place.write(README, readme_of_all([(one.name, one.folder) for one in taken], now))
    return taken, aside[0] if aside else None


def _chosen(known: dict[int, str], server: int | None) -> dict[int, str]:
    """The servers to take, each with a name."""
    named = {number: name or f"Server {number}" for number, name in known.items()}
    if not named:
        raise UserError("No server has used Benchmate yet, so there is nothing to take away.")
    if server is None:
        return named
    if server not in named:
        there = "; ".join(f"{number} is {name}" for number, name in named.items())
        raise UserError(f"There is nothing of a server {server}. These are there: {there}.")
    return {server: named[server]}


async def _community(
    connection: AsyncConnection, number: int, name: str, now: datetime, words: Vocabulary
) -> Community:
    settings = await setup.get(connection, number)
    return Community(number, name, zone_named(settings.zone_name), now, words)


def handovers() -> list[Handover]:
    """What the rooms hand over, in the order of their names; a room that has nothing has no such module."""
    names = [f"cogs.{module.name}.handover" for module in pkgutil.iter_modules(cogs.__path__)]
    found = [importlib.import_module(name) for name in sorted(names) if importlib.util.find_spec(name) is not None]
    return [module.HANDOVER for module in found]


async def _write(connection: AsyncConnection, community: Community, name: str, root: Place) -> Taken:
    """Fill a server's folder, one file at a time."""
    place, listed, chapters = root.within(name), [], []
    files = size = 0
    for room in (*handovers(), Handover("Words", _words)):
        kept: list[File] = []
        async for file in room.files(connection, community):
            place.write(file.path, file.content)
            files, size = files + 1, size + len(file.content)
            if file.about:
                kept.append(replace(file, content=b""))
        listed.append((room, kept))
        chapters += await room.chapters(connection, community)
    page = page_of(community, chapters)
    readme = readme_of(community, listed, LEFT_OUT)
    place.write(PAGE, page)
    place.write(README, readme)
    holds = tuple(file.holds for _, kept in listed for file in kept if file.holds)
    return Taken(community.name, name, files + 2, size + len(page) + len(readme), holds)


async def _words(_connection: AsyncConnection, community: Community) -> AsyncIterator[File]:
    """The vocabulary of tools, which the catalogue, questions and mentoring speak."""
    tools = community.vocabulary.tools
    head = ("slug", "label", "broader", "also called", "what belongs here")
    rows = ((tool.slug, tool.label, tool.broader, "; ".join(tool.alternatives), tool.scope) for tool in tools)
    yield File(
        "vocabulary.csv", csv_file(head, rows), "the words for tools; the files above speak of them by their slug"
    )
    yield File("vocabulary.json", json_file([asdict(tool) for tool in tools]), "the same for programs")
