from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from discord.utils import utcnow

from bot.__main__ import main
from bot.deliveries import WHY
from db import delivery as deliveries
from db.delivery import DROPPED, LAPSED, PARKED, SENT, WAITING, Delivery, Promise, Way
from tests.bot.delivery.steps import promise, said, teach
from tests.kit.cli import ROOT, Said, ended, environment, start
from tests.kit.world import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from db.engine import Database
    from tests.kit.world import World

FILE = "data/benchmate.db"
HOUR = timedelta(hours=1)
SERVER, CHANNEL, MEMBER = 4001, 5001, 6001
SUBJECT = "what-it-is-about"


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    """The bot's database where the command line looks for it, open here as the running bot has it open."""
    database = await open_database(tmp_path / FILE)
    yield database
    await database.close()


async def benchmate(folder: Path, *arguments: str, **settings: str) -> Said:
    """`benchmate deliveries ...` in a process of its own."""
    return await ended(await start("deliveries", *arguments, cwd=folder, env=environment(**settings)))


async def put(
    database: Database, due: datetime, way: Way = Way.CHANNEL, target: int = CHANNEL, server: int = SERVER
) -> int:
    async with database.write() as connection:
        return await deliveries.put(
            connection,
            Promise("reminder", server, SUBJECT, due, way, target, moment=due.isoformat(), place_id=None),
            utcnow(),
        )


async def settle(database: Database, number: int, state: str, reason: str = "", *, ago: timedelta = HOUR) -> None:
    """Let the worker have claimed it, and marked it as this."""
    now = utcnow()
    async with database.write() as connection:
        held = await deliveries.claim_one(connection, number, until=now + HOUR, tried_at=now, lease="lease")
        assert held is not None
        if state == SENT:
            await deliveries.mark_sent(connection, number, now - ago)
        elif state == WAITING:
            await deliveries.retry(connection, held, now + HOUR, reason)
        else:
            how = {PARKED: deliveries.park, LAPSED: deliveries.lapse, DROPPED: deliveries.drop}[state]
            await how(connection, held, now - ago, reason)


async def row(database: Database, number: int) -> Delivery:
    async with database.read() as connection:
        found = await deliveries.find(connection, number)
    assert found is not None
    return found


def lines(shown: Said) -> dict[str, str]:
    """The table's rows by their first word, with single spaces between the columns."""
    assert (shown.code, shown.err) == (0, ""), shown
    rows = [re.sub(r" +", " ", line) for line in shown.out.splitlines() if line]
    return {line.split()[0] if not line.startswith("due now") else "due now": line for line in rows}


async def test_it_counts_and_lists_what_is_due_parked_and_lapsed_lately(tmp_path: Path, file: Database) -> None:
    now = utcnow()
    due = await put(file, now - HOUR)
    trying = await put(file, now - 2 * HOUR)
    await settle(file, trying, WAITING, "outage")
    parked = await put(file, now - 3 * HOUR)
    await settle(file, parked, PARKED, "channel-gone")
    lapsed = await put(file, now - 4 * HOUR, Way.DM, MEMBER)
    await settle(file, lapsed, LAPSED, "too-late")
    long_ago = await put(file, now - timedelta(days=30))
    await settle(file, long_ago, LAPSED, "too-late", ago=timedelta(days=29))
    coming = await put(file, now + HOUR)
    sent = await put(file, now - 5 * HOUR)
    await settle(file, sent, SENT)
    shown = lines(await benchmate(tmp_path))
    counts = {"due now": 2, WAITING: 1, SENT: 1, PARKED: 1, LAPSED: 2, DROPPED: 0}
    assert [shown[name] for name in counts] == [f"{name} {number}" for name, number in counts.items()]
    when = f"{now - HOUR:%Y-%m-%d %H:%M}"
    assert shown[str(due)] == f"{due} reminder {SERVER} channel {CHANNEL} {when} due"
    assert "due Discord had trouble of its own; next try 20" in shown[str(trying)]
    assert "parked the channel is no longer there" in shown[str(parked)]
    assert f"member {MEMBER} {now - 4 * HOUR:%Y-%m-%d %H:%M} lapsed it came too late" in shown[str(lapsed)]
    assert not shown.keys() & {str(long_ago), str(coming), str(sent)}


