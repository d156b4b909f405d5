"""The panels that stand in channels: rows of the delivery table, which remember the message while it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import delivery

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from db.delivery import Delivery


async def panels(connection: AsyncConnection, guild_id: int, kind: str, subject: str) -> list[Delivery]:
    """The newest delivery of a panel for each channel that ever was to have it."""
    found = await delivery.of_subject(connection, guild_id, kind, subject)
    return list({one.target_id: one for one in found}.values())
