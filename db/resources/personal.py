"""What the catalogue keeps about one person: what they saved, suggested and told us, and what they did as organizers.

What was published stays when its people go, without their names. What never was goes with who suggested it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from db.guilds import guild_table
from db.personal import NOBODY, here, listed
from db.resources.collecting import collection_table, item_table
from db.resources.flagging import flag_table
from db.resources.importing import import_table
from db.resources.saving import saved_table
from db.resources.table import DECLINED, WAITING, resource_table

if TYPE_CHECKING:
    from sqlalchemy import Column, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

_RESOURCE, _FLAG, _SAVED = resource_table.c, flag_table.c, saved_table.c
_COLLECTION, _ITEM, _IMPORT, _GUILD = collection_table.c, item_table.c, import_table.c, guild_table.c
_NAMED: tuple[Column[Any], ...] = (_RESOURCE.title, _RESOURCE.link)

COLUMNS = (
    "saved_resource.user_id",
    "resource.suggested_by",
    "resource.reviewed_by",
    "resource.asked_by",
    "resource_flag.by",
    "collection.keeper_id",
    "collection_item.added_by",
    "import_batch.by",
    "import_batch.undone_by",
    "guild.starter_away_by",
)
"""The columns that hold people's numbers."""


async def personal(connection: AsyncConnection, guild_id: int | None, user_id: int) -> dict[str, Any]:
    """All of it, by what the person did."""
    return {name: await listed(connection, query) for name, query in _queries(guild_id, user_id).items()}


def _queries(guild_id: int | None, user_id: int) -> dict[str, Select[Any]]:
    saved = saved_table.join(resource_table, _RESOURCE.resource_id == _SAVED.resource_id)
    flagged = flag_table.join(resource_table, _RESOURCE.resource_id == _FLAG.resource_id)
    put_in = item_table.join(collection_table, _COLLECTION.collection_id == _ITEM.collection_id).join(
        resource_table, _RESOURCE.resource_id == _ITEM.resource_id
    )

    def did(by: Column[Any], *columns: Column[Any]) -> Select[Any]:
        mine = (by == user_id, here(_RESOURCE.guild_id, guild_id))
        return select(_RESOURCE.guild_id, *_NAMED, *columns).where(*mine).order_by(_RESOURCE.resource_id)

    return {
        "saved": select(_SAVED.guild_id, *_NAMED, _SAVED.note, _SAVED.saved_at)
        .select_from(saved)
        .where(_SAVED.user_id == user_id, here(_SAVED.guild_id, guild_id))
        .order_by(_SAVED.saved_at),
        "suggested": did(
            _RESOURCE.suggested_by,
            *(_RESOURCE.description, _RESOURCE.status, _RESOURCE.suggested_at, _RESOURCE.reason),
            *(_RESOURCE.tell, _RESOURCE.asked, _RESOURCE.answer, _RESOURCE.answered_at),
        ),
        "reviewed": did(_RESOURCE.reviewed_by, _RESOURCE.status, _RESOURCE.reviewed_at, _RESOURCE.reason),
        "asked_about": did(_RESOURCE.asked_by, _RESOURCE.asked, _RESOURCE.asked_at),
        "reported": select(_FLAG.guild_id, *_NAMED, _FLAG.reason, _FLAG.since, _FLAG.note)
        .select_from(flagged)
        .where(_FLAG.by == user_id, here(_FLAG.guild_id, guild_id)),
        "collections": select(_COLLECTION.guild_id, _COLLECTION.name, _COLLECTION.about, _COLLECTION.created_at).where(
            _COLLECTION.keeper_id == user_id, here(_COLLECTION.guild_id, guild_id)
        ),
        "put_into_collections": select(
            _COLLECTION.guild_id, _COLLECTION.name, _RESOURCE.title, _ITEM.sentence, _ITEM.added_at
        )
        .select_from(put_in)
        .where(_ITEM.added_by == user_id, here(_COLLECTION.guild_id, guild_id)),
        "imported": select(_IMPORT.guild_id, _IMPORT.file_name, _IMPORT.at, _IMPORT.row_count).where(
            _IMPORT.by == user_id, here(_IMPORT.guild_id, guild_id)
        ),
        "imports_undone": select(_IMPORT.guild_id, _IMPORT.file_name, _IMPORT.undone_at).where(
            _IMPORT.undone_by == user_id, here(_IMPORT.guild_id, guild_id)
        ),
        "starter_catalogue_declined": select(_GUILD.guild_id, _GUILD.starter_away_at).where(
            _GUILD.starter_away_by == user_id, here(_GUILD.guild_id, guild_id)
        ),
    }


async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
    """Delete what was theirs alone, and take their number out of what stays."""
    await connection.execute(delete(saved_table).where(_SAVED.user_id == user_id, here(_SAVED.guild_id, guild_id)))
    suggested = (_RESOURCE.suggested_by == user_id, here(_RESOURCE.guild_id, guild_id))
    await connection.execute(delete(resource_table).where(*suggested, _RESOURCE.status.in_((WAITING, DECLINED))))
    # What an organizer and they wrote to each other about it was between the two.
    unnamed = {"suggested_by": None, "tell": "", "tell_place": None, "asked": "", "asked_by": None, "answer": ""}
    await connection.execute(
        update(resource_table).where(*suggested).values(**unnamed, asked_at=None, answered_at=None)
    )
    for column, guild, nobody in (
        (_RESOURCE.reviewed_by, _RESOURCE.guild_id, None),
        (_RESOURCE.asked_by, _RESOURCE.guild_id, None),
        (_FLAG.by, _FLAG.guild_id, None),
        (_COLLECTION.keeper_id, _COLLECTION.guild_id, NOBODY),
        (_IMPORT.by, _IMPORT.guild_id, NOBODY),
        (_IMPORT.undone_by, _IMPORT.guild_id, None),
        (_GUILD.starter_away_by, _GUILD.guild_id, None),
    ):
        table = column.table
        await connection.execute(
            update(table).where(column == user_id, here(guild, guild_id)).values({column.name: nobody})
        )
    in_scope = select(_COLLECTION.collection_id).where(here(_COLLECTION.guild_id, guild_id))
    await connection.execute(
        update(item_table).where(_ITEM.added_by == user_id, _ITEM.collection_id.in_(in_scope)).values(added_by=NOBODY)
    )
