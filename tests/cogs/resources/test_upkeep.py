from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.kit.reactions import Undo
from db import resources
from tests.cogs.resources.steps import PAGE, fill, find, lose_role, press, publish, queue, shown_to_all, suggest
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from db.resources import Resource
    from tests.kit.world import World


async def edit(world: World, who: MemberActor, resource: str) -> Any:
    return seen(await who.slash(world.general, "catalogue edit", resource=resource))


async def remove(world: World, who: MemberActor, resource: str) -> Any:
    return seen(await who.slash(world.general, "catalogue remove", resource=resource))


async def now(world: World, number: int) -> Resource:
    async with world.database.read() as connection:
        resource = await resources.get(connection, world.guild.id, number)
    assert resource is not None
    return resource


async def flag(world: World, number: int, reason: str, note: str = "") -> None:
    """What the link check or the review dates put into the queue."""
    resource = await now(world, number)
    async with world.database.write() as connection:
        await resources.flag(connection, resource, reason, world.env.now(), note=note)


async def test_a_published_resource_is_changed_with_the_same_preview_and_forms(world: World) -> None:
    await publish(world)
    preview = await edit(world, world.organizer, "our laser rules")
    assert preview.ephemeral
    preview = seen(
        await world.organizer.select(preview, values=["template"], custom_id=select_id(preview, "What kind"))
    )
    preview = await fill(world.organizer, preview, "Change the text", **{**PAGE, "title": "Laser house rules"})
    preview = await fill(world.organizer, preview, "Topics and dates", topics="signage")
    saved = await press(world.organizer, preview, "Save changes")
    assert "This is how everyone finds it now" in words(saved)
    found = words(await find(world, world.other, "laser house rules signage"))
    assert "[Laser house rules]" in found
    assert "Template 📄" in found
    assert "Our laser rules" not in words(await find(world, world.other, "our laser rules"))


async def test_leaving_it_changes_nothing(world: World) -> None:
    number = await publish(world)
    preview = await edit(world, world.organizer, str(number))
    preview = await fill(world.organizer, preview, "Change the text", **{**PAGE, "title": "Other"})
    assert "Nothing was changed" in words(await press(world.organizer, preview, "Leave as it was"))
    assert (await now(world, number)).about.title == PAGE["title"]


async def test_what_two_organizers_edit_at_once_is_saved_by_the_first_and_the_second_hears_it(world: World) -> None:
    number = await publish(world)
    one, other = await edit(world, world.organizer, str(number)), await edit(world, world.owner, str(number))
    await press(world.organizer, one, "Save changes")
    assert "changed this while you were editing" in words(await press(world.owner, other, "Save changes"))


async def test_an_edit_cannot_take_another_resources_link(world: World) -> None:
    number = await publish(world)
    preview = await edit(world, world.organizer, str(number))
    answer = await fill(
        world.organizer,
        preview,
        "Change the text",
        **{**PAGE, "link": "https://github.com/LightBurnSoftware/Documentation"},
    )
    assert "We have this one already" in words(answer)


async def test_a_suggestion_is_edited_from_its_card_and_then_published(world: World) -> None:
    await suggest(world, world.member)
    preview = await press(world.organizer, world.desk.last_message, "Edit")
    assert preview.ephemeral
    preview = await fill(world.organizer, preview, "Change the text", **{**PAGE, "title": "Laser house rules"})
    card = await press(world.organizer, preview, "Save changes")
    assert "A resource waits for you" in words(card)
    assert "Published" in words(await press(world.organizer, card, "Publish"))
    assert "[Laser house rules]" in words(await find(world, world.other, "laser house rules"))
    assert "has published this" in words(await press(world.owner, world.desk.last_message, "Publish"))


