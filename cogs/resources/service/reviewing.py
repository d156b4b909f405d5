"""Reviewing: organizers publish or decline what waits, ask the member who suggested it, and can take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.resources import days, freshness
from cogs.resources.service.shelving import shelve, unshelve
from cogs.resources.service.telling import ask_suggester, tell_suggester, untell
from db import resources

if TYPE_CHECKING:
    from datetime import datetime

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.resources import Queued, Resource

LONGEST_REASON = 500
LONGEST_QUESTION = 500
ANSWERS_WITHIN = timedelta(days=14)
"""A suggestion whose member does not answer comes back to the queue after that."""
_DONE = {resources.PUBLISHED: "published", resources.DECLINED: "declined"}


class StaleError(GoneError):
    """A card shows a suggestion as it no longer is; `resource` is what it is now."""

    def __init__(self, words: str, resource: Resource) -> None:
        super().__init__(words, again=f"{resource.resource_id}.{resource.version}")
        self.resource = resource


class Reviewing:
    """The review queue. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def queue(self, guild_id: int, page: int = 0) -> tuple[list[Queued], int]:
        """What waits and why, oldest first, one a page (from 0), and how much waits in all."""
        asked_before = self._clock() - ANSWERS_WITHIN
        async with self._database.read() as connection:
            return await resources.queue(connection, guild_id, asked_before=asked_before, limit=1, offset=page)

    async def count(self, guild_id: int) -> int:
        """How much waits."""
        return (await self.queue(guild_id))[1]

    async def waiting(self, guild_id: int, resource_id: int, version: int) -> Resource:
        """A suggestion that waits as it stood in `version`, before a form is opened. Raises as `decide` does."""
        async with self._database.read() as connection:
            return await _waiting(connection, guild_id, resource_id, version)

    async def decide(
        self, guild_id: int, resource_id: int, version: int, organizer_id: int, status: str, reason: str = ""
    ) -> Resource:
        """Publish or decline (`status`) a suggestion as it stood in `version`; tell the member, if they asked for it.

        Raises StaleError where it was changed or someone else was faster, GoneError where it is gone, UserError for an
        opportunity that has closed.
        """
        now = self._clock()
        async with self._database.write() as connection:
            resource = await _waiting(connection, guild_id, resource_id, version)
            closes_on = resource.about.closes_on
            if status == resources.PUBLISHED and closes_on and closes_on < freshness.still_open(now):
                raise UserError(
                    f"This closed on {days.said(closes_on)}. Press **Edit** for another date, or decline it."
                )
            moved = await self._move(connection, resource, status, organizer_id, clip(tidy(reason), LONGEST_REASON))
            await tell_suggester(connection, moved, now)
            return moved

    async def ask(self, guild_id: int, resource_id: int, version: int, organizer_id: int, question: str) -> Resource:
        """Ask the member who suggested it; it leaves the queue until they answer, or for `ANSWERS_WITHIN`.

        Raises as `decide` does, and UserError where nobody suggested it or nothing was asked.
        """
        now, words = self._clock(), clip(tidy(question), LONGEST_QUESTION)
        if not has_letters(words):
            raise UserError("The question is empty. Please write what you would like to know.")
        async with self._database.write() as connection:
            resource = await _waiting(connection, guild_id, resource_id, version)
            if resource.suggested_by is None:
                raise UserError(
                    "No member suggested this, so there is nobody to ask. Publish it, edit it, or decline it."
                )
            asked = await resources.ask(connection, resource, words, organizer_id, now)
            if asked is None:
                raise _changed()
            await untell(connection, resource, now)
            await ask_suggester(connection, asked, now)
            return asked

    async def take_back(self, guild_id: int, resource_id: int, version: int) -> Resource:
        """Put a decided suggestion back into the queue, and take back what its member was to be told.

        Raises GoneError where it has changed since, UserError where its link has been suggested anew meanwhile.
        """
        async with self._database.write() as connection:
            resource = await _current(connection, guild_id, resource_id)
            if resource.version != version or resource.status == resources.WAITING:
                raise GoneError(
                    "This has changed since, so there is nothing to undo. Open the review queue to see how it is now."
                )
            other = await resources.with_link(connection, guild_id, resource.about.link_key)
            if other is not None and other.resource_id != resource_id:
                raise UserError("The same link has been suggested again meanwhile; you will find it in the queue.")
            await untell(connection, resource, self._clock())
            return await self._move(connection, resource, resources.WAITING, None)

    async def _move(
        self, connection: AsyncConnection, resource: Resource, status: str, by: int | None, reason: str = ""
    ) -> Resource:
        now: datetime = self._clock()
        due_on = freshness.due_on(resource.about, now) if status == resources.PUBLISHED else None
        moved = await resources.decide(
            connection,
            resource,
            status=status,
            by=by,
            now=now if by is not None else None,
            reason=reason,
            review_due_on=due_on,
        )
        if moved is None:
            raise _changed()
        if status == resources.PUBLISHED:
            await shelve(connection, moved, self._vocabulary, now)
        else:
            await unshelve(connection, moved, now)
        return moved


async def _waiting(connection: AsyncConnection, guild_id: int, resource_id: int, version: int) -> Resource:
    resource = await _current(connection, guild_id, resource_id)
    if resource.status != resources.WAITING:
        if resource.status not in _DONE or resource.reviewed_at is None:
            raise StaleError("This has been taken out of the catalogue since. Look at what else waits.", resource)
        when = f"<t:{int(resource.reviewed_at.timestamp())}:R>"
        who = f"<@{resource.reviewed_by}>" if resource.reviewed_by else "An organizer"
        raise StaleError(f"{who} has {_DONE[resource.status]} this {when}.", resource)
    if resource.version != version:
        raise StaleError("This has changed since the card was shown; I have drawn it anew.", resource)
    return resource


async def _current(connection: AsyncConnection, guild_id: int, resource_id: int) -> Resource:
    resource = await resources.get(connection, guild_id, resource_id)
    if resource is None:
        raise GoneError("This suggestion is no longer there. Open the review queue to see what waits.")
    return resource


def _changed() -> GoneError:
    return GoneError("This suggestion has just changed. Open the review queue again.")
