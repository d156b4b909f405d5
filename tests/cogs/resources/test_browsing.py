from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cogs.resources.steps import fill, fill_in, find, press, publish, send
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.kit.world import World

DAY = 24 * 60 * 60


async def recent(world: World, who: MemberActor, **facets: str) -> Any:
    return seen(await who.slash(world.general, "resource recent", **facets))


async def saved(world: World, who: MemberActor) -> Any:
    return seen(await who.slash(world.general, "resource saved"))


async def call(world: World, title: str, closes_on: str) -> None:
    """Suggest and publish an opportunity."""
    preview = seen(await fill_in(world, world.member, link=f"https://nom.org/{title}", title=f"Call for {title}"))
    preview = await fill(world.member, preview, "Topics and dates", closes_on=closes_on)
    await send(world, world.member, preview)
    await press(world.organizer, world.desk.last_message, "Publish")


async def test_what_was_published_last_stands_first(world: World) -> None:
    await world.env.advance_time(60)
    await publish(world)
    page = await recent(world, world.other)
    assert page.ephemeral
    assert "101 resources in all" in words(page)
    assert "[Our laser rules]" in words(page).splitlines()[2]
    assert buttons(page) == [*["Save", "Report broken link"] * 4, "Next →", "By deadline", "Collections"]
    assert sum(1 for _ in components(page)) <= 40


async def test_its_pages_turn_and_keep_the_kind(world: World) -> None:
    page = await recent(world, world.other, kind="policy")
    assert "of the kind Policy" in words(page)
    page = await press(world.other, page, "Next →")
    assert "of the kind Policy" in words(page)
    assert words(page).count("Policy 📜") == 4


async def test_a_kind_of_which_there_is_nothing_says_how_to_add_one(world: World) -> None:
    page = await recent(world, world.other, kind="opportunity")
    assert "Nothing of the kind Opportunity yet" in words(page)
    form = await world.other.click(page, custom_id=custom_id(page, "Suggest a resource"))
    assert "Suggest a resource" in str(form.modal)


async def test_opportunities_are_listed_by_deadline_until_they_close(world: World) -> None:
    await call(world, "proposals", "2026-02-10")
    await call(world, "presenters", "2026-01-15")
    page = await press(world.other, await recent(world, world.other), "By deadline")
    said = words(page)
    assert said.index("Call for presenters") < said.index("Call for proposals")
    assert "Closes January 15, 2026" in said
    await world.env.advance_time(20 * DAY)
    page = await press(world.other, await recent(world, world.other), "By deadline")
    assert "Call for presenters" not in words(page)
    assert "Call for presenters" not in words(await recent(world, world.other))
    await world.env.advance_time(30 * DAY)
    page = await press(world.other, await recent(world, world.other), "By deadline")
    assert "No open opportunities" in words(page)
    assert "New in the catalogue" in words(await press(world.other, page, "What is new"))


async def test_a_note_of_ones_own_stands_below_what_one_saved(world: World) -> None:
    await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    page = await fill(world.member, await saved(world, world.member), "Note", note="Skip *part 2*")
    assert "Skip *part 2* 📝" in words(page)
    form = await world.member.click(page, custom_id=custom_id(page, "Note"))
    assert "Skip *part 2*" in str(form.modal)
    page = seen(await world.member.submit_modal(form, {"note": "  "}))
    assert "📝" not in words(page)


async def test_nobody_else_sees_a_note(world: World) -> None:
    page = await find(world, world.member, "LightBurn documentation")
    await press(world.member, page, "Save")
    await fill(world.member, await saved(world, world.member), "Note", note="Mine alone")
    await press(world.other, await find(world, world.other, "LightBurn documentation"), "Save")
    assert "Mine alone" not in words(await saved(world, world.other))
    assert "Mine alone" not in words(await find(world, world.other, "LightBurn mine alone"))


async def test_taking_it_off_and_undo_bring_the_note_back(world: World) -> None:
    await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    page = await fill(world.member, await saved(world, world.member), "Note", note="Skip part 2")
    told = seen(await world.member.click(page, custom_id=custom_id(page, "Take off my list")))
    assert "Nothing saved yet" in words(await saved(world, world.member))
    await press(world.member, told, "Undo")
    assert "Skip part 2 📝" in words(await saved(world, world.member))


async def test_a_note_on_what_is_no_longer_on_the_list_says_so_and_keeps_the_text(world: World) -> None:
    await press(world.member, await find(world, world.member, "LightBurn documentation"), "Save")
    page = await saved(world, world.member)
    form = await world.member.click(page, custom_id=custom_id(page, "Note"))
    await world.member.click(page, custom_id=custom_id(page, "Take off my list"))
    refused = seen(await world.member.submit_modal(form, {"note": "Skip part 2"}))
    assert "no longer on your list" in words(refused)
    assert "Open the form again" in buttons(refused)


async def test_four_long_notes_fit_a_card(world: World) -> None:
    page = await find(world, world.member, "policy")
    for nth in range(4):
        await press(world.member, page, "Save", nth)
    shown = await saved(world, world.member)
    for nth in range(4):
        form = await world.member.click(shown, custom_id=custom_id(shown, "Note", nth))
        shown = seen(await world.member.submit_modal(form, {"note": "*" * 500}))
    assert words(shown).count("📝") == 4
    raw = "".join(part["content"] for part in components(shown) if "content" in part)
    assert len(raw) <= 4000