@pytest.mark.parametrize("command", ["catalogue edit", "catalogue remove"])
async def test_only_organizers_edit_and_remove(world: World, command: str) -> None:
    number = await publish(world)
    refused = seen(await world.member.slash(world.general, command, resource=str(number)))
    assert "Only organizers" in words(refused)
    assert await world.member.autocomplete(world.general, command, "resource", "our") == []
    titles = await world.organizer.autocomplete(world.general, command, "resource", "our laser")
    assert [choice["name"] for choice in titles] == [PAGE["title"]]


async def test_an_organizer_who_no_longer_is_one_saves_nothing(world: World) -> None:
    number = await publish(world)
    preview = await edit(world, world.organizer, str(number))
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, preview, "Save changes"))


@pytest.mark.parametrize("typed", ["nothing like it", "999999", "e", "9" * 40, "²"])
async def test_a_title_that_says_too_little_is_answered_with_the_way_out(world: World, typed: str) -> None:
    assert "choose it from the list" in words(await edit(world, world.organizer, typed))


async def test_removing_takes_it_out_and_undo_brings_it_back(world: World) -> None:
    await publish(world)
    await press(world.member, await find(world, world.member, "our laser rules wall"), "Save")
    removed = await remove(world, world.organizer, "Our laser rules")
    assert "Nobody finds it any more" in words(removed)
    assert "[Our laser rules]" not in words(await find(world, world.other, "our laser rules wall"))
    assert "Nothing saved yet" in words(seen(await world.member.slash(world.general, "resource saved")))
    back = await press(world.organizer, removed, "Undo")
    assert "is in the catalogue again" in words(back)
    assert "[Our laser rules]" in words(await find(world, world.other, "our laser rules wall"))
    assert "Our laser rules" in words(seen(await world.member.slash(world.general, "resource saved")))


async def test_who_is_no_organizer_any_more_cannot_undo_a_removal(world: World) -> None:
    await publish(world)
    removed = await remove(world, world.organizer, "Our laser rules")
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, removed, "Undo"))


async def test_a_removed_link_that_was_suggested_again_is_not_brought_back_beside_it(world: World) -> None:
    await publish(world)
    removed = await remove(world, world.organizer, "Our laser rules")
    await suggest(world, world.other)
    assert "so this one stays out" in words(await press(world.organizer, removed, "Undo"))


async def report(world: World, who: MemberActor) -> Any:
    return await press(who, await find(world, who, "our laser rules wall"), "Report broken link")


async def test_a_reported_link_is_in_the_queue_with_who_told_and_fitting_buttons(world: World) -> None:
    await publish(world)
    thanks = await report(world, world.member)
    assert thanks.ephemeral
    card = await queue(world, world.organizer)
    assert "Reported as broken" in words(card)
    assert f"<@{world.member.id}> told us" in words(card)
    assert buttons(card) == ["Still fine", "Edit", "Remove"]
    assert "It stays as it is" in words(await press(world.organizer, card, "Still fine"))
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_a_second_report_says_that_it_is_known(world: World) -> None:
    await publish(world)
    await report(world, world.member)
    assert "Someone was faster" in words(await report(world, world.other))


async def test_a_report_by_a_slip_can_be_undone_by_who_made_it(world: World) -> None:
    await publish(world)
    thanks = await report(world, world.member)
    copy = await shown_to_all(world, Undo(*custom_id(thanks, "Undo").removeprefix("undo:").split(":")))
    assert "taken care of it already" in words(await press(world.other, copy, "Undo"))
    await press(world.member, thanks, "Undo")
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_reporting_many_times_at_once_is_one_entry(world: World) -> None:
    await publish(world)
    page = await find(world, world.member, "our laser rules wall")
    async with at_once(world.env):
        for _ in range(10):
            await world.member.click(page, custom_id=custom_id(page, "Report broken link"))
    assert "more wait" not in words(await queue(world, world.organizer))


