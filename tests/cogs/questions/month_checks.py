"""What must be true of weeks that went by: each question followed up, nobody asked too often, nothing sent twice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.kit.zones import SERVER_ZONE
from cogs.questions import workdays
from cogs.questions.service.looking import ASK, DESK, DESK_LIST, SOLVED
from cogs.questions.service.minding import ASKED_APART, QUIET
from cogs.questions.turns import APART, IN_ALL, WEEK, open_from
from db import delivery, questions
from tests.bot.delivery.steps import said

if TYPE_CHECKING:
    from db.delivery import Delivery
    from db.questions import Offer, Question
    from tests.cogs.questions.months import Weeks

MARKS = {ASK: "Can you help with this?", SOLVED: "Did this solve it", DESK: "This question waits"}
SLACK = timedelta(hours=1)
_A_ZERO = re.compile(r"(?<![\d,.:/=<>-])0 [a-z]{3,}")


@dataclass
class Account:
    """What the weeks left behind."""

    weeks: Weeks
    sent: list[Delivery]
    questions: list[Question]
    offers: dict[int, Offer]
    spoken: list[str]

    def of(self, kind: str) -> list[Delivery]:
        return [one for one in self.sent if one.kind == kind]


async def account(weeks: Weeks) -> Account:
    """Read all of it."""
    world = weeks.forum.world
    async with world.database.read() as connection:
        sent = await delivery.page(connection, (delivery.SENT,), limit=100_000)
        offers = {one.user_id: one for one in await questions.offers(connection, world.guild.id)}
    spoken = [words for channel in list(world.env.backend.messages) for words in said(world, channel)]
    return Account(weeks, list(sent), await weeks.all_questions(), offers, spoken)


def nothing_was_sent_twice(found: Account) -> None:
    """Each promise stands in Discord just once, and no question is brought to anybody a second time."""
    for kind, mark in MARKS.items():
        rows = found.of(kind)
        assert len({one.message_id for one in rows}) == len(rows)
        assert sum(mark in words for words in found.spoken) == len(rows), kind
    for kind in (ASK, DESK):
        assert max(Counter((one.subject, one.target_id) for one in found.of(kind)).values(), default=0) <= 1
    listed = [
        link for words in found.spoken if "⏳" in words for link in set(re.findall(r"/channels/\d+/(\d+)", words))
    ]
    assert max(Counter(listed).values(), default=0) <= 1, "organizers hear of each question once"
    for subject in {one.subject for one in found.of(SOLVED)}:
        times = sorted(one.settled_at for one in found.of(SOLVED) if one.subject == subject and one.settled_at)
        assert all(later - earlier >= ASKED_APART for earlier, later in pairwise(times))


def no_helper_was_asked_too_often(found: Account) -> None:
    """Never twice a day, never more a week than they said, never in their quiet hours, never by more than four."""
    for user_id, offer in found.offers.items():
        times = sorted(one.settled_at for one in found.of(ASK) if one.target_id == user_id and one.settled_at)
        assert all(later - earlier >= APART - SLACK for earlier, later in pairwise(times))
        for at in times:
            assert sum(at <= one < at + WEEK - SLACK for one in times) <= offer.a_week
            assert open_from(offer, at, SERVER_ZONE) == at
    assert max(Counter(one.subject for one in found.of(ASK)).values(), default=0) <= IN_ALL


def each_was_followed_up(found: Account, told_within: timedelta) -> None:
    """Whatever still waits was brought to somebody: organizers, helpers, or the asker themselves."""
    now = found.weeks.now - timedelta(hours=found.weeks.plan.step) - SLACK
    for question in found.questions:
        if question.state != questions.OPEN:
            continue
        if question.last_reply_at is None:
            due = workdays.after(question.asked_at, 48, SERVER_ZONE)
            assert question.desk_told_at is not None or now < due, f"{question.title} is forgotten"
            assert question.desk_told_at is None or question.desk_told_at <= due + told_within
        elif question.last_activity_at + QUIET < now:
            asked, due = question.solved_asked_at, workdays.after(question.last_activity_at + QUIET, 48, SERVER_ZONE)
            in_time = asked is not None and (asked >= question.last_reply_at or now - asked < ASKED_APART)
            # Who was asked for something else this week is asked later, and organizers hear of it meanwhile
            told = question.desk_told_at is not None or now < due + told_within
            assert in_time or told, f"nobody asked whether {question.title} is solved"


def no_card_shows_a_zero(found: Account) -> None:
    """Nothing that the bot said counts what there is none of."""
    assert [words for words in found.spoken if _A_ZERO.search(words)] == []


def weekly_notes(found: Account) -> list[Delivery]:
    """The notes to a small server's organizers."""
    return found.of(DESK_LIST)
