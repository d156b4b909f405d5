"""Suggesting: from a draft to a resource that waits for the organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from cogs.resources.service.describing import described, known_with, require_closing_date
from cogs.resources.service.telling import show_new_to_desk
from db import drafts, guilds, resources

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.drafts import Draft
    from db.engine import Database
    from db.resources import Resource


class Suggesting:
    """Sends what a member has described to the review queue."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def send(self, draft: Draft, desk_id: int | None) -> Resource:
        """Put the draft into the review queue, once however often it is pressed, and forget the draft.

        `desk_id` is the organizers' channel, which is promised the card; None where there is none.

        Raises GoneError where it was sent already, UserError where its link has come into the catalogue meanwhile.
        """
        now = self._clock()
        async with self._database.write() as connection:
            newest = await drafts.get(connection, draft.draft_id)
            if newest is None:
                raise GoneError("This suggestion has been sent already. Thank you!")
            about = described(newest.answers)
            require_closing_date(about)
            await guilds.see(connection, draft.guild_id, now)
            if await known_with(connection, draft.guild_id, about.link_key):
                raise UserError(
                    "Someone has suggested this link while you were writing, so it is on its way already. Thank you!"
                )
            await drafts.remove(connection, draft.draft_id)
            resource = await resources.add(
                connection, draft.guild_id, about, status=resources.WAITING, by=draft.user_id, now=now
            )
            if desk_id is not None:
                await show_new_to_desk(connection, resource, desk_id, now)
            return resource
