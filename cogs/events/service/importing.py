"""Importing: somebody's calendar from a file or a link, shown first, then followed as long as the organizers want."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip, tidy
from cogs.events.ical.found import MAX_BYTES, UnreadableError
from cogs.events.service.obtaining import NotObtained, link_of
from db import calendars, drafts, guilds

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.drafts import Drafts
    from bot.kit.servers import Servers
    from cogs.events.ical.found import Found, LeftOut, Reading
    from cogs.events.ical.in_step import Steps
    from cogs.events.service.syncing import Done
    from cogs.events.service.watching import Watching
    from db.calendars import CalendarSource
    from db.drafts import Draft
    from db.engine import AsyncConnection, Database

FORM = "calendar-preview"
"""Under which name a preview is kept with what people did not finish."""
MOST_SOURCES = 20
A_FEW = 8
"""So many sessions in four weeks can each have a card without flooding a channel."""
FOUR_WEEKS = timedelta(days=28)
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """What a calendar holds and what importing it would do. `known` is set where it is followed already."""

    draft_id: int
    name: str
    url: str
    sessions: tuple[Found, ...]
    steps: Steps
    left_out: tuple[LeftOut, ...]
    zones: tuple[str, ...]
    zone: str
    announced: bool
    known: bool


class Importing:
    """Brings calendars in. Whether a person may is for the caller to see."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        servers: Servers,
        kept: Drafts,
        watching: Watching,
    ) -> None:
        self._database = database
        self._clock = clock
        self._servers = servers
        self._drafts = kept
        self._watching = watching
        self._syncing = watching.syncing

    async def preview_link(self, guild_id: int, user_id: int, typed: str) -> Preview:
        """Look at a calendar on the web. Raises UserError, in words, where it cannot be had or read."""
        url = link_of(typed)
        try:
            obtained = await self._watching.obtained(url)
        except NotObtained as trouble:
            raise UserError(f"I could not get that calendar. {trouble.words}") from trouble
        known = await self._known(guild_id, url=url)
        answers = {"url": url, "etag": obtained.etag, "last_modified": obtained.last_modified}
        return await self._previewed(guild_id, user_id, obtained.content or b"", answers, urlsplit(url).hostname, known)

    async def preview_file(self, guild_id: int, user_id: int, content: bytes, filename: str) -> Preview:
        """Look at a calendar that was sent as a file. Raises UserError, in words, where it cannot be read."""
        if len(content) > MAX_BYTES:
            raise UserError("This file is larger than 1 MB. Look for a way to export only the events to come.")
        return await self._previewed(guild_id, user_id, content, {"url": ""}, filename, None)

    async def _previewed(
        self,
        guild_id: int,
        user_id: int,
        content: bytes,
        answers: dict[str, Any],
        fallback: str | None,
        known: CalendarSource | None,
    ) -> Preview:
        reading = await self._read(guild_id, content)
        name = clip(tidy(reading.name or fallback or "Calendar"), _LONGEST_NAME)
        if known is None and not answers["url"]:
            known = await self._known(guild_id, name=name)
        soon = self._clock() + FOUR_WEEKS
        few = sum(each.starts_at < soon and not each.cancelled for each in reading.found) <= A_FEW
        packed = base64.b64encode(zlib.compress(content)).decode()
        answers |= {"name": name, "content": packed, "announced": known.announced if known else few}
        draft_id = await self._drafts.keep(guild_id=guild_id, user_id=user_id, form=FORM, answers=answers)
        return await self._shown(guild_id, draft_id, answers, reading, known)

    async def _shown(
        self, guild_id: int, draft_id: int, answers: dict[str, Any], reading: Reading, known: CalendarSource | None
    ) -> Preview:
        steps = await self._syncing.compare(known, reading)
        return Preview(
            draft_id=draft_id,
            name=answers["name"],
            url=answers["url"],
            sessions=tuple(each for each in reading.found if each.starts_at > self._clock() and not each.cancelled),
            steps=steps,
            left_out=reading.left_out,
            zones=reading.zones,
            zone=self._servers.zone(guild_id).key,
            announced=answers["announced"],
            known=known is not None,
        )

    async def _read(self, guild_id: int, content: bytes) -> Reading:
        try:
            return await self._watching.understood(guild_id, content)
        except UnreadableError as trouble:
            raise UserError(f"I could not read that calendar. {trouble.words}") from trouble

    async def _known(self, guild_id: int, *, url: str = "", name: str = "") -> CalendarSource | None:
        """The calendar that is known by its link, or a file by its name."""
        async with self._database.read() as connection:
            found = await calendars.sources(connection, guild_id)
        return _among(found, url, name)

    async def announce(self, guild_id: int, user_id: int, draft_id: int, *, announced: bool) -> Preview:
        """Decide whether each session gets a card, and show the preview again. Raises GoneError."""
        draft = await self._drafts.open(draft_id, guild_id=guild_id, user_id=user_id)
        draft = await self._drafts.change(draft, lambda _before: {"announced": announced})
        known = await self._known(guild_id, url=draft.answers["url"], name=draft.answers["name"])
        reading = await self._read(guild_id, _content(draft))
        return await self._shown(guild_id, draft_id, draft.answers, reading, known)

    async def throw_away(self, guild_id: int, user_id: int, draft_id: int) -> None:
        """Forget a preview. Raises GoneError."""
        draft = await self._drafts.open(draft_id, guild_id=guild_id, user_id=user_id)
        await self._drafts.forget(draft.draft_id)

    async def bring_in(
        self, guild_id: int, user_id: int, draft_id: int, channel_id: int | None
    ) -> tuple[CalendarSource, Done]:
        """Do what a preview showed, and look again every few hours where it has a link. Raises GoneError, UserError.

        Where it is cut off halfway, the next look at a link brings the rest, as its tags are noted last; a file has no
        next look, so its preview stays until all of it is in.
        """
        draft = await self._drafts.open(draft_id, guild_id=guild_id, user_id=user_id)
        answers = draft.answers
        reading = await self._read(guild_id, _content(draft))
        now = self._clock()
        async with self._database.write() as connection:
            if answers["url"] and not await drafts.remove(connection, draft_id):
                raise GoneError("This has been imported or thrown away already. /events shows what is coming up.")
            await guilds.see(connection, guild_id, now)
            known = _among(await calendars.sources(connection, guild_id), answers["url"], answers["name"])
            source = known or await self._added(connection, guild_id, user_id, answers)
            source = replace(source, announced=answers["announced"])
            await calendars.change_source(
                connection,
                source.source_id,
                announced=source.announced,
                paused_at=None,
                looked_at=now,
                changed_at=now,
                etag="",
                last_modified="",
                trouble="",
                trouble_words="",
                trouble_since=None,
            )
            await self._watching.look_later(connection, source)
        done = await self._watching.follow(source, reading, channel_id)
        tags = {name: answers.get(name, "") for name in ("etag", "last_modified")}
        async with self._database.write() as connection:
            if source.url:
                await calendars.change_source(connection, source.source_id, **tags)
            else:
                await drafts.remove(connection, draft_id)
        return source, done

    async def _added(
        self, connection: AsyncConnection, guild_id: int, user_id: int, answers: dict[str, Any]
    ) -> CalendarSource:
        if len(await calendars.sources(connection, guild_id)) >= MOST_SOURCES:
            raise UserError(f"I follow {MOST_SOURCES} calendars at most. Stop one of them first, then try again.")
        return await calendars.add_source(
            connection,
            guild_id,
            url=answers["url"],
            name=answers["name"],
            by=user_id,
            now=self._clock(),
            announced=answers["announced"],
        )


def _among(found: list[CalendarSource], url: str, name: str) -> CalendarSource | None:
    return next((each for each in found if each.url == url and (url or each.name == name)), None)


def _content(draft: Draft) -> bytes:
    return zlib.decompress(base64.b64decode(draft.answers["content"]))
