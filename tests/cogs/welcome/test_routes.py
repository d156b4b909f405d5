from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands
from simcord import ChannelHandle

from cogs.setup.service import Settling
from db.setup import Part
from tests.cogs.mentorship.steps import enroll, open_round
from tests.cogs.questions.steps import ASKED
from tests.cogs.resources.steps import PAGE
from tests.cogs.setup.steps import choose, press
from tests.cogs.welcome.routes import ROUTES
from tests.cogs.welcome.test_panels import panel, stand
from tests.kit.world import buttons, components, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.cogs.setup.steps import Empty

EVENT = {"title": "Laser night", "when": "January 13, 2027 at 3pm", "where": "Online", "places": ""}


def first_panel(house: Empty, part: Part) -> Any:
    """The panel in a part's channel; for questions the card in the newest post."""
    if part is Part.QUESTIONS:
        number = house.env.backend.get_guild(house.guild.id).thread_ids[-1]
        channel = ChannelHandle(house.env, house.guild, house.env.backend.get_channel(number))
        return next(one for one in channel.history() if "question-" in str(list(components(one))))
    (channel,) = [one for one in house.guild.channels.values() if one.id == house.shown_channel(part).id]
    return next(one for one in channel.history() if one.components)


async def walk(house: Empty, who: MemberActor, part: Part, labels: tuple[str, ...]) -> str:
    """Press one button after the other, beginning on a panel; what is seen at the end, a form or a card."""
    card = first_panel(house, part)
    for at, label in enumerate(labels):
        opened = await who.click(card, custom_id=custom_id(card, label))
        if opened.modal is not None:
            assert at == len(labels) - 1, f"{label} opens a form in the middle of the way"
            return str(opened.modal)
        card = seen(opened)
        assert card.ephemeral, "what opens is seen by nobody else"
    return words(card)


async def furnish(house: Empty) -> None:
    """Let there be every part, and an event that can be changed."""
    settling, settings = house.world.bot.service(Settling), house.world.bot.servers.of(house.guild.id)
    for part in set(Part) - set(settings.channels):
        await settling.channel(house.guild.id, house.owner.id, part, house.general.id)
    await stand(house)
    desk = first_panel(house, Part.DESK)
    card = await press(house.owner, desk, "New event")
    form = await house.owner.select(card, ["talk"], custom_id=select_id(card, "What kind of event"))
    preview = seen(await house.owner.submit_modal(form, EVENT))
    await press(house.owner, preview, "Post")
    await stand(house)


async def ask(house: Empty) -> None:
    """Let there be a question."""
    start = first_panel(house, Part.START)
    form = await house.owner.click(start, custom_id=custom_id(start, "Ask a question"))
    preview = seen(await house.owner.submit_modal(form, ASKED))
    await press(house.owner, preview, "Post my question")
    await stand(house)


async def answer(house: Empty) -> None:
    """Let it be answered."""
    chooser = await press(house.owner, first_panel(house, Part.QUESTIONS), "Mark as answer")
    form = await house.owner.click(chooser, custom_id=custom_id(chooser, "In my own words"))
    await house.owner.submit_modal(form, {"words": "Mask it with tape first."})
    await stand(house)


async def sign_up(house: Empty) -> None:
    """Let a mentoring round be open, with somebody on each side."""
    world = house.world
    world.guild, world.general, world.organizer = house.guild, house.general, house.owner
    await open_round(world)
    await enroll(world, house.owner, "mentor")
    await enroll(world, house.member, "mentee")


async def pair(house: Empty) -> None:
    """Let there be a draft of who fits whom."""
    await press(house.owner, await press(house.owner, first_panel(house, Part.DESK), "Mentoring round"), "Make a draft")


PREPARE = {"question retag": ask, "question reopen": answer, "mentor status": sign_up, "mentorship approve": pair}
"""What must be there before a way can be gone to its end."""


async def test_every_command_has_a_way_by_buttons_from_the_panels(house: Empty) -> None:
    await stand(house)
    await furnish(house)
    commands = [one for one in house.world.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    names = {one.qualified_name for one in commands}
    assert names - set(ROUTES) == set(), "say in routes.py how these are reached with buttons alone"
    assert set(ROUTES) - names == set(), "these commands are no more"
    for name, (part, labels) in ROUTES.items():
        if name in PREPARE:
            await PREPARE[name](house)
        shown = await walk(house, house.owner, part, labels)
        assert shown, name
        assert "Something went wrong" not in shown, name


async def publish(house: Empty, **changed: str) -> None:
    form = await house.member.click(panel(house, Part.START), custom_id="suggest")
    preview = seen(await house.member.submit_modal(form, {**PAGE, **changed}))
    await press(house.member, preview, "Send to organizers")
    await press(house.owner, await press(house.owner, first_panel(house, Part.DESK), "Review"), "Publish")


async def test_an_organizer_edits_and_removes_what_is_published_without_a_command(house: Empty) -> None:
    await stand(house)
    await publish(house)
    await publish(house, link="https://nom.org/poster", title="A laser poster")
    helped = await press(house.owner, first_panel(house, Part.DESK), "What can you do?")
    form = await house.owner.click(helped, custom_id=custom_id(helped, "Edit or remove"))
    found = seen(await house.owner.submit_modal(form, {"title": "our laser rules"}))
    assert buttons(found) == ["Edit", "Remove"]
    assert "Save changes" in buttons(await press(house.owner, found, "Edit"))
    form = await house.owner.click(helped, custom_id=custom_id(helped, "Edit or remove"))
    several = seen(await house.owner.submit_modal(form, {"title": "laser"}))
    assert "Which “laser”?" in words(several)
    chosen = await choose(house.owner, several, "Which one is it?", "2")
    assert "A laser poster" in words(chosen)
    form = await house.owner.click(helped, custom_id=custom_id(helped, "Edit or remove"))
    nothing = seen(await house.owner.submit_modal(form, {"title": "zeppelin"}))
    assert "no resource with these words" in words(nothing)
    form = await house.owner.click(helped, custom_id=custom_id(helped, "Edit or remove"))
    found = seen(await house.owner.submit_modal(form, {"title": PAGE["link"]}))
    assert "Undo" in buttons(await press(house.owner, found, "Remove"))


async def test_an_organizer_imports_and_exports_without_a_command(house: Empty) -> None:
    await stand(house)
    helped = await press(house.owner, first_panel(house, Part.DESK), "What can you do?")
    imports = await press(house.owner, helped, "Imports")
    form = await house.owner.click(imports, custom_id=custom_id(imports, "Choose a file"))
    table = b"title,link\nOur badge form,https://nom.org/badge\n"
    shown = seen(await house.owner.submit_modal(form, {"file": ("list.csv", table)}))
    assert "What this file would do" in words(shown)
    assert "Import 1 resource" in buttons(shown)
    await press(house.owner, shown, "Import 1 resource")
    given = await choose(house.owner, imports, "Get the whole catalogue", "ris")
    assert given.attachments[0].filename.endswith(".ris")
