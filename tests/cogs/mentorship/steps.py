"""Steps that several tests of the mentorship room take."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cogs.mentorship.service import Joining
from db import drafts
from tests.kit.world import components, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import ChannelHandle, MemberActor

    from db.mentorship import Member
    from tests.kit.world import World

DAY = 24 * 60 * 60
WEEK = 7 * DAY
GOAL = "Open an embroidery corner for teens by June"


def actor(who: MemberActor, message: Any) -> Any:
    """Who acts on a message: in direct messages one is a user, in the server a member."""
    backend = who.user._env.backend
    place = getattr(message, "channel_id", None) or getattr(getattr(message, "channel", None), "id", None)
    return who.user if place is not None and backend.dm_channels.get(who.id) == place else who


async def press(who: MemberActor, message: Any, label: str, nth: int = 0) -> Any:
    """What a person sees after pressing a button by its label."""
    return seen(await actor(who, message).click(message, custom_id=custom_id(message, label, nth)))


async def pick(who: MemberActor, message: Any, part_of_placeholder: str, *values: Any) -> Any:
    """What a person sees after choosing in a select."""
    return seen(
        await actor(who, message).select(
            message, values=list(values), custom_id=select_id(message, part_of_placeholder)
        )
    )


async def fill_in(who: MemberActor, message: Any, label: str, **typed: str) -> Any:
    """What a person sees after filling in the form behind a button."""
    acting = actor(who, message)
    form = await acting.click(message, custom_id=custom_id(message, label))
    return seen(await acting.submit_modal(form, typed))


async def run(world: World) -> None:
    """Deliver all that is due now, and what follows from it."""
    while await world.bot.delivery.run_due():
        pass
    await world.env.settle()


async def later(world: World, seconds: float) -> None:
    """Let time pass, and deliver what falls due."""
    await world.env.advance_time(seconds)
    await run(world)


def options(message: Any, part_of_placeholder: str) -> list[str]:
    """The values of a select."""
    for part in components(message):
        if part_of_placeholder in str(part.get("placeholder", "")):
            return [option["value"] for option in part["options"]]
    raise AssertionError(f"no select that says {part_of_placeholder!r}")


async def join(world: World, who: MemberActor, side: str = "mentee", *, reach: str = "dm", **said: Any) -> Any:
    """Join mentoring by hand, as a person does; the card at its end."""
    card = seen(await who.slash(world.general, "mentor join"))
    card = await pick(who, card, "Would you like", side)
    for wanted, asked in (("mentee", "I want to learn"), ("mentor", "I can teach")):
        if side in (wanted, "both"):
            card = await pick(who, card, f"{asked}: running", *said.get("topics", ("topic-budget",)))
    card = await pick(who, card, "Your time zone", said.get("zone", "America/Chicago"))
    card = await pick(who, card, "How shall I reach you", reach)
    card = await fill_in(who, card, "My goal", goal=said.get("goal", GOAL), employer=said.get("employer", ""))
    return await press(who, card, "Sign me up")


async def enroll(world: World, who: MemberActor, side: str = "mentee", **said: Any) -> Member:
    """Join with everything said at once, for tests that begin later."""
    service = world.bot.service(Joining)
    begun = await service.begin(world.guild.id, who.id)
    subjects = {"wants": ["topic-budget"], "teaches": ["topic-budget"]}
    answers = {**begun.said.answers(), "side": side, "goal": GOAL, "zone": "America/Chicago", "reach": "dm", **subjects}
    async with world.database.write() as connection:
        await drafts.change(connection, begun.draft_id, {**answers, **said}, world.bot.clock())
    member, _ = await service.join(world.guild.id, who.id, begun.draft_id, place_id=world.general.id)
    return member


def people(world: World, number: int, prefix: str = "m") -> list[MemberActor]:
    """More members of the server."""
    return [world.guild.add_member(world.env.create_user(f"{prefix}{place}")) for place in range(number)]


async def open_round(world: World, **options: Any) -> Any:
    """Open a round in the general channel; its sign-up card."""
    until = (world.bot.clock() + timedelta(days=10)).date().isoformat()
    await world.organizer.slash(world.general, "mentorship open", **{"name": "Spring", "until": until, **options})
    await run(world)
    return world.general.last_message


async def draft(world: World, who: MemberActor | None = None) -> Any:
    """An organizer's draft, made now."""
    organizer = who or world.organizer
    card = seen(await organizer.slash(world.general, "mentorship review"))
    label = "Make a draft" if "Make a draft" in words(card) else "Run again"
    return await press(organizer, card, label)


async def approve(world: World, card: Any = None, who: MemberActor | None = None) -> Any:
    """Approve a draft, and send its proposals."""
    told = await press(who or world.organizer, card or await draft(world), "Approve")
    await run(world)
    return told


def notes(world: World, who: MemberActor) -> ChannelHandle:
    """The place where the bot writes to somebody: their direct messages, else their private thread."""
    for thread in world.general.threads:
        if thread.name == "Notes for you" and who.id in world.env.backend.get_channel(thread.id).thread_members:
            return thread
    return who.user.dm_channel


def letters(world: World, who: MemberActor) -> list[str]:
    """All that the bot wrote to somebody in direct messages, in order."""
    return [words(message) for message in who.user.dm_channel.history()]


def letter(world: World, who: MemberActor) -> Any:
    """The last that the bot wrote to somebody."""
    found = notes(world, who).last_message
    assert found is not None, f"nothing was written to {who.user.name}"
    return found


async def together(world: World, mentor: MemberActor, mentee: MemberActor) -> ChannelHandle:
    """A mentor and a mentee in a pair, from joining to the thread, at ten in the morning where they live."""
    await world.env.advance_time(16 * 60 * 60)
    await enroll(world, mentor, "mentor")
    await enroll(world, mentee, "mentee")
    await run(world)
    await press(mentor, letter(world, mentor), "Accept")
    await run(world)
    await press(mentee, letter(world, mentee), "Accept")
    await run(world)
    return thread_of(world)


def on_desk(world: World, said: str) -> list[Any]:
    """The cards on the organizers' desk that say this, in order."""
    return [message for message in world.desk.history() if said in words(message)]


def thread_of(world: World, nth: int = -1) -> ChannelHandle:
    """The thread of a pair, the newest unless said otherwise."""
    found = [thread for thread in world.general.threads if (thread.name or "").startswith("Mentoring")]
    assert found, "no pair has a thread"
    return found[nth]
