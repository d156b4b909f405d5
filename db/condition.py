"""The condition of the database, found out without changing anything."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

from db.faults import DAMAGED, storage_fault
from db.migrations import FOREIGN, NOT_YET, known_revisions, newer

ENOUGH_SPACE = 50 * 1024 * 1024
"""Bytes that should be free where the database lies."""


def file_of(url: str) -> Path | None:
    """The file behind an SQLAlchemy address; None where it is no SQLite file."""
    address = make_url(url)
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None


def examine(url: str) -> tuple[list[str], list[str]]:
    """What is wrong with the database at an SQLAlchemy address, and what is worth knowing, as sentences.

    It waits at most a second for a lock.
    """
    file = file_of(url)
    if file is None:
        return [NOT_YET], []
    try:
        return _file(file)
    except OSError as fault:
        return [f"{file} cannot be read ({fault.strerror}). Allow the account that runs Benchmate to."], []


def _file(file: Path) -> tuple[list[str], list[str]]:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    problems = _space(folder)
    if not file.exists():
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            problems.append(
                f"The folder {folder} cannot be written, so {file} cannot be made there. Allow writing there."
            )
        return problems, [] if problems else [f"{file} does not exist yet; it is made at the first start."]
    try:
        problems += _inside(file)
    except sqlite3.Error as fault:
        known = storage_fault(fault)
        problems.append(known.words if known else f"{file} cannot be read: {fault}")
    size = file.stat().st_size / 1e6
    return problems, [] if problems else [f"The database is {file} ({size:.1f} MB), SQLite {sqlite3.sqlite_version}."]


def _space(folder: Path) -> list[str]:
    free = shutil.disk_usage(folder).free
    if free >= ENOUGH_SPACE:
        return []
    return [f"Only {free // 1024 // 1024} MB are free where the database lies; Benchmate needs about 50 MB. Free some."]


def _inside(file: Path) -> list[str]:
    """Look into the file as a writer would, take everything back, and read every page of it."""
    connection = sqlite3.connect(file, timeout=1, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return []
        if "alembic_version" not in tables:
            return [FOREIGN]
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
        if found is not None and found not in known_revisions():
            return [newer(found)]
        connection.execute("PRAGMA user_version = 0")  # the writing that a read-only file refuses
        connection.execute("ROLLBACK")
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        return [] if verdict == "ok" else [DAMAGED]
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.close()
