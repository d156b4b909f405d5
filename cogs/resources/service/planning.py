"""The dry run of an import: what each row of a file would do, kept until someone presses **Import**.

The plan is kept as drafts: it belongs to one person, is forgotten after two weeks like all that was never sent, and is
no import yet, so the table of imports holds only what was pressed. It is kept in slices of `SLICE` rows, because a
slice is also what is written in one transaction: the transaction that imports a slice forgets it, so that whatever
happens in between, no row is imported twice.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.words import clip
from cogs.resources import freshness
from cogs.resources.comparing import ADDED, CHANGED, REFUSED, SAME, Incoming, counted_outcomes, merged, said
from cogs.resources.exchange import description_of, usual
from cogs.resources.formats import read
from cogs.resources.formats.describing import Describer
from db import drafts, resources
from db.resources import importing
from db.turns import in_groups

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.resources.formats import Reading, Row
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

PLAN, PLAN_ROWS, PLAN_LINES = "import", "import-rows", "import-lines"
"""The forms of the drafts: the plan itself, its slices, and what its pages show."""
SLICE = 200
"""Rows of one transaction: it lasts less than a tenth of a second, so that nobody's own write waits long."""
_AT_A_TIME = 25
LISTED = 400
"""Rows that can be paged through; the report has them all."""
WAITS = "someone suggested it already and it waits in the review queue. Please decide about it there."
_PREFIX = re.compile(r"(?:Row|Record) \d+: ")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a row would do and why. `number` and `version` are the resource's that it found, where it found one."""

    row: int
    outcome: str
    title: str
    why: str
    incoming: Incoming | None = None
    number: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A dry run: the number of its draft, whom it belongs to, and how many rows would do what.

    `import_id` is the import's number once it was pressed.
    """

    number: int
    guild_id: int
    user_id: int
    file_name: str
    form: str
    notes: tuple[str, ...]
    counts: dict[str, int]
    slices: tuple[int, ...]
    lines: int
    import_id: int | None = None


class Planning:
    """Dry runs. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def dry_run(self, guild_id: int, user_id: int, data: bytes, file_name: str) -> tuple[Plan, list[Planned]]:
        """What a file would do to the catalogue, kept as a plan; nothing else is written.

        Raises UserError, in words, for a file that cannot be read as a whole.
        """
        now = self._clock()
        describer = Describer(self._vocabulary, noun="Row", latest_year=9999)
        reading = await asyncio.to_thread(read, data, file_name, vocabulary=self._vocabulary, latest_year=now.year + 1)
        first_day = freshness.still_open(now)
        planned: list[Planned] = []
        async with self._database.read() as connection:
            for start in range(0, len(reading.rows), SLICE):
                rows = reading.rows[start : start + SLICE]
                planned += await self._plan_slice(connection, guild_id, rows, describer, first_day)
        return await self._keep(guild_id, user_id, clip(file_name, 100), reading, planned, now), planned

    async def _plan_slice(
        self,
        connection: AsyncConnection,
        guild_id: int,
        rows: Sequence[Row],
        describer: Describer,
        first_day: date,
    ) -> list[Planned]:
        usable = [_incoming(row, first_day) for row in rows]
        keys = [each.incoming.about.link_key for each in usable if each.incoming]
        ours = await importing.with_links(connection, guild_id, keys)
        gone = await importing.taken_out(connection, guild_id, keys)
        await asyncio.sleep(0)
        return [_compared(each, ours, gone, describer) for each in usable]

    async def _keep(
        self, guild_id: int, user_id: int, file_name: str, reading: Reading, planned: list[Planned], now: datetime
    ) -> Plan:
        counts = counted_outcomes([each.outcome for each in planned])
        lines = [[each.row, each.outcome, each.title, each.why] for each in sorted(planned, key=_telling)[:LISTED]]
        whole: dict[str, Any] = {
            "file": file_name,
            "form": reading.format,
            "notes": reading.notes,
            "counts": counts,
            "import": None,
        }
        async with self._database.write() as connection:

            async def keep(form: str, answers: dict[str, Any]) -> int:
                return await drafts.add(
                    connection, guild_id=guild_id, user_id=user_id, form=form, argument="", answers=answers, now=now
                )

            whole["slices"] = [
                await keep(PLAN_ROWS, {"rows": [_packed(each) for each in planned[start : start + SLICE]]})
                for start in range(0, len(planned), SLICE)
            ]
            whole["lines"] = await keep(PLAN_LINES, {"lines": lines})
            number = await keep(PLAN, whole)
        return plan_of(number, guild_id, user_id, whole)

    async def open(self, guild_id: int, user_id: int, number: int) -> Plan:
        """A plan, for the person who sent the file. Raises GoneError or NotAllowedError."""
        async with self._database.read() as connection:
            return await opened(connection, guild_id, user_id, number)

    async def lines(self, plan: Plan) -> list[Planned]:
        """The rows of a plan that its pages show, those that need a look first."""
        async with self._database.read() as connection:
            draft = await drafts.get(connection, plan.lines)
        return [Planned(*line) for line in draft.answers["lines"]] if draft else []

    async def throw_away(self, guild_id: int, user_id: int, number: int) -> Plan:
        """Forget a plan. Raises GoneError where it is gone, UserError where it is being imported already."""
        async with self._database.write() as connection:
            plan = await opened(connection, guild_id, user_id, number)
            if plan.import_id is not None:
                raise UserError("This file is being imported already. You can undo the import once it is done.")
            await forget(connection, plan)
            return plan


