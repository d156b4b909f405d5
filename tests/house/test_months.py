"""Three months of a server of twelve with every room in use: neither sad nor loud. The table is printed (`-s`)."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
import simcord

from bot.client import Benchmate
from cogs.resources.service import Starting
from tests.house import checks
from tests.house.building import GRANTED, House, told_of_members
from tests.house.months import Months
from tests.house.plan import plan_for
from tests.house.sorts import SORTS
from tests.kit.settling import settle_fast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.engine import Database
    from tests.house.counting import Account
    from tests.kit.wire import Wire
    from tests.kit.world import Faults, World


@pytest.fixture
async def env(database: Database, wire: Wire, faults: Faults) -> AsyncIterator[simcord.Env]:
    """The bot is told who comes and who leaves."""
    made = simcord.Env(told_of_members(database), check_errors=False, approved_intents=GRANTED)
    settle_fast(made)
    await made.start()
    bot = made.bot
    assert isinstance(bot, Benchmate)
    bot.serve(Starting(database, bot.clock, bot.vocabulary, read=tuple))
    yield made
    await made.shutdown()
    await bot.fetcher.close()


async def test_three_months_with_twelve_members_are_neither_sad_nor_loud(empty_world: World) -> None:
    plan = plan_for(12, 90)
    house = await House(empty_world, Random(plan.seed)).build(plan.members, plan.active)  # noqa: S311 - no secret
    months = Months(house, plan)
    account = await months.live()
    print(account.table())
    checks.every_kind_has_its_sort(months)
    await checks.everything_holds(months, account)
    _the_months_were_worth_living(account)
    assert len(account.unprompted) <= 18 * 12, (
        "eighteen for each in three months: one in five days, most of them wished"
    )
    rings = sum(account.per_person_and_week().values())
    assert rings <= 12 * 13 * 1.0, "nobody's phone rings more than once a week, on average"
    panel = next(one for one in account.messages if one.kind == "desk-panel")
    assert "Nothing waits for you" in panel.says or "**What waits**" in panel.says


def _the_months_were_worth_living(account: Account) -> None:
    """Each room had something to say, and each way to be asked was used."""
    came = {one.kind for one in account.messages}
    rooms = ("question-post", "event-card", "suggestion", "mentor-agenda", "greeting", "reading-reminder")
    asked = {kind for kind, sort in SORTS.items() if sort.value == "asks"}
    assert came >= {*rooms, *asked, "question-desk-list", "event-own-reminder", "question-thanks"}
