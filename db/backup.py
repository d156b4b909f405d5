"""Copies of the whole database: one consistent file, made while the bot runs, and put back when it is needed.

Only SQLite is served. The copy is made by SQLite's own backup (https://sqlite.org/backup.html) in a single step, from a
connection that reads and never checkpoints, so that it shows one moment and holds nobody up.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.faults import DAMAGED, StorageFault, storage_fault
from db.migrations import FOREIGN, known_revisions, newer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_FOR_MEMBERS = "A copy of my notebook is being handled right now. Please try again later."
_WAIT_S = 5.0
_OWNER_ONLY = 0o600
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file (https://sqlite.org/tempfiles.html)."""

RUNNING = "Benchmate runs on this database right now. Stop it first, then restore, then start it again."


def _wrong(words: str) -> StorageFault:
    return StorageFault(words, _FOR_MEMBERS)


def copy(source: Path, target: Path) -> int:
    """Copy the database at `source`, also while it is written, to a new file `target`; return its size in bytes.

    The copy is looked through before it gets its name, only its owner may read it, and nothing is ever overwritten.
    Raises StorageFault, in words for the caretaker.
    """
    if not source.exists():
        raise _wrong(f"There is no database at {source} yet, so there is nothing to copy.")
    if target.exists():
        raise _wrong(f"{target} is there already, and a copy never takes another's place. Choose a new name.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=_OWNER_ONLY)
        _pour(source, unfinished)
        examine(unfinished)
        _sync(unfinished)
        _name(unfinished, target)
        _sync(target.parent)
        return target.stat().st_size
    except FileExistsError:
        raise _wrong(f"{target} is there already, and a copy never takes another's place.") from None
    except OSError as fault:
        raise _wrong(f"{target} could not be written ({fault.strerror}). Choose a place with room for it.") from fault
    except sqlite3.Error as fault:
        raise storage_fault(fault) or _wrong(f"The copy failed: {fault}") from fault
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def examine(file: Path) -> None:
    """Read every page and reference of a database file. Raises StorageFault where it is not whole, or not ours."""
    if not file.exists():
        raise _wrong(f"There is no file {file}.")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in tables:
                raise _wrong(f"{file}: {FOREIGN}")
            (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
            if found not in known_revisions():
                raise _wrong(newer(found))
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise _wrong(f"{file} is damaged. {DAMAGED if verdict != 'ok' else 'Take an older copy.'}")
    except sqlite3.Error as fault:
        raise storage_fault(fault) or _wrong(f"{file} cannot be read: {fault}") from fault


def restore(source: Path, target: Path, now: datetime, *, over: bool) -> Path | None:
    """Put a copy of `source` in the place of `target`; return where the database that was there went.

    `now` (UTC) names it. Where there is a database already it is only touched with `over`, and never while a bot runs
    on it; it is put aside, not deleted. Raises StorageFault, in words for the caretaker.
    """
    examine(source)
    there = target.exists()
    if there and not over:
        raise _wrong(
            f"There is a database at {target} already. To put this copy in its place, say so: add --over. What is "
            "there now is put aside, not deleted."
        )
    fresh = target.with_name(f"{target.name}.restored")
    fresh.unlink(missing_ok=True)
    copy(source, fresh)
    try:
        aside = _put_aside(target, target.with_name(f"{target.stem}.before-{now:%Y%m%d-%H%M%S}{target.suffix}"), there)
        fresh.replace(target)
        _sync(target.parent)
    except OSError as fault:
        raise _wrong(f"{target} could not be written ({fault.strerror}).") from fault
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return aside


def in_folder(folder: Path) -> Iterator[Path]:
    """The daily copies in a folder, the newest first; their names hold their day."""
    yield from sorted(folder.glob("benchmate-????-??-??.db"), reverse=True)


def _pour(source: Path, target: Path) -> None:
    address = f"{source.absolute().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=_WAIT_S)) as reader,
        closing(sqlite3.connect(target)) as writer,
    ):
        reader.execute("PRAGMA query_only=ON")
        reader.execute("PRAGMA wal_autocheckpoint=0")  # the bot's own connection is the only one that checkpoints
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _put_aside(target: Path, aside: Path, there: bool) -> Path | None:
    """Move the database away, once nobody has it open; what lies beside it is taken into it first."""
    if there:
        try:
            with closing(sqlite3.connect(target, timeout=1)) as connection:
                # Leaving WAL needs the file for itself alone (https://sqlite.org/wal.html#activating_and_configuring).
                connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise _wrong(RUNNING) from fault
            # A database that cannot even be opened is what a copy is for.
        target.rename(aside)
    for end in _BESIDE:
        left = Path(f"{target}{end}")
        if left.exists():
            left.rename(f"{aside}{end}")
    return aside if there else None


def _name(unfinished: Path, target: Path) -> None:
    """Give a finished copy its name. Raises FileExistsError where somebody was quicker."""
    try:
        os.link(unfinished, target)  # unlike a rename it refuses to replace
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a USB stick
        if target.exists():
            raise FileExistsError(target) from None
        unfinished.rename(target)


def _sync(place: Path) -> None:
    """Bring a file, or a folder's list of names, onto the disk; Windows does the latter by itself."""
    if place.is_dir() and os.name == "nt":
        return
    number = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
