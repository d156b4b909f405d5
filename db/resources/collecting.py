"""Collections: lists with a name that an organizer keeps, each resource at its place with a sentence of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from db.resources.table import PUBLISHED, Resource, resource_of, resource_table
from db.schema import metadata, of_guild
from db.types import UtcDateTime

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

collection_table = Table(
    "collection",
    metadata,
    Column("collection_id", Integer, primary_key=True),
    of_guild(),
    Column("name", String(100), nullable=False),
    Column("folded_name", String(100), nullable=False),
    Column("about", String(300), nullable=False),
    Column("keeper_id", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("guild_id", "folded_name"),
    sqlite_autoincrement=True,
)

item_table = Table(
    "collection_item",
    metadata,
    Column(
        "collection_id",
        Integer,
        ForeignKey("collection.collection_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "resource_id",
        Integer,
        ForeignKey("resource.resource_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("position", Integer, nullable=False),
    Column("sentence", String(300), nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Index(None, "collection_id", "position"),
    Index(None, "resource_id"),
)


@dataclass(frozen=True, slots=True)
class Collection:
    """A named list: a sentence about it, who keeps it, and how many published resources are in it."""

    collection_id: int
    guild_id: int
    name: str
    about: str
    keeper_id: int
    items: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A resource in a collection, and the sentence that says why it is there (may be empty)."""

    resource: Resource
    sentence: str


_SHOWN = (item_table.c.collection_id == collection_table.c.collection_id, resource_table.c.status == PUBLISHED)
_COUNT = (
    select(func.count())
    .select_from(item_table.join(resource_table, resource_table.c.resource_id == item_table.c.resource_id))
    .where(*_SHOWN)
    .correlate(collection_table)
    .scalar_subquery()
    .label("items")
)


def _collection(row: Any) -> Collection:
    return Collection(row.collection_id, row.guild_id, row.name, row.about, row.keeper_id, row.items)


async def add_collection(
    connection: AsyncConnection, guild_id: int, name: str, folded_name: str, about: str, keeper_id: int, now: datetime
) -> int:
    """Make a collection and return its number; a second one with the same folded name raises IntegrityError."""
    result = await connection.execute(
        insert(collection_table)
        .values(guild_id=guild_id, name=name, folded_name=folded_name, about=about, keeper_id=keeper_id, created_at=now)
        .returning(collection_table.c.collection_id)
    )
    return int(result.scalar_one())


async def rename_collection(
    connection: AsyncConnection, collection_id: int, name: str, folded_name: str, about: str
) -> None:
    """Give a collection another name and sentence; a name that another one has raises IntegrityError."""
    await connection.execute(
        update(collection_table)
        .where(collection_table.c.collection_id == collection_id)
        .values(name=name, folded_name=folded_name, about=about)
    )


async def remove_collection(connection: AsyncConnection, collection_id: int) -> None:
    """Take a collection away; its resources stay in the catalogue."""
    await connection.execute(delete(collection_table).where(collection_table.c.collection_id == collection_id))


async def collection(connection: AsyncConnection, guild_id: int, collection_id: int) -> Collection | None:
    """A collection of this server by its number, or None."""
    query = select(collection_table, _COUNT).where(
        collection_table.c.collection_id == collection_id, collection_table.c.guild_id == guild_id
    )
    row = (await connection.execute(query)).first()
    return None if row is None else _collection(row)


async def collection_named(connection: AsyncConnection, guild_id: int, folded_name: str) -> Collection | None:
    """The collection of that folded name, or None."""
    query = select(collection_table, _COUNT).where(
        collection_table.c.folded_name == folded_name, collection_table.c.guild_id == guild_id
    )
    row = (await connection.execute(query)).first()
    return None if row is None else _collection(row)


async def collections(
    connection: AsyncConnection, guild_id: int, *, limit: int, offset: int = 0, begin: str = ""
) -> tuple[list[Collection], int]:
    """The collections of a server by name (whose folded name begins with `begin`), and how many there are in all."""
    where = [collection_table.c.guild_id == guild_id]
    if begin:
        where.append(collection_table.c.folded_name.startswith(begin, autoescape=True))
    total = (await connection.execute(select(func.count()).select_from(collection_table).where(*where))).scalar_one()
    query = select(collection_table, _COUNT).where(*where).order_by(collection_table.c.folded_name)
    rows = await connection.execute(query.limit(limit).offset(offset))
    return [_collection(row) for row in rows], int(total)


async def items(connection: AsyncConnection, collection_id: int, *, limit: int, offset: int) -> list[Item]:
    """What is in a collection and published, in its order."""
    rows = await connection.execute(
        select(resource_table, item_table.c.sentence)
        .join(item_table, item_table.c.resource_id == resource_table.c.resource_id)
        .where(item_table.c.collection_id == collection_id, resource_table.c.status == PUBLISHED)
        .order_by(item_table.c.position, item_table.c.resource_id)
        .limit(limit)
        .offset(offset)
    )
    return [Item(resource_of(row), row.sentence) for row in rows]


async def item(connection: AsyncConnection, guild_id: int, collection_id: int, resource_id: int) -> Item | None:
    """A resource in a collection, published or not; None where it is not in it."""
    query = (
        select(resource_table, item_table.c.sentence)
        .join(item_table, item_table.c.resource_id == resource_table.c.resource_id)
        .where(
            item_table.c.collection_id == collection_id,
            item_table.c.resource_id == resource_id,
            resource_table.c.guild_id == guild_id,
        )
    )
    row = (await connection.execute(query)).first()
    return None if row is None else Item(resource_of(row), row.sentence)


async def places(connection: AsyncConnection, collection_id: int) -> list[int]:
    """The numbers of all resources in a collection, in its order, also of those that are not published now."""
    query = select(item_table.c.resource_id).where(item_table.c.collection_id == collection_id)
    return list((await connection.execute(query.order_by(item_table.c.position, item_table.c.resource_id))).scalars())


async def put_item(
    connection: AsyncConnection, collection_id: int, resource_id: int, sentence: str, by: int, now: datetime
) -> bool:
    """Put a resource at the end of a collection, or give the one in it another sentence; True where it is new."""
    here = (item_table.c.collection_id == collection_id, item_table.c.resource_id == resource_id)
    changed = await connection.execute(update(item_table).where(*here).values(sentence=sentence))
    if changed.rowcount:
        return False
    last = select(func.coalesce(func.max(item_table.c.position), 0)).where(item_table.c.collection_id == collection_id)
    position = int((await connection.execute(last)).scalar_one()) + 1
    await connection.execute(
        insert(item_table).values(
            collection_id=collection_id,
            resource_id=resource_id,
            position=position,
            sentence=sentence,
            added_by=by,
            added_at=now,
        )
    )
    return True


async def take_item(connection: AsyncConnection, collection_id: int, resource_id: int) -> bool:
    """Take a resource out of a collection; False where it was not in it."""
    result = await connection.execute(
        delete(item_table).where(item_table.c.collection_id == collection_id, item_table.c.resource_id == resource_id)
    )
    return bool(result.rowcount)


async def order_items(connection: AsyncConnection, collection_id: int, numbers: list[int]) -> None:
    """Put the resources of a collection into this order, from position 1 on."""
    if not numbers:
        return
    await connection.execute(
        update(item_table)
        .where(item_table.c.collection_id == collection_id, item_table.c.resource_id == bindparam("number"))
        .values(position=bindparam("place")),
        [{"number": number, "place": place} for place, number in enumerate(numbers, 1)],
    )
