from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from cogs.mentorship import days
from cogs.mentorship.service import Opening, Reviewing
from cogs.mentorship.service.telling import (
    AGAIN,
    AGENDA,
    CHECK_IN,
    CLOSING,
    PROPOSAL,
    QUIET,
    READY,
    ROUND,
    THANKS,
)
from db.mentorship import opening, pairing, proposing
from db.mentorship.personal import NEWS
from db.mentorship.tables import pair_mentee_table, pair_table, proposal_table
from db.mentorship.values import ACTIVE, FINISHED, LIVE_STATES, OVER
from tests.cogs.mentorship.postbox import Brought, Postbox
from tests.cogs.mentorship.townspeople import Person, Town

if TYPE_CHECKING:
    from datetime import datetime

    from db.mentorship import Pair, Proposal
    from tests.kit.world import World

MENTORS, MENTEES = (int(number) for number in os.environ.get("TOWN", "24x60").split("x"))
"""So large a town in every run; `TOWN=60x150` plays the same story with more people (most of a minute)."""
WEEKS = 16
DAY = 24 * 60 * 60
A_DAY = timedelta(days=1)


async def test_a_round_of_sixteen_weeks_with_people_as_they_are(world: World) -> None:
    guild, bot = world.guild.id, world.bot
    postbox, town = Postbox(world), Town(world, 9)
    until = (bot.clock() + timedelta(days=5)).date().isoformat()
    opened = await bot.service(Opening).open(
        guild, world.organizer.id, {"name": "Spring", "until": until, "weeks": str(WEEKS)}, world.general.id
    )
    await town.move_in(MENTORS, MENTEES, opened.round_id)
    await world.env.advance_time(6 * DAY + DAY * 5 / 8)  # from now on it is the middle of the day
    await postbox.deliver()
    review = await bot.service(Reviewing).run(guild, opened.round_id, world.organizer.id)
    await bot.service(Reviewing).approve(guild, opened.round_id, review.version, world.organizer.id)
    for day in range((WEEKS + 3) * 7):  # who was in several pairs is asked about the last of them later
        await town.live_a_day(day, await postbox.deliver())
        await _nobody_is_over_capacity(world, town)
        await world.env.advance_time(DAY)
    await postbox.deliver()
    async with world.database.read() as connection:
        proposals = await proposing.proposals_of_round(connection, opened.round_id)
        numbers = list((await connection.execute(select(pair_table.c.pair_id))).scalars())
        pairs = [found for number in numbers if (found := await pairing.pair(connection, number)) is not None]
        over = await opening.get_round(connection, guild, opened.round_id)
    assert over is not None
    assert over.state == OVER
    story = _Story(town, postbox.brought, pairs, proposals, bot.clock())
    story.was_worth_telling()
    story.nothing_came_twice()
    story.proposals_were_asked_as_promised()
    story.check_ins_came_as_promised()
    story.pairs_began_and_ended_as_promised()
    story.nobody_was_disturbed()


async def _nobody_is_over_capacity(world: World, town: Town) -> None:
    mentors = {one.member_no: one for one in town.people.values() if one.mentors}
    inside = (
        select(pair_table.c.mentor_no)
        .join(pair_mentee_table, pair_mentee_table.c.pair_id == pair_table.c.pair_id)
        .where(pair_table.c.state == ACTIVE, pair_mentee_table.c.left_at.is_(None))
    )
    asked = select(proposal_table.c.mentee_no).where(proposal_table.c.state.in_(LIVE_STATES))
    async with world.database.read() as connection:
        held = Counter((await connection.execute(inside)).scalars())
        waiting = Counter((await connection.execute(asked)).scalars())
    for number, many in held.items():
        assert many <= (5 if mentors[number].takes_groups else mentors[number].capacity)
    assert all(many == 1 for many in waiting.values())


