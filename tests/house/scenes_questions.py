"""Questions in the scene, and all that can be pressed about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogs.questions.marking import Who
from cogs.questions.service import Asking, Helping, Joining, Keeping, Seeking
from db.delivery import Way
from tests.bot.delivery.steps import tick
from tests.cogs.questions.help_steps import QUIET_AT_NO_TIME
from tests.cogs.questions.steps import Forum
from tests.cogs.resources.steps import publish
from tests.house.cases import anyone, only, organizers, some
from tests.house.pressing import CANARY

if TYPE_CHECKING:
    from tests.house.scene import Scene


async def furnish(scene: Scene) -> None:
    """Let there be questions answered, open, joined and about safety, drafts of one, and a helper who is asked."""
    world, bot, guild = scene.world, scene.world.bot, scene.world.guild.id
    forum = await Forum(world).build()
    host, member = scene.people["host"], world.member
    scene.note(resource=await publish(world, title=f"{CANARY} rules"))
    for name in ("answered", "open", "same", "other_one", "again"):
        post = await forum.asked(member, title=f"{CANARY} {name}: how do I cut felt?", details=CANARY)
        reply = await host.send(post, f"{CANARY}, with tape")
        scene.note(
            **{name: (await forum.question(post)).question_id, f"{name}_reply": reply.id, f"{name}_post": post.id}
        )
        if name in ("answered", "again"):
            await forum.mark(member, post, reply)
    numbers = {name: int(number) for name, number in scene.numbers.items()}
    asker = Who(member.id)
    async with world.database.write() as connection:  # as after a word of the asker's in the post
        await connection.exec_driver_sql(
            "UPDATE question SET state = 'open' WHERE question_id = ?", (numbers["again"],)
        )
    await bot.service(Joining).join(guild, numbers["same"], numbers["other_one"], asker)
    safe = await bot.service(Keeping).set_safety(guild, numbers["answered"], safety=True)
    helping = bot.service(Helping)
    await helping.begin(guild, host.id, Way.DM, world.general.id)
    await helping.choose(guild, host.id, {**QUIET_AT_NO_TIME, "tools": ["laser-cutter", "sewing"], "a_week": 2})
    await bot.service(Seeking).seek(guild, numbers["open"])
    await tick(world)
    kept: dict[str, Any] = {"title": CANARY, "details": CANARY, "tried": "", "tools": ["sewing"], "chosen": True}
    for name in ("draft", "thanks"):
        scene.note(**{name: await scene.draft("member", "ask", **kept)})
    kept_draft = await bot.drafts.open(int(scene.numbers["thanks"]), guild_id=guild, user_id=member.id)
    scene.note(spared=await bot.service(Asking).spared(kept_draft), answered_v=safe.version)


CASES = (
    *organizers(
        "question-yearly:{open}:on",
        "question-holds:{answered}:{answered_v}",
        "question-no-safety:{answered}",
        "question-ask-after < 24",
        "question-numbers-file",
        "page:to-check::1:0:next",
        "page:q-numbers::1:0:next",
    ),
    *some(
        "member",
        ("other",),
        "question-tools:{open}",
        "question-pick:{open}:0 < laser-cutter",
        "question-mark:{answered}",
        "question-choose:{open} < {open_reply}",
        "question-resource:{answered} < {resource}",
        "question-reopen:{answered}",
        "question-still:{again}",
        "question-same:{open}",
        "question-same-as:{open} < {other_one}",
        "question-apart:{same}",
        "question-not-yet:{open}",
        "form:question-words:{answered} < words=Mine",
        "form:question-same:{open} < link=https://discord.com/channels/{guild}/{other_one_post}",
    ),
    *only(
        "member",
        "ask-tools:{draft}:0 < sewing",
        "ask-post:{draft}",
        "ask-helped:{draft}",
        "ask-change:{draft}",
        "ask-picture:{draft}",
        "ask-away:{draft}",
        "confirm:ask-away:{draft}",
        "keep:ask-away:{draft}",
        "confirm:ask-post:{draft}",
        "keep:ask-post:{draft}",
        "form:ask:{draft} < title=How to sew?",
        "form:ask-picture:{draft}",
    ),
    *anyone(
        "opens a form with what stands in the post; what is sent is looked at",
        "question-words:{open}",
        "question-save:{answered}",
        "question-same-link:{open}",
    ),
    *anyone("notes without a name which answer helped", "ask-which:{spared} < resources/{resource}"),
    *anyone(
        "reads what all may read",
        "question-of-tool < sewing",
        "page:waits::1:0:next",
    ),
    *anyone(
        "everyone decides for themselves whether and how they help",
        "helper-begin:dm",
        "helper-tools:0 < laser-cutter",
        "helper-often < 5",
        "helper-quiet < 17-9",
        "helper-zone < America/Chicago",
        "helper-pause:on",
        "helper-leave",
        "helper-not-now:{guild}:{open}",
        "helper-stop:{guild}",
        "page:helpers::1:0:next",
    ),
    *anyone("everyone may ask", "ask", "question-turn", "form:ask: < title=How to sew?"),
    *anyone("asks about the message itself", "form:question-turn: < link=https://discord.com/channels/1/2/3"),
)
