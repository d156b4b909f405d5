"""Suggesting tools for a question: what the vocabulary says, and what answered questions taught."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.vocabulary import load
from cogs.questions import tagging
from cogs.questions.service.tagging import learn, suggest_tools, unlearn
from db import guilds
from db.forgetting import forget_guild
from db.questions import Learned, learned_count, recall, tool_table, trait_table

if TYPE_CHECKING:
    from db.engine import Database

HOME, ELSEWHERE = 11, 12
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
VOCABULARY = load()
LESSONS = (
    ("The nozzle drips between layers", "It strings over the bed and the brim lifts.", "3d-printer"),
    ("Layers shift halfway up", "The bed is level, the nozzle is clean, the belt is tight.", "3d-printer"),
    ("Bobbin thread keeps nesting", "The needle is new and the presser foot is down.", "sewing"),
    ("Needle snaps on denim", "The presser foot and the bobbin are fine, the thread is heavy.", "sewing"),
    ("Char marks along the edge", "The lens is clean, the air assist is on, acrylic is fine.", "laser-cutter"),
    ("Lens gets foggy after an hour", "Air assist and the exhaust are on.", "laser-cutter"),
)


@pytest.fixture
async def taught(database: Database) -> Database:
    async with database.write() as connection:
        for guild in (HOME, ELSEWHERE):
            await guilds.see(connection, guild, NOON)
        for number, (title, details, tool) in enumerate(LESSONS):
            await learn(connection, HOME, VOCABULARY, str(number), title, details, (tool,))
    return database


async def suggested(database: Database, title: str, details: str = "", guild: int = HOME) -> tuple[str, ...]:
    async with database.read() as connection:
        return await suggest_tools(connection, guild, VOCABULARY, title, details)


async def test_a_brand_finds_its_tool(database: Database) -> None:
    assert await suggested(database, "Our Glowforge smells of smoke") == ("laser-cutter",)


async def test_what_the_title_names_comes_before_what_the_details_name(database: Database) -> None:
    tools = await suggested(database, "A Cricut for teens?", "We have a 3D printer and a Glowforge.")
    assert tools == ("vinyl-cutter", "3d-printer", "laser-cutter")


async def test_words_of_answered_questions_find_a_tool_that_nobody_named(taught: Database) -> None:
    assert (await suggested(taught, "Bobbin trouble", "The thread nests below the needle."))[0] == "sewing"
    assert (await suggested(taught, "Why does my nozzle clog?"))[0] == "3d-printer"


async def test_a_tool_that_is_named_stands_before_what_a_few_questions_taught(taught: Database) -> None:
    assert (await suggested(taught, "The needle of our embroidery machine", "Bobbin and thread"))[0] == "embroidery"


async def test_nothing_is_suggested_where_nothing_speaks_for_it(taught: Database) -> None:
    assert await suggested(taught, "🎉🎉🎉") == ()
    assert await suggested(taught, "", "") == ()


async def test_one_server_learns_nothing_from_another(taught: Database) -> None:
    assert await suggested(taught, "Bobbin trouble", guild=ELSEWHERE) == ()


async def test_at_most_three_tools_are_suggested(taught: Database) -> None:
    title = "Glowforge, Cricut, sewing machine, drone, button maker and soldering iron: where do they all go?"
    assert len(await suggested(taught, title)) == 3


async def test_what_is_unlearned_leaves_no_trace(taught: Database) -> None:
    async with taught.write() as connection:
        for number in range(len(LESSONS)):
            await unlearn(connection, HOME, str(number))
        await unlearn(connection, HOME, "never learned")
        assert await learned_count(connection, HOME) == 0
        assert not (await connection.execute(trait_table.select())).all()
        assert not (await connection.execute(tool_table.select())).all()


async def test_learning_a_question_again_puts_the_new_tools_in_place_of_the_old(taught: Database) -> None:
    title, details, _ = LESSONS[0]
    weights = tagging.traits(VOCABULARY, title, details)
    async with taught.write() as connection:
        before = await recall(connection, HOME, weights)
        await learn(connection, HOME, VOCABULARY, "0", title, details, ("drones",))
        meanwhile = await recall(connection, HOME, weights)
        await learn(connection, HOME, VOCABULARY, "0", title, details, ("3d-printer", "3d-printer", "no such tool"))
        assert await recall(connection, HOME, weights) == before
    assert meanwhile.traits["drip"] == {"drones": (69, 1)}
    assert meanwhile.questions == before.questions


async def test_a_server_that_is_forgotten_takes_what_was_learned_along(taught: Database) -> None:
    async with taught.write() as connection:
        await forget_guild(connection, HOME)
        assert not (await connection.execute(trait_table.select())).all()


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_has_traits_that_fit_the_table_and_are_ranked_without_a_fault(title: str, details: str) -> None:
    weights = tagging.traits(VOCABULARY, title, details)
    assert all(0 < len(trait) <= tagging.LONGEST_TRAIT and weight > 0 for trait, weight in weights.items())
    known = {trait: {"sewing": (weight, 1)} for trait, weight in weights.items()}
    learned = Learned(3, {"sewing": 5_000, "drones": 2_000, "gone": 1_000}, known)
    found = tagging.ranked(VOCABULARY, title, details, weights, learned)
    assert len(set(found)) == len(found)
    assert "gone" not in found


def test_four_thousand_characters_are_read_and_more_does_no_harm() -> None:
    assert tagging.named(VOCABULARY, "", "word " * 790 + "Glowforge") == ("laser-cutter",)
    assert len(tagging.traits(VOCABULARY, "", "🎉word" * 100_000)) <= tagging.LONGEST_TEXT