async def test_the_queue_mixes_all_reasons_oldest_first(world: World) -> None:
    number = await publish(world)
    for reason, said in (
        (resources.DEAD_LINK, "no longer opens"),
        (resources.REVIEW_DATE, "Time to look at it again"),
        (resources.CHANGED, "leads elsewhere now"),
    ):
        await world.env.advance_time(60)
        await flag(world, number, reason, "https://nom-libraries.org/new" if reason == resources.CHANGED else "")
        assert said
    await world.env.advance_time(60)
    await suggest(world, world.other, link="https://nom-libraries.org/second", title="The second")
    card = await queue(world, world.organizer)
    shown = [words(card).splitlines()[0]]
    for _ in range(3):
        card = await press(world.organizer, card, "Next →")
        shown.append(words(card).splitlines()[0])
    assert [line.removeprefix("### ").rpartition(" ")[0] for line in shown] == [
        "The link no longer opens",
        "Time to look at it again",
        "The link leads elsewhere now",
        "A resource waits for you",
    ]
    assert "3 more wait" in words(await queue(world, world.organizer))


async def test_a_link_that_moved_is_taken_with_one_press(world: World) -> None:
    number = await publish(world)
    await flag(world, number, resources.CHANGED, "https://nom-libraries.org/rules-2027")
    card = await queue(world, world.organizer)
    assert buttons(card)[:2] == ["Take the new link", "Keep the old link"]
    await press(world.organizer, card, "Take the new link")
    assert "(https://nom-libraries.org/rules-2027)" in words(await find(world, world.other, "our laser rules wall"))
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_a_link_that_moved_to_one_we_have_is_not_taken(world: World) -> None:
    number = await publish(world)
    await flag(world, number, resources.CHANGED, "https://github.com/LightBurnSoftware/Documentation")
    card = await queue(world, world.organizer)
    assert "Another resource has that link" in words(await press(world.organizer, card, "Take the new link"))


async def test_a_dead_link_offers_the_archived_copy_where_there_is_one(world: World) -> None:
    number = await publish(world)
    await flag(world, number, resources.DEAD_LINK, "https://web.archive.org/web/2025/https://nom.org/rules")
    card = await queue(world, world.organizer)
    assert "An archived copy" in words(card)
    await press(world.organizer, card, "Use archived copy")
    assert (await now(world, number)).about.link.startswith("https://web.archive.org/")


async def test_an_edit_counts_as_a_look_and_clears_the_queue(world: World) -> None:
    number = await publish(world)
    await flag(world, number, resources.REVIEW_DATE)
    await flag(world, number, resources.DEAD_LINK)
    preview = await press(world.organizer, await queue(world, world.organizer), "Edit")
    await press(world.organizer, preview, "Save changes")
    assert "Nothing waits" in words(await queue(world, world.organizer))


async def test_removing_from_the_queue_empties_it_and_undo_brings_both_back(world: World) -> None:
    number = await publish(world)
    await flag(world, number, resources.DEAD_LINK)
    removed = await press(world.organizer, await queue(world, world.organizer), "Remove")
    assert "Nothing waits" in words(await queue(world, world.organizer))
    await press(world.organizer, removed, "Undo")
    assert "no longer opens" in words(await queue(world, world.organizer))


@pytest.mark.parametrize("label", ["Take the new link", "Keep the old link", "Edit", "Remove"])
async def test_who_is_no_organizer_decides_nothing_in_the_queue(world: World, label: str) -> None:
    number = await publish(world)
    await flag(world, number, resources.CHANGED, "https://nom-libraries.org/new")
    card = await queue(world, world.organizer)
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, card, label))


async def test_who_comes_second_to_a_card_of_the_queue_hears_it(world: World) -> None:
    number = await publish(world)
    await flag(world, number, resources.DEAD_LINK)
    one, other = await queue(world, world.organizer), await queue(world, world.owner)
    await press(world.organizer, one, "Still fine")
    assert "has changed since" in words(await press(world.owner, other, "Still fine"))


async def test_results_with_their_three_buttons_fit_a_card(world: World) -> None:
    page = await find(world, world.member, "policy")
    page = await press(world.member, page, "Next →")
    assert buttons(page).count("Report broken link") == 4
    assert sum(1 for _ in components(page)) <= 40
