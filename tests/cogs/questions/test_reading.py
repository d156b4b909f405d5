"""What the bot makes of posts with the content of messages, which a caretaker may grant, and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
import simcord

from bot.client import Benchmate
from tests.bot.delivery.steps import tick
from tests.cogs.questions.steps import choose, press
from tests.cogs.resources.steps import find
from tests.kit.settling import settle_fast
from tests.kit.world import components, custom_id, make_bot, seen, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.engine import Database
    from tests.cogs.questions.steps import Forum
    from tests.kit.wire import Wire
    from tests.kit.world import Faults

GRANTED = discord.Intents(guilds=True, guild_messages=True, message_content=True)
PLAIN = discord.Intents(guilds=True, guild_messages=True)
HINT = "Clean the lens with a lens wipe."


@pytest.fixture(params=["granted", "not granted"])
def granted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "granted")


@pytest.fixture
async def env(database: Database, wire: Wire, faults: Faults, granted: bool) -> AsyncIterator[simcord.Env]:
    bot = make_bot(database)
    if granted:
        bot._connection.application_flags = discord.ApplicationFlags(gateway_message_content_limited=True)
    made = simcord.Env(bot, check_errors=False, approved_intents=GRANTED if granted else PLAIN)
    settle_fast(made)
    await made.start()
    yield made
    await made.shutdown()
    if isinstance(made.bot, Benchmate):
        await made.bot.fetcher.close()


async def test_a_post_is_understood_by_its_text_where_that_may_be_read(forum: Forum, granted: bool) -> None:
    assert forum.world.bot.intents.message_content is granted
    post = await forum.by_hand(forum.member, "Help, it stops!", "Our Glowforge stops in the middle of a cut.")
    await forum.later(seconds=20)
    assert forum.tags_on(post) == (["Laser cutter"] if granted else [])
    said = "filed this under" if granted else "Which tool is it about?"
    assert said in words(forum.card(post))


async def test_tags_that_the_author_chose_stay_whatever_the_text_says(forum: Forum) -> None:
    post = await forum.by_hand(forum.member, "Help, it stops!", "As our Glowforge did.", tags=("Sewing",))
    await forum.later(seconds=20)
    assert forum.tags_on(post) == ["Sewing"]


async def test_a_message_chosen_by_button_is_quoted_or_its_words_are_asked_for(forum: Forum, granted: bool) -> None:
    post = await forum.asked(forum.member)
    hint = await forum.other.send(post, HINT)
    chooser = await press(forum.member, forum.card(post), "Mark as answer")
    shown = str([part.get("options") for part in components(chooser)])
    assert (HINT in shown) is granted
    assert forum.other.user.name in shown
    done = await choose(forum.member, chooser, "Which message", str(hint.id))
    assert ("I cannot read what messages say here" in words(done)) is not granted
    if not granted:
        form = await forum.member.click(done, custom_id=custom_id(done, "Say it in a sentence"))
        done = seen(await forum.member.submit_modal(form, {"words": "A lens wipe solved it."}))
        assert "I cannot read" not in words(done)
    await tick(forum.world)
    assert "lens wipe" in words(forum.card(post))
    assert "cut felt" in words(await find(forum.world, forum.other, "lens wipe"))


async def test_pressed_on_the_message_itself_its_text_comes_along_in_any_case(forum: Forum) -> None:
    post = await forum.asked(forum.member)
    await forum.mark(forum.member, post, await forum.other.send(post, HINT))
    assert HINT in words(forum.card(post))
