from __future__ import annotations

import io
import json
import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest

from bot import logs
from bot.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
UNKNOWN_TOKEN = "OTg3NjU0MzIxMDk4NzY1NDMy.GzyxwV.zyxwvutsrqponmlkjihgfedcba9876543210zz"
PASSWORD = 'p@ss "wörd"\\n'
HEARTBEAT = "https://hc-ping.example/7f3c-secret?a=1&b=ü"

log = logging.getLogger("tests.bot.test_logs")


@pytest.fixture(autouse=True)
def the_logging_of_others_is_put_back() -> Iterator[None]:
    root = logging.getLogger()
    named = [logging.getLogger(name) for name in ("discord", "aiosqlite", "sqlalchemy", "alembic")]
    handlers, levels = root.handlers, [(logger, logger.level) for logger in (root, *named)]
    yield
    root.handlers = handlers
    for logger, level in levels:
        logger.setLevel(level)


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Logging as the settings set it up; call it for all that was written so far."""
    address = f"postgresql+asyncpg://benchmate:{quote(PASSWORD, safe='')}@db.example/benchmate"
    found = load(None, {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": address, "HEARTBEAT_URL": HEARTBEAT})
    stream = io.StringIO()
    logs.set_up("DEBUG", request.param, found.secrets, stream)

    def so_far() -> str:
        text = stream.getvalue()
        if request.param == "json":  # as whoever reads the lines sees them
            entries = [json.loads(line) for line in text.splitlines()]
            text += "".join(f"{value}\n" for entry in entries for value in entry.values())
        return text

    return so_far


SECRETS = pytest.mark.parametrize(
    "secret", [TOKEN, PASSWORD, HEARTBEAT, UNKNOWN_TOKEN], ids=["token", "db", "hc", "new"]
)
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "repr": repr,
    "json": json.dumps,
    "json of a repr": lambda secret: json.dumps(repr(secret)) if "\\" not in secret else repr(secret),
    "percent": lambda secret: quote(secret, safe=""),
    "percent, slashes kept": quote,
    "percent in small letters": lambda secret: re.sub("%..", lambda code: code[0].lower(), quote(secret, safe="")),
    "form": quote_plus,
}


@SECRETS
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_secret_never_appears_in_a_message(
    written: Callable[[], str], secret: str, form: Callable[[str], str]
) -> None:
    shown = form(secret)
    in_the_message = f"before {shown} after"
    log.info(in_the_message)
    log.info("before %s after", shown)
    text = written()
    assert shown not in text
    assert secret not in text
    assert logs.HIDDEN in text
    assert text.count("before") == text.count("after") >= 2


@SECRETS
def test_a_secret_never_appears_in_the_repr_of_an_argument(written: Callable[[], str], secret: str) -> None:
    log.warning("with %r and %s", {"Authorization": f"Bot {secret}"}, [secret])
    text = written()
    assert secret not in text
    assert repr(secret)[1:-1] not in text
    assert "Authorization" in text


@SECRETS
def test_a_secret_never_appears_in_a_fault_or_its_cause(written: Callable[[], str], secret: str) -> None:
    fault = RuntimeError({"token": secret})
    fault.__cause__ = OSError(5, f"cannot reach {secret}")
    fault.__cause__.add_note(f"tried with {secret}")
    log.error("failed with %s", secret, exc_info=fault, stack_info=True)
    text = written()
    assert secret not in text
    assert repr(secret)[1:-1] not in text
    assert "RuntimeError" in text
    assert "OSError" in text
    assert "the direct cause" in text


@SECRETS
def test_a_log_call_that_is_itself_wrong_shows_no_secret(
    written: Callable[[], str], secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = logging.getLogger().handlers[0]
    ours.handle(log.makeRecord(log.name, logging.INFO, __file__, 1, "%d seconds", (secret,), None))
    text = written() + capsys.readouterr().err
    assert "seconds" in text
    assert secret not in text
    assert repr(secret)[1:-1] not in text


def test_a_password_inside_any_address_is_hidden(written: Callable[[], str]) -> None:
    log.info("connecting to redis://cache:hunter2@10.0.0.1:6379/0 now")
    assert "hunter2" not in written()
    assert "redis://cache:[hidden]@10.0.0.1:6379/0 now" in written()


def test_the_token_of_an_interaction_is_hidden(written: Callable[[], str]) -> None:
    log.info("POST https://discord.com/api/v10/webhooks/123456/aW50ZXJhY3Rpb246MTIzNDU2Nzg5 failed")
    assert "aW50ZXJhY3Rpb246" not in written()
    assert "/webhooks/123456/[hidden] failed" in written()


def test_what_is_no_secret_stays_as_it_is(written: Callable[[], str]) -> None:
    log.info("Sent %s commands to https://discord.com/api/v10/applications/123/commands in 1.5 s", 7)
    assert "Sent 7 commands to https://discord.com/api/v10/applications/123/commands in 1.5 s" in written()
    assert logs.HIDDEN not in written()


def test_json_lines_are_one_object_each_whatever_is_in_them() -> None:
    stream = io.StringIO()
    logs.set_up("INFO", "json", ["\n", '"', "nabc", TOKEN], stream)
    for message in ("plain", 'with "quotes" and \\ and \nabc', f"token {TOKEN}", "\u2028 \x00 🧵 אב"):
        log.info(message)
    log.error("failed", exc_info=ValueError('two\nlines "quoted"'))
    entries = [json.loads(line) for line in stream.getvalue().split("\n") if line]
    assert len(entries) == 5
    assert {"time", "level", "logger", "message"} == set(entries[0])
    assert entries[0]["time"].endswith("+00:00")
    assert (entries[0]["level"], entries[0]["logger"], entries[0]["message"]) == ("INFO", log.name, "plain")
    assert entries[2]["message"] == f"token {logs.HIDDEN}"
    assert "ValueError" in entries[4]["traceback"]


def test_a_record_is_left_as_it_was_for_other_handlers() -> None:
    logs.set_up("INFO", "text", [TOKEN], io.StringIO())
    seen: list[logging.LogRecord] = []
    other = logging.Handler()
    other.emit = seen.append  # type: ignore[method-assign,assignment]
    logging.getLogger().addHandler(other)
    log.info("with %s", TOKEN)
    assert (seen[0].msg, seen[0].args, seen[0].exc_text) == ("with %s", (TOKEN,), None)


def test_below_its_level_nothing_is_written_and_libraries_are_quieter() -> None:
    stream = io.StringIO()
    logs.set_up("DEBUG", "text", [], stream)
    log.debug("ours in detail")
    logging.getLogger("aiosqlite").info("executing")
    logging.getLogger("discord.gateway").debug("received")
    logging.getLogger("discord.gateway").info("shard ready")
    logs.set_up("ERROR", "text", [], stream)
    log.warning("not shown")
    logging.getLogger("discord").warning("not shown")
    lines = stream.getvalue().splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == ["ours in detail", "shard ready"]
