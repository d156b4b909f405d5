"""How mentoring goes, in numbers: of everybody, by side, by kind of place and by subject; and as a table for a report.

The table names nobody, and has no group of fewer than five: small groups are one together, with the next larger one
where they are still fewer than five.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from db.mentorship.counting import Participant

SMALLEST = 5
"""People in a group of a table that leaves the server."""
UNSAID = "Not said"
MERGED = "Others together"
HEAD = ("group by", "group", "signed up", "paired", "met", "not heard from", "finished", "waiting")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a group signed up, were paired, met, are not heard from, finished, and wait for a match."""

    group: str
    people: int
    paired: int
    met: int
    quiet: int
    finished: int
    waiting: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers, in the order of the table's head."""
        return self.people, self.paired, self.met, self.quiet, self.finished, self.waiting


Groups = list[tuple[str, list["Participant"]]]


def tally(group: str, people: Sequence[Participant]) -> Tally:
    """Count a group."""
    return Tally(
        group,
        len(people),
        sum(one.paired for one in people),
        sum(one.met for one in people),
        sum(one.quiet for one in people),
        sum(one.finished for one in people),
        sum(one.waiting for one in people),
    )


def by_side(people: Sequence[Participant]) -> Groups:
    """Mentors and mentees; who is both is in both."""
    sides = [("Mentors", [one for one in people if one.mentors]), ("Mentees", [one for one in people if one.learns])]
    return [(name, inside) for name, inside in sides if inside]


def by_setting(people: Sequence[Participant], label: Callable[[str], str]) -> Groups:
    """By kind of place, the largest first."""
    return _grouped((label(one.setting) or UNSAID, one) for one in people)


def by_subject(people: Sequence[Participant], label: Callable[[str], str]) -> Groups:
    """By tool or topic, the largest first; a person is in each of theirs. What has no word any more is left out."""
    return _grouped((name, one) for one in people for slug in one.subjects if (name := label(slug)))


def _grouped(named: Iterable[tuple[str, Participant]]) -> Groups:
    groups: dict[str, list[Participant]] = {}
    for name, one in named:
        groups.setdefault(name, []).append(one)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def merged(groups: Groups) -> Groups:
    """The same without a group of fewer than five; nothing where all together are fewer. Each person counts once."""
    large = [group for group in groups if len(group[1]) >= SMALLEST]
    small = [group for group in groups if len(group[1]) < SMALLEST]
    if not small:
        return large
    together = _all(small)
    while large and len(together) < SMALLEST:
        small.append(large.pop())
        together = _all(small)
    return [*large, (MERGED, together)] if len(together) >= SMALLEST else []


def _all(groups: Groups) -> list[Participant]:
    return list({id(one): one for _, inside in groups for one in inside}.values())


def to_csv(people: Sequence[Participant], label: Callable[[str], str]) -> bytes:
    """The table for a report, UTF-8 with a mark that spreadsheets know; only its head for fewer than five people."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEAD)
    sections: tuple[tuple[str, Groups], ...] = (
        ("all", [("Everybody", list(people))]),
        ("side", by_side(people)),
        ("kind of place", by_setting(people, label)),
        ("subject", by_subject(people, label)),
    )
    for name, groups in sections:
        for group, inside in merged(groups):
            counted = tally(group, inside)
            writer.writerow((name, counted.group, *counted.numbers))
    return written.getvalue().encode("utf-8-sig")
