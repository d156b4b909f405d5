"""What was measured, and on what: without this a figure says nothing."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.processes import ROOT

LIBRARIES = ("discord.py", "SQLAlchemy", "aiosqlite", "aiohttp", "icalendar", "ortools")
GIBIBYTE_KIB = 2**20
WRITTEN = "docs/benchmarks.md"
"""The page that the benchmarks write themselves: that it was changed does not change what is measured."""


def machine() -> str:
    """One sentence that names the machine: processor, cores, memory, kernel. Nothing that says whose it is."""
    model = _first(Path("/proc/cpuinfo"), r"model name\s*:\s*(.+)") or platform.machine()
    memory = int(_first(Path("/proc/meminfo"), r"MemTotal:\s*(\d+) kB") or 0) / GIBIBYTE_KIB
    kernel = re.match(r"[\d.]*\d", platform.release())
    parts = [
        f"{os.cpu_count()} cores of {model}" + ("" if platform.machine() in model else f" ({platform.machine()})"),
        f"{memory:.0f} GiB of memory" if memory else "",
        f"{platform.system()} {kernel[0] if kernel else ''}".strip(),
    ]
    return ", ".join(part for part in parts if part)


def versions() -> str:
    """One sentence that names Python, SQLite and the libraries that matter here."""
    known = [f"{library} {_version(library)}" for library in LIBRARIES]
    return ", ".join([f"Python {sys.version.split()[0]}", f"SQLite {sqlite3.sqlite_version}", *known])


def commit() -> str:
    """The commit that was measured, and whether there was more than it; "unknown" outside of a clone."""
    short = _git("rev-parse", "--short=12", "HEAD")
    if not short:
        return "unknown"
    changed = [row for row in _git("status", "--porcelain").splitlines() if row[3:] != WRITTEN]
    return f"{short.strip()}, with changes" if changed else short.strip()


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _first(file: Path, pattern: str) -> str:
    """What the pattern finds in the file; nothing where there is no such file."""
    if not file.is_file():
        return ""
    found = re.search(pattern, file.read_text(encoding="utf-8", errors="replace"))
    return found[1].strip() if found else ""


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "(not installed)"
