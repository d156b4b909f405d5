"""What can be wrong with the storage itself, told in words that a caretaker can act on."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError


class StorageFault(Exception):
    """The database cannot be used now.

    `words` tells the caretaker what is wrong and what to do; `for_members` is what a member may read.
    """

    def __init__(self, words: str, for_members: str) -> None:
        super().__init__(words)
        self.words = words
        self.for_members = for_members


_PLEASE_TELL = "Nothing you typed is lost; please try again later, and let an organizer know."

DAMAGED = "The database file is damaged. Stop Benchmate, keep a copy of the file, and put a copy you made in its place."

# The primary result codes of SQLite that a caretaker can mend: https://sqlite.org/rescode.html
_BY_CODE = {
    sqlite3.SQLITE_BUSY: StorageFault(
        "The database file is locked by another program. Close what else has it open (a second Benchmate, a database "
        "viewer, a copy that is still running) and start again.",
        f"My notebook is in use by another program right now. {_PLEASE_TELL}",
    ),
    sqlite3.SQLITE_READONLY: StorageFault(
        "The database file, or the folder it lies in, cannot be written. Give the account that runs Benchmate the "
        "right to write there.",
        f"I can read my notebook but not write in it right now. {_PLEASE_TELL}",
    ),
    sqlite3.SQLITE_FULL: StorageFault(
        "The disk is full. Free some space on it; Benchmate needs about 50 MB to work.",
        f"The disk I write on is full, so I could not save this. {_PLEASE_TELL}",
    ),
    sqlite3.SQLITE_CANTOPEN: StorageFault(
        "The database file cannot be opened. Check that its folder exists and that the account that runs Benchmate "
        "may read and write there.",
        f"I cannot reach my notebook right now. {_PLEASE_TELL}",
    ),
    sqlite3.SQLITE_NOTADB: StorageFault(
        "The file at DATABASE_URL is not a Benchmate database. Move it away, or put a copy you made in its place.",
        f"I cannot read my notebook right now. {_PLEASE_TELL}",
    ),
    sqlite3.SQLITE_CORRUPT: StorageFault(
        DAMAGED,
        f"I cannot read my notebook right now. {_PLEASE_TELL}",
    ),
    sqlite3.SQLITE_IOERR: StorageFault(
        "The disk answers with a fault while reading or writing. Check that it is not full and not failing.",
        f"The disk I write on does not answer properly. {_PLEASE_TELL}",
    ),
}


def busy() -> StorageFault:
    """The fault of a database that something else keeps locked."""
    known = _BY_CODE[sqlite3.SQLITE_BUSY]
    return StorageFault(known.words, known.for_members)


def storage_fault(fault: BaseException) -> StorageFault | None:
    """Translate a fault of the database driver into words, or None where it is a fault of our own code.

    Only SQLite's primary result codes are known; the extended code's low byte is the primary one
    (https://sqlite.org/rescode.html#primary_result_codes_versus_extended_result_codes).
    """
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    code = getattr(cause, "sqlite_errorcode", None)
    known = _BY_CODE.get(code & 0xFF) if isinstance(code, int) else None
    return StorageFault(known.words, known.for_members) if known else None
