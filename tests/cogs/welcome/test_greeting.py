from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
import simcord

from bot.client import Benchmate
from db.setup import Part
from tests.bot.delivery.steps import tick
from tests.cogs.setup.steps import Empty, choose, press, set_up
from tests.cogs.welcome.test_panels import panels_in, stand
from tests.kit.settling import settle_fast
from tests.kit.world import World, make_bot, seen, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from simcord import MemberActor

    from db.engine import Database
    from tests.kit.wire import Wire
    from tests.kit.world import Faults

GRANTED = discord.Intents(guilds=True, members=True)


def told_of_members(database: Database) -> Benchmate:
    """The bot of a caretaker who has switched on the members intent at Discord."""
    bot = make_bot(database)
    bot._connection.application_flags = discord.ApplicationFlags(gateway_guild_members_limited=True)
    return bot


@pytest.fixture
async def env(database: Database, wire: Wire, faults: Faults) -> AsyncIterator[simcord.Env]:
    made = simcord.Env(told_of_members(database), check_errors=False, approved_intents=GRANTED)
    settle_fast(made)
    await made.start()
    yield made
    await made.shutdown()
    if isinstance(made.bot, Benchmate):
        await made.bot.fetcher.close()


@pytest.fixture
async def started(empty_world: World) -> Empty:
    """A server that is set up and has its panels; those who were there before are not greeted."""
    empty = await Empty(empty_world).build()
    await set_up(empty)
    await stand(empty)
    return empty


async def join(house: Empty, *names: str, bot: bool = False) -> list[MemberActor]:
    made = [house.guild.add_member(house.env.create_user(name, bot=bot)) for name in names]
    await house.env.settle()
    return made


def greetings(house: Empty) -> list[str]:
    """What was said in the start channel below the panel."""
    return [words(one) for one in panels_in(house, house.shown_channel(Part.START).id)[1:]]


async def test_a_newcomer_is_greeted_in_the_start_channel_and_not_disturbed(started: Empty) -> None:
    (lee,) = await join(started, "lee")
    assert greetings(started) == []
    await tick(started.world, 61)
    (said,) = greetings(started)
    assert f"Welcome, <@{lee.id}>!" in said
    posted = [one for one in started.env.http_requests if "Welcome, <@" in str(one.json)]
    assert [one.json["allowed_mentions"] for one in posted if isinstance(one.json, dict)] == [{"parse": []}]
    assert not [one for one in started.env.http_requests if one.path.endswith("/users/@me/channels")]


async def test_who_comes_back_is_not_greeted_again(started: Empty) -> None:
    (lee,) = await join(started, "lee")
    await tick(started.world, 61)
    started.guild.remove_member(lee)
    started.guild.add_member(lee.user)
    await started.env.settle()
    await tick(started.world, 3600)
    assert len(greetings(started)) == 1


async def test_who_leaves_at_once_is_not_greeted(started: Empty) -> None:
    lee, ann = await join(started, "lee", "ann")
    started.guild.remove_member(lee)
    await started.env.settle()
    await tick(started.world, 61)
    (said,) = greetings(started)
    assert f"<@{ann.id}>" in said
    assert f"<@{lee.id}>" not in said


async def test_many_who_come_at_once_are_greeted_together(started: Empty) -> None:
    await join(started, *(f"member{number}" for number in range(2_500)))
    await tick(started.world, 61)
    (said,) = greetings(started)
    assert said.count("<@") == 8
    assert "and 2,492 others!" in said
    await join(started, "late")
    await tick(started.world, 61)
    assert len(greetings(started)) == 1, "the next greeting is ten minutes later"
    await tick(started.world, 4 * 3600)
    assert len(greetings(started)) == 2


async def test_a_bot_is_not_greeted(started: Empty) -> None:
    await join(started, "robot", bot=True)
    await tick(started.world, 61)
    assert greetings(started) == []


async def test_organizers_can_switch_it_off_and_the_log_says_so(started: Empty) -> None:
    await join(started, "lee")
    shown = seen(await started.owner.slash(started.general, "setup settings"))
    card = await choose(started.owner, shown, "What would you like", "greets")
    assert "**greeted** in <#" in words(card)
    assert "does not tell me" not in words(card)
    settings = await press(started.owner, card, "Do not greet")
    assert "**Newcomers**: not greeted" in words(settings)
    await join(started, "ann")
    await tick(started.world, 61)
    assert greetings(started) == []
    log = words(await press(started.owner, settings, "Who changed what"))
    assert "**Newcomers**: greeted → not greeted" in log


async def test_a_restart_between_joining_and_greeting_loses_nobody(started: Empty) -> None:
    (lee,) = await join(started, "lee")
    await started.world.bot.fetcher.close()
    await started.env.restart_bot(told_of_members(started.world.database))
    await tick(started.world, 61)
    assert f"<@{lee.id}>" in greetings(started)[0]


async def test_the_intent_is_asked_for_where_discord_grants_it(started: Empty) -> None:
    assert started.world.bot.intents.members
    facts = words(seen(await started.owner.slash(started.general, "setup check")))
    assert "It is told who joins (Server Members Intent), so newcomers are greeted." in facts
    assert not started.world.bot.intents.message_content
