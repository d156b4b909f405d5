from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands

from db.setup import Part
from tests.cogs.resources.steps import PAGE
from tests.cogs.setup.steps import choose, press
from tests.cogs.welcome.routes import ROUTES
from tests.cogs.welcome.test_panels import panel, stand
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.cogs.setup.steps import Empty

EVENT = {"title": "Laser night", "when": "January 13, 2027 at 3pm", "where": "Online", "places": ""}


def first_panel(house: Empty, part: Part) -> Any:
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
    """Let there be an event, so that it can be changed."""
    desk = first_panel(house, Part.DESK)
    card = await press(house.owner, desk, "New event")
    form = await house.owner.select(card, ["talk"], custom_id=select_id(card, "What kind of event"))
    preview = seen(await house.owner.submit_modal(form, EVENT))
    await press(house.owner, preview, "Post")
    await stand(house)


async def test_every_command_has_a_way_by_buttons_from_the_panels(house: Empty) -> None:
    await stand(house)
    await furnish(house)
    commands = [one for one in house.world.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    names = {one.qualified_name for one in commands}
    assert names - set(ROUTES) == set(), "say in routes.py how these are reached with buttons alone"
    assert set(ROUTES) - names == set(), "these commands are no more"
    for name, (part, labels) in ROUTES.items():
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
