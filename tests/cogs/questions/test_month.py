"""A month with sixty members, a quarter with twelve, and a thousand open posts: everything is followed up, once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from cogs.questions.service import looking
from cogs.questions.service.looking import ASK, DESK, DESK_LIST, QUIET_LOOK, SEEK, SOLVED, TO_DESK
from db import questions
from tests.bot.delivery.steps import tick
from tests.cogs.questions import month_checks as checks
from tests.cogs.questions.help_steps import brought, crowd, offer, on_desk
from tests.cogs.questions.months import Plan, Weeks, made_up
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.cogs.questions.steps import Forum

NOTES_A_WEEK = 1
ASKED_A_WEEK = 3
"""The budget of a small server: so many notes to its organizers, and questions to one helper, at most."""
DAY_S = 86_400


async def settled(forum: Forum, many: int) -> list[MemberActor]:
    """So many people in all; the helpers the server has by itself are not among them."""
    people = await crowd(forum, many - 4)
    await forum.meet()
    return people


async def test_in_a_month_with_sixty_members_each_question_is_followed_up_and_nobody_is_pestered(forum: Forum) -> None:
    plan = Plan(people=60, helpers=20, days=30, texts=made_up(300))
    weeks = Weeks(forum, plan, await settled(forum, plan.people))
    await weeks.begin()
    await weeks.live()
    found = await checks.account(weeks)
    assert weeks.asked == len(found.questions) == 300
    assert 0.18 < len(weeks.left_alone) / 300 < 0.28
    checks.nothing_was_sent_twice(found)
    checks.no_helper_was_asked_too_often(found)
    checks.each_was_followed_up(found, timedelta(days=4))
    checks.no_card_shows_a_zero(found)
    assert len(found.of(ASK)) > 30
    assert found.of(SOLVED)
    assert found.of(DESK)
    helped = [one for one in found.questions if one.thread_id in weeks.left_alone and one.first_reply_at]
    assert helped, "helpers reach what nobody replied to"


async def test_in_a_quarter_with_twelve_members_organizers_get_one_note_a_week_and_all_stays_calm(
    forum: Forum,
) -> None:
    plan = Plan(people=12, helpers=3, days=90, texts=made_up(40), unanswered=0.4, step=17)
    weeks = Weeks(forum, plan, await settled(forum, plan.people))
    await weeks.begin()
    await weeks.live()
    found = await checks.account(weeks)
    checks.nothing_was_sent_twice(found)
    checks.no_helper_was_asked_too_often(found)
    checks.each_was_followed_up(found, timedelta(days=8))
    checks.no_card_shows_a_zero(found)
    assert found.of(DESK) == []
    notes = found.of(DESK_LIST)
    assert notes
    by_week = Counter(f"{one.settled_at:%G-%V}" for one in notes)
    assert max(by_week.values()) <= NOTES_A_WEEK
    for helper in weeks.helpers:
        asked = Counter(f"{one.settled_at:%G-%V}" for one in found.of(ASK) if one.target_id == helper.id)
        assert max(asked.values(), default=0) <= ASKED_A_WEEK
    unprompted = len(notes) + len(found.of(ASK)) + len(found.of(SOLVED))
    assert unprompted / (12 * 90 / 7) < 0.5, "each member hears from it less than once in two weeks"


async def test_among_a_thousand_open_posts_new_ones_are_followed_and_the_desk_is_not_buried(forum: Forum) -> None:
    world, many, fresh = forum.world, 1_000, 12
    await crowd(forum, 56)
    await offer(forum, forum.other, "laser-cutter", a_week=7)
    now = world.bot.clock()
    async with world.database.write() as connection:
        for number in range(many):
            old = number >= fresh
            asking = questions.Asking(
                world.guild.id, forum.channel.id, forum.member.id, f"Open post {number}", ("laser-cutter",),
                thread_id=10**18 + number,
            )  # fmt: skip
            question = await questions.add(connection, asking, now - timedelta(days=30 if old else 0))
            if old:
                await questions.note(connection, question.question_id, desk_told_at=now - timedelta(days=20))
            else:
                await looking.wait(connection, question, now, now)
    for _ in range(6):
        await forum.env.advance_time(DAY_S)
        await tick(world)
    told = on_desk(forum)
    assert len(told) == 3 + 1, "three notes a day at most, and the others together"
    assert f"{fresh - 3} questions wait" in told[-1]
    assert 3 <= brought(forum, forum.other) <= 6
    listed = seen(await forum.member.slash(world.general, "question unanswered"))
    assert "1,000 questions without an answer" in words(listed)
    async with world.database.read() as connection:
        waiting, total = await questions.unanswered(connection, world.guild.id, limit=10_000)
    assert total == many
    assert all(one.desk_told_at is not None for one in waiting)


def test_the_chores_of_following_up_have_names_that_fit_the_table() -> None:
    assert all(len(name) <= 32 for name in (ASK, DESK, DESK_LIST, QUIET_LOOK, SEEK, SOLVED, TO_DESK))
