"""Logging, as text or as JSON lines, in which no secret ever appears."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "[hidden]"
# Three parts joined by dots, as Discord makes bot tokens; and a password inside any address.
_TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_PASSWORD = re.compile(r"(?<=://)([^\s/@:]*):([^\s/@]+)@")
_INTERACTION_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}")


class SecretFree(logging.Formatter):
    """Formats like another formatter, then takes every secret out of the whole text, traceback included."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        known = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""), repr(secret)[1:-1])}
        self._secrets = sorted(known, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one text without secrets."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        line = _TOKEN.sub(HIDDEN, line)
        line = _INTERACTION_TOKEN.sub(rf"\1{HIDDEN}", line)
        return _PASSWORD.sub(rf"\1:{HIDDEN}@", line)


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def set_up(level: str, form: str, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Send all logging to `stream` (standard error by default) at `level`, as "text" or "json"."""
    text = logging.Formatter("{asctime} {levelname:<7} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{")
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(SecretFree(JsonLines() if form == "json" else text, secrets))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("discord", "aiosqlite", "sqlalchemy", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.getLevelName(level), logging.WARNING))
    logging.getLogger("discord").setLevel(level if level != "DEBUG" else "INFO")
