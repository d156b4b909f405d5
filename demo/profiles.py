"""What some of the demo's people say about themselves, so that a visitor finds somebody who knows a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.people import terms
from cogs.people.service import Introducing
from cogs.people.sight import Viewer
from db.people import EVERYONE, TEACHES

if TYPE_CHECKING:
    from bot.client import Benchmate
    from demo.world import World

_PEOPLE = {
    "sam": (
        {"name": "Sam Whitfield", "library": "Cedar Falls Public Library", "place": "Cedar Falls, Iowa", "zone": "CT"},
        ("public", terms.SMALL_OR_RURAL.slug),
        ("laser-cutter", "vinyl-cutter"),
    ),
    "rosa": (
        {"name": "Rosa Alvarez", "library": "Lincoln Middle School", "place": "Columbus, Ohio", "zone": "ET"},
        ("school",),
        ("3d-printer", "sewing"),
    ),
}
"""By the person's key: what they typed, the kind of their library, and the tools of which they teach the first."""


async def introduce_people(bot: Benchmate, world: World) -> None:
    """Fill in these profiles as their people would, for everyone to see, and let them be asked."""
    introducing = bot.service(Introducing)
    for key, (typed, setting, tools) in _PEOPLE.items():
        person = world.person(key)
        if person is None:
            continue
        viewer = Viewer(world.guild.id, person.actor.id)
        await introducing.say(viewer, typed)
        await introducing.choose_setting(viewer, setting)
        await introducing.choose_tools(viewer, tools, tools)
        await introducing.choose_level(viewer, TEACHES, tools[:1])
        await introducing.show(viewer, [group.slug for group in terms.GROUPS], EVERYONE)
        await introducing.may_be_asked(viewer, asks=True)
