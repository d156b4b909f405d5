from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings, SettingsError, database_address, load

EXAMPLE = Path(__file__).parents[2] / "config.example.env"
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
PASSWORD = "tr0ub4dor"
HEARTBEAT = "https://hc-ping.example/7f3c-secret-code"


def told(env_file: Path | None = None, *, token: bool = True, **environ: str) -> list[str]:
    """What loading these settings complains of."""
    with pytest.raises(SettingsError) as refused:
        load(env_file, environ, token=token)
    return refused.value.problems


def env_file(folder: Path, text: str) -> Path:
    file = folder / ".env"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_file_needs_nothing_but_a_token() -> None:
    (problem,) = told(EXAMPLE)
    assert problem.startswith("DISCORD_TOKEN is missing")


def test_the_example_file_with_a_token_gives_the_defaults() -> None:
    from_example = load(EXAMPLE, {"DISCORD_TOKEN": TOKEN})
    assert asdict(from_example) == asdict(load(None, {"DISCORD_TOKEN": TOKEN}))
    assert from_example.database_url == settings.DEFAULT_DATABASE
    assert (from_example.port, from_example.web_host, from_example.log_level) == (None, "127.0.0.1", "INFO")


def test_the_example_file_names_every_setting_with_a_note_above_it() -> None:
    read = [
        "DISCORD_TOKEN",
        "DATABASE_URL",
        "LOG_LEVEL",
        "LOG_FORMAT",
        "PORT",
        "WEB_HOST",
        "PUBLIC_URL",
        "HEARTBEAT_URL",
    ]
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    named = {line.partition("=")[0]: place for place, line in enumerate(lines) if line and not line.startswith("#")}
    assert sorted(named) == sorted(read)
    assert sorted(name.lower() for name in named) == sorted(Settings.__dataclass_fields__)
    assert all(lines[place - 1].startswith("# ") for place in named.values())


def test_settings_wrong_in_five_places_are_told_all_at_once() -> None:
    problems = told(
        DISCORD_TOKEN="just-one-part",
        DATABASE_URL="mysql://db/benchmate",
        PORT="80a",
        LOG_LEVEL="LOUD",
        PUBLIC_URL="benchmate.example.org",
    )
    found = {
        "DISCORD_TOKEN": "13 characters",
        "DATABASE_URL": "'mysql://'",
        "PORT": "'80a'",
        "LOG_LEVEL": "'LOUD'",
        "PUBLIC_URL": "'benchmate.example.org'",
    }
    examples = {
        "DISCORD_TOKEN": "three parts joined by dots",
        "DATABASE_URL": settings.DEFAULT_DATABASE,
        "PORT": "PORT=8080",
        "LOG_LEVEL": "LOG_LEVEL=INFO",
        "PUBLIC_URL": "PUBLIC_URL=https://benchmate.example.org",
    }
    assert {problem.split()[0] for problem in problems} == set(found)
    assert len(problems) == 5
    for problem in problems:
        name = problem.split()[0]
        assert found[name] in problem
        assert examples[name] in problem


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = env_file(tmp_path, "LOG_LEVEL=ERROR\nPORT=8080\n")
    loaded = load(file, {"LOG_LEVEL": "DEBUG"}, token=False)
    assert (loaded.log_level, loaded.port) == ("DEBUG", 8080)


def test_the_process_environment_is_read_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_HOST", "192.0.2.7")
    assert load(None, token=False).web_host == "192.0.2.7"


def test_quotes_comments_and_blanks_in_the_file_are_understood(tmp_path: Path) -> None:
    file = env_file(
        tmp_path,
        f"""# a note
export DISCORD_TOKEN="{TOKEN}"   # from the Bot page

LOG_LEVEL='debug'
WEB_HOST=  0.0.0.0
LOG_FORMAT=json # for the log service
""",
    )
    loaded = load(file, {})
    assert (loaded.discord_token, loaded.web_host) == (TOKEN, "0.0.0.0")  # noqa: S104
    assert (loaded.log_level, loaded.log_format) == ("DEBUG", "json")


def test_a_file_saved_by_windows_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"DISCORD_TOKEN={TOKEN}\r\nPORT=8080\r\n", encoding="utf-8-sig")
    loaded = load(file, {})
    assert (loaded.discord_token, loaded.port) == (TOKEN, 8080)


def test_a_file_in_another_encoding_is_told_without_showing_what_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"DISCORD_TOKEN={TOKEN}\n", encoding="utf-16")
    with pytest.raises(SettingsError, match="save it as UTF-8") as refused:
        load(file, {})
    assert refused.value.__suppress_context__
    assert TOKEN not in str(refused.value)


def test_no_file_at_all_is_no_problem(tmp_path: Path) -> None:
    assert load(tmp_path / "not there", {}, token=False).log_level == "INFO"


@pytest.mark.parametrize(
    "port", ["0", "70000", "65536", "80a", "٣", "-1", "8080.0", "0080800000", "1" * 5000, "²", "80 80"]
)
def test_an_odd_port_is_refused_with_what_was_found(port: str) -> None:
    (problem,) = told(token=False, PORT=port)
    assert problem.startswith("PORT must be a number from 1 to 65535")
    assert repr(port[:30]) in problem
    assert len(problem) < 200


