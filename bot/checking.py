"""`benchmate check`: what is wrong, in words, and how to put it right, before anybody notices in Discord."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.client.connecting import RefusedError, invitation
from db.condition import examine


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: sentences about what is wrong, and sentences about what is well or worth knowing."""

    problems: list[str]
    notes: list[str]


async def check(env_file: Path = Path(".env"), *, ask_discord: bool = True) -> Report:
    """Look at the settings, the database, and with `ask_discord` whether Discord takes the token."""
    try:
        found = settings.load(env_file)
    except settings.SettingsError as wrong:
        return Report([*wrong.problems, *_database_problems(env_file)], [])
    problems, notes = examine(found.database_url)
    if ask_discord:
        try:
            link = await invitation(found.discord_token)
            notes += ["Discord takes the token.", f"To invite Benchmate to a server, open {link}"]
        except RefusedError as refused:
            problems.append(str(refused))
    return Report(problems, notes)


def _database_problems(env_file: Path) -> list[str]:
    """The database's problems where other settings are wrong, so that all is told at once."""
    address = settings.database_address(env_file)
    return examine(address)[0] if address is not None else []
