"""`benchmate check`: what is wrong, in words, and how to put it right, before anybody notices in Discord."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.client.connecting import RefusedError, invitation
from bot.client.visiting import visit
from db import setup
from db.condition import examine, file_of
from db.engine import Database
from db.migrations import HEAD, revision
from db.setup import Settings


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: sentences about what is wrong, and sentences about what is well or worth knowing."""

    problems: list[str]
    notes: list[str]


async def check(env_file: Path = Path(".env"), *, ask_discord: bool = True, server: int | None = None) -> Report:
    """Look at the settings, the database, and with `ask_discord` whether Discord takes the token.

    With a `server` (Discord's number), also at all that `/setup check` looks at there.
    """
    try:
        found = settings.load(env_file)
    except settings.SettingsError as wrong:
        return Report([*wrong.problems, *_database_problems(env_file)], [])
    problems, notes = examine(found.database_url)
    if ask_discord:
        try:
            link = await invitation(found.discord_token)
            notes += ["Discord takes the token.", f"To invite Benchmate to a server, open {link}"]
            if server is not None:
                facts = await visit(found.discord_token, await _set_up(found.database_url, server))
                problems += [f"{fact.words} {fact.todo}" for fact in facts if not fact.well and fact.grave]
                notes += [f"{fact.words} {fact.todo}".strip() for fact in facts if fact.well or not fact.grave]
        except RefusedError as refused:
            problems.append(str(refused))
    return Report(problems, notes)


async def _set_up(database_url: str, server: int) -> Settings:
    """What the server has set up; nothing, where the database is not there yet, or not as this version knows it."""
    file = file_of(database_url)
    if file is None or not file.is_file():
        return Settings(server)
    database = await Database.open(database_url)
    try:
        if await revision(database) != HEAD:
            return Settings(server)
        async with database.read() as connection:
            return await setup.get(connection, server)
    finally:
        await database.close()


def _database_problems(env_file: Path) -> list[str]:
    """The database's problems where other settings are wrong, so that all is told at once."""
    address = settings.database_address(env_file)
    return examine(address)[0] if address is not None else []
