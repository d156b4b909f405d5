"""What is taken away of questions: each to read, all of them for programs; what nobody may see any more stays out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from db import guilds, questions, resources
from db.questions import Answer, Asking
from db.resources import Description
from tests.bot.exporting.planting import GUILD, NOW
from tests.bot.exporting.reading import everything, table, taken

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database

ASKING = Asking(
    GUILD,
    forum_id=5,
    asker_id=800_800_800_801,
    title="Glowforge smells: what now?",
    tools=("laser-cutter", "no-longer-there"),
    thread_id=51,
    details="It smells of *plastic*.\nSee https://example.org/a_b_c and <script>alert(1)</script>",
    tried="# Opened a window",
)


async def test_a_question_is_a_file_to_read_with_its_answer_and_the_way_to_its_replies(
    database: Database, tmp_path: Path
) -> None:
    async with database.write() as connection:
        asked = await questions.add(connection, ASKING, NOW)
        await questions.answer(
            connection,
            asked,
            Answer(NOW, 52, 800_800_800_802, "Wendell Who Answered", "Clean the lens.\nThen the filter."),
            state="answered",
        )
    folder = await taken(database, tmp_path / "out") / "questions"
    (row,) = table(folder / "questions.csv")
    assert (row["state"], row["tools"]) == ("answered", "laser-cutter; no-longer-there")
    written = (folder / row["file"]).read_text()
    assert row["file"] == "posts/00001-glowforge-smells-what-now.md"
    assert written.startswith(
        "# Glowforge smells\\: what now?\n\nAsked 2026-11-23 07:00 (America/New_York) · Laser cutter\n"
    )
    assert "It smells of \\*plastic\\*.  \nSee <https://example.org/a_b_c> and \\<script\\>" in written
    assert "## What I tried\n\n\\# Opened a window" in written
    assert "## Answer\n\nClean the lens.  \nThen the filter." in written
    assert f"<https://discord.com/channels/{GUILD}/51/52>" in written
    everywhere = everything(tmp_path / "out")
    assert "Wendell" not in everywhere
    assert "800800800" not in everywhere


async def test_programs_get_the_words_as_they_were_written(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await questions.add(connection, ASKING, NOW)
    (one,) = json.loads((await taken(database, tmp_path / "out") / "questions/questions.json").read_text())
    assert (one["title"], one["details"], one["tried"]) == (ASKING.title, ASKING.details, ASKING.tried)
    assert (one["answer"], one["in_discord"]) == (None, f"https://discord.com/channels/{GUILD}/51")


async def test_a_resource_that_answered_is_named_as_long_as_it_is_published(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
        abouts = [Description(f"https://example.org/{name}", name, name, "", "guide") for name in ("Here", "Gone")]
        here, gone = await resources.add_published(connection, GUILD, abouts, NOW)
        for number, resource in enumerate((here, gone), start=60):
            asked = await questions.add(connection, replace(ASKING, thread_id=number), NOW)
            await questions.answer(connection, asked, Answer(NOW, resource_id=resource.resource_id), state="answered")
        await resources.settle(connection, gone, resources.REMOVED, touched=True)
    found = json.loads((await taken(database, tmp_path / "out") / "questions/questions.json").read_text())
    assert [one["answer"]["resource"] for one in found] == [{"title": "Here", "link": "https://example.org/Here"}, None]
    posts = sorted((tmp_path / "out/nom-libraries/questions/posts").iterdir())
    assert "Here <https://example.org/Here>" in posts[0].read_text()
    assert "Gone" not in everything(tmp_path / "out")


async def test_a_post_that_is_gone_or_not_there_yet_is_left_out(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        gone = await questions.add(connection, replace(ASKING, title="Deleted since"), NOW)
        await questions.change(connection, gone, state="gone")
        await questions.add(connection, replace(ASKING, title="On its way", thread_id=None), NOW)
        first = await questions.add(connection, replace(ASKING, title="The first", thread_id=60), NOW)
        other = await questions.add(connection, replace(ASKING, title="The same", thread_id=61), NOW)
        await questions.change(connection, other, state="merged", same_as_id=first.question_id)
    folder = await taken(database, tmp_path / "out") / "questions"
    assert [row["question"] for row in table(folder / "questions.csv")] == ["The first", "The same"]
    (same,) = folder.glob("posts/*the-same.md")
    assert f"The same was asked in question {first.question_id}." in same.read_text()