async def test_what_a_message_is_about_and_every_secret_stay_hidden(tmp_path: Path, file: Database) -> None:
    await put(file, utcnow() - HOUR)
    shown = await benchmate(tmp_path, LOG_LEVEL="DEBUG")
    assert "reminder" in shown.out
    for hidden in (SUBJECT, environment()["DISCORD_TOKEN"]):
        assert hidden not in shown.out + shown.err


async def test_a_chore_is_called_a_chore_and_needs_no_server(tmp_path: Path, file: Database) -> None:
    chore = await put(file, utcnow() - HOUR, Way.CHORE, 0, 0)
    assert f"{chore} reminder - chore " in lines(await benchmate(tmp_path))[str(chore)]


async def test_one_state_can_be_asked_for_and_how_many(tmp_path: Path, file: Database) -> None:
    now = utcnow()
    first, second, third = [await put(file, now + hours * HOUR) for hours in (1, 2, 3)]
    assert (await benchmate(tmp_path, "--state", "sent")).out.endswith("None is sent.\n")
    shown = lines(await benchmate(tmp_path, "--state", "waiting", "--limit", "2"))
    assert shown.keys() >= {str(first), str(second)}
    assert str(third) not in shown
    for number in (first, second):
        await settle(file, number, SENT)
    shown = lines(await benchmate(tmp_path, "--state", "sent", "--limit", "1"))
    assert str(second) in shown, "the newest first"
    assert str(first) not in shown


async def test_nothing_to_show_is_said(tmp_path: Path, file: Database) -> None:
    await put(file, utcnow() + HOUR)
    assert (await benchmate(tmp_path)).out.endswith("None is due or parked, and none has lapsed lately.\n")


async def test_what_is_tried_again_goes_out_from_the_running_bot_however_late_it_is(
    tmp_path: Path, world: World
) -> None:
    teach(world, patience=timedelta(minutes=1))
    number = await promise(world, "better late", after=-HOUR)
    await world.bot.delivery.run_due()
    assert (await row(world.database, number)).state == LAPSED
    address = f"sqlite+aiosqlite:///{tmp_path / 'benchmate.db'}"
    again = await benchmate(tmp_path, "retry", str(number), DATABASE_URL=address)
    assert f"{number} is tried again: within a minute" in again.out
    due = (await row(world.database, number)).wake_at  # by the real clock, which the simulated world is behind
    await world.env.advance_time((due - world.bot.clock()).total_seconds())
    await world.bot.delivery.run_due()
    assert (await row(world.database, number)).state == SENT
    assert said(world)[0].startswith("better late")


async def test_what_cannot_be_tried_again_is_told_with_its_reason(tmp_path: Path, file: Database) -> None:
    now = utcnow()
    waiting, sent, note = [await put(file, now - hours * HOUR) for hours in (1, 2)] + [
        await put(file, now - HOUR, Way.NOTE, MEMBER)
    ]
    await settle(file, sent, SENT)
    await settle(file, note, PARKED, "next-time")
    told = await benchmate(tmp_path, "retry", str(waiting), str(sent), str(note))
    assert told.code == 0
    assert f"{waiting} waits already; it is tried at {now - HOUR:%Y-%m-%d %H:%M} UTC." in told.out
    assert f"{sent} was sent already; there is nothing to try." in told.out
    assert f"{note} waits until its member uses Benchmate next" in told.out


async def test_all_that_is_parked_can_be_tried_again_but_not_what_waits_for_its_member(
    tmp_path: Path, file: Database
) -> None:
    now = utcnow()
    assert (await benchmate(tmp_path, "retry", "--parked")).out == "Nothing is parked that could be tried again.\n"
    parked = [await put(file, now - hours * HOUR) for hours in (1, 2)]
    note = await put(file, now - HOUR, Way.NOTE, MEMBER)
    for number in (*parked, note):
        await settle(file, number, PARKED, "no-history")
    assert (await benchmate(tmp_path, "retry", "--parked")).out.startswith("2 deliveries are tried again")
    assert [(await row(file, number)).state for number in (*parked, note)] == [WAITING, WAITING, PARKED]


