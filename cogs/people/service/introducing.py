"""Introducing oneself: a profile, saved with every step, so that breaking off loses nothing."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.kit import cities
from bot.kit.errors import UserError
from bot.kit.words import clip, listed, plain, tidy
from cogs.people import places, sight, terms
from cogs.people.sight import Viewer, seen_by
from db import guilds, people
from db.people import NOBODY, USES, Profile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database

LONGEST_NAME, LONGEST_LIBRARY, LONGEST_PLACE, LONGEST_INTERESTS, LONGEST_ZONE = 60, 100, 100, 300, 64
_PLACES_NAMED = 3
TOOLS_AT_MOST = 25
"""As many as a select can show, where their levels are chosen."""


class Introducing:
    """A member's own profile, and what others see of it."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def mine(self, viewer: Viewer) -> Profile:
        """The member's own profile with everything in it; an empty one, number 0, where they have none."""
        async with self._database.read() as connection:
            found = await people.of_member(connection, viewer.guild_id, viewer.user_id)
        return found or Profile(0, viewer.guild_id, viewer.user_id)

    async def of_other(self, viewer: Viewer, user_id: int) -> Profile | None:
        """What another member shows to the viewer; None where that is nothing, for whatever reason."""
        async with self._database.read() as connection:
            found = await people.of_member(connection, viewer.guild_id, user_id)
        return _shown(found, viewer)

    async def of_number(self, viewer: Viewer, profile_id: int) -> Profile | None:
        """The same for a profile by its number."""
        async with self._database.read() as connection:
            found = await people.several(connection, viewer.guild_id, [profile_id])
        return _shown(found[0] if found else None, viewer)

    async def say(self, viewer: Viewer, typed: Mapping[str, str]) -> Profile:
        """Keep what was typed into the form. Raises UserError where a place leads to no time zone, or several."""
        zone = _zone(tidy(typed.get("zone", "")))
        place = _text(typed, "place", LONGEST_PLACE)
        values = {
            "name": _text(typed, "name", LONGEST_NAME),
            "library": _text(typed, "library", LONGEST_LIBRARY),
            "interests": _text(typed, "interests", LONGEST_INTERESTS),
            "zone": zone,
            "place": place,
            "folded_place": places.folded(place),
        }
        async with self._changing(viewer) as connection:
            await people.change(connection, viewer.guild_id, viewer.user_id, values, self._clock())
        return await self.mine(viewer)

    async def choose_setting(self, viewer: Viewer, chosen: Collection[str]) -> Profile:
        """Keep the kind of library (the first there is of what was chosen), and whether it is small or rural."""
        setting = next((term.slug for term in terms.SETTINGS if term.slug in chosen), "")
        return await self._put(viewer, setting=setting, small_or_rural=terms.SMALL_OR_RURAL.slug in chosen)

    async def choose_role(self, viewer: Viewer, chosen: Collection[str]) -> Profile:
        """Keep the role."""
        return await self._put(viewer, role=next((term.slug for term in terms.ROLES if term.slug in chosen), ""))

    async def show(self, viewer: Viewer, groups: Collection[str], audience: str) -> Profile:
        """Keep to whom these groups of facts are shown; to nobody where the audience is none that exists."""
        shown = audience if audience in {term.slug for term in terms.AUDIENCES} else NOBODY
        there = {term.slug for term in terms.GROUPS}
        return await self._put(viewer, **{f"shown_{group}": shown for group in groups if group in there})

    async def may_be_asked(self, viewer: Viewer, *, asks: bool) -> Profile:
        """Keep whether others may ask the member."""
        return await self._put(viewer, asks=asks)

    async def choose_tools(self, viewer: Viewer, chosen: Collection[str], offered: Collection[str]) -> Profile:
        """Of the tools that were offered, know those that were chosen; the others stay as they are.

        A new tool is one that the member uses. Raises UserError for more than `TOOLS_AT_MOST` in all.
        """
        there = {tool.slug for tool in self._vocabulary.tools}
        async with self._changing(viewer) as connection:
            profile = await self._there(connection, viewer)
            levels = {tool: level for tool, level in profile.tools if tool not in offered or tool in chosen}
            for tool in chosen:
                if tool in there and tool in offered:
                    levels.setdefault(tool, USES)
            if len(levels) > TOOLS_AT_MOST:
                raise UserError(f"{TOOLS_AT_MOST} tools are the most I can keep. Please leave out a few.")
            await people.put_tools(connection, profile, levels)
        return await self.mine(viewer)

    async def choose_level(self, viewer: Viewer, level: str, chosen: Collection[str]) -> Profile:
        """Of the tools the member knows, have those that were chosen at this level; what was at it else is used."""
        async with self._changing(viewer) as connection:
            profile = await self._there(connection, viewer)
            levels = {tool: USES if known == level else known for tool, known in profile.tools}
            levels.update({tool: level for tool in levels if tool in chosen})
            await people.put_tools(connection, profile, levels)
        return await self.mine(viewer)

    async def gone(self, guild_id: int, user_id: int) -> bool:
        """Note that a member has left the server, so that they are no longer listed; False where nothing changed."""
        async with self._database.write() as connection:
            return await people.note_away(connection, guild_id, user_id)

    async def _put(self, viewer: Viewer, **values: object) -> Profile:
        async with self._changing(viewer) as connection:
            await people.change(connection, viewer.guild_id, viewer.user_id, values, self._clock())
        return await self.mine(viewer)

    @asynccontextmanager
    async def _changing(self, viewer: Viewer) -> AsyncIterator[AsyncConnection]:
        async with self._database.write() as connection:
            await guilds.see(connection, viewer.guild_id, self._clock())
            yield connection

    async def _there(self, connection: AsyncConnection, viewer: Viewer) -> Profile:
        await people.change(connection, viewer.guild_id, viewer.user_id, {}, self._clock())
        found = await people.of_member(connection, viewer.guild_id, viewer.user_id)
        if found is None:
            msg = "a profile that was just written is not there"
            raise RuntimeError(msg)
        return found


def _shown(profile: Profile | None, viewer: Viewer) -> Profile | None:
    if profile is None:
        return None
    seen = seen_by(profile, viewer.audiences)
    return seen if sight.says_anything(seen) else None


def _zone(typed: str) -> str:
    """The IANA name of the zone of a place that was typed; empty where nothing was."""
    found = cities.meant(typed) if typed else []
    if len(found) > 1:
        labels = listed([city.label for city in found[:_PLACES_NAMED]], "or")
        raise UserError(f"Several places are called so, such as {labels}. Please add which one it is.")
    if typed and not found:
        raise UserError(
            f"I do not know a time zone by “{plain(typed, 40)}”. A large city in it works best, such as **Chicago** "
            "or **Denver**; or leave it empty."
        )
    return found[0].zone if found else ""


def _text(typed: Mapping[str, str], key: str, limit: int) -> str:
    return clip(tidy(typed.get(key, "")), limit)
