"""What concerns one person, in every table that names people: how it is listed for them, and how it is deleted.

Each module of db has the two for its own tables, `personal` and `forget`; what they share is here. A server's number
narrows both to that server; None means every server.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import true

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

NOBODY = 0
"""In the place of a person's number where a column needs one; Discord gives this number to nobody."""
_LARGEST = 2**53
"""Numbers beyond this lose digits in many programs that read JSON (https://www.rfc-editor.org/rfc/rfc8259#section-6)."""


def here(column: Column[int], guild_id: int | None) -> ColumnElement[bool]:
    """The condition for one server, or for all of them where `guild_id` is None."""
    return true() if guild_id is None else column == guild_id


async def listed(connection: AsyncConnection, query: Select[Any]) -> list[dict[str, Any]]:
    """The rows as JSON can hold them, by the columns' names; what is empty is left out.

    Moments are ISO 8601 in UTC, Discord's numbers texts.
    """
    rows = (await connection.execute(query)).mappings()
    return [{str(name): _plain(value) for name, value in row.items() if value not in (None, "")} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and value > _LARGEST:
        return str(value)
    return value
