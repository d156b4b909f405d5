"""Events in the scene, and all that can be pressed about them."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

from cogs.events.service import Answering, Editing, Repeating
from cogs.events.service.agenda import Agenda
from cogs.events.service.feeding import Feeding
from db import calendars, guilds
from db.events import GOING
from tests.cogs.events.calendar_site import calendar, session
from tests.cogs.events.steps import announced_in, natives, newest, plan, post
from tests.house.cases import anyone, only, organizers, some
from tests.house.pressing import CANARY

if TYPE_CHECKING:
    from db.events import Event
    from tests.house.scene import Scene

_UNTIL = "9999999999"


async def furnish(scene: Scene) -> None:
    """Let there be events with places, hosts, questions, a series, one called off, drafts, and a calendar followed."""
    world, bot, guild = scene.world, scene.world.bot, scene.world.guild.id
    bot.public_url = "https://benchmate.example.org"
    await announced_in(world)
    hosts = {"options": {"host": scene.people["host"]}, "title": f"{CANARY} talk", "about": CANARY}
    event = await post(world, **hosts, places="1")
    service = bot.service(Answering)
    for who in (world.member, world.organizer):
        await service.answer(guild, event.event_id, who.id, who.name, GOING)
    asked = await post(world, **hosts, template="ama")
    await bot.service(Agenda).ask(guild, asked.event_id, world.member.id, f"{CANARY}?", named=True)
    await post(world, **hosts, when="every first Tuesday 3pm")
    going = (await bot.service(Repeating).going(guild))[0]
    skipped = await bot.service(Repeating).skip(guild, going.coming[1].event_id, world.organizer.id)
    off = await bot.service(Editing).cancel(guild, (await post(world, **hosts)).event_id, world.organizer.id, "")
    scene.note(event=event.event_id, asked=asked.event_id, off=off.event_id, off_v=off.version)
    scene.note(series=going.series.series_id, date=going.coming[0].event_id)
    scene.note(skipped=skipped.event_id, skipped_v=skipped.version)
    scene.note(question=await scene.number("SELECT max(question_id) FROM event_question"))
    await _drafts(scene, event, going.coming[0])
    await _calendars(scene)
    assert natives(world), "Discord has a list of its own"


async def _drafts(scene: Scene, event: Event, date: Event) -> None:
    world = scene.world
    await plan(world, title=f"{CANARY} to come")
    scene.note(draft=await scene.number("SELECT max(draft_id) FROM draft"))
    await plan(world, title=f"{CANARY} to come", when="every second Tuesday 3pm")
    scene.note(often=await scene.number("SELECT max(draft_id) FROM draft"))
    for name, one in (("edit", event), ("edit_date", date)):
        await scene.people["host"].slash(world.general, "event edit", event=str(one.event_id))
        scene.note(**{name: await scene.number("SELECT max(draft_id) FROM draft")})
    assert (await newest(world)).event_id


async def _calendars(scene: Scene) -> None:
    world, guild = scene.world, scene.world.guild.id
    packed = base64.b64encode(zlib.compress(calendar(session(1, 12, CANARY)))).decode()
    kept: dict[str, Any] = {"url": "", "name": CANARY, "content": packed, "announced": False}
    scene.note(calendar=await scene.draft("organizer", "calendar-preview", **kept))
    now = world.bot.clock()
    async with world.database.write() as connection:
        await guilds.see(connection, guild, now)
        url = "https://plants.example.org/calendar.ics"
        source = await calendars.add_source(
            connection, guild, url=url, name=CANARY, by=world.organizer.id, now=now, announced=True
        )
    scene.note(source=source.source_id)
    for who in (world.member.id, None):
        await world.bot.service(Feeding).give(guild, who, CANARY, world.organizer.id)


_HOSTS = ("member", "other")
_TYPED = "title=Mine;when=January 13, 2027 at 3pm"

CASES = (
    *organizers(
        "event-templates",
        "event-begins < talk",
        "event-new",
        "event-template < talk",
        "event-series",
        "calendars",
        "calendar-paste",
        "calendar-in:{calendar}",
        "calendar-cards:{calendar}:yes",
        "calendar-away:{calendar}",
        "calendar-open:{source}",
        "calendar-step:{source}:pause",
        "calendar-step:{source}:look",
        "calendar-step:{source}:on",
        "calendar-step:{source}:off",
        "calendar-step:{source}:stop",
        "calendar-server",
        "calendar-link:secret",
        "calendar-link:open",
        "calendar-stop:secret",
        "calendar-stop:open",
        "confirm:calendar-stop:secret",
        "event-theirs:{event}",
        "event-mine:{event}",
        "event-leave:{event}",
        "event-put:{event}",
        "event-off:{event}",
        "event-again:{event}",
        "event-post:{draft}",
        "page:series::1:0:next",
        "page:calendars::1:0:next",
        "form:calendar-link: < link=https://plants.example.org/other.ics",
        "form:event-begins:talk < minutes=60",
        "form:event:talk.. < " + _TYPED,
        "confirm:event-series-post:{often}",
    ),
    *some(
        "host",
        _HOSTS,
        "event-edit:{event}",
        "event-cancel:{event}",
        "event-reminders:{event}",
        "event-reminders-choose:{event} < day",
        "event-reminders-all:{date}",
        "event-skip:{date}",
        "event-series-end:{date}",
        "event-came:{event}",
        "event-csv:{event}",
        "event-agenda-list:{asked}:new",
        "event-agenda-list:{asked}:again",
        "event-tick:{asked}:{question}:yes:0",
        "page:agenda:{asked}:1:0:next",
        "form:event-cancel:{event}",
        "form:event-came:{event} < came=3",
        "undo:event-cancel:{off}.{off_v}:" + _UNTIL,
        "undo:event-skip:{skipped}.{skipped_v}:" + _UNTIL,
        "confirm:event-series-end:{date}.0",
    ),
    *only(
        "host",
        "event-save:{edit}",
        "event-scope:{edit_date}:one",
        "event-scope:{edit_date}:following",
        "event-scope:{edit_date}:all",
        "confirm:event-save:{edit}",
        "undo:event-before:{edit}:" + _UNTIL,
        "form:event:{edit} < " + _TYPED,
    ),
    *only(
        "organizer",
        "event-text:{draft}",
        "event-post:{draft}",
        "event-away:{draft}",
        "event-kind:{draft} < tour",
        "event-length:{draft} < 90",
        "event-hosts:{draft} < @other",
        "event-hide:{draft}:yes",
        "event-repeat:{draft} < FREQ=WEEKLY",
        "confirm:event-post:{draft}",
        "keep:event-post:{draft}",
        "confirm:event-away:{draft}",
        "keep:event-away:{draft}",
        "confirm:event-preview:{draft}",
        "calendar-in:{calendar}",
        "calendar-cards:{calendar}:no",
        "calendar-away:{calendar}",
    ),
    *some("organizer", ("member", "other"), "event-other:{draft}:0"),
    *some("member", ("other", "host", "owner"), "event-take:{guild}:{event}:no", "event-withdraw:{asked}:{question}"),
    *anyone(
        "everyone says for themselves whether they come, and how they are reminded",
        "event:{event}:cant",
        "event:{asked}:going",
        "event-remind:{event}",
        "event-quiet:{event}",
        "event-reach:{event}:dm",
        "event-own-off:{guild}:{event}",
        "event-news",
        "event-after:off",
        "event-after:on",
        "calendar-mine",
        "calendar-link:mine",
        "calendar-stop:mine",
        "confirm:calendar-stop:mine",
        "keep:calendar-stop:mine",
    ),
    *anyone(
        "shows what all may see",
        "event-calendar:{event}",
        "event-mail:{event}",
        "event-open:{event}",
        "event-join:{event}",
        "events:",
        "events:mine",
        "events-kind < talk",
        "calendar-series:{series}",
        "page:events::1:0:next",
        "page:event:{event}:1:0:next",
    ),
    *anyone(
        "everyone may ask, and suggest what is left of an event",
        "event-agenda:{asked}",
        "event-ask:{asked}:named",
        "form:event-question:{asked}.1 < question=How hot?",
        "event-left:{event}:recording",
    ),
)
