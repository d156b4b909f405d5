"""Templating: what a server's events of a kind begin with, in place of what they begin with everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.errors import UserError
from bot.kit.words import clip, tidy
from cogs.events import terms
from cogs.events.service.planning import places_of
from cogs.events.terms import LONGEST_ABOUT, LONGEST_TITLE, LONGEST_WHERE, MOST_MINUTES
from db import events, guilds
from db.events import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.clock import Clock
    from db.engine import Database


class Templating:
    """The templates of all servers."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, guild_id: int, slug: str) -> dict[str, Any]:
        """What a template begins with now, as its form shows it."""
        kind = terms.kind(slug)
        async with self._database.read() as connection:
            own = (await events.templates(connection, guild_id)).get(kind.slug)
        known = own or Template(kind.slug, kind.title, kind.about, kind.minutes)
        return {
            "title": known.title,
            "about": known.about,
            "minutes": str(known.minutes),
            "where": known.where_text,
            "places": str(known.places) if known.places else "",
        }

    async def save(self, guild_id: int, slug: str, typed: Mapping[str, str], by: int) -> Template:
        """Let a template begin with what was typed. Raises UserError for a length or a number of places of no use."""
        minutes = tidy(typed.get("minutes", "")).removesuffix("minutes").removesuffix("min").strip()
        if not (minutes.isascii() and minutes.isdigit() and 1 <= int(minutes[:6]) <= MOST_MINUTES):
            raise UserError("Please give the length as a number of minutes, such as 60.")
        template = Template(
            template=terms.kind(slug).slug,
            title=clip(tidy(typed.get("title", "")), LONGEST_TITLE - 1) if typed.get("title") else "",
            about=clip(tidy(typed.get("about", ""), lines=True), LONGEST_ABOUT),
            minutes=int(minutes),
            where_text=clip(tidy(typed.get("where", "")), LONGEST_WHERE),
            places=places_of(typed.get("places", "")),
        )
        now = self._clock()
        async with self._database.write() as connection:
            await guilds.see(connection, guild_id, now)
            await events.put_template(connection, guild_id, template, by, now)
        return template
