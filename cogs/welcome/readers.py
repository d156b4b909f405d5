"""Who reads what a member tells the organizers: in their channel, or with one of them left out, one by one.

Pure rules: what Discord knows comes in as `Facts`, and what will happen comes out, to be shown before anything is sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.delivery import Way


@dataclass(frozen=True, slots=True)
class Facts:
    """A server, as far as it matters who can read what. All numbers are Discord's.

    `met` are the organizers that Benchmate knows of, the owner among them; `unmet` how many more hold the role (None
    where Discord does not say). `desk` is the organizers' channel, with its name, since a member could not read its
    mention; `desk_open` says that everyone sees it, `threads` that a private thread can be made below it. `without` is
    who is to be left out, `without_sees_all` whether they could open any private thread: as the owner, as an
    administrator, or by a right to manage threads.
    """

    teller: int
    owner: int
    met: tuple[int, ...]
    unmet: int | None = None
    desk: int | None = None
    desk_name: str = ""
    desk_open: bool = False
    threads: bool = False
    without: int | None = None
    without_sees_all: bool = False


@dataclass(frozen=True, slots=True)
class Readers:
    """How it goes, and to whom.

    Into the `desk` channel (Way.CHANNEL), where `people` are those known to read it; or to each of `people`, by a
    private thread below it (Way.PRIVATE) or a private note (Way.NOTE).
    """

    way: Way
    people: tuple[int, ...]
    facts: Facts

    @property
    def anybody(self) -> bool:
        """Whether there is anybody who would read it."""
        return self.way is Way.CHANNEL or bool(self.people)


def readers(facts: Facts) -> Readers:
    """Who reads it. The teller, where they are an organizer themselves, is not sent their own words."""
    people = tuple(one for one in facts.met if one not in (facts.teller, facts.without))
    if facts.without is None and facts.desk is not None and not facts.desk_open:
        return Readers(Way.CHANNEL, people, facts)
    safe = facts.desk is not None and facts.threads and not facts.without_sees_all
    return Readers(Way.PRIVATE if safe else Way.NOTE, people, facts)
