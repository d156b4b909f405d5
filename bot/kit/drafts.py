"""Nothing typed is lost: what a form was given is kept here until it has done its work.

A draft belongs to the person who typed it, in the server where they typed it; nobody else can open it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.kit.errors import GoneError, NotAllowedError
from db import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kit.clock import Clock
    from db.drafts import Draft
    from db.engine import Database

KEPT = timedelta(days=14)
"""How long an untouched draft is kept."""


class Drafts:
    """The drafts of all forms."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, *, guild_id: int, user_id: int, form: str, answers: dict[str, Any], argument: str = "") -> int:
        """Keep what was typed and return the draft's number. Forgets drafts older than `KEPT` on the way."""
        now = self._clock()
        async with self._database.write() as connection:
            await drafts.purge(connection, now - KEPT)
            return await drafts.add(
                connection,
                guild_id=guild_id,
                user_id=user_id,
                form=form,
                argument=argument,
                answers=answers,
                now=now,
            )

    async def open(self, draft_id: int, *, guild_id: int, user_id: int) -> Draft:
        """The draft, for the person it belongs to. Raises GoneError or NotAllowedError with words for them."""
        draft = await self.read(draft_id, guild_id=guild_id)
        if draft.user_id != user_id:
            raise NotAllowedError("Someone else is filling this in. Start your own with the same command.")
        return draft

    async def read(self, draft_id: int, *, guild_id: int) -> Draft:
        """A draft that may be read by anyone in its server, such as the question behind a list. Raises GoneError."""
        async with self._database.read() as connection:
            draft = await drafts.get(connection, draft_id)
        if draft is None or draft.guild_id != guild_id:
            raise GoneError("This has been sent, thrown away, or is older than two weeks. Please start again.")
        return draft

    async def newest(self, form: str, *, guild_id: int, user_id: int) -> Draft | None:
        """What this person began last with that form in this server, or None where nothing is left of it."""
        async with self._database.read() as connection:
            return await drafts.newest(connection, guild_id, user_id, form)

    async def change(self, draft: Draft, merge: Callable[[dict[str, Any]], dict[str, Any]]) -> Draft:
        """Put what `merge` makes of the newest answers beside them, and return the draft as it is now.

        In one transaction: two presses at once both count. Raises GoneError where it was sent or thrown away meanwhile.
        """
        now = self._clock()
        async with self._database.write() as connection:
            newest = await drafts.get(connection, draft.draft_id)
            if newest is None:
                raise GoneError("This has been sent or thrown away already. Please start again.")
            merged = {**newest.answers, **merge(newest.answers)}
            await drafts.change(connection, draft.draft_id, merged, now)
        return replace(newest, answers=merged, updated_at=now)

    async def purge(self) -> int:
        """Forget the drafts older than `KEPT`; return how many."""
        async with self._database.write() as connection:
            return await drafts.purge(connection, self._clock() - KEPT)

    async def forget(self, draft_id: int) -> bool:
        """Throw a draft away; False where it was gone already."""
        async with self._database.write() as connection:
            return await drafts.remove(connection, draft_id)
