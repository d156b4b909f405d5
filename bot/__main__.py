"""The command line: `benchmate run`, `demo`, `check`, `migrate` and so on; the same as `python -m bot`."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import logging
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import deliveries, logs, settings
from bot.checking import check
from bot.client.connecting import RefusedError
from bot.exporting import PAGE, README, export
from bot.kit.errors import UserError
from bot.kit.words import listed
from bot.running import run
from db import backup
from db.condition import file_of
from db.engine import Database
from db.faults import StorageFault
from db.migrations import HEAD, NOT_YET, migrate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kit.clock import Clock

log = logging.getLogger(__name__)

ENV_FILE = Path(".env")
CLOCK: Clock = partial(datetime.now, UTC)
MOST_NUMBER = 2**31 - 1


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0 where it went well, 1 where something is wrong and was said."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:  # somebody who does not know yet what there is
        parser.print_help()
        return 0
    try:
        return _COMMANDS[arguments.command](arguments)
    except settings.SettingsError as wrong:
        return _say("Some settings need a change:", wrong.problems)
    except (StorageFault, RefusedError) as fault:
        return _say("Benchmate cannot start:", [str(fault)])
    except KeyboardInterrupt:
        return 0
    except Exception:
        # Through the log, which hides secrets, and not as Python's own traceback.
        log.exception("Benchmate stopped because of a fault of its own; please report this")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmate", description="A Discord bot for library makerspace people.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="run on Discord (needs DISCORD_TOKEN)")
    demo = commands.add_parser("demo", help="try it in your browser: no token, no account")
    demo.add_argument("--port", type=int, default=None, help="the page's port (8765, or a free one)")
    demo.add_argument("--empty", action="store_true", help="begin with an empty server, to set it up")
    checking = commands.add_parser("check", help="say what is wrong and how to fix it")
    checking.add_argument("--offline", action="store_true", help="do not ask Discord whether it takes the token")
    checking.add_argument("--server", type=_server, metavar="ID", help="look at this server too, as /setup check does")
    commands.add_parser("migrate", help="bring the database up to date (run does this by itself)")
    _add_deliveries(commands.add_parser("deliveries", help="show what is due, waits or could not be sent"))
    saving = commands.add_parser("backup", help="copy the whole database to one file, also while Benchmate runs")
    saving.add_argument("file", type=Path, metavar="FILE", help="the new file")
    restoring = commands.add_parser("restore", help="put such a copy in the database's place; stop Benchmate first")
    restoring.add_argument("file", type=Path, metavar="FILE", help="the copy")
    restoring.add_argument("--over", action="store_true", help="also where a database is there; it is put aside")
    _add_export(
        commands.add_parser("export", help="write what an organizer may take away into a folder, in open formats")
    )
    return parser


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the new folder")
    parser.add_argument("--server", type=_server, metavar="ID", help="this server alone")
    parser.add_argument("--over", action="store_true", help="also where a folder is there; it is put aside")


def _add_deliveries(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=deliveries.SHOWN, help="show those alone")
    parser.add_argument("--limit", type=_number, default=20, metavar="N", help="show so many of each (20)")
    actions = parser.add_subparsers(dest="action", metavar="action")
    retry = actions.add_parser("retry", help="try again what was parked or has lapsed")
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument("numbers", type=_number, nargs="*", default=[], metavar="NUMBER", help="as the table shows it")
    which.add_argument("--parked", action="store_true", help="all that is parked")
    drop = actions.add_parser("drop", help="let go what waits or is parked")
    drop.add_argument("numbers", type=_number, nargs="+", metavar="NUMBER", help="as the table shows it")


def _number(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:11]) <= MOST_NUMBER):
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_NUMBER}, please")
    return int(words)


def _server(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:20]) < 1 << 63):
        raise argparse.ArgumentTypeError("the server's number, please; in Discord: Copy Server ID")
    return int(words)


def _settings(*, token: bool) -> settings.Settings:
    found = settings.load(ENV_FILE, token=token)
    logs.set_up(found.log_level, found.log_format, found.secrets)
    return found


def _run(_arguments: argparse.Namespace) -> int:
    asyncio.run(run(_settings(token=True)))
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    try:
        demo = importlib.import_module("demo.app")  # by name: the demo stands above the shell and is optional
    except ModuleNotFoundError as missing:
        return _say("The demo is not installed:", [f"{missing}. Type: pip install 'benchmate[demo]', or: make demo"])
    return int(demo.main(arguments.port, empty=arguments.empty))


def _check(arguments: argparse.Namespace) -> int:
    logs.set_up("ERROR", "text", ())
    report = asyncio.run(check(ENV_FILE, ask_discord=not arguments.offline, server=arguments.server))
    for note in report.notes:
        sys.stdout.write(f"ok   {note}\n")
    if report.problems:
        return _say("This needs a change:", report.problems)
    sys.stdout.write("ok   Everything is ready. Start with: make run\n")
    return 0


def _migrate(_arguments: argparse.Namespace) -> int:
    async def work() -> bool:
        database = await Database.open(_settings(token=False).database_url)
        try:
            return await migrate(database)
        finally:
            await database.close()

    moved = asyncio.run(work())
    sys.stdout.write(f"The database is at revision {HEAD}{'' if moved else ' already'}.\n")
    return 0


def _deliveries(arguments: argparse.Namespace) -> int:
    async def work() -> tuple[list[str], list[str]]:
        async with deliveries.opened(_settings(token=False).database_url) as database:
            match arguments.action:
                case "retry" if arguments.parked:
                    return [await deliveries.retry_parked(database, CLOCK())], []
                case "retry":
                    return await deliveries.retry(database, CLOCK(), arguments.numbers)
                case "drop":
                    return await deliveries.drop(database, CLOCK(), arguments.numbers)
                case _:
                    shown = await deliveries.overview(database, CLOCK(), state=arguments.state, limit=arguments.limit)
                    return [shown], []

    try:
        done, missing = asyncio.run(work())
    except StorageFault as fault:
        return _say("The deliveries cannot be looked at:", [str(fault)])
    sys.stdout.writelines(f"{line}\n" for line in done)
    return _say("Please look at the numbers again:", missing) if missing else 0


def _database_file() -> Path:
    file = file_of(_settings(token=False).database_url)
    if file is None:
        raise StorageFault(NOT_YET, "")
    return file


def _backup(arguments: argparse.Namespace) -> int:
    try:
        size = backup.copy(_database_file(), arguments.file)
    except StorageFault as fault:
        return _say("There is no copy:", [str(fault)])
    sys.stdout.write(f"Copied to {arguments.file} ({size / 1e6:.1f} MB), and looked through: it is whole.\n")
    sys.stdout.write("Keep it where only you can read it: it holds what your members wrote.\n")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    try:
        aside = backup.restore(arguments.file, _database_file(), CLOCK(), over=arguments.over)
    except StorageFault as fault:
        return _say("Nothing was restored:", [str(fault)])
    sys.stdout.write(f"{arguments.file} is in place. Start Benchmate: it goes on where the copy was made.\n")
    if aside is not None:
        sys.stdout.write(f"What was there before is in {aside}.\n")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    url = _settings(token=False).database_url
    try:
        taken, aside = asyncio.run(export(url, arguments.folder, CLOCK(), server=arguments.server, over=arguments.over))
    except (StorageFault, UserError) as fault:
        return _say("Nothing was exported:", [fault.words])
    for one in taken:
        place = arguments.folder / one.folder
        sys.stdout.write(f"{one.name}: {one.files:,} files ({one.size / 1e6:.1f} MB) in {place}\n")
        sys.stdout.write(f"  {listed([*one.holds, 'the words for tools', 'the settings'])}\n")
        sys.stdout.write(f"  {place / PAGE} is a page for any web space; {place / README} says what the rest is.\n")
    sys.stdout.write(
        "No member is named in it, nothing secret is in it. Look through what members wrote before you publish it.\n"
    )
    if aside is not None:
        sys.stdout.write(f"What was there before is in {aside}.\n")
    return 0


def _say(heading: str, problems: Sequence[str]) -> int:
    sys.stderr.write(f"{heading}\n" + "".join(f"  - {problem}\n" for problem in problems))
    return 1


_COMMANDS = {
    "run": _run,
    "demo": _demo,
    "check": _check,
    "migrate": _migrate,
    "deliveries": _deliveries,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
}


if __name__ == "__main__":
    sys.exit(main())
