"""How often a resource is looked into, as far as Benchmate can know: presses on its buttons.

A link in a card is opened by Discord itself, and nobody tells the bot; so what counts here is **More like this**, which
people press at what they find worth following. Saves are counted where they are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, bindparam, func, insert, select, update

from db.prepared import Prepared
from db.resources.saving import saved_table
from db.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncConnection

use_table = Table(
    "resource_use",
    metadata,
    Column(
        "resource_id",
        Integer,
        ForeignKey("resource.resource_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("guild_id", BigInteger, nullable=False),
    Column("opened", Integer, nullable=False),
)


_AT_ONCE = 12
_NUMBERS = [bindparam(f"number_{place}", type_=Integer) for place in range(_AT_ONCE)]
_HERE = bindparam("guild_id", type_=BigInteger)
_SAVED = Prepared(
    select(saved_table.c.resource_id, func.count().label("many"))
    .where(saved_table.c.resource_id.in_(_NUMBERS), saved_table.c.guild_id == _HERE)
    .group_by(saved_table.c.resource_id)
)
_OPENED = Prepared(
    select(use_table.c.resource_id, use_table.c.opened.label("many")).where(
        use_table.c.resource_id.in_(_NUMBERS), use_table.c.guild_id == _HERE
    )
)


async def uses(connection: AsyncConnection, guild_id: int, numbers: Collection[int]) -> dict[int, int]:
    """How often each of these resources was saved and opened, by number; those never used are left out.

    Every search asks this, so it is prepared for a dozen numbers at a time.
    """
    found: dict[int, int] = {}
    every = list(numbers)
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        padded = [*some, *[0] * (_AT_ONCE - len(some))]
        named = {f"number_{place}": number for place, number in enumerate(padded)}
        for counting in (_SAVED, _OPENED):
            for row in await counting.all(connection, guild_id=guild_id, **named):
                found[row.resource_id] = found.get(row.resource_id, 0) + row.many
    return found


async def count_opened(connection: AsyncConnection, guild_id: int, resource_id: int) -> None:
    """Count one more press on a resource's button."""
    grown = await connection.execute(
        update(use_table).where(use_table.c.resource_id == resource_id).values(opened=use_table.c.opened + 1)
    )
    if not grown.rowcount:
        await connection.execute(insert(use_table).values(resource_id=resource_id, guild_id=guild_id, opened=1))
