"""Exporting: the published catalogue, or a part of it, as files that the importer reads back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.kit.errors import UserError
from cogs.resources.exchange import entry_of
from cogs.resources.formats import to_bibtex, to_csv, to_json, to_ris
from db.resources import importing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from cogs.resources.formats import Entry
    from db.engine import Database

    Writer = Callable[[Iterable[Entry]], bytes]

FORMATS: dict[str, tuple[str, Writer]] = {
    "csv": ("CSV", to_csv),
    "ris": ("RIS", to_ris),
    "bib": ("BibTeX", to_bibtex),
    "json": ("JSON", to_json),
}
"""By the ending of the file's name: what people call the format, and what writes it."""
UPLOAD_LIMIT = 10 * 1024 * 1024
"""Bytes of a file that Discord takes (https://docs.discord.com/developers/reference#uploading-files)."""
_CHUNK = 200


class Exporting:
    """Exports. The caller has checked that an organizer asks."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def export(
        self, guild_id: int, ending: str, *, kind: str | None = None, tool: str | None = None, limit: int = UPLOAD_LIMIT
    ) -> tuple[int, list[tuple[str, bytes]]]:
        """How many resources there are, and files of at most `limit` bytes that hold them, each with its name.

        `ending` is one of `FORMATS`. Raises UserError where nothing fits, or the tool is none that exists.
        """
        tools = self._with_narrower(tool)
        entries: list[Entry] = []
        after = 0
        while True:
            async with self._database.read() as connection:
                found = await importing.all_published(connection, guild_id, after, _CHUNK)
            if not found:
                break
            after = found[-1].resource_id
            abouts = [resource.about for resource in found]
            entries += [
                entry_of(about)
                for about in abouts
                if kind in (None, about.kind) and (not tools or tools.intersection(about.tools))
            ]
        if not entries:
            raise UserError("There is nothing to export. Try it without the kind or the tool.")
        parts = await asyncio.to_thread(in_files, entries, FORMATS[ending][1], limit)
        return len(entries), [(self._name(ending, at, len(parts)), part) for at, part in enumerate(parts, 1)]

    def _with_narrower(self, slug: str | None) -> frozenset[str]:
        if slug is None:
            return frozenset()
        if self._vocabulary.get(slug) is None:
            raise UserError("I do not know that tool. Type a few letters and choose one from the list that appears.")
        return frozenset({slug, *(tool.slug for tool in self._vocabulary.narrower(slug))})

    def _name(self, ending: str, at: int, of: int) -> str:
        part = f"-part-{at}-of-{of}" if of > 1 else ""
        return f"benchmate-catalogue-{self._clock():%Y-%m-%d}{part}.{ending}"


def in_files(entries: list[Entry], write: Writer, limit: int) -> list[bytes]:
    """The entries in as few files as fit; a single entry is never larger than a few KiB."""
    data = write(entries)
    if len(data) <= limit or len(entries) == 1:
        return [data]
    many = min(len(entries), -(-len(data) // limit))
    while True:
        size = -(-len(entries) // many)
        parts = [write(entries[start : start + size]) for start in range(0, len(entries), size)]
        if all(len(part) <= limit for part in parts) or size == 1:
            return parts
        many += 1
