"""What is coming up in the lively demo: a few events of the community, with some who go already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.zones import SERVER_ZONE
from cogs.events.service.following import announce, follow
from db import events, guilds, setup
from db.events import CHANNEL, GOING, LINK, MAYBE, Plan, Rsvp, Where
from db.setup import Part

if TYPE_CHECKING:
    from bot.client import Benchmate
    from db.engine import AsyncConnection
    from demo.world import World

ANNOUNCEMENTS = "announcements"
SOON = timedelta(hours=2)
"""So long after the demo opens the first event begins: with **1 hour later** the reminder an hour before comes."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the scene: when it begins after the demo opens, who hosts it and who answered what, by their keys."""

    template: str
    title: str
    about: str
    after: timedelta
    minutes: int
    where: Where
    host: str
    answers: tuple[tuple[str, str], ...] = ()
    places: int | None = None


def _happenings(general: int) -> tuple[Happening, ...]:
    return (
        Happening(
            template="own",
            title="Open lab hour",
            about="Bring what you are working on. We keep each other company.",
            after=SOON,
            minutes=60,
            where=Where(CHANNEL, "", general),
            host="sam",
            answers=(("nora", GOING),),
        ),
        Happening(
            template="tour",
            title="Virtual tour: a repair corner in two rooms",
            about="Sam walks us through the new repair corner, shelf by shelf, and answers questions.",
            after=timedelta(days=4, hours=3),
            minutes=60,
            where=Where(LINK, "https://meet.example.org/repair-corner", hidden=True),
            host="sam",
            answers=(("rosa", GOING), ("nora", GOING)),
            places=2,
        ),
        Happening(
            template="discussion",
            title="Monthly discussion: what to do with scrap",
            about="Acrylic, filament, fabric: what do you keep, and what do you make of it?",
            after=timedelta(days=9, hours=1),
            minutes=90,
            where=Where(LINK, "https://meet.example.org/monthly"),
            host="rosa",
            answers=(("sam", GOING), ("nora", MAYBE)),
        ),
    )


async def happen(bot: Benchmate, world: World) -> None:
    """Let the scene's events be announced, where the scene has a channel for that."""
    channels = {channel.name: channel.id for channel in world.guild.channels.values()}
    if ANNOUNCEMENTS not in channels:
        return
    now, guild_id = bot.clock(), world.guild.id
    async with bot.database.write() as connection:
        await guilds.see(connection, guild_id, now)
        parts = {f"{Part.ANNOUNCEMENTS}_id": channels[ANNOUNCEMENTS]}
        settings = await setup.change(connection, guild_id, now, **parts, zone=SERVER_ZONE.key)
        for happening in _happenings(channels["general"]):
            await _plan(connection, bot, world, happening, channels[ANNOUNCEMENTS])
    bot.servers.keep(settings)


async def _plan(
    connection: AsyncConnection, bot: Benchmate, world: World, happening: Happening, channel_id: int
) -> None:
    people = {person.key: person for person in world.people}
    plan = Plan(
        title=happening.title,
        zone=SERVER_ZONE.key,
        template=happening.template,
        about=happening.about,
        where=happening.where,
        places=happening.places,
        hosts=(people[happening.host].actor.id,),
    )
    now = bot.clock()
    starts_at = now + happening.after
    ends_at = starts_at + timedelta(minutes=happening.minutes)
    by = people["rosa"].actor.id
    event = await events.add(connection, world.guild.id, plan, starts_at, ends_at, by=by, now=now, announce_at=now)
    for key, answer in happening.answers:
        person = people[key]
        await events.put_answer(connection, Rsvp(event.event_id, person.actor.id, answer, person.name, now))
    await announce(connection, event, channel_id, now)
    await follow(connection, event, now)
