"""What must hold in every month: each check says in its name what, and beside its number why."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.asking import A_WEEK
from bot.kit.nights import asleep
from db import asking, questions
from db.questions import question_table
from db.questions.table import question_of
from tests.house.sorts import SORTS, Sort

if TYPE_CHECKING:
    from tests.house.building import Person
    from tests.house.counting import Account, Message
    from tests.house.months import Months

MINUTES = timedelta(minutes=45)
"""The simulated life looks that seldom at what is due."""
MOST_A_DAY = {"#start-here": 6, "#announcements": 6, "#organizers-desk": 9, "#mentoring": 2}
"""Greetings are four hours apart. On one day three series, a tour and a monthly hour may each have a card or a
reminder. The desk gets three suggestions, three questions and their list, and now and then a word about a pair."""
SMALL_MOST_A_DAY, SMALL_MOST_A_WEEK = 4, 9
"""In a server of twelve, in any channel: a weekly and a monthly series and a tour take at most two messages each in a
week; the desk gets one list of questions and about one suggestion a week."""
RINGS_A_DAY, RINGS_A_WEEK = 6, 14
"""The most of one person: who asked for reminders of every event, mentors three and helps."""
ZERO = re.compile(r"(?<![\d:.,/#-])0 (?!of\b)[a-z]|\(0\)|\bno one yet\b")
WHY = re.compile(
    r"you (asked|pressed|host|said|offered|take part|are in|wanted|suggested|signed up)|"
    r"because you|You are in line|Did this solve it",
    re.IGNORECASE,
)
STOPS = re.compile(
    r"/mentor (pause|leave)|I ask once|ask(s)? no more|once|A no is fine|No answer is fine|Don't remind|Don't ask|"
    r"Stop asking|Not now|tell you about each once|Open the event|I am back|Nothing more comes",
    re.IGNORECASE,
)


async def everything_holds(months: Months, account: Account) -> None:
    """All of it."""
    nobody_is_asked_twice_a_week(months, account)
    nobody_is_asked_at_night(months, account)
    nobody_hears_who_left_or_pauses(months, account)
    no_channel_is_loud(account)
    nobody_is_rung_too_often(account)
    nothing_comes_twice(account)
    what_goes_to_one_says_why_and_how_it_stops(account)
    no_card_shows_a_zero(months, account)
    panels_ping_nobody(account)
    await each_question_gets_to_somebody(months, account)
    newcomers_are_greeted(months, account)


def nobody_is_asked_twice_a_week(months: Months, account: Account) -> None:
    """By whatever room. Who chose to be asked about two questions a week may be asked about two."""
    for who, asked in account.asked().items():
        person = months.house.by_id[who]
        for before, after in itertools.pairwise(asked):
            of_helpers = {before.kind, after.kind} == {"question-ask"} and person.a_week > 1
            if after.at - before.at < A_WEEK - MINUTES and not of_helpers:
                within = [one.kind for one in asked if after.at - A_WEEK < one.at <= after.at]
                assert "question-ask" in within, (before, after)
                assert len(within) <= person.a_week, (before, after)


def nobody_is_asked_at_night(months: Months, account: Account) -> None:
    """By the clock of where they live."""
    for who, asked in account.asked().items():
        for one in asked:
            zone = months.house.by_id[who].zone
            night = asleep(one.at, zone) and asleep(one.at - MINUTES, zone)
            assert not night, (one.kind, one.at.astimezone(zone))


def nobody_hears_who_left_or_pauses(months: Months, account: Account) -> None:
    """Who left hears nothing at all; who takes a break is asked nothing that the break is about."""
    for one in account.unprompted:
        for who in one.reaches:
            person = months.house.by_id.get(who)
            if person is None:
                continue
            assert person.left_at is None or one.at <= person.left_at + MINUTES, (one.kind, one.at, person.left_at)
            if one.kind in ("question-ask", "mentor-proposal", "mentor-proposal-again", "mentor-check-in"):
                assert not _away(person, one), (one.kind, one.at, person.away)


def _away(person: Person, one: Message) -> bool:
    room = one.kind.partition("-")[0]
    return any(of == room and begin + MINUTES < one.at < end for of, begin, end in person.away)


def no_channel_is_loud(account: Account) -> None:
    """On no day, and in a small server in no week."""
    for place, by_day in account.per_channel_and_day().items():
        most = max(by_day.values())
        if account.members < 50:
            assert most <= SMALL_MOST_A_DAY, (place, most)
            weeks = [sum(by_day[day] for day in range(week, week + 7)) for week in range(0, account.days, 7)]
            assert max(weeks) <= SMALL_MOST_A_WEEK, (place, weeks)
        else:
            assert most <= MOST_A_DAY[place], (place, most)


def nobody_is_rung_too_often(account: Account) -> None:
    """Even those who take part in everything."""
    assert max(account.per_person_and_day().values()) <= RINGS_A_DAY
    assert max(account.per_person_and_week().values()) <= RINGS_A_WEEK


def nothing_comes_twice(account: Account) -> None:
    """The same words, to the same place, within six hours."""
    seen: dict[tuple[int, str], Message] = {}
    for one in account.messages:
        before = seen.get((one.channel, one.says))
        assert before is None or one.at - before.at > timedelta(hours=6), one
        seen[one.channel, one.says] = one


def what_goes_to_one_says_why_and_how_it_stops(account: Account) -> None:
    """In words, or by a button."""
    for one in account.unprompted:
        if one.reaches and one.sort is not Sort.STANDS:
            assert WHY.search(one.says), one
            assert STOPS.search(f"{one.says} {' '.join(one.labels)}"), one


def no_card_shows_a_zero(months: Months, account: Account) -> None:
    """As it stands at the end, with all that was edited."""
    for one in account.messages:
        says = re.sub(r"\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+|\d{1,2}:\d\d", "", one.says)
        assert not ZERO.search(says), one


def panels_ping_nobody(account: Account) -> None:
    """Nor does any other card that stands, nor what is for the desk."""
    for one in account.messages:
        if one.sort in (Sort.STANDS, Sort.DESK) and one.kind not in ("question-post", "mentor-agenda"):
            assert not one.pings, one
            assert not one.roles, one


async def each_question_gets_to_somebody(months: Months, account: Account) -> None:
    """Each that is older than two weeks has an answer, or was brought to a helper, its asker or the organizers."""
    until = account.begin + timedelta(days=account.days - 14)
    async with months.house.world.database.read() as connection:
        found = [question_of(row) for row in await connection.execute(question_table.select())]
        asked = {one.question_id: await questions.asked_about(connection, one.question_id) for one in found}
    assert len(found) == months.forum.asked
    for one in found:
        brought = one.answer or asked[one.question_id] or one.solved_asked_at or one.desk_told_at
        assert brought or one.asked_at > until, one
        if one.state == questions.OPEN and one.asked_at < until:
            assert one.desk_told_at or one.last_reply_at or one.solved_asked_at, one


def newcomers_are_greeted(months: Months, account: Account) -> None:
    """By name, within hours; where more come at once than one card names, they are counted."""
    greeted = " ".join(one.says for one in account.messages if one.kind == "greeting")
    stayed = [one for one in months.shelves.came if one.is_here()]
    named = [one for one in stayed if f"<@{one.id}>" in greeted]
    assert len(named) >= len(stayed) * 0.9 - 1


def every_kind_has_its_sort(months: Months) -> None:
    """So that a new kind of message says what it is to whoever gets it."""
    drawn = {name for name, kind in months.house.bot.kinds.items() if kind.render is not None}
    assert drawn == set(SORTS)
    asking_members = {kind for kind, sort in SORTS.items() if sort is Sort.ASKS}
    in_their_post = {"question-solved"}
    assert asking_members - in_their_post <= set(asking.ASKING), "the other rooms have to know of it"