class _Story:
    """What happened, looked at from outside: what was brought to whom, against what each was promised."""

    def __init__(
        self, town: Town, brought: list[Brought], pairs: list[Pair], proposals: list[Proposal], until: datetime
    ) -> None:
        self.town, self.brought, self.pairs, self.proposals, self.until = town, brought, pairs, proposals, until
        self.by_number = {one.member_no: one for one in town.people.values()}
        self.of_kind: dict[str, list[Brought]] = {}
        for one in brought:
            self.of_kind.setdefault(one.kind, []).append(one)

    def was_worth_telling(self) -> None:
        """Everything that can happen did: the town has people of each kind."""
        ended = Counter(pair.how for pair in self.pairs)
        assert len(self.pairs) > MENTEES // 2
        assert {FINISHED, "another", "gone"} <= set(ended)
        assert {"accepted", "declined", "lapsed", "withdrawn"} <= {one.state for one in self.proposals}
        assert any(pair.sort == "group" and len(pair.people) > 2 for pair in self.pairs)
        news = Counter(one.moment.partition(":")[0] for one in self.of_kind[NEWS])
        assert {"paused", "lapsed", "waiting", "back", "ended", "not-now"} <= set(news)
        assert self.of_kind[QUIET]
        assert len(self.of_kind[ROUND]) == len(self.of_kind[READY]) == 1

    def nothing_came_twice(self) -> None:
        """No card about the same thing went to the same person twice."""
        said = Counter((one.kind, one.subject, one.moment, one.target) for one in self.brought)
        assert [what for what, times in said.items() if times > 1] == []
        texts = Counter((one.target, one.at, one.says) for one in self.brought)
        assert [what for what, times in texts.items() if times > 1] == []

    def proposals_were_asked_as_promised(self) -> None:
        """Each side once, then one reminder after three working days; never two whom one of them ruled out."""
        asked: dict[tuple[int, str], list[Brought]] = {}
        for one in self.of_kind[PROPOSAL]:
            asked.setdefault((one.number, one.moment), []).append(one)
        reminded = {(one.number, one.moment): one for one in self.of_kind[AGAIN]}
        for proposal in self.proposals:
            two = frozenset(self.by_number[number].user for number in (proposal.mentor_no, proposal.mentee_no))
            assert two not in self.town.apart
            (to_mentor,) = asked[proposal.proposal_id, "mentor"]
            assert to_mentor.target == self.by_number[proposal.mentor_no].user
            to_mentee = asked.get((proposal.proposal_id, "mentee"), [])
            assert len(to_mentee) == (proposal.state == "accepted") or len(to_mentee) <= 1
        for key, again in reminded.items():
            (first,) = asked[key]
            assert first.target == again.target
            working_days = sum((first.at + A_DAY * n).weekday() < 5 for n in range(1, (again.at - first.at).days + 1))
            assert 2 <= working_days <= 5  # a card that was promised after the day's post came a day later

    def check_ins_came_as_promised(self) -> None:
        """In weeks 1, 2, 4, 8 and then monthly, to each who was there all the time; to nobody else.

        A mentor of several is asked about one of them in a week, about each in turn.
        """
        came: dict[tuple[int, int, int], datetime] = {}
        for one in self.of_kind[CHECK_IN]:
            came[one.number, int(one.moment.removeprefix("w")), one.target] = one.at
        expected = 0
        left_out: list[tuple[int, int, int]] = []
        for pair in self.pairs:
            length = int((pair.ends_at - pair.started_at) / timedelta(weeks=1))
            for week in days.weeks(length):
                due = pair.started_at + timedelta(weeks=week)
                for person in self._inside(pair, due):
                    expected += 1
                    at = came.pop((pair.pair_id, week, person.user), None)
                    if at is None:
                        assert person.mentors
                        left_out.append((person.user, pair.pair_id, week))
                    else:
                        late = 2 * A_DAY if not person.mentors else timedelta(weeks=2, days=2)
                        assert due <= at <= due + late
        assert expected > 2 * MENTEES
        several = {pair.mentor_no for pair in self.pairs if len(self._pairs_of(pair.mentor_no)) > 1}
        assert {self.town.people[user].member_no for user, _, _ in left_out} <= several
        self.nobody_was_asked_twice_a_week()
        for (pair_id, week, user), at in came.items():  # the rest went to pairs or people that changed at that time
            pair = next(one for one in self.pairs if one.pair_id == pair_id)
            assert week in days.weeks(int((pair.ends_at - pair.started_at) / timedelta(weeks=1)))
            assert pair.ended_at is None or at <= pair.ended_at
            assert self.town.people[user].member_no in self._ever_inside(pair)

    def _pairs_of(self, mentor_no: int | None) -> list[Pair]:
        return [pair for pair in self.pairs if pair.mentor_no == mentor_no]

    def nobody_was_asked_twice_a_week(self) -> None:
        """How it goes, or how it was, whatever the pair; the post comes once a day here."""
        asked: dict[int, list[datetime]] = {}
        for one in sorted((*self.of_kind[CHECK_IN], *self.of_kind[CLOSING]), key=lambda one: one.at):
            asked.setdefault(one.target, []).append(one.at)
        for times in asked.values():
            assert all(after - before >= 6 * A_DAY for before, after in pairwise(times))

    def _inside(self, pair: Pair, due: datetime) -> list[Person]:
        """Who was surely in a pair, and neither away nor gone, around this moment."""
        if (pair.ended_at is not None and pair.ended_at <= due + 3 * A_DAY) or pair.sort != "pair":
            return []
        if due + 3 * A_DAY > self.until:
            return []
        everyone = [self.by_number[number] for number in pair.people]
        return [one for one in everyone if not self._away(one, due - 3 * A_DAY, due + 3 * A_DAY)]

    def _away(self, person: Person, begin: datetime, end: datetime) -> bool:
        if person.left_at is not None and person.left_at <= end:
            return True
        spans = [*person.away, *self._paused_by_silence(person)]
        return any(one <= end and begin <= other for one, other in spans)

    def _paused_by_silence(self, person: Person) -> list[tuple[datetime, datetime]]:
        """From when somebody was told that they are paused, as long as that may have lasted."""
        told = [
            one.at for one in self.of_kind[NEWS] if one.target == person.user and one.moment[:6] in ("paused", "lapsed")
        ]
        return [(at - A_DAY, at + timedelta(days=400 if person.silent else 7)) for at in told]

    def _ever_inside(self, pair: Pair) -> set[int]:
        of_pair = {
            one.mentee_no for one in self.proposals if one.state == "accepted" and one.mentor_no == pair.mentor_no
        }
        return {*pair.people, *of_pair}

    def pairs_began_and_ended_as_promised(self) -> None:
        """Each has one agenda; who went on to the end got the last questions, and the thread its thanks."""
        agendas = Counter(one.number for one in self.of_kind[AGENDA])
        assert set(agendas.values()) == {1}
        assert set(agendas) <= {pair.pair_id for pair in self.pairs}
        thanked = Counter(one.number for one in self.of_kind[THANKS])
        finished = [pair for pair in self.pairs if pair.how == FINISHED]
        assert thanked == Counter(pair.pair_id for pair in finished)
        asked = Counter((one.number, one.target) for one in self.of_kind[CLOSING])
        for pair in finished:
            for person in self._inside_at_the_end(pair):
                assert asked[pair.pair_id, person.user] == 1

    def _inside_at_the_end(self, pair: Pair) -> list[Person]:
        everyone = [self.by_number[number] for number in pair.people]
        last_week = pair.ends_at - timedelta(weeks=1)
        return [one for one in everyone if not self._away(one, last_week - 3 * A_DAY, pair.ends_at)]

    def nobody_was_disturbed(self) -> None:
        """Who left hears nothing more; who takes a break is asked nothing; who waits is told once each time."""
        for one in self.brought:
            person = self.town.people.get(one.target)
            if person is None:
                continue
            assert person.left_at is None or one.at <= person.left_at
            if one.kind in (PROPOSAL, AGAIN, CHECK_IN):
                assert not any(begin < one.at < end for begin, end in person.away)
        for person in self.town.people.values():
            told = [one.moment.partition(":")[0] for one in self.of_kind[NEWS] if one.target == person.user]
            assert told.count("paused") <= 3
