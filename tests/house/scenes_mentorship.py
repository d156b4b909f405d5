"""Mentoring in the scene, and all that can be pressed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.mentorship.service import Answering, Circling, Dating, Joining
from tests.cogs.mentorship.steps import DAY, draft, enroll, open_round, run, together
from tests.house.cases import anyone, only, organizers, some
from tests.house.pressing import CANARY

if TYPE_CHECKING:
    from tests.house.scene import Scene

_NEW = ("asked", "seeker", "first", "second", "third", "fourth")


async def furnish(scene: Scene) -> None:
    """Let there be a pair, a proposal with a question, a circle on offer, a round with its draft, and half a form."""
    world, bot, guild = scene.world, scene.world.bot, scene.world.guild.id
    people = scene.people
    for name in _NEW:
        people[name] = world.guild.add_member(world.env.create_user(name))
    await together(world, people["host"], world.member)
    scene.note(pair=await scene.number("SELECT max(pair_id) FROM mentoring_pair"))
    await _meetings(scene)
    said = {"goal": f"{CANARY} corner"}
    await enroll(world, people["asked"], "mentor", **said, teaches=["topic-space"])
    await enroll(world, people["seeker"], "mentee", **said, wants=["topic-space"])
    await run(world)
    scene.note(proposal=await scene.number("SELECT max(proposal_id) FROM mentoring_proposal"))
    await bot.service(Answering).ask(people["asked"].id, int(scene.numbers["proposal"]), f"{CANARY}?")
    scene.note(question=await scene.number("SELECT max(question_id) FROM mentoring_question"))
    await _rounds(scene, said)
    begun = await bot.service(Joining).begin(guild, world.other.id)
    scene.note(joining=begun.draft_id)
    await bot.service(Joining).exclude(guild, world.member.id, world.organizer.id)


async def _meetings(scene: Scene) -> None:
    """One that is suggested, one that is agreed on, and one that was and is off."""
    dating, pair = scene.world.bot.service(Dating), int(scene.numbers["pair"])
    host, member = scene.people["host"].id, scene.world.member.id
    when, _ = await dating.times(host, pair)
    scene.note(time=int(when[0].timestamp()))
    for name in ("meeting", "agreed", "off"):
        meeting, _, _ = await dating.suggest(host, pair, scene.numbers["time"])
        scene.note(**{name: meeting.meeting_id})
        if name != "meeting":
            await dating.agree(member, meeting.meeting_id)
        if name == "off":
            await dating.call_off(member, meeting.meeting_id)


async def _rounds(scene: Scene, said: dict[str, str]) -> None:
    world, people = scene.world, scene.people
    await open_round(world, name=f"{CANARY} circle")
    for name in ("first", "second"):
        await enroll(world, people[name], "mentee", **said)
    circle = await scene.number("SELECT max(round_id) FROM mentoring_round")
    await world.bot.service(Circling).offer(world.guild.id, circle, world.organizer.id)
    scene.note(circle=await scene.number("SELECT max(pair_id) FROM mentoring_pair"))
    await world.env.advance_time(DAY)
    await open_round(world, name=f"{CANARY} round")
    await enroll(world, people["third"], "mentor", **said)
    await enroll(world, people["fourth"], "mentee", **said)
    await draft(world)
    scene.note(
        round=await scene.number("SELECT max(round_id) FROM mentoring_round"),
        round_v=await scene.number("SELECT version FROM mentoring_round ORDER BY round_id DESC LIMIT 1"),
        draft_v=await scene.number("SELECT version FROM mentoring_draft ORDER BY round_id DESC LIMIT 1"),
        mentor=await scene.number("SELECT mentor_no FROM mentoring_draft_pair"),
        mentee=await scene.number("SELECT mentee_no FROM mentoring_draft_pair"),
    )
    both = {"mentor": int(scene.numbers["mentor"]), "mentee": int(scene.numbers["mentee"])}
    scene.note(hand=await scene.draft("organizer", "mentor-hand", scene.numbers["round"], **both))


_COUPLE = "{round}:{draft_v}:{mentor}:{mentee}:0"
_OUTSIDE = ("other", "organizer", "owner", "asked")

CASES = (
    *organizers(
        "mentor-review:{round}",
        "mentor-review:0",
        "mentor-run:{round}",
        f"mentor-lock:{_COUPLE}",
        f"mentor-apart:{_COUPLE}",
        "mentor-together:{round}",
        "mentor-approve:{round}:{draft_v}",
        "mentor-round-open",
        "mentor-round-close:{round}",
        "mentor-hand:{round}",
        "mentor-pair:mentor:{hand} < @third",
        "mentor-pair-them:{hand}",
        "mentor-overview:{round}",
        "mentor-table:{round}",
        "mentor-said:{round}",
        "mentor-circle-offer:{round}",
        "mentor-into:{pair}",
        "confirm:mentor-close:{round}.{round_v}",
        "form:mentor-open: < name=Mine;until=2026-03-01;weeks=16",
        "page:mreview:{round}:1:0:next",
        "page:mvoices:{round}:1:0:next",
    ),
    *only("organizer", "mentor-pair:mentee:{hand} < @fourth", "mentor-pair-them:{hand}"),
    *only(
        "other",
        "mentor-pick:side:{joining} < mentee",
        "mentor-topics:wants:0:{joining} < topic-budget",
        "mentor-goal:{joining}",
        "mentor-more:{joining}",
        "mentor-first:{joining}",
        "mentor-send:{joining}",
        "confirm:mentor-send:{joining}",
        "form:mentor-goal:{joining} < goal=Sew",
    ),
    *some(
        "asked",
        ("other", "organizer", "owner", "member", "seeker"),
        "mentor-yes:{proposal}",
        "mentor-no:{proposal}",
        "mentor-ask:{proposal}",
        "form:mentor-no:{proposal}",
        "form:mentor-ask:{proposal} < question=Which machine?",
    ),
    *some(
        "seeker",
        ("other", "organizer", "owner", "member", "asked"),
        "mentor-tell:{question}",
        "form:mentor-tell:{question} < answer=This one.",
    ),
    *some(
        "member",
        _OUTSIDE,
        "mentor-times:{pair}",
        "mentor-time:{pair} < {time}",
        "mentor-agree:{meeting}",
        "mentor-off:{agreed}",
        "undo:mentor-off:{off}:9999999999",
        "mentor-week:{pair}:2:met",
        "mentor-other:{pair}",
        "mentor-call:{pair}",
        "mentor-last:{pair}",
        "confirm:mentor-another:{pair}",
        "form:mentor-last:{pair} < again=yes",
    ),
    *some(
        "first",
        ("other", "organizer", "owner", "member", "fourth"),
        "mentor-circle-join:{guild}:{circle}",
        "mentor-circle-no:{guild}:{circle}",
    ),
    *anyone(
        "everyone joins, pauses and leaves for themselves",
        "mentor-join:{round}",
        "mentor-sign:{round}",
        "mentor-start",
        "mentor-status",
        "mentor-pause",
        "mentor-break < 2",
        "mentor-break-day",
        "mentor-back",
        "mentor-leave",
        "mentor-resume:{guild}",
        "mentor-longer:{guild}",
        "confirm:mentor-leave:",
        "form:mentor-break-day: < until=2026-03-01",
    ),
    *anyone(
        "a list of one's own, which nobody else is shown",
        "mentor-excluded",
        "mentor-exclude < @organizer",
        "mentor-include < x",
    ),
)
