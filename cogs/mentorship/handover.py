"""What an organizer takes away of mentoring: numbers, of all of it and of each round; no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.filenames import filename
from bot.kit.handover import File, Handover
from bot.kit.spreadsheets import csv_file
from bot.kit.words import counted
from cogs.mentorship import overview, terms
from db.mentorship import counting, opening
from db.mentorship.values import OFF, OPEN, OVER, RUNNING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.kit.handover import Community
    from db.engine import AsyncConnection
    from db.mentorship import Round
    from db.mentorship.counting import Participant

_HEAD = (
    *("number", "round", "state", "opened", "sign-up until", "weeks", "most people", "started", "ends", "closed"),
    *overview.HEAD[2:],
)


async def files(connection: AsyncConnection, community: Community) -> AsyncIterator[File]:
    """The overview of everything, a table of the rounds, and each round's overview."""

    def label(slug: str) -> str:
        return next(iter(terms.labels(community.vocabulary, [slug])), "")

    everybody = await counting.participants(connection, community.guild_id, None)
    rounds = await opening.rounds(connection, community.guild_id, OPEN, RUNNING, OVER, OFF)
    if not everybody and not rounds:
        return
    about = f"how mentoring goes in numbers, for a report; no group of fewer than {overview.SMALLEST} people is in it"
    yield File("mentoring/overview.csv", overview.to_csv(everybody, label), about)
    rows: list[Sequence[object]] = []
    for one in reversed(rounds):
        people = await counting.participants(connection, community.guild_id, one.round_id)
        rows.append(_row(one, people, community))
        if one.state != OFF:
            path = f"mentoring/rounds/{one.round_id}-{filename(one.name, 'round')}.csv"
            yield File(path, overview.to_csv(people, label))
    if rows:
        about = "the rounds, with the same numbers; each has its table in mentoring/rounds"
        yield File("mentoring/rounds.csv", csv_file(_HEAD, rows), about, counted(len(rows), "mentoring round"))


def _row(one: Round, people: Sequence[Participant], community: Community) -> Sequence[object]:
    few = len(people) < overview.SMALLEST
    numbers: Sequence[object] = ("",) * len(overview.HEAD[2:]) if few else overview.tally("", people).numbers
    return (
        one.round_id,
        one.name,
        "called off" if one.state == OFF else one.state,
        *(community.local(moment) for moment in (one.opened_at, one.sign_up_until)),
        one.weeks,
        one.at_most,
        *(community.local(moment) for moment in (one.starts_at, one.ends_at, one.closed_at)),
        *numbers,
    )


HANDOVER = Handover(
    "Mentoring",
    files,
    (
        (
            "who takes part, who is or was a pair, whom somebody would rather not be paired with, what people wrote "
            "when they joined, asked each other or said at the end; they told it to the matching or to each other."
        ),
    ),
)
