"""Steps that several tests of the event room take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import events, setup
from db.setup import Part
from tests.bot.delivery.steps import tick
from tests.kit.world import custom_id, seen

if TYPE_CHECKING:
    from datetime import timedelta

    from simcord import ChannelHandle, InteractionResult, MemberActor, UserHandle

    from db.events import Event
    from tests.kit.world import World

TALK = {
    "title": "Vinyl cutters for beginners",
    "about": "What we cut, and what we learned.",
    "when": "January 13, 2026 at 3pm",
    "where": "https://zoom.example.org/j/123",
    "places": "",
}
"""The simulated clock stands at January 1, 2026, 00:00 UTC; this is 20:00 UTC."""
SETTLED = 12.0
"""Seconds after which a card, its thread and Discord's own event are in step."""


async def press(who: MemberActor | UserHandle, message: Any, label: str, nth: int = 0) -> Any:
    """What a person sees after pressing a button by its label."""
    return seen(await who.click(message, custom_id=custom_id(message, label, nth)))


async def announced_in(world: World) -> ChannelHandle:
    """A channel for announcements, which the server has set up."""
    channel = world.guild.create_text_channel("announcements")
    now = world.bot.clock()
    async with world.database.write() as connection:
        values = {f"{Part.ANNOUNCEMENTS}_id": channel.id, "zone": "America/New_York"}
        settings = await setup.change(connection, world.guild.id, now, **values)
    world.bot.servers.keep(settings)
    return channel


async def agreement_in(world: World) -> None:
    """The organizers ask everyone to agree to something before their first post."""
    now = world.bot.clock()
    async with world.database.write() as connection:
        settings = await setup.change(connection, world.guild.id, now, agreement="Be kind.", agreement_version=1)
    world.bot.servers.keep(settings)


async def fill_in(
    world: World, *, template: str = "talk", who: MemberActor | None = None, options: Any = None, **changed: str
) -> InteractionResult:
    """Type the command and send the form."""
    who = who or world.organizer
    form = await who.slash(world.general, "event create", template=template, **(options or {}))
    return await who.submit_modal(form, {**TALK, **changed})


async def plan(world: World, **changed: Any) -> Any:
    """The preview that an organizer sees after the form."""
    return seen(await fill_in(world, **changed))


async def settle(world: World) -> None:
    """Let the few seconds pass after which all that stands for an event is in step."""
    await tick(world)
    await tick(world, SETTLED)
    await tick(world, SETTLED)


async def post(world: World, **changed: Any) -> Event:
    """Plan an event and post it; the event, once its card, its thread and Discord's own event stand."""
    await press(world.organizer, await plan(world, **changed), "Post")
    await settle(world)
    return await newest(world)


async def newest(world: World) -> Event:
    """The event that was made last."""
    async with world.database.read() as connection:
        number = (await connection.exec_driver_sql("SELECT max(event_id) FROM event")).scalar_one()
    return await event_of(world, number)


async def event_of(world: World, number: int) -> Event:
    """An event as it is now."""
    async with world.database.read() as connection:
        found = await events.get(connection, world.guild.id, number)
    assert found is not None
    return found


async def answers(world: World, event: Event) -> dict[int, str]:
    """Who answered what."""
    async with world.database.read() as connection:
        return {one.user_id: one.answer for one in await events.answers(connection, event.event_id)}


def card(world: World, event: Event) -> Any:
    """The event's card as it stands in its channel."""
    for channel in world.guild.channels.values():
        if channel.id == event.posted.channel_id:
            return next(message for message in channel.history() if message.id == event.posted.message_id)
    raise AssertionError("the event has no card")


def natives(world: World) -> list[Any]:
    """Discord's own events in the server."""
    return list(world.env.backend.get_guild(world.guild.id).scheduled_events.values())


async def until(world: World, event: Event, before: timedelta) -> None:
    """Let time pass until so long before the event starts."""
    await tick(world, (event.starts_at - before - world.bot.clock()).total_seconds())
