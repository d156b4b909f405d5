"""Collecting: named lists that organizers keep, in an order of their own, with a sentence for each resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.paging import PER_PAGE
from bot.kit.words import clip, has_letters, plain, tidy
from db import resources

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import AsyncConnection, Database
    from db.resources import Collection, Item, Resource

LONGEST_NAME = 60
LONGEST_ABOUT = 200
LONGEST_SENTENCE = 150
MOST_COLLECTIONS = 100
"""Of a server: more would no longer be a help."""
MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """A resource that was taken out of a collection: where it stood (from 0), and what was said about it."""

    resource: Resource
    place: int
    sentence: str


class Collecting:
    """Collections. Whoever changes one was found to be an organizer by the caller; all members may look."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def all(self, guild_id: int, page: int = 0) -> tuple[list[Collection], int]:
        """Page `page` (from 0) of the server's collections by name, and how many there are."""
        async with self._database.read() as connection:
            return await resources.collections(connection, guild_id, limit=PER_PAGE, offset=page * PER_PAGE)

    async def names(self, guild_id: int, begin: str, limit: int = 25) -> list[str]:
        """Names that begin so, at most `limit`."""
        async with self._database.read() as connection:
            found, _ = await resources.collections(connection, guild_id, limit=limit, begin=_folded(begin))
        return [one.name for one in found]

    async def named(self, guild_id: int, name: str) -> Collection | None:
        """The collection of that name, in any letter case, or None."""
        async with self._database.read() as connection:
            return await resources.collection_named(connection, guild_id, _folded(name))

    async def contents(self, guild_id: int, collection_id: int, page: int = 0) -> tuple[Collection, list[Item]]:
        """A collection, and page `page` (from 0) of what is in it. Raises GoneError where it is gone."""
        async with self._database.read() as connection:
            collection = await _existing(connection, guild_id, collection_id)
            return collection, await resources.items(connection, collection_id, limit=PER_PAGE, offset=page * PER_PAGE)

    async def create(self, guild_id: int, by: int, name: str, about: str) -> Collection:
        """Make a collection, kept by `by`. Raises UserError for a name without words or that another one has."""
        kept, said = _name(name), clip(tidy(about), LONGEST_ABOUT)
        async with self._database.write() as connection:
            _, total = await resources.collections(connection, guild_id, limit=0)
            if total >= MOST_COLLECTIONS:
                raise UserError(f"There are {total} collections already. Please remove one first.")
            if await resources.collection_named(connection, guild_id, _folded(kept)):
                raise UserError(f"There is a collection called “{plain(kept)}” already. Please choose another name.")
            number = await resources.add_collection(connection, guild_id, kept, _folded(kept), said, by, self._clock())
            return await _existing(connection, guild_id, number)

    async def rename(self, guild_id: int, collection_id: int, name: str, about: str) -> Collection:
        """Give a collection another name and sentence. Raises as `create` does, and GoneError where it is gone."""
        kept, said = _name(name), clip(tidy(about), LONGEST_ABOUT)
        async with self._database.write() as connection:
            await _existing(connection, guild_id, collection_id)
            other = await resources.collection_named(connection, guild_id, _folded(kept))
            if other is not None and other.collection_id != collection_id:
                raise UserError(f"There is a collection called “{plain(kept)}” already. Please choose another name.")
            await resources.rename_collection(connection, collection_id, kept, _folded(kept), said)
            return await _existing(connection, guild_id, collection_id)

    async def remove(self, guild_id: int, collection_id: int) -> Collection:
        """Take a collection away; its resources stay. Raises GoneError where it is gone."""
        async with self._database.write() as connection:
            collection = await _existing(connection, guild_id, collection_id)
            await resources.remove_collection(connection, collection_id)
            return collection

    async def put(self, guild_id: int, by: int, collection_id: int, resource_id: int, sentence: str) -> bool:
        """Put a published resource at the end, or say something else about the one that is there; True where it is new.

        Raises GoneError where the collection or the resource is gone, UserError where the collection is full.
        """
        async with self._database.write() as connection:
            return await self._put(connection, guild_id, by, collection_id, resource_id, sentence)

    async def item(self, guild_id: int, collection_id: int, resource_id: int) -> Item:
        """A resource of a collection with its sentence. Raises GoneError where it is not in it."""
        async with self._database.read() as connection:
            await _existing(connection, guild_id, collection_id)
            return await _item(connection, guild_id, collection_id, resource_id)

    async def move_up(self, guild_id: int, collection_id: int, resource_id: int) -> None:
        """Let a resource change places with the one shown above it. Raises GoneError where it is not there."""
        async with self._database.write() as connection:
            await _existing(connection, guild_id, collection_id)
            order = await resources.places(connection, collection_id)
            if resource_id not in order:
                raise GoneError("This is no longer in the collection. Open the collection again to see how it is now.")
            shown = {one.resource_id for one in await resources.several(connection, guild_id, order) if _shown(one)}
            place = order.index(resource_id)
            above = next((at for at in range(place - 1, -1, -1) if order[at] in shown), None)
            if above is not None:
                order.insert(above, order.pop(place))
                await resources.order_items(connection, collection_id, order)

    async def take_out(self, guild_id: int, collection_id: int, resource_id: int) -> Taken:
        """Take a resource out of a collection. Raises GoneError where it is not in it."""
        async with self._database.write() as connection:
            await _existing(connection, guild_id, collection_id)
            item = await _item(connection, guild_id, collection_id, resource_id)
            place = (await resources.places(connection, collection_id)).index(resource_id)
            await resources.take_item(connection, collection_id, resource_id)
            return Taken(item.resource, place, item.sentence)

    async def put_back(
        self, guild_id: int, by: int, collection_id: int, resource_id: int, place: int, sentence: str
    ) -> None:
        """Put a resource back where it stood. Raises GoneError where the collection or the resource is gone."""
        async with self._database.write() as connection:
            await self._put(connection, guild_id, by, collection_id, resource_id, sentence)
            order = [one for one in await resources.places(connection, collection_id) if one != resource_id]
            order.insert(max(0, place), resource_id)
            await resources.order_items(connection, collection_id, order)

    async def _put(
        self, connection: AsyncConnection, guild_id: int, by: int, collection_id: int, resource_id: int, sentence: str
    ) -> bool:
        said = clip(tidy(sentence), LONGEST_SENTENCE)
        await _existing(connection, guild_id, collection_id)
        resource = await resources.get(connection, guild_id, resource_id)
        if resource is None or resource.status != resources.PUBLISHED:
            raise GoneError("This is no longer in the catalogue, so it cannot be put into a list. Choose another one.")
        there = await resources.places(connection, collection_id)
        if len(there) >= MOST_ITEMS and resource_id not in there:
            raise UserError(f"A collection holds {MOST_ITEMS} resources. Please start a second one.")
        return await resources.put_item(connection, collection_id, resource_id, said, by, self._clock())


def _folded(name: str) -> str:
    return tidy(name)[:LONGEST_NAME].casefold()[:LONGEST_NAME]


def _name(typed: str) -> str:
    name = clip(tidy(typed), LONGEST_NAME)
    if not has_letters(name):
        raise UserError("Please give the collection a name with at least one word.")
    return name


def _shown(resource: Resource) -> bool:
    return resource.status == resources.PUBLISHED


async def _existing(connection: AsyncConnection, guild_id: int, collection_id: int) -> Collection:
    found = await resources.collection(connection, guild_id, collection_id)
    if found is None:
        raise GoneError("This collection is no longer there. Open the list of collections to see which there are.")
    return found


async def _item(connection: AsyncConnection, guild_id: int, collection_id: int, resource_id: int) -> Item:
    found = await resources.item(connection, guild_id, collection_id, resource_id)
    if found is None:
        raise GoneError("This is no longer in the collection. Open the collection again to see how it is now.")
    return found