@pytest.mark.parametrize(("port", "meant"), [("", None), ("  ", None), ("1", 1), (" 8080 ", 8080), ("65535", 65535)])
def test_a_port_in_bounds_is_taken_and_none_means_off(port: str, meant: int | None) -> None:
    assert load(None, {"PORT": port}, token=False).port == meant


@pytest.mark.parametrize("level", ["debug", "Debug", "DEBUG", " dEbUg "])
def test_the_letter_case_of_the_log_level_does_not_matter(level: str) -> None:
    assert load(None, {"LOG_LEVEL": level}, token=False).log_level == "DEBUG"


def test_a_token_copied_with_its_authorization_word_is_taken_without_it() -> None:
    assert load(None, {"DISCORD_TOKEN": f" Bot {TOKEN} "}).discord_token == TOKEN


@pytest.mark.parametrize("token", ["your-token", "a.b", "a.b.c.d", "..", "a. b.c", "a.b\n.c", "a.b.ü", "a.\x00.c"])
def test_what_is_not_a_token_is_refused_without_showing_it(token: str) -> None:
    (problem,) = told(DISCORD_TOKEN=token)
    assert "does not look like a bot token" in problem
    assert f"({len(token)} characters; not shown here)" in problem


def test_without_the_need_for_a_token_none_is_asked_for() -> None:
    assert load(None, {}, token=False).discord_token == ""


@pytest.mark.parametrize(
    "address",
    [
        "sqlite+aiosqlite://data/benchmate.db",  # two slashes
        "sqlite+aiosqlite:///",
        "sqlite+aiosqlite:///:memory:",
        "sqlite:///data/benchmate.db",
        "data/benchmate.db",
        f"postgresql://u:{PASSWORD}@host/db",
        f"postgresql+asyncpg://u:{PASSWORD}@host:port/db",
        f"postgresql+asyncpg://u:{PASSWORD}@[host/db",
        f"u:{PASSWORD}@host/db",
    ],
)
def test_a_database_address_that_cannot_be_used_is_refused_without_its_password(address: str) -> None:
    (problem,) = told(token=False, DATABASE_URL=address)
    assert problem.startswith("DATABASE_URL must start with sqlite+aiosqlite:///")
    assert settings.DEFAULT_DATABASE in problem
    assert PASSWORD not in problem


@pytest.mark.parametrize("name", ["PUBLIC_URL", "HEARTBEAT_URL"])
@pytest.mark.parametrize(
    "address", ["hc-ping.example", "ftp://hc-ping.example", "https://", "http://[x", "http://x:99999"]
)
def test_what_is_no_web_address_is_refused(name: str, address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(None, {name: address}, token=False)
    (problem,) = refused.value.problems
    assert problem.startswith(f"{name} must be a web address")
    assert (repr(address) in problem) == (name == "PUBLIC_URL")


def test_secrets_are_never_in_a_repr_or_in_a_problem() -> None:
    environ = {
        "DISCORD_TOKEN": TOKEN,
        "DATABASE_URL": f"postgresql+asyncpg://benchmate:{PASSWORD}@host/db",
        "HEARTBEAT_URL": HEARTBEAT,
    }
    loaded = load(None, environ)
    shown = repr(loaded) + "".join(
        told(
            DISCORD_TOKEN=TOKEN + ".more",
            DATABASE_URL=environ["DATABASE_URL"].replace("postgresql", "mysql"),
            HEARTBEAT_URL=HEARTBEAT.removeprefix("https://"),
        )
    )
    assert [secret for secret in (TOKEN, PASSWORD, "7f3c-secret-code") if secret in shown] == []
    assert set(loaded.secrets) == {TOKEN, PASSWORD, HEARTBEAT}


def test_a_password_is_a_secret_in_both_of_its_forms() -> None:
    loaded = load(None, {"DATABASE_URL": "postgresql+asyncpg://u:p%40ss%2Fword@host/db"}, token=False)
    assert set(loaded.secrets) == {"p%40ss%2Fword", "p@ss/word"}


def test_a_public_address_loses_its_last_slash() -> None:
    assert load(None, {"PUBLIC_URL": "https://b.example.org/"}, token=False).public_url == "https://b.example.org"


def test_where_the_database_is_can_be_told_whatever_else_is_wrong(tmp_path: Path) -> None:
    assert database_address(None, {"PORT": "80a"}) == settings.DEFAULT_DATABASE
    assert database_address(None, {"DATABASE_URL": "mysql://x/y"}) is None
    broken = tmp_path / ".env"
    broken.write_text("PORT=1", encoding="utf-16")
    assert database_address(broken, {}) is None


def test_a_misspelled_name_in_the_file_is_told_and_another_programs_is_not(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DISCORD_TOKN=x\nLOGLEVEL=INFO\nEDITOR=nano\n", encoding="utf-8")
    with pytest.raises(SettingsError) as wrong:
        load(file, {}, token=False)
    assert [problem.split("; ")[1] for problem in wrong.value.problems] == [
        "did you mean DISCORD_TOKEN?",
        "did you mean LOG_LEVEL?",
    ]


def test_a_host_that_is_none_is_told() -> None:
    with pytest.raises(SettingsError, match=r"WEB_HOST must be an address.*'not a host'"):
        load(None, {"WEB_HOST": "not a host"}, token=False)
    assert load(None, {"WEB_HOST": "::1"}, token=False).web_host == "::1"
