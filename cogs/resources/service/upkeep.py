"""Upkeep: what organizers do about published resources, and what members report about them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.words import plain
from cogs.resources import freshness, links
from cogs.resources.service.judging import FINE_FOR
from cogs.resources.service.shelving import shelve, unshelve
from db import resources, search

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

TITLE_SHOWN = 80


class Upkeep:
    """Looking again at what is published. Except for reports the caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def still_fine(self, guild_id: int, resource_id: int, version: int, reason: str) -> Resource:
        """Take a resource out of the queue for one reason; its next review is counted from today.

        For the same trouble with its link it does not come back for `FINE_FOR`.

        Raises GoneError where it has changed since the card was shown, or someone was faster.
        """
        async with self._database.write() as connection:
            resource = await _published(connection, guild_id, resource_id, version)
            note = await resources.note_of_flag(connection, resource_id, reason)
            if note is None:
                raise GoneError("Someone has taken care of this already. The review queue shows what else waits.")
            await resources.unflag(connection, resource_id, [reason])
            if reason in (resources.DEAD_LINK, resources.CHANGED):
                until = self._clock().date() + FINE_FOR
                moved_to = note if reason == resources.CHANGED else None
                await resources.let_be(connection, resource, until, moved_to=moved_to)
            due_on = freshness.due_on(resource.about, self._clock())
            looked = await resources.look_again(connection, resource, due_on)
            return looked or resource

    async def take_link(self, guild_id: int, resource_id: int, version: int, reason: str) -> Resource:
        """Put the link that the queue offers (the new one, or the archived copy) in the place of the old one.

        Raises GoneError as `still_fine` does, UserError where the link cannot be used.
        """
        now = self._clock()
        async with self._database.write() as connection:
            resource = await _published(connection, guild_id, resource_id, version)
            link = await resources.note_of_flag(connection, resource_id, reason)
            if not link:
                raise GoneError("Someone has taken care of this already. The review queue shows what else waits.")
            link = links.checked(link)
            key = links.key(link)
            other = await resources.with_link(connection, guild_id, key)
            if other is not None and other.resource_id != resource_id:
                raise taken(other)
            about = replace(resource.about, link=link, link_key=key)
            changed = await resources.describe(
                connection, resource, about, touched=True, review_due_on=freshness.due_on(about, now)
            )
            if changed is None:
                raise _changed()
            await resources.unflag(connection, resource_id)
            await shelve(connection, changed, self._vocabulary, now)
            return changed

    async def remove(self, guild_id: int, resource_id: int) -> Resource:
        """Take a published resource out of the catalogue. Raises GoneError where it is no longer in it."""
        async with self._database.write() as connection:
            resource = await _published(connection, guild_id, resource_id)
            removed = await resources.settle(connection, resource, resources.REMOVED, touched=True)
            if removed is None:
                raise _changed()
            await unshelve(connection, removed, self._clock())
            return removed

    async def restore(self, guild_id: int, resource_id: int, version: int) -> Resource:
        """Bring back what was removed, as it stood in `version`.

        Raises GoneError where it has changed since, UserError where its link is in the catalogue again.
        """
        async with self._database.write() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
            if resource is None or resource.status != resources.REMOVED or resource.version != version:
                raise GoneError(
                    "This has changed since, so there is nothing to undo. Edit it if it should be different."
                )
            if await resources.with_link(connection, guild_id, resource.about.link_key):
                raise UserError(
                    "The same link is in the catalogue again, so this one stays out. Edit the other if something is "
                    "missing in it."
                )
            restored = await resources.settle(connection, resource, resources.PUBLISHED, touched=True)
            if restored is None:
                raise _changed()
            await shelve(connection, restored, self._vocabulary, self._clock())
            return restored

    async def report(self, guild_id: int, user_id: int, resource_id: int) -> tuple[Resource, bool]:
        """Put a resource into the queue because a member says that its link is broken; False where it is in it already.

        Raises GoneError where it is no longer in the catalogue.
        """
        async with self._database.write() as connection:
            resource = await _published(connection, guild_id, resource_id)
            new = await resources.flag(connection, resource, resources.REPORTED, self._clock(), by=user_id)
            return resource, new

    async def take_report_back(self, guild_id: int, user_id: int, resource_id: int) -> None:
        """Take a member's own report back. Raises GoneError where it was taken care of already."""
        async with self._database.write() as connection:
            resource = await resources.get(connection, guild_id, resource_id)
            taken = resource and await resources.unflag(connection, resource_id, [resources.REPORTED], by=user_id)
            if not taken:
                raise GoneError(
                    "The organizers have taken care of it already. Report it again if it is still not right."
                )

    async def titles(self, guild_id: int, begin: str, limit: int = 25) -> list[tuple[int, str]]:
        """Number and title of resources in the catalogue whose title has words that begin so, at most `limit`."""
        async with self._database.read() as connection:
            return await search.titles(connection, guild_id, "resources", begin, limit=limit)

    async def chosen(self, guild_id: int, typed: str) -> Resource:
        """The published resource that was chosen from the list (by its number), or whose link or whole title was typed.

        Raises UserError where there is none, or more than one.
        """
        async with self._database.read() as connection:
            with suppress(UserError):  # it may be the link
                resource = await resources.with_link(connection, guild_id, links.key(links.checked(typed)))
                if resource is not None and resource.status == resources.PUBLISHED:
                    return resource
            if typed.isascii() and typed.isdigit() and len(typed) < 19:  # noqa: PLR2004 - what fits 64 bits
                resource = await resources.get(connection, guild_id, int(typed))
                if resource is not None and resource.status == resources.PUBLISHED:
                    return resource
            found = await search.titles(connection, guild_id, "resources", typed, limit=2)
            same = [number for number, title in found if title.casefold() == typed.casefold()] or [n for n, _ in found]
            if len(same) == 1:
                resource = await resources.get(connection, guild_id, same[0])
                if resource is not None:
                    return resource
        raise UserError(
            "I do not know which resource you mean. Give its whole title or its link; or type a few letters in the "
            "command and choose it from the list."
        )


def taken(other: Resource) -> UserError:
    """A link that another resource has already, and which one that is."""
    return UserError(
        f"Another resource has that link already: **{plain(other.about.title, TITLE_SHOWN)}**. Edit or remove one of "
        "the two."
    )


async def _published(
    connection: AsyncConnection, guild_id: int, resource_id: int, version: int | None = None
) -> Resource:
    resource = await resources.get(connection, guild_id, resource_id)
    if resource is None or resource.status != resources.PUBLISHED:
        raise GoneError("This is no longer in the catalogue. The review queue shows what waits.")
    if version is not None and resource.version != version:
        raise GoneError("This has changed since the card was shown. Open the review queue again.")
    return resource


def _changed() -> GoneError:
    return GoneError("This has just changed. Please try once more.")
