"""Editing: an organizer changes what a resource says, whether it waits or is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.errors import GoneError
from cogs.resources import freshness
from cogs.resources.service.describing import described, require_closing_date
from cogs.resources.service.shelving import shelve
from cogs.resources.service.upkeep import taken
from db import drafts, resources

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.drafts import Draft
    from db.engine import Database
    from db.resources import Resource

_EDITABLE = (resources.WAITING, resources.PUBLISHED)


class Editing:
    """Changing resources. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def open(self, guild_id: int, resource_id: int) -> Resource:
        """The resource to be edited. Raises GoneError where it neither waits nor is published."""
        async with self._database.read() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
        if resource is None or resource.status not in _EDITABLE:
            raise GoneError("This is no longer in the catalogue, so it cannot be edited. It can be suggested anew.")
        return resource

    async def save(self, draft: Draft) -> Resource:
        """Put what the draft says in the place of the resource's own description, and forget the draft.

        Who edits has looked: the resource leaves the queue, and its next review is counted from today. Raises GoneError
        where it was saved already or the resource has changed meanwhile, UserError for a link that another one has and
        for an opportunity without a closing date.
        """
        now = self._clock()
        number, _, version = draft.argument.partition(".")
        async with self._database.write() as connection:
            newest = await drafts.get(connection, draft.draft_id)
            if newest is None:
                raise GoneError("This has been saved already. Search for it to see how it looks now.")
            about = described(newest.answers)
            require_closing_date(about)
            resource = await resources.get(connection, draft.guild_id, int(number))
            if resource is None or resource.status not in _EDITABLE or resource.version != int(version or 0):
                raise GoneError("Someone has changed this while you were editing. Open it again to see how it is now.")
            other = await resources.with_link(connection, draft.guild_id, about.link_key)
            if other is not None and other.resource_id != resource.resource_id:
                raise taken(other)
            published = resource.status == resources.PUBLISHED
            due_on = freshness.due_on(about, now) if published else None
            changed = await resources.describe(connection, resource, about, touched=True, review_due_on=due_on)
            if changed is None:
                raise GoneError("This has just changed. Please open it again.")
            await drafts.remove(connection, draft.draft_id)
            await resources.unflag(connection, resource.resource_id)
            if published:
                await shelve(connection, changed, self._vocabulary, now)
            return changed
