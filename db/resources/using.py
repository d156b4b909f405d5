"""How often a resource is looked into, as far as Benchmate can know: presses on its buttons.

A link in a card is opened by Discord itself, and nobody tells the bot; so what counts here is **More like this**, which
people press at what they find worth following. Saves are counted where they are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, insert, update

from db.schema import metadata

if TYPE_CHECKING:
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


async def count_opened(connection: AsyncConnection, guild_id: int, resource_id: int) -> None:
    """Count one more press on a resource's button."""
    grown = await connection.execute(
        update(use_table).where(use_table.c.resource_id == resource_id).values(opened=use_table.c.opened + 1)
    )
    if not grown.rowcount:
        await connection.execute(insert(use_table).values(resource_id=resource_id, guild_id=guild_id, opened=1))
