"""By hand: the simulated month, with questions of one's own.

    python -m tests.cogs.questions.month_by_hand FILE

FILE holds JSON lines with title and body; 300 of them are taken, always the same ones.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
import simcord

import demo.parity  # noqa: F401 - more of Discord for the simulated one
from cogs.questions.service.looking import ASK, DESK, DESK_LIST, SOLVED
from db import questions
from tests.cogs.questions import month_checks as checks
from tests.cogs.questions.help_steps import crowd
from tests.cogs.questions.months import Plan, Weeks
from tests.cogs.questions.steps import Forum
from tests.kit.settling import settle_fast
from tests.kit.wire import Wire, connect
from tests.kit.world import Faults, World, make_bot, open_database

MANY, PEOPLE = 300, 60


def texts(file: Path) -> list[tuple[str, str]]:
    """Three hundred of the file's questions, by a hash of their titles."""
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    entries.sort(key=lambda entry: hashlib.sha256(entry["title"].encode()).hexdigest())
    return [(entry["title"], entry["body"]) for entry in entries[:MANY]]


async def month(file: Path, folder: Path) -> None:
    """Live it, and check what it left behind."""
    database = await open_database(folder / "benchmate.db")
    wire = Wire(None)
    with pytest.MonkeyPatch.context() as patch:
        connect(wire, patch)
        env = simcord.Env(make_bot(database), check_errors=False)
        settle_fast(env)
        await env.start()
        with env.time_context():
            forum = await Forum(await World(env, database, wire, Faults()).build()).build()
            weeks = Weeks(
                forum, Plan(people=PEOPLE, helpers=20, days=30, texts=texts(file)), await crowd(forum, PEOPLE - 4)
            )
            await forum.meet()
            await weeks.begin()
            await weeks.live()
            found = await checks.account(weeks)
            checks.nothing_was_sent_twice(found)
            checks.no_helper_was_asked_too_often(found)
            checks.each_was_followed_up(found, timedelta(days=4))
            checks.no_card_shows_a_zero(found)
        await env.shutdown()
    await database.close()
    answered = sum(one.state == questions.ANSWERED for one in found.questions)
    assert len(found.questions) == weeks.asked > 0
    print(f"{len(found.questions)} questions, {len(weeks.left_alone)} without a reply at first, {answered} answered")
    for kind in (ASK, SOLVED, DESK, DESK_LIST):
        print(f"{kind}: {len(found.of(kind))}")
    print("Each was followed up, nobody was asked too often, nothing was sent twice, no card shows a zero.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(month(Path(sys.argv[1]), Path(made)))
