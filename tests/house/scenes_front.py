"""The setup, the front door, profiles, what is told to the organizers and what waits for a channel, in the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.setup.service import Settling
from db import delivery, welcome
from db.delivery import Promise, Way
from tests.cogs.people.steps import introduce
from tests.cogs.people.steps import people as look_for
from tests.cogs.resources.steps import publish
from tests.house.cases import anyone, managers, only, organizers, some
from tests.house.pressing import CANARY

if TYPE_CHECKING:
    from tests.house.scene import Scene

_MANY = 5
"""More profiles than a page of a list shows."""


async def furnish(scene: Scene) -> None:
    """Let there be settings, an agreement, profiles, words to the organizers, and messages for a closed channel."""
    world, bot, guild = scene.world, scene.world.bot, scene.world.guild.id
    scene.note(resource=await publish(world, title=f"{CANARY} rules"))
    for one in range(_MANY):
        who = world.member if not one else world.guild.add_member(world.env.create_user(f"p{one}"))
        await introduce(world, who, name=CANARY, nlaser_cutter="teach")
    await look_for(world, world.other, tool="laser-cutter")
    scene.note(people=await scene.number("SELECT max(draft_id) FROM draft WHERE form = 'people'"))
    scene.note(profile=await scene.number("SELECT min(profile_id) FROM profile"))
    await bot.service(Settling).agreement(guild, world.owner.id, f"{CANARY}: be kind.", again=True)
    await world.owner.slash(world.general, "setup start")
    scene.note(
        setup=await scene.number("SELECT max(draft_id) FROM draft WHERE form = 'setup'"),
        text=await scene.draft("owner", "setup-agreement", text=CANARY),
        telling=await scene.draft("member", "tell-organizers", text=CANARY, named=True, without=0),
        posting=await scene.draft("member", "profile", name=CANARY, library="", place="", zone="", interests=""),
    )
    now = bot.clock()
    kept = {"guild_id": guild, "user_id": world.member.id, "named": True, "text": CANARY, "tell": Way.NOTE.value}
    async with world.database.write() as connection:
        told = await welcome.add(connection, now, without="", **kept)
        about = await welcome.add(connection, now, without=welcome.sealed(world.organizer.id), **kept)
        promise = Promise(
            "suggestion", guild, f"resource:{scene.numbers['resource']}", now, Way.CHANNEL, 77, moment="x"
        )
        await delivery.put(connection, promise, now)
        await connection.exec_driver_sql("UPDATE delivery SET state = 'parked' WHERE target_id = 77")
    scene.note(told=told.told_id, about=about.told_id, place=77)


_WITHOUT = ("organizer", "member")
_UNTIL = "9999999999"

CASES = (
    *managers(
        "setup-settings < zone",
        "setup-take:start < #general",
        "setup-leave:start",
        "setup-take-role < &Organizer",
        "setup-back",
        "setup-open",
        "setup-bring",
        "setup-agree-write",
        "setup-agree-none",
        "setup-begin",
        "setup-check",
        "setup-fix",
        "setup-greet:on",
        "setup-city:settings",
        "setup-zone:settings < America/Chicago",
        "confirm:setup-agree-none:",
        "keep:setup-agree-none:",
        "form:setup-agreement: < text=Be kind.",
        "form:setup-city:settings < city=Columbus, Ohio",
        "setup-agree-edit:{text}",
        "setup-agree-keep:{text}",
        "setup-agree-again:{text}",
        "setup-mode:{setup}:basics",
        "setup-over:{setup}",
        "setup-step:{setup}:zone",
        "setup-city:{setup}",
        "setup-zone:{setup} < America/Chicago",
        "setup-part:{setup}:start:make:0",
        "setup-channel:{setup}:start < #general",
        "setup-role:{setup}",
        "setup-roles:{setup} < &Organizer",
        "setup-change:{setup} < zone",
        "setup-make:{setup}",
        "form:setup-city:{setup} < city=Columbus, Ohio",
    ),
    *organizers(
        "setup-log",
        "page:setup-log::1:0:next",
        "told-answer:{told}",
        "told-done:{told}",
        "told-open:{told}",
        "told-see:{told}",
        "page:told::1:0:next",
        "form:told-answer:{told} < answer=Thank you",
        "delivery-move:{place}:channel < #general",
        "delivery-again:{place}",
        "delivery-drop:{place}",
    ),
    *some(
        "owner",
        _WITHOUT,
        "told-answer:{about}",
        "told-done:{about}",
        "told-see:{about}",
        "form:told-answer:{about} < answer=Thank you",
    ),
    *only(
        "member",
        "told-without:{telling} < @organizer",
        "told-name:no:{telling}",
        "told-text:{telling}",
        "told-away:{telling}",
        "told-send:channel:{telling}",
        "told-by:dm:{told}",
        "form:tell-organizers:{telling} < text=Mine",
        "confirm:agreed-form:{posting}",
        "form-again:{posting}",
    ),
    *anyone("puts one's own form aside", "keep:agreed-form:{posting}"),
    *anyone(
        "shows the help that is for who presses, and the agreement, which one accepts for oneself",
        "help",
        "help-for:members",
        "help-for:organizers",
        "help-for:managers",
        "help:organizers",
        "agreement",
        "agree:1:agreed-form:0",
        "agree-not:agreed-form:0",
    ),
    *anyone("everyone may tell the organizers", "tell-organizers", "form:tell-organizers: < text=Mine"),
    *anyone(
        "changes or shows only one's own profile",
        "profile-mine",
        "profile-done",
        "profile-others",
        "profile-edit",
        "profile-text",
        "profile-sight",
        "profile-back",
        "profile-setting < public",
        "profile-role < librarian",
        "profile-tools:0 < laser-cutter",
        "profile-level:teach < laser-cutter",
        "profile-level:learning < laser-cutter",
        "profile-show:me < everyone",
        "profile-show-all",
        "profile-ask:yes",
        "form:profile: < name=Mine",
    ),
    *anyone(
        "shows and deletes only what is one's own",
        "privacy-export:here",
        "privacy-export:everywhere",
        "privacy-ask:here",
        "privacy-ask:everywhere",
        "privacy-kept",
        "confirm:privacy-delete:here",
        "confirm:privacy-delete:everywhere",
    ),
    *anyone(
        "shows what people show to everyone here",
        "people-see:{profile}",
        "people-find:laser-cutter",
        "people-tool:0 < laser-cutter",
        "people-ask:{profile}",
        "form:people-ask:{profile} < question=How?",
        "page:people:{people}:1:0:next",
    ),
)
