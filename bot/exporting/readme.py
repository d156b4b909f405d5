"""The README of an export: what is in which file, what is left out and why, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.kit.handover import Community, File, Handover

_NOBODY = (
    "**No member is named in it**, so that it can be passed on: no names, no numbers, no private notes. Texts that "
    "members wrote may speak of people; look through them before you publish them."
)
_USE = (
    (
        "- **A page for everybody.** `index.html` is the coming events and the catalogue on one page. Put that one "
        "file on any web space; it needs nothing else. It does not change by itself: make it anew when it is old."
    ),
    (
        "- **Moving to another Benchmate.** `/catalogue import` reads `resources/catalogue.csv`, and `/event import` "
        "reads the coming events from `events/calendar.ics`. To move everything as it is, with members' data, take "
        "`benchmate backup` instead."
    ),
    (
        "- **Moving elsewhere.** CSV opens in any spreadsheet, `.ris` and `.bib` in Zotero and its like, `.ics` in any "
        "calendar, Markdown (`.md`) in any text editor or wiki."
    ),
)
_TABLES = (
    "In tables, a text that a spreadsheet would run as a formula has an apostrophe before it. Times in tables are "
    "those of the time zone {zone}; in JSON they are UTC."
)


def readme_of(community: Community, files: Iterable[tuple[Handover, Sequence[File]]], left_out: Sequence[str]) -> bytes:
    """The README of one server's folder: each room's files by their path, and what each left out."""
    lines = [
        f"# {plain(community.name)}",
        "",
        (
            f"What this community has gathered with Benchmate, as it was on {community.local(community.now)} "
            f"({community.zone.key})."
        ),
        "",
        _NOBODY,
        "",
        "## What to do with it",
        "",
        *_USE,
        "",
        "## What is in it",
    ]
    not_there: list[str] = []
    for room, kept in files:
        if kept:
            lines += ["", f"### {room.heading}", ""]
            lines += [f"- `{file.path}`: {file.about}" for file in kept]
        not_there += [f"{room.heading}: {sentence}" for sentence in room.left_out]
    lines += ["", _TABLES.format(zone=community.zone.key), "", "## What is left out", ""]
    lines += [f"- {sentence}" for sentence in (*not_there, *(f"Members: {sentence}" for sentence in left_out))]
    return ("\n".join(lines) + "\n").encode()


def readme_of_all(folders: Iterable[tuple[str, str]], now: datetime) -> bytes:
    """The README above the servers' folders: which folder is whose. `now` is UTC."""
    lines = [
        "# What was taken away from Benchmate",
        "",
        f"On {now:%Y-%m-%d}, a folder for each server; the README in it says what is where.",
        "",
        *(f"- [{folder}]({folder}/README.md): {plain(name)}" for name, folder in folders),
    ]
    return ("\n".join(lines) + "\n").encode()