async def test_what_is_dropped_is_not_sent_and_says_who_let_it_go(tmp_path: Path, file: Database) -> None:
    now = utcnow()
    waiting, parked, sent = [await put(file, now + hours * HOUR) for hours in (1, 2, 3)]
    await settle(file, parked, PARKED, "refused")
    await settle(file, sent, SENT)
    told = await benchmate(tmp_path, "drop", str(waiting), str(parked), str(sent), str(waiting))
    assert told == Said(
        0,
        f"{waiting} is dropped.\n{parked} is dropped.\n{sent} was sent already; there is nothing to drop.\n",
        "",
    )
    assert [(await row(file, number)).state for number in (waiting, parked, sent)] == [DROPPED, DROPPED, SENT]
    assert "dropped somebody let it go" in lines(await benchmate(tmp_path, "--state", "dropped"))[str(waiting)]


@pytest.mark.parametrize("action", ["retry", "drop"])
async def test_a_number_that_is_not_there_is_told_and_the_others_are_done(
    tmp_path: Path, file: Database, action: str
) -> None:
    number = await put(file, utcnow() + HOUR)
    await settle(file, number, PARKED, "refused")
    told = await benchmate(tmp_path, action, "77", str(number))
    told.expect_refusal("There is no delivery 77.")
    assert told.out.startswith(f"{number} is ")
    assert (await row(file, number)).state == (WAITING if action == "retry" else DROPPED)


@pytest.mark.parametrize("words", [("retry",), ("drop",), ("drop", "0"), ("drop", "9" * 30), ("--limit", "x")])
def test_a_command_that_names_no_delivery_is_answered_with_how_to(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as usage:
        main(("deliveries", *words))
    assert usage.value.code == 2
    assert capsys.readouterr().err.startswith("usage: benchmate deliveries")


async def test_without_a_database_it_says_so_and_makes_none(tmp_path: Path) -> None:
    (await benchmate(tmp_path)).expect_refusal("There is no database yet.")
    assert not (tmp_path / FILE).parent.exists()


async def test_a_database_of_an_older_version_is_left_as_it_is(tmp_path: Path, file: Database) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '0003'")
    (await benchmate(tmp_path)).expect_refusal("Bring it up to date; type: benchmate migrate")
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        assert other.execute("SELECT version_num FROM alembic_version").fetchone() == ("0003",)


async def test_only_the_bot_copies_the_log_back_into_the_file(tmp_path: Path, file: Database) -> None:
    number = await put(file, utcnow() + HOUR)
    with closing(sqlite3.connect(tmp_path / FILE)) as bot:
        bot.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        bot.execute("PRAGMA wal_autocheckpoint = 0")
        bot.execute("CREATE TABLE much (page BLOB)")
        bot.executemany("INSERT INTO much VALUES (zeroblob(4000))", [()] * 1500)  # SQLite copies after 1,000 pages
        bot.commit()
        before = (tmp_path / FILE).stat().st_mtime_ns  # to open and close the file here would free the bot's locks
        assert (await benchmate(tmp_path, "drop", str(number))).out == f"{number} is dropped.\n"
        assert (tmp_path / FILE).stat().st_mtime_ns == before
    assert (await row(file, number)).state == DROPPED


def test_every_reason_the_engine_writes_down_has_words() -> None:
    written = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("bot", "db")
        for path in (ROOT / folder / "delivery").glob("*.py")
    )
    ways = (
        r'ParkError\("([\w-]+)"\)',
        r'Verdict\(Action\.(?!SENT)\w+, "([\w-]+)"',
        r'_park\(delivery, "([\w-]+)"\)',
        r'deliveries\.\w+\(connection, delivery, [^"]*"([\w-]+)"\)',
        r'\b\d{5}: "([\w-]+)"',
        r'^(?:CANCELLED|GIVEN_UP|KEEPS_ITS_REASON) = "([\w-]+)"',
    )
    codes = {code for way in ways for code in re.findall(way, written, re.MULTILINE)}
    assert codes >= {"no-place", "outage", "cannot-draw", "too-late", "next-time", "channel-gone", "cancelled"}
    assert codes - WHY.keys() == set()
