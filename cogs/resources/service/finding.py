"""Finding: one search over all that the server's rooms have put into the index."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.paging import PER_PAGE
from bot.kit.words import has_letters, tidy
from cogs.resources import freshness, ranking
from cogs.resources.service.records import ROOM
from cogs.resources.service.shelving import close_over
from db import resources, search

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.search import Found, SearchRecord

NEAREST = 3
"""How many terms are offered where nothing was found."""
_ALIKE = 4  # letters that a word must share with what was typed, from the beginning
LONGEST_QUERY = 300
"""Characters of a query that are read; more has never made a search better."""


class Finding:
    """Search and autocomplete."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary
        # Words of labels and brands are no typing slips, even where no resource has them.
        self._known = frozenset(
            word for tool in vocabulary.tools for name in tool.names for word in name.casefold().split()
        )

    @asynccontextmanager
    async def _catalogue(self, guild_id: int) -> AsyncIterator[AsyncConnection]:
        """The catalogue as it is now: what closed while nobody looked is taken out first, however late the chore is."""
        async with self._database.read() as connection:
            if not await resources.any_over(connection, guild_id, freshness.still_open(self._clock())):
                yield connection
                return
        async with self._database.write() as connection:
            await close_over(connection, guild_id, self._clock())
        async with self._database.read() as connection:
            yield connection

    async def close_over(self, guild_id: int) -> int:
        """Take the opportunities that have closed out of the catalogue; return how many. May be done twice."""
        async with self._database.write() as connection:
            return await close_over(connection, guild_id, self._clock())

    async def find(
        self, guild_id: int, query: str, *, kind: str | None = None, tool: str | None = None, page: int = 0
    ) -> Found:
        """Page `page` (from 0) of what fits the words of `query`, best first.

        Raises UserError where there is nothing to look for, or where `kind` or `tool` is none that exists.
        """
        words = tidy(query)[:LONGEST_QUERY]
        if not has_letters(words):
            raise UserError(
                "I can look for words: a tool, a topic, a problem. Try something like **laser cutter policy** or "
                "**button maker template**."
            )
        tools = self._with_narrower(tool)
        first, start = ranking.window_of(page)
        async with self._catalogue(guild_id) as connection:

            def ask(text: str, extra: tuple[str, ...]) -> Awaitable[Found]:
                return search.find(
                    connection,
                    guild_id,
                    text,
                    extra=extra,
                    known=self._known,
                    kind=kind,
                    tools=tools,
                    limit=ranking.WINDOW,
                    offset=first,
                )

            extra = self._vocabulary.widen(words)
            found = await ask(words, extra)
            if found.corrected and (meant := self._vocabulary.widen(found.corrected)) != extra:
                found = replace(await ask(found.corrected, meant), corrected=found.corrected)
            return await _page_of(connection, guild_id, found, start)

    def _with_narrower(self, slug: str | None) -> tuple[str, ...]:
        """A tool and all that is narrower. Raises UserError where what was typed is no tool of the vocabulary."""
        if slug is None:
            return ()
        if self._vocabulary.get(slug) is None:
            raise UserError("I do not know that tool. Type a few letters and choose one from the list that appears.")
        return (slug, *(tool.slug for tool in self._vocabulary.narrower(slug)))

    async def nearest(self, guild_id: int, query: str) -> tuple[str, ...]:
        """Up to `NEAREST` terms that do lead somewhere, for a query that led nowhere.

        Broader and narrower tools of those it names come first, then tools and words that begin like it, then what
        every makerspace has.
        """
        words = tidy(query)[:LONGEST_QUERY]
        async with self._catalogue(guild_id) as connection:
            begun = [word for word in await search.nearest(connection, guild_id, words) if _alike(word, words)]
            found: list[str] = []
            for term in dict.fromkeys([*self._related(words), *begun, *self._usual()]):
                if (
                    term.casefold() != words.casefold()
                    and (await search.find(connection, guild_id, term, limit=1)).hits
                ):
                    found.append(term)
                if len(found) == NEAREST:
                    break
        return tuple(found)

    def _related(self, words: str) -> list[str]:
        """The labels of tools that have to do with a query."""
        tools = list(self._vocabulary.find(words))
        around = [broader for tool in tools if (broader := self._vocabulary.get(tool.broader or ""))]
        around += [narrower for tool in tools for narrower in self._vocabulary.narrower(tool.slug)]
        begun = (word for word in words.split() if len(word) > _ALIKE)
        around += [tool for word in begun for tool in self._vocabulary.complete(word[: _ALIKE + 1])[:1]]
        return [tool.label for tool in [*tools, *around]]

    def _usual(self) -> list[str]:
        return [tool.label for tool in self._vocabulary.tools[1:5]]

    async def more_like(self, guild_id: int, record_id: int, page: int = 0) -> tuple[SearchRecord, Found]:
        """The record, and what is most like it. Raises GoneError where it is no longer there."""
        async with self._catalogue(guild_id) as connection:
            record = await search.get(connection, record_id)
            if record is None or record.guild_id != guild_id:
                raise GoneError(
                    "This is no longer in the catalogue, so I cannot look for more like it. Search for its words "
                    "instead."
                )
            first, start = ranking.window_of(page)
            found = await search.similar(connection, record_id, limit=ranking.WINDOW, offset=first)
            return record, await _page_of(connection, guild_id, found, start)

    async def opened(self, guild_id: int, record_id: int) -> None:
        """Count that somebody looked for more like a resource: the sign of use that Benchmate can see beside saving."""
        async with self._database.read() as connection:
            record = await search.get(connection, record_id)
        if record is None or record.guild_id != guild_id or record.room != ROOM:
            return
        async with self._database.write() as connection:
            if await resources.get(connection, guild_id, int(record.key)):
                await resources.count_opened(connection, guild_id, int(record.key))

    async def complete(self, guild_id: int, prefix: str, limit: int = 25) -> list[str]:
        """Titles that begin with what has been typed so far, at most `limit`."""
        async with self._catalogue(guild_id) as connection:
            found = await search.complete(connection, guild_id, tidy(prefix)[:LONGEST_QUERY], limit=limit)
        return [title for _, title in found]


async def _page_of(connection: AsyncConnection, guild_id: int, found: Found, start: int) -> Found:
    """Of a window of hits the page that begins at `start`, with use as the tie-breaker."""
    numbers = {int(hit.record.key): hit.record_id for hit in found.hits if hit.record.room == ROOM}
    uses = await resources.uses(connection, guild_id, numbers)
    hits = ranking.gently(found.hits, {numbers[number]: many for number, many in uses.items()})
    return replace(found, hits=tuple(hits[start : start + PER_PAGE]))


def _alike(word: str, typed: str) -> bool:
    return any(word[:_ALIKE] == other[:_ALIKE] for other in typed.casefold().split() if len(other) >= _ALIKE)