async def opened(connection: AsyncConnection, guild_id: int, user_id: int, number: int) -> Plan:
    """A plan, for the person who sent the file. Raises GoneError or NotAllowedError."""
    draft = await drafts.get(connection, number)
    if draft is None or draft.guild_id != guild_id or draft.form != PLAN:
        raise GoneError(
            "This file has been imported or thrown away, or it is older than two weeks. To go on, send it again with "
            "**/catalogue import**."
        )
    if draft.user_id != user_id:
        raise NotAllowedError("Someone else sent this file, so they decide about it. You can send your own.")
    return plan_in(draft)


def plan_in(draft: Draft) -> Plan:
    """The plan that a draft keeps."""
    return plan_of(draft.draft_id, draft.guild_id, draft.user_id, draft.answers)


def plan_of(number: int, guild_id: int, user_id: int, answers: dict[str, Any]) -> Plan:
    """The plan behind a draft's answers."""
    return Plan(
        number=number,
        guild_id=guild_id,
        user_id=user_id,
        file_name=answers["file"],
        form=answers["form"],
        notes=tuple(answers["notes"]),
        counts=answers["counts"],
        slices=tuple(answers["slices"]),
        lines=answers["lines"],
        import_id=answers["import"],
    )


async def forget(connection: AsyncConnection, plan: Plan) -> None:
    """Forget a plan with all its parts."""
    await drafts.remove_all(connection, [*plan.slices, plan.lines, plan.number])


async def slice_of(connection: AsyncConnection, number: int) -> list[Planned]:
    """The rows of a slice; none where it has been imported already, or was forgotten."""
    draft = await drafts.get(connection, number)
    rows: list[Planned] = []
    async for group in in_groups(draft.answers["rows"] if draft else [], _AT_A_TIME):
        rows += [_unpacked(row) for row in group]
    return rows


def _incoming(row: Row, first_day: date) -> Planned:
    """The row by itself: refused, or with what it brings. Its remarks are why."""
    remarks = [_PREFIX.sub("", remark) for remark in row.remarks]
    if row.entry is None:
        return Planned(row.number, REFUSED, "", " ".join(remarks))
    try:
        about = description_of(row.entry, remarks, first_day=first_day)
    except UserError as refusal:
        return Planned(row.number, REFUSED, row.entry.title, refusal.words)
    return Planned(row.number, ADDED, about.title, " ".join(remarks), Incoming(about, row.guessed))


def _compared(each: Planned, ours: dict[str, Resource], gone: set[str], describer: Describer) -> Planned:
    """The row beside what the catalogue has under its link."""
    if each.incoming is None:
        return each
    key = each.incoming.about.link_key
    there = ours.get(key)
    if there is None:
        before = "it was declined or removed before. " if key in gone else ""
        return Planned(each.row, ADDED, each.title, before + each.why, each.incoming)
    if there.status != resources.PUBLISHED:
        return Planned(each.row, REFUSED, each.title, WAITS)
    about = merged(there.about, each.incoming, lambda other: usual(other, describer))
    if about == there.about:
        return Planned(each.row, SAME, each.title, "", each.incoming, there.resource_id, there.version)
    by_hand = " (someone changed this one by hand)" if there.touched else ""
    why = f"{said(there.about, about)}{by_hand}. {each.why}".strip()
    incoming = Incoming(about, each.incoming.guessed)
    return Planned(each.row, CHANGED, there.about.title, why, incoming, there.resource_id, there.version)


def _telling(each: Planned) -> tuple[int, int, int]:
    return (REFUSED, CHANGED, ADDED, SAME).index(each.outcome), not each.why, each.row


def _packed(each: Planned) -> list[Any]:
    incoming = importing.packed(each.incoming.about) if each.incoming else None
    # A row that is the same needs no more than its place; a changed one brings what the resource would become.
    return [each.row, each.outcome, each.title, each.why, incoming, each.number, each.version]


def _unpacked(row: list[Any]) -> Planned:
    number, outcome, title, why, about, resource, version = row
    incoming = Incoming(importing.unpacked(about)) if about else None
    return Planned(number, outcome, title, why, incoming, resource, version)
