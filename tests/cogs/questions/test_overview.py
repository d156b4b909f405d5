"""Numbers for organizers, as a card and as a file, and thanks for helpers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.kit.spreadsheets import cell, csv_file
from cogs.questions.numbers import by_month, by_tool, figures, waited
from cogs.questions.service import Overview
from db.questions import Counted
from tests.bot.delivery.steps import tick
from tests.cogs.questions.steps import choose, press
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from tests.cogs.questions.steps import Forum

START = datetime(2026, 3, 1, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


def asked(hours: int = 0, reply: int | None = None, answer: int | None = None, *tools: str) -> Counted:
    at = START + hours * HOUR
    return Counted(
        at, None if reply is None else at + reply * HOUR, None if answer is None else at + answer * HOUR, tools
    )


def test_the_median_counts_those_who_got_a_reply_or_an_answer() -> None:
    found = figures([asked(0, 1, 10), asked(1, 3), asked(2, 5, 20), asked(3)])
    assert (found.asked, found.answered) == (4, 2)
    assert (found.to_reply, found.to_answer) == (3 * HOUR, 15 * HOUR)
    assert figures([]).to_reply is None


def test_a_question_about_two_tools_counts_for_both_and_months_are_the_servers() -> None:
    found = [asked(0, None, None, "sewing", "drones"), asked(30, None, None, "sewing"), asked(60)]
    assert [(slug, one.asked) for slug, one in by_tool(found)] == [("sewing", 2), ("", 1), ("drones", 1)]
    months = by_month(found, ZoneInfo("America/New_York"))  # at the first moment it is still February there
    assert [(month, one.asked) for month, one in months] == [("2026-03", 2), ("2026-02", 1)]


def test_waits_are_said_as_people_say_them() -> None:
    spans = [timedelta(seconds=5), timedelta(minutes=25), timedelta(minutes=150), timedelta(hours=50)]
    assert [waited(span) for span in spans] == ["1 minute", "25 minutes", "2 hours", "2 days"]


def test_no_cell_becomes_a_formula() -> None:
    assert [cell(text) for text in ("=1+1", "+1", "-1", "@a", "\tx", "\rx", "a=b", "")] == [
        "'=1+1", "'+1", "'-1", "'@a", "'\tx", "'\rx", "a=b", "",
    ]  # fmt: skip
    assert [cell(value) for value in (-1, None, 2.5)] == ["-1", "", "2.5"]
    assert csv_file(("a", "b"), [("=x", 'say "hi"')]).decode("utf-8-sig").splitlines() == ["a,b", '\'=x,"say ""hi"""']


async def test_organizers_see_the_year_in_numbers_and_nothing_that_is_nothing(forum: Forum) -> None:
    empty = seen(await forum.organizer.slash(forum.world.general, "question overview"))
    assert "No questions yet" in words(empty)
    post = await forum.asked(forum.member)
    await forum.env.advance_time(3 * 3600)
    answer = await forum.other.send(post, "Masking tape.")
    await forum.env.advance_time(2 * 3600)
    await forum.mark(forum.member, post, answer)
    await forum.asked(forum.member, title="Bobbin thread nests in our sewing machine", details="", tried="")
    card = seen(await forum.organizer.slash(forum.world.general, "question overview"))
    assert "2 asked · 1 answered · a reply within 3 hours · the answer within 5 hours" in words(card)
    assert "Laser cutter 🔆: 1 asked · 1 answered" in words(card)
    assert "Sewing 🧵: 1 asked" in words(card)
    assert " 0 " not in words(card)
    sent = await press(forum.organizer, card, "As a file (CSV)")
    assert "opens in any spreadsheet" in words(sent)
    file = (await forum.world.bot.service(Overview).file(forum.world.guild.id)).decode("utf-8-sig").splitlines()
    assert file[1] == "all,the last 365 days,2,1,3.0,5.0"
    assert "tool,Sewing,1,0,," in file


async def test_organizers_choose_when_helpers_are_asked(forum: Forum) -> None:
    card = seen(await forum.organizer.slash(forum.world.general, "question overview"))
    await choose(forum.organizer, card, "When are helpers asked", "4")
    async with forum.world.database.read() as connection:
        kept = (await connection.exec_driver_sql("SELECT ask_after_hours FROM question_choice")).scalar_one()
    assert kept == 4


async def test_only_organizers_see_the_numbers(forum: Forum) -> None:
    refused = seen(await forum.member.slash(forum.world.general, "question overview"))
    assert "Only organizers" in words(refused)


async def test_who_helped_is_thanked_in_their_own_profile_and_nobody_else_sees_it(forum: Forum) -> None:
    for title in ("How do I cut felt with our Glowforge?", "Why does the Glowforge stop?"):
        post = await forum.asked(forum.member, title=title)
        answer = await forum.other.send(post, "Masking tape.")
        await forum.mark(forum.member, post, answer)
        await tick(forum.world)
    own = seen(await forum.other.slash(forum.world.general, "profile view"))
    assert "you helped 1 person with Laser cutter 🔆 this year" in words(own)
    assert "Only you see this" in words(own)
    others = seen(await forum.member.slash(forum.world.general, "profile view", member=forum.other))
    assert "helped" not in words(others)
