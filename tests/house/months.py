"""By hand: months in a whole house, and the count of what the bot said in them unprompted.

python -m tests.house.months --members 12 --days 90
python -m tests.house.months --members 2500 --days 30 --seed 4
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
import simcord

import demo.parity  # noqa: F401 - more of Discord for the simulated one
from bot.client import Benchmate
from cogs.resources.service import Starting
from db import engine
from tests.house.asking import Forum
from tests.house.building import GRANTED, House, told_of_members
from tests.house.checks import everything_holds
from tests.house.coming import Calendar
from tests.house.counting import Account, all_messages
from tests.house.life import Life
from tests.house.mentoring import Mentoring
from tests.house.plan import plan_for
from tests.house.sharing import Shelves
from tests.kit.copying import copy_fast
from tests.kit.settling import settle_fast
from tests.kit.wire import Wire, connect
from tests.kit.world import Faults, World, open_database

if TYPE_CHECKING:
    from tests.house.plan import Plan


class Months:
    """A house, and the life in it as it was planned."""

    def __init__(self, house: House, plan: Plan) -> None:
        self.house, self.plan = house, plan
        self.life = Life(house)
        self.forum, self.calendar = Forum(house, self.life), Calendar(house, self.life)
        self.shelves, self.mentoring = Shelves(house, self.life), Mentoring(house, self.life)

    async def live(self) -> Account:
        """All of it; the account of what was said."""
        for part in (self.forum, self.calendar, self.shelves, self.mentoring):
            await part.begin(self.plan)
        await self.life.live(self.plan.days)
        messages = await all_messages(self.house, self.life.deeds)
        return Account(messages, self.life.begin, self.plan.days, self.plan.members)


async def by_hand(plan: Plan, folder: Path) -> None:
    """Live it, print it, and check it."""
    database = await open_database(folder / "benchmate.db")
    with pytest.MonkeyPatch.context() as patch:
        connect(Wire(None), patch)
        patch.setattr(engine, "TURN_WAIT_S", 600.0)  # everybody shares one processor here
        env = simcord.Env(told_of_members(database), check_errors=False, approved_intents=GRANTED)
        settle_fast(env)
        await env.start()
        bot = env.bot
        assert isinstance(bot, Benchmate)
        bot.serve(Starting(database, bot.clock, bot.vocabulary, read=tuple))  # its links have months of their own
        with env.time_context():
            world, begun = World(env, database, Wire(None), Faults()), time.process_time()
            house = await House(world, Random(plan.seed)).build(plan.members, plan.active)  # noqa: S311 - no secret
            print(f"built in {time.process_time() - begun:.1f} s")
            months = Months(house, plan)
            account = await months.live()
            print(account.table())
            await everything_holds(months, account)
            print("Everything holds that tests/house/checks.py looks for.")
            print(
                f"{len(months.life.deeds)} deeds, {len(months.life.refused)} refused; "
                f"{months.life.ticks} ticks, {time.process_time() - begun:.1f} s of processor time"
            )
        await env.shutdown()
        await world.bot.fetcher.close()
    await database.close()


def main() -> None:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=12)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--seed", type=int, default=10)
    options = parser.parse_args()
    copy_fast()
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(by_hand(plan_for(options.members, options.days, options.seed), Path(made)))


if __name__ == "__main__":
    main()
