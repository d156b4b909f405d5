"""Logging, as text or as JSON lines, in which no secret ever appears."""

from __future__ import annotations

import copy
import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "[hidden]"
# Three parts joined by dots, as Discord makes bot tokens; and a password inside any address.
_TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_PASSWORD = re.compile(r"(?<=://)([^\s/@:]*):([^\s/@]+)@")
_INTERACTION_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}")
_PERCENT = re.compile(r"%[0-9A-F]{2}")


class SecretFree(logging.Formatter):
    """Formats like another formatter, which only ever sees the record with every secret taken out of it."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        known = {form for secret in secrets if secret for form in _forms(secret)}
        self._secrets = sorted(known, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one text without secrets, its traceback included."""
        clean = copy.copy(record)
        clean.msg, clean.args = self._hide(_message(record)), None
        if record.exc_info:
            clean.exc_text = self._hide(self.formatException(record.exc_info))
        if record.stack_info:
            clean.stack_info = self._hide(record.stack_info)
        return self._inner.format(clean)

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        text = _TOKEN.sub(HIDDEN, text)
        text = _INTERACTION_TOKEN.sub(rf"\1{HIDDEN}", text)
        return _PASSWORD.sub(rf"\1:{HIDDEN}@", text)


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
            entry["traceback"] = record.exc_text or self.formatException(record.exc_info)
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


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - logging itself would print the arguments as they are, secrets and all
        return f"{record.msg!r} with {record.args!r}"


def _forms(secret: str) -> set[str]:
    """A secret as it may stand in a text: plain, percent-encoded in either case, in a repr, in JSON."""
    encoded = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    lower = {_PERCENT.sub(lambda found: found[0].lower(), form) for form in encoded}
    return {secret, *encoded, *lower, repr(secret)[1:-1], json.dumps(secret)[1:-1]}
