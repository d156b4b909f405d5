"""The one search index: every room writes its records here in its own transaction, and `/find` reads them all.

Counterparts: the rooms call `put` and `remove` beside their own rows; /find, the question form and autocomplete read.
Several servers share the file and never see each other: each has a range of record numbers of its own.

This version's index is SQLite's (FTS5). Statements that only SQLite understands stand in `tables` (the index itself),
`spelling`, `keeping`, `finding`, `resembling` and `browsing`, and all go through `db.prepared.fetched`; the
search_record table is portable, so that an index of another database can be built from it.
"""

from db.search.browsing import complete, get, kinds, similar, titles
from db.search.finding import find
from db.search.keeping import forget_guild, put, put_many, remove
from db.search.resembling import resembling
from db.search.spelling import nearest
from db.search.tables import CREATE_INDEX, DROP_INDEX, Found, Hit, SearchRecord

__all__ = (
    "CREATE_INDEX",
    "DROP_INDEX",
    "Found",
    "Hit",
    "SearchRecord",
    "complete",
    "find",
    "forget_guild",
    "get",
    "kinds",
    "nearest",
    "put",
    "put_many",
    "remove",
    "resembling",
    "similar",
    "titles",
)
