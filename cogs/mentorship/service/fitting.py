"""From members to what the matching looks at: who is here, who has room, and who is not to be paired with whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.vocabulary.words import phrase
from cogs.mentorship import matching, terms
from cogs.mentorship.matching.obstacles import colleagues
from db import people
from db.mentorship import joining, proposing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection
    from db.mentorship import Member

LAPSED_LATELY = timedelta(days=180)
"""For so long a mentor is not asked again about a mentee whom they did not answer."""


@dataclass(frozen=True, slots=True)
class Pool:
    """All members of a server who take part now, by number. `room` is how many each mentor can take more.

    `spoken_for` are mentees who are in a pair or asked about one. `apart` are couples that are not to be, for whatever
    reason: nobody can see from it who wished what. `small_or_rural` are those whose profile lets everyone see that
    their library is.
    """

    members: dict[int, Member]
    room: dict[int, int]
    spoken_for: set[int]
    apart: set[tuple[int, int]]
    small_or_rural: set[int] = field(default_factory=set)


async def pool(connection: AsyncConnection, guild_id: int, now: datetime) -> Pool:
    """The pool of a server at `now`."""
    everyone = await joining.members(connection, guild_id)
    taken = await proposing.taken(connection, guild_id)
    apart = await proposing.not_again(connection, guild_id, now - LAPSED_LATELY)
    for couple in await joining.exclusions(connection, everyone):
        one, other = min(couple), max(couple)
        apart |= {(one, other), (other, one)}
    here = {one.member_no: one for one in everyone if one.is_here(now)}
    room = {number: max(0, one.capacity - taken.get(number, 0)) for number, one in here.items() if one.mentors}
    small = await people.in_small_libraries(connection, guild_id)
    small_here = {number for number, one in here.items() if one.user_id in small}
    return Pool(here, room, await proposing.spoken_for(connection, guild_id), apart, small_here)


async def may_meet(connection: AsyncConnection, mentor: Member, mentee: Member, now: datetime) -> bool:
    """Whether two may still be proposed to each other at `now`, as the pool and the matching would see it.

    Both take part in their roles, and neither a wish of one of them, nor what was between them, nor where they work
    keeps them apart. To be asked in the transaction that proposes: a draft may be days old.
    """
    if not (mentor.mentors and mentor.is_here(now) and mentee.learns and mentee.is_here(now)):
        return False
    both_wish_it = mentor.same_employer and mentee.same_employer
    if colleagues(phrase(mentor.employer), phrase(mentee.employer), both_wish_it=both_wish_it):
        return False
    two = (mentor.member_no, mentee.member_no)
    if await joining.exclusions(connection, (mentor, mentee)):
        return False
    return not await proposing.not_again(connection, mentor.guild_id, now - LAPSED_LATELY, two)


def round_of(
    pool: Pool,
    vocabulary: Vocabulary,
    now: datetime,
    *,
    mentees: Collection[int],
    mentors: Collection[int] | None = None,
    apart: Iterable[tuple[int, int]] = (),
    fixed: Iterable[tuple[int, int]] = (),
) -> matching.Round:
    """What the matching looks at: these mentees, and these mentors or all. `fixed` are mentor and mentee each."""
    chosen = [one for one in pool.members.values() if one.mentors and (mentors is None or one.member_no in mentors)]
    learning = [pool.members[number] for number in mentees if number in pool.members and number not in pool.spoken_for]
    return matching.Round(
        tuple(
            matching.Mentor(
                one.member_no,
                wishes_of(one, one.teaches, small=one.member_no in pool.small_or_rural),
                pool.room[one.member_no],
                group=one.takes_groups and pool.room[one.member_no] == one.capacity,  # nobody has a pair and a group
            )
            for one in chosen
        ),
        tuple(
            matching.Mentee(
                one.member_no, wishes_of(one, one.wants, small=one.member_no in pool.small_or_rural), one.rounds_waited
            )
            for one in learning
            if one.learns
        ),
        terms.lexicon(vocabulary),
        now,
        matching.Exclusions.of([*pool.apart, *apart]),
        tuple(matching.Fixed(mentor, mentee) for mentor, mentee in fixed),
    )


def wishes_of(member: Member, subjects: tuple[str, ...], *, small: bool = False) -> matching.Wishes:
    """What a member said, for one of their sides; `small` is whether their library is known as small or rural."""
    return matching.Wishes(
        subjects,
        goal=member.goal,
        zone=member.zone,
        setting=member.setting,
        small_or_rural=small,
        stage=member.stage,
        ways=member.ways,
        languages=member.languages,
        employer=member.employer,
        same_setting=member.same_setting,
        same_employer=member.same_employer,
    )
