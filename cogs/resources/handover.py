"""What an organizer takes away of resources: the catalogue in each format, collections, and how its links stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.handover import File, Handover, json_file
from bot.kit.spreadsheets import csv_file
from bot.kit.words import counted, plain
from cogs.resources.exchange import entry_of
from cogs.resources.formats import MAX_BYTES, MAX_ROWS, to_csv
from cogs.resources.service.exporting import FORMATS, in_files
from cogs.resources.webpage import chapters
from db import resources
from db.resources import CLOSED, PUBLISHED, WAITING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from bot.kit.handover import Community
    from cogs.resources.formats import Entry
    from cogs.resources.service.exporting import Writer
    from db.engine import AsyncConnection
    from db.resources import Collection, Item, Link, Resource

CHUNK = 500
MOST_COLLECTIONS, MOST_ITEMS = 1_000, 10_000
_HEAD = (
    *("number", "title", "link", "came from", "suggested", "published", "look again on"),
    *("link looked at", "link is", "leads to", "archived copy"),
)
_ABOUT = {
    "csv": "the catalogue for spreadsheets",
    "ris": "the same for Zotero, EndNote and Mendeley",
    "bib": "the same as BibTeX",
    "json": "the same for programs, in terms of Dublin Core",
}


async def files(connection: AsyncConnection, community: Community) -> AsyncIterator[File]:
    """The catalogue in four formats, which `/catalogue import` reads; what waits for a review; the collections."""
    entries: list[Entry] = []
    upkeep: list[Sequence[object]] = []
    async for resource, link in _all(connection, community.guild_id, PUBLISHED):
        entries.append(entry_of(resource.about))
        upkeep.append(_row(resource, link, community))
    for ending, (_, write) in FORMATS.items():
        holds = counted(len(entries), "resource") if ending == "csv" else ""
        for file in _catalogue(entries, ending, write, holds):
            yield file
    yield File("resources/links.csv", csv_file(_HEAD, upkeep), "how each link stands, and when to look at it again")
    del entries, upkeep
    for status, name, about in (
        (WAITING, "waiting", "what was suggested and waits for a review, as the catalogue"),
        (CLOSED, "closed", "opportunities whose day has passed, as the catalogue"),
    ):
        others = [entry_of(resource.about) async for resource, _ in _all(connection, community.guild_id, status)]
        if others:
            yield File(f"resources/{name}.csv", to_csv(others), about, f"{len(others):,} {name}")
    lists, _ = await resources.collections(connection, community.guild_id, limit=MOST_COLLECTIONS)
    if lists:
        found = [
            (one, await resources.items(connection, one.collection_id, limit=MOST_ITEMS, offset=0)) for one in lists
        ]
        yield File("resources/collections.md", _to_read(found), "the collections, to read")
        yield File(
            "resources/collections.json", _as_json(found), "the same for programs", counted(len(lists), "collection")
        )


async def _all(connection: AsyncConnection, guild_id: int, status: str) -> AsyncIterator[tuple[Resource, Link | None]]:
    after = 0
    while found := await resources.with_links(connection, guild_id, status, after, CHUNK):
        for each in found:
            yield each
        after = found[-1][0].resource_id


def _catalogue(entries: list[Entry], ending: str, write: Writer, holds: str) -> Iterator[File]:
    """The entries in as many files as an import can take one by one."""
    chunks = [entries[start : start + MAX_ROWS] for start in range(0, len(entries), MAX_ROWS)] or [[]]
    number = 0
    for chunk in chunks:
        for part in in_files(chunk, write, MAX_BYTES):
            number += 1
            name = "catalogue" if number == 1 else f"catalogue-{number}"
            about = _ABOUT[ending] if number == 1 else f"more of it ({number})"
            yield File(f"resources/{name}.{ending}", part, about, holds if number == 1 else "")


def _row(resource: Resource, link: Link | None, community: Community) -> Sequence[object]:
    about = resource.about
    known = (community.local(link.checked_at), link.kind, link.moved_to, link.archived_link) if link else ("",) * 4
    return (
        resource.resource_id,
        about.title,
        about.link,
        resource.origin,
        community.local(resource.suggested_at),
        community.local(resource.reviewed_at),
        resource.review_due_on,
        *known,
    )


def _as_json(found: Sequence[tuple[Collection, list[Item]]]) -> bytes:
    return json_file(
        [
            {
                "name": collection.name,
                "about": collection.about,
                "resources": [
                    {"title": item.resource.about.title, "link": item.resource.about.link, "why": item.sentence}
                    for item in items
                ],
            }
            for collection, items in found
        ]
    )


def _to_read(found: Sequence[tuple[Collection, list[Item]]]) -> bytes:
    lines = ["# Collections"]
    for collection, items in found:
        lines += ["", f"## {plain(collection.name)}", ""]
        lines += [plain(collection.about), ""] if collection.about else []
        for item in items:
            sentence = f" {plain(item.sentence)}" if item.sentence else ""
            lines.append(f"- {plain(item.resource.about.title)} <{item.resource.about.link}>{sentence}")
    return ("\n".join(lines) + "\n").encode()


HANDOVER = Handover(
    "Resources",
    files,
    (
        "suggestions that were declined, what was taken out, and who suggested or reviewed what.",
        "what members saved for themselves, and their notes.",
    ),
    chapters,
)
