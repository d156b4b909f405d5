"""Settings from the environment and `.env`: read once, checked all at once, never shown when they are secret."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

DEFAULT_DATABASE = "sqlite+aiosqlite:///data/benchmate.db"
NAMES = (
    "DISCORD_TOKEN",
    "DATABASE_URL",
    "PORT",
    "WEB_HOST",
    "PUBLIC_URL",
    "HEARTBEAT_URL",
    "LOG_LEVEL",
    "LOG_FORMAT",
)
"""The names of all settings."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("text", "json")
_SCHEMES = ("sqlite+aiosqlite", "postgresql+asyncpg")
_HOST = re.compile(r"[\w.:%-]{1,255}")
_LAST_PORT = 65_535
_PORT_DIGITS = 5
_TOKEN_PARTS = 3  # a bot token is three parts joined by dots


class SettingsError(Exception):
    """Some settings are wrong. `problems` has a sentence for each, with its name, what was found and an example."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one process. Secrets stay out of the repr."""

    discord_token: str = field(repr=False)
    """The bot's token; empty where it was not needed."""
    database_url: str = field(repr=False)
    """An SQLAlchemy address; it may hold a password."""
    port: int | None
    """The web endpoint's port, 1 to 65535; None where it is off."""
    web_host: str
    public_url: str
    heartbeat_url: str = field(repr=False)
    log_level: str
    log_format: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed: the token, the database's password, the heartbeat's address."""
        password = urlsplit(self.database_url).password or ""  # as written in the address, percent-encoded
        return tuple(
            secret for secret in (self.discord_token, password, unquote(password), self.heartbeat_url) if secret
        )


def load(env_file: Path | None = None, environ: Mapping[str, str] | None = None, *, token: bool = True) -> Settings:
    """Read the settings: the environment wins over the file. `token` says whether DISCORD_TOKEN is needed.

    Raises SettingsError with every problem at once.
    """
    reader = _Reader(_found(env_file, environ))
    settings = Settings(
        discord_token=reader.token(needed=token),
        database_url=reader.database(),
        port=reader.port(),
        web_host=reader.host("WEB_HOST", "127.0.0.1"),
        public_url=reader.address("PUBLIC_URL", "https://benchmate.example.org").rstrip("/"),
        heartbeat_url=reader.address("HEARTBEAT_URL", "https://hc-ping.com/your-own-code", secret=True),
        log_level=reader.one_of("LOG_LEVEL", LEVELS, "INFO"),
        log_format=reader.one_of("LOG_FORMAT", FORMATS, "text"),
    )
    reader.misspelled(_from_file(env_file))
    if reader.problems:
        raise SettingsError(reader.problems)
    return settings


def database_address(env_file: Path | None = None, environ: Mapping[str, str] | None = None) -> str | None:
    """Where the database is, whatever else is wrong; None where just that cannot be told."""
    try:
        reader = _Reader(_found(env_file, environ))
    except SettingsError:
        return None
    address = reader.database()
    return None if reader.problems else address


def _found(env_file: Path | None, environ: Mapping[str, str] | None) -> dict[str, str]:
    found = {**_from_file(env_file), **(os.environ if environ is None else environ)}
    return {name: value.strip() for name, value in found.items()}


def _from_file(env_file: Path | None) -> dict[str, str]:
    try:
        if env_file is None or not env_file.is_file():
            return {}
        values = dotenv_values(env_file, interpolate=False)
    except UnicodeDecodeError:
        words = f"The file {env_file} is not plain text in UTF-8. Open it in a text editor and save it as UTF-8."
        raise SettingsError([words]) from None  # the cause holds the file's bytes, and with them the token
    except OSError as fault:
        words = f"The file {env_file} cannot be read ({fault.strerror}). Allow the account that runs Benchmate to."
        raise SettingsError([words]) from None
    return {name: value for name, value in values.items() if value is not None}


class _Reader:
    """Reads one setting after the other and gathers what is wrong with them."""

    def __init__(self, found: Mapping[str, str]) -> None:
        self._found = found
        self.problems: list[str] = []

    def get(self, name: str) -> str:
        return self._found.get(name, "")

    def token(self, *, needed: bool) -> str:
        token = self.get("DISCORD_TOKEN").removeprefix("Bot ").strip()
        if not needed:
            return token
        if not token:
            self.problems.append(
                "DISCORD_TOKEN is missing. Copy it from your application's Bot page at "
                "https://discord.com/developers/applications into the file .env, as: DISCORD_TOKEN=your-token"
            )
        elif not _looks_like_a_token(token):
            self.problems.append(
                f"DISCORD_TOKEN does not look like a bot token ({len(token)} characters; not shown here). It is the "
                "one on the Bot page, three parts joined by dots; press Reset Token there to get a new one."
            )
        return token

    def database(self) -> str:
        url = self.get("DATABASE_URL") or DEFAULT_DATABASE
        if not _is_database_address(url):
            scheme, separator, _ = url.partition("://")  # the rest may hold a password
            shown = f"one that starts with {scheme[:30] + separator!r}" if separator else "one without ://"
            self.problems.append(
                f"DATABASE_URL must start with {_SCHEMES[0]}:/// (three slashes) and a file; found {shown}. "
                f"For example: {DEFAULT_DATABASE}"
            )
        return url

    def port(self) -> int | None:
        raw = self.get("PORT")
        if not raw:
            return None
        if not (raw.isascii() and raw.isdigit() and len(raw) <= _PORT_DIGITS and 0 < int(raw) <= _LAST_PORT):
            self.problems.append(f"PORT must be a number from 1 to 65535; found {raw[:30]!r}. For example: PORT=8080")
            return None
        return int(raw)

    def address(self, name: str, example: str, *, secret: bool = False) -> str:
        raw = self.get(name)
        if raw and not _is_web_address(raw):
            shown = "one that is not (not shown here)" if secret else repr(raw[:60])
            self.problems.append(f"{name} must be a web address; found {shown}. For example: {name}={example}")
        return raw

    def host(self, name: str, default: str) -> str:
        raw = self.get(name)
        if raw and not _HOST.fullmatch(raw):
            self.problems.append(
                f"{name} must be an address of this machine; found {raw[:30]!r}. For example: {name}={default}"
            )
        return raw or default

    def misspelled(self, written: Iterable[str]) -> None:
        """Tell names in the settings file that are nearly one of ours; others may belong to another program."""
        for name in written:
            near = get_close_matches(name.upper(), NAMES, n=1, cutoff=0.8)
            if near and name not in NAMES:
                self.problems.append(f"{name[:40]} in the settings file is no setting of mine; did you mean {near[0]}?")

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        raw = self.get(name)
        for value in allowed:
            if raw.casefold() == value.casefold():
                return value
        if raw:
            self.problems.append(
                f"{name} must be one of {', '.join(allowed)}; found {raw[:30]!r}. For example: {name}={default}"
            )
        return default


def _looks_like_a_token(token: str) -> bool:
    parts = token.split(".")
    plain = token.isascii() and token.isprintable() and " " not in token
    return plain and len(parts) == _TOKEN_PARTS and all(parts)


def _is_database_address(url: str) -> bool:
    scheme, _, rest = url.partition("://")
    if scheme == _SCHEMES[0]:  # a second slash would name a machine; a database in memory would be two, and be lost
        return rest.startswith("/") and bool(rest.strip("/")) and not rest.startswith("/:memory:")
    try:
        parts = urlsplit(url)
        return scheme in _SCHEMES and bool(rest.strip("/")) and parts.port != 0
    except ValueError:
        return False


def _is_web_address(raw: str) -> bool:
    try:
        parts = urlsplit(raw)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
