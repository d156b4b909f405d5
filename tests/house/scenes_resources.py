"""The catalogue in the scene, and all that can be pressed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources.service import Collecting, Importing, Planning, Reviewing, Saving, Upkeep
from tests.cogs.resources.steps import fill_in, publish, suggest
from tests.house.cases import anyone, only, organizers
from tests.house.pressing import CANARY

if TYPE_CHECKING:
    from tests.house.scene import Scene

_ABOUT = {"link": "https://plants.example.org/c", "title": f"{CANARY} care", "text": "", "kind": "guide"}
_FACETS = {"tools": ["general"], "topics": [], "audience": ["all"], "levels": []}
_CSV = f"title,link\n{CANARY} list,https://plants.example.org/list\n".encode()


async def furnish(scene: Scene) -> None:
    """Let there be resources of each state, a collection, drafts, and imports planned and done."""
    world, bot, guild = scene.world, scene.world.bot, scene.world.guild.id
    organizer, member = world.organizer.id, world.member.id
    resource = await publish(world, title=f"{CANARY} rules", text=CANARY)
    flagged = await publish(world, title=f"{CANARY} shelf", link="https://plants.example.org/b")
    for number in ("waiting", "asked"):
        await suggest(world, world.member, title=f"{CANARY} {number}", link=f"https://plants.example.org/{number}")
        scene.note(**{number: await scene.number("SELECT max(resource_id) FROM resource")})
    await bot.service(Reviewing).ask(guild, int(scene.numbers["asked"]), 1, organizer, f"{CANARY}?")
    await bot.service(Upkeep).report(guild, world.other.id, flagged)
    await bot.service(Saving).save(guild, member, resource)
    await bot.service(Saving).write_note(guild, member, resource, CANARY)
    collection = await bot.service(Collecting).create(guild, organizer, f"{CANARY} list", "")
    for one in (flagged, resource):
        await bot.service(Collecting).put(guild, organizer, collection.collection_id, one, CANARY)
    plan, _ = await bot.service(Planning).dry_run(guild, organizer, _CSV, "list.csv")
    other_plan, _ = await bot.service(Planning).dry_run(guild, organizer, _CSV.replace(b"list,", b"map,"), "map.csv")
    done = await bot.service(Importing).begin(guild, organizer, other_plan.number)
    await bot.service(Importing).go_on(guild, done)
    await fill_in(world, world.member, title=f"{CANARY} on its way", link="https://plants.example.org/way")
    draft = await scene.number("SELECT max(draft_id) FROM draft")
    back = await scene.draft("organizer", "collection-say", f"{collection.collection_id}.{flagged}.0", **_PLACE)
    scene.note(resource=resource, flagged=flagged, collection=collection.collection_id, plan=plan.number, done=done)
    scene.note(draft=draft, back=back, note=await scene.draft("member", "saved-note", str(resource), note=CANARY))
    scene.note(
        edit=await scene.draft("organizer", "edit", f"{resource}.2", **_ABOUT, **_FACETS),
        question=await scene.draft("member", "find", query=CANARY, kind=None, tool=None),
        record=await scene.number("SELECT min(record_id) FROM search_record WHERE key = ?", str(resource)),
        again=await scene.draft("member", "suggest", link="https://x.org", title=CANARY, text=""),
        **{
            f"{name}_v": await scene.number("SELECT version FROM resource WHERE resource_id = ?", scene.numbers[name])
            for name in ("resource", "flagged", "waiting", "asked")
        },
    )


_PLACE = {"sentence": CANARY, "place": 1}
_UNTIL = "9999999999"
_TYPED = "link=https://y.org/1;title=Mine"

CASES = (
    *organizers(
        "publish:{waiting}:{waiting_v}",
        "edit:{waiting}",
        "decline:{waiting}:{waiting_v}",
        "ask-member:{waiting}:{waiting_v}",
        "waiting",
        "fine:{flagged}:{flagged_v}:reported",
        "take-link:{flagged}:{flagged_v}:changed",
        "remove:{resource}",
        "catalogue-one",
        "catalogue-which < {resource}",
        "coll-keep:{collection}",
        "coll-new",
        "coll-add:{collection}",
        "coll-name:{collection}",
        "coll-remove:{collection}",
        "coll-up:{collection}:{resource}:0",
        "coll-say:{collection}:{resource}:0",
        "coll-out:{collection}:{resource}:0",
        "import-file",
        "export-as < csv",
        "import-go:{plan}",
        "import-away:{plan}",
        "import-on:{done}",
        "import-undo:{done}",
        "imports",
        "check-links",
        "links-so-far",
        "starter-out",
        "starter-back",
        "starter",
        "form:decline:{waiting}.{waiting_v}",
        "form:ask-member:{waiting}.{waiting_v} < question=Which?",
        "form:catalogue-one: < title=shelf",
        "form:collection:{collection} < name=Mine",
        "form:collection: < name=Mine",
        "form:collection-add:{collection} < resource=https://plants.example.org/b",
        "form:collection-say:{collection}.{resource}.0",
        "form:import-file:",
        "page:waiting::1:0:next",
        "page:edit:{resource}:1:0:next",
        "page:keep:{collection}:1:0:next",
        "page:links::1:0:next",
        "page:import:{plan}:1:0:next",
        "undo:review:{resource}.{resource_v}:" + _UNTIL,
        "undo:remove:{resource}.{resource_v}:" + _UNTIL,
        "confirm:coll-remove:{collection}",
        "keep:coll-remove:{collection}",
        "undo:coll-out:{back}:" + _UNTIL,
    ),
    *only(
        "organizer",
        "edit-save:{edit}",
        "edit-leave:{edit}",
        "import-go:{plan}",
        "import-away:{plan}",
        "undo:coll-out:{back}:" + _UNTIL,
    ),
    *only(
        "member",
        "suggest-kind:{draft} < guide",
        "suggest-tools:{draft}:0 < laser-cutter",
        "suggest-audience:{draft} < adult",
        "suggest-levels:{draft} < college",
        "suggest-text:{draft}",
        "suggest-details:{draft}",
        "suggest-subjects:{draft}",
        "suggest-away:{draft}",
        "suggest-send:{draft}",
        "confirm:suggest-away:{draft}",
        "keep:suggest-away:{draft}",
        "confirm:suggest-send:{draft}",
        "keep:suggest-send:{draft}",
        "agree:1:suggest-send:{draft}",
        "agree-not:suggest-send:{draft}",
        "form:suggest:{draft} < " + _TYPED,
        "form:suggest-details:{draft}",
        "form:suggest-subjects:{draft}",
        "form-again:{again}",
        "tell-me:{waiting}",
        "tell-by:dm:{waiting}",
        "asked:{guild}:{asked}",
        "form:suggest-answer:{guild}.{asked} < answer=None;link=https://y.org/2;title=Mine",
        "undo:save:{resource}.{note}:" + _UNTIL,
    ),
    *anyone(
        "reads what all may read",
        "collections",
        "coll-open:{collection}",
        "by-deadline",
        "what-is-new",
        "more:{record}",
        "look:laser",
        "find",
        "form:search: < query=laser",
        "page:colls::1:0:next",
        "page:coll:{collection}:1:0:next",
        "page:closing::1:0:next",
        "page:recent::1:0:next",
        "page:more:{record}:1:0:next",
        "open:recent",
    ),
    *anyone("shows again what somebody looked for, a question without a name", "page:find:{question}:1:0:next"),
    *anyone(
        "changes only what is on one's own list",
        "save:{resource}",
        "unsave:{resource}",
        "saved-note:{resource}",
        "form:saved-note:{resource} < note=Mine",
        "page:saved::1:0:next",
        "undo:unsave:{resource}:" + _UNTIL,
        "undo:save:{resource}:" + _UNTIL,
        "remind:{resource}:tomorrow",
        "remind-dm:{resource}",
        "undo:remind:{resource}:" + _UNTIL,
    ),
    *anyone(
        "everyone may suggest and report",
        "suggest",
        "form:suggest: < " + _TYPED,
        "report:{resource}",
        "undo:report:{flagged}:" + _UNTIL,
    ),
)
