"""Importing what a dry run planned, and undoing it as a whole: a slice of rows a transaction, with pauses between.

Whoever pressed **Import** sees it done at once. A chore is promised in the same transaction as the import begins; it
goes on where a restart cut it off. Both may run: a slice is written once, since its transaction forgets it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from cogs.resources import freshness
from cogs.resources.comparing import ADDED, CHANGED, REFUSED, SAME, merged
from cogs.resources.service.planning import WAITS, Planned, forget, opened, plan_in, slice_of
from cogs.resources.service.shelving import shelve, shelve_many, unshelve
from db import delivery, drafts, guilds, resources
from db.delivery import Promise
from db.resources import importing
from db.resources.importing import ImportedRow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.resources.service.planning import Plan
    from db.engine import AsyncConnection, Database
    from db.resources import Description, Resource
    from db.resources.importing import Batch

    Told = Callable[[int, int], Awaitable[None]]

KIND = "catalogue-import"
"""The chore that goes on with what a restart cut off."""
UNDO_FOR = timedelta(days=1)
UNDO_SLICE = 25
"""Rows of one transaction of an undo, which takes each resource out by itself."""
GOES_ON_AFTER = timedelta(minutes=1)
_UNDO = "undo"
_SHOWN = 5
_MEANWHILE = "it has been changed since the dry run. To see what would happen now, send the file again."


class Importing:
    """Imports and their undoing. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary, *, pause: float = 0.0) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary
        self._pause = pause
        self._turns: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def begin(self, guild_id: int, user_id: int, number: int) -> int:
        """Begin to import a plan, once however often it is pressed; the import's number, for `go_on`.

        Raises GoneError or NotAllowedError as `opened` does.
        """
        now = self._clock()
        async with self._database.write() as connection:
            plan = await opened(connection, guild_id, user_id, number)
            if plan.import_id is not None:
                return plan.import_id
            await guilds.see(connection, guild_id, now)
            rows = sum(plan.counts.values())
            import_id = await importing.begin_import(connection, guild_id, user_id, plan.file_name, rows, now)
            draft = await drafts.get(connection, number)
            if draft is None:
                raise GoneError("This file was thrown away just now. Send it again if you want to import it.")
            await drafts.change(connection, number, {**draft.answers, "import": import_id}, now)
            await drafts.touch(connection, [*plan.slices, plan.lines], now)
            promise = Promise(KIND, guild_id, _subject(import_id), now + GOES_ON_AFTER, moment=str(number))
            await delivery.put(connection, promise, now)
            return import_id

    async def go_on(self, guild_id: int, import_id: int, told: Told | None = None) -> Batch:
        """Do what is left of an import, or of its undoing; `told` hears how many rows are done, of how many.

        May be called again and by several at once. Raises GoneError where there is no such import.
        """
        async with self._turns[import_id]:
            batch = await self.batch(guild_id, import_id)
            if batch.undone_at is not None:
                await self._undo_all(batch, told)
            elif batch.finished_at is None:
                await self._import_all(batch, told)
        self._turns.pop(import_id, None)
        return await self.batch(guild_id, import_id)

    async def batch(self, guild_id: int, import_id: int) -> Batch:
        """An import as it is now. Raises GoneError where there is none."""
        async with self._database.read() as connection:
            batch = await importing.batch(connection, guild_id, import_id)
        if batch is None:
            raise GoneError("This import is no longer known. The list of imports shows those that are.")
        return batch

    async def outcome(self, batch: Batch) -> tuple[dict[str, int], list[tuple[int, str]]]:
        """How many of its rows did what, and the rows (number and title) that its undoing left alone."""
        async with self._database.read() as connection:
            counts = await importing.outcomes(connection, batch.import_id)
            return counts, await importing.stayed(connection, batch.import_id) if batch.undone_at else []

    async def last(self, guild_id: int) -> list[tuple[Batch, dict[str, int]]]:
        """The last few imports of a server, newest first, and how many rows of each did what."""
        async with self._database.read() as connection:
            found = await importing.batches(connection, guild_id, _SHOWN)
            return [(batch, await importing.outcomes(connection, batch.import_id)) for batch in found]

    def undo_until(self, batch: Batch) -> datetime | None:
        """Until when an import can be undone; None where it cannot be, or not any more."""
        if batch.finished_at is None or batch.undone_at is not None:
            return None
        until = batch.finished_at + UNDO_FOR
        return until if self._clock() <= until else None

    async def begin_undo(self, guild_id: int, user_id: int, import_id: int) -> None:
        """Begin to undo an import as a whole; `go_on` does it. Once begun, beginning again changes nothing.

        Raises GoneError where there is no such import, UserError where it is not done yet or a day has passed.
        """
        now = self._clock()
        batch = await self.batch(guild_id, import_id)
        if batch.undone_at is not None:
            return
        if batch.finished_at is None:
            raise UserError(
                "This import is still under way. It can be undone once it is done; **/catalogue import** shows how "
                "far it is."
            )
        if self.undo_until(batch) is None:
            raise UserError(
                "More than a day has passed, so this import can no longer be undone as a whole. Remove one by one what "
                "should go."
            )
        async with self._database.write() as connection:
            await importing.note_undone(connection, import_id, user_id, now)
            promise = Promise(KIND, guild_id, _subject(import_id), now + GOES_ON_AFTER, moment=_UNDO)
            await delivery.put(connection, promise, now)

    async def _import_all(self, batch: Batch, told: Told | None) -> None:
        plan = await self._plan_of(batch)
        done = batch.done_count
        for number in plan.slices if plan else ():
            async with self._database.write() as connection:
                rows = await slice_of(connection, number)
                await self._write(connection, batch, rows)
                await drafts.remove(connection, number)
            done += len(rows)
            if told is not None and rows:
                await told(done, batch.row_count)
            await asyncio.sleep(self._pause)
        now = self._clock()
        async with self._database.write() as connection:
            await importing.note_finished(connection, batch.import_id, now)
            await delivery.cancel(connection, batch.guild_id, KIND, _subject(batch.import_id), now)
            if plan is not None:
                await forget(connection, plan)

    async def _plan_of(self, batch: Batch) -> Plan | None:
        """The plan of an import that is under way; None where it was forgotten while the bot was away for weeks."""
        async with self._database.read() as connection:
            promises = await delivery.of_subject(connection, batch.guild_id, KIND, _subject(batch.import_id))
            number = next((int(one.moment) for one in promises if one.moment.isdigit()), 0)
            draft = await drafts.get(connection, number)
        return plan_in(draft) if draft and draft.answers.get("import") == batch.import_id else None

    async def _write(self, connection: AsyncConnection, batch: Batch, rows: Sequence[Planned]) -> None:
        """Import one slice: what it adds and changes, what its rows did, and the search index with them."""
        now = self._clock()
        keys = [row.incoming.about.link_key for row in rows if row.incoming]
        ours = await importing.with_links(connection, batch.guild_id, keys)
        adding: list[tuple[Planned, Description]] = []
        changed: list[Resource] = []
        done: list[ImportedRow] = []
        for row in rows:
            there = ours.get(row.incoming.about.link_key) if row.incoming else None
            if row.incoming and there is None and row.outcome == ADDED:
                adding.append((row, row.incoming.about))
                continue
            verdict, resource = await self._change(connection, row, there, now)
            done.append(verdict)
            if resource is not None:
                changed.append(resource)
        abouts = [(about, freshness.due_on(about, now)) for _, about in adding]
        added = await importing.add_imported(connection, batch.guild_id, abouts, batch.import_id, now)
        done += [
            ImportedRow(row.row, ADDED, resource.resource_id, version_after=resource.version)
            for (row, _), resource in zip(adding, added, strict=True)
        ]
        await importing.note_rows(connection, batch.import_id, done)
        await shelve_many(connection, added, changed, self._vocabulary, now)

    async def _change(
        self, connection: AsyncConnection, row: Planned, there: Resource | None, now: datetime
    ) -> tuple[ImportedRow, Resource | None]:
        """What a row that adds nothing does: the resource it changes, if it still is what the dry run saw."""
        if row.incoming is None or row.outcome == REFUSED:
            return ImportedRow(row.row, REFUSED, reason=row.why), None
        if there is not None and there.status != resources.PUBLISHED:
            return ImportedRow(row.row, REFUSED, reason=WAITS), None
        if there is not None and (row.outcome == SAME or merged(there.about, row.incoming) == there.about):
            return ImportedRow(row.row, SAME, there.resource_id), None
        if there is None or (there.resource_id, there.version) != (row.number, row.version):
            return ImportedRow(row.row, REFUSED, reason=_MEANWHILE), None
        about = row.incoming.about
        again = freshness.years(about) != freshness.years(there.about)
        changed = await resources.describe(
            connection,
            there,
            about,
            touched=there.touched or there.origin == resources.STARTER,
            review_due_on=freshness.due_on(about, now) if again else there.review_due_on,
        )
        if changed is None:
            return ImportedRow(row.row, REFUSED, reason=_MEANWHILE), None
        before = importing.kept(there)
        return ImportedRow(row.row, CHANGED, there.resource_id, before, changed.version), changed

    async def _undo_all(self, batch: Batch, told: Told | None) -> None:
        async with self._database.read() as connection:
            total = await importing.left_to_undo(connection, batch.import_id)
        done = 0
        while True:
            now = self._clock()
            async with self._database.write() as connection:
                rows = await importing.to_undo(connection, batch.import_id, UNDO_SLICE)
                if not rows:
                    await delivery.cancel(connection, batch.guild_id, KIND, _subject(batch.import_id), now)
                    return
                numbers = [row.resource_id for row in rows if row.resource_id]
                found = {
                    each.resource_id: each for each in await resources.several(connection, batch.guild_id, numbers)
                }
                reasons = {row.row_number: await self._undone(connection, row, found, now) for row in rows}
                await importing.mark_undone(connection, batch.import_id, reasons)
            done += len(rows)
            if told is not None:
                await told(done, total)
            await asyncio.sleep(self._pause)

    async def _undone(
        self, connection: AsyncConnection, row: ImportedRow, found: dict[int, Resource], now: datetime
    ) -> str:
        """Undo one row; why it was left alone where it was."""
        resource = found.get(row.resource_id or 0)
        if resource is None or resource.status != resources.PUBLISHED:
            return "no longer in the catalogue"
        if resource.version != row.version_after:
            return importing.STAYED
        if row.before is None:
            removed = await resources.settle(connection, resource, resources.REMOVED, touched=False)
            await unshelve(connection, removed or resource, now)
            return importing.UNDONE
        about, touched, due_on = importing.brought_back(row.before)
        restored = await resources.describe(connection, resource, about, touched=touched, review_due_on=due_on)
        await shelve(connection, restored or resource, self._vocabulary, now)
        return importing.UNDONE


def _subject(import_id: int) -> str:
    return f"import:{import_id}"


def import_in(subject: str) -> int:
    """The number of the import that a chore is about."""
    return int(subject.removeprefix("import:"))
