"""Steps that several tests of the resource room take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from tests.bot.delivery.steps import tick
from tests.kit.world import custom_id, seen

if TYPE_CHECKING:
    from simcord import InteractionResult, MemberActor, UserHandle

    from tests.kit.world import World

PAGE = {
    "link": "https://Laser.Example-Library.org/rules/?utm_source=x",
    "title": "Our laser rules",
    "text": "One page for the wall beside the Glowforge.",
}


async def find(world: World, who: MemberActor, query: str, **facets: str) -> Any:
    """What a person sees after /find."""
    return seen(await who.slash(world.general, "find", query=query, **facets))


async def press(who: MemberActor, message: Any, label: str, nth: int = 0) -> Any:
    """What a person sees after pressing a button by its label."""
    return seen(await who.click(message, custom_id=custom_id(message, label, nth)))


async def fill_in(world: World, who: MemberActor, **changed: str) -> InteractionResult:
    """Open the form with the command and send it."""
    form = await who.slash(world.general, "resource suggest")
    return await who.submit_modal(form, {**PAGE, **changed})


async def suggest(world: World, who: MemberActor, **changed: str) -> Any:
    """Fill in the form and send the preview on to the organizers; what the member sees then."""
    return await send(world, who, seen(await fill_in(world, who, **changed)))


async def send(world: World, who: MemberActor, preview: Any) -> Any:
    """Send a preview on to the organizers, who get it in their channel; what the member sees then."""
    thanks = await press(who, preview, "Send to organizers")
    await tick(world)
    return thanks


async def fill(who: MemberActor | UserHandle, message: Any, label: str, **typed: str) -> Any:
    """Press a button that opens a form, send it, and return what the person sees then."""
    form = await who.click(message, custom_id=custom_id(message, label))
    return seen(await who.submit_modal(form, typed))


async def decline(who: MemberActor, message: Any, reason: str = "") -> Any:
    """Decline what a card shows; what the organizer sees then."""
    return await fill(who, message, "Decline", reason=reason)


async def queue(world: World, who: MemberActor) -> Any:
    """What a person sees after /catalogue review."""
    return seen(await who.slash(world.general, "catalogue review"))


async def publish(world: World, **changed: str) -> int:
    """Suggest something and publish it; the number of the resource."""
    await suggest(world, world.member, **changed)
    await press(world.organizer, world.desk.last_message, "Publish")
    async with world.database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT max(resource_id) FROM resource")).scalar_one())


def lose_role(world: World) -> None:
    """The organizer is one no longer."""
    role = world.guild.roles["Organizer"]
    world.env.backend.remove_member_role(world.guild.id, world.organizer.id, role.id)


async def shown_to_all(world: World, *items: ui.Item[Any]) -> Any:
    """A message in the channel that everyone can press."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.ActionRow(*items))
    channel = world.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send(view=view)
