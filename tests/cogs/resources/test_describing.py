from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogs.resources.service import Finding
from db import delivery, resources
from tests.cogs.resources.steps import fill, fill_in, find, press, publish, send
from tests.kit.settling import at_once
from tests.kit.world import components, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from tests.kit.world import World

CALL = {"link": "https://nom-libraries.org/call", "title": "Call for proposals: makers in libraries"}
DAY = 24 * 60 * 60


async def call(world: World, closes_on: str = "2026-01-20") -> Any:
    """The preview of an opportunity with a closing date. The simulated world begins on January 1, 2026."""
    preview = seen(await fill_in(world, world.member, **CALL))
    return await fill(world.member, preview, "Topics and dates", closes_on=closes_on)


async def published_call(world: World, closes_on: str = "2026-01-20") -> None:
    await send(world, world.member, await call(world, closes_on))
    await press(world.organizer, world.desk.last_message, "Publish")


async def test_topics_identifier_and_level_appear_on_the_card_and_are_searched(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    preview = await fill(
        world.member, preview, "Topics and dates", topics="quilting bees, badging", identifier="doi:10.1000/182"
    )
    assert "quilting bees, badging" in words(preview)
    preview = seen(
        await world.member.select(preview, values=["adult", "college"], custom_id=select_id(preview, "age or level"))
    )
    assert "College, adults" in words(preview)
    assert "DOI 10.1000/182" in words(preview)
    await send(world, world.member, preview)
    await press(world.organizer, world.desk.last_message, "Publish")
    assert "Our laser rules" in words(await find(world, world.other, "quilting bees"))


async def test_the_topics_form_opens_again_with_what_was_typed(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    preview = await fill(world.member, preview, "Topics and dates", topics="quilting bees, badging")
    again = await world.member.click(preview, custom_id=custom_id(preview, "Topics and dates"))
    assert "quilting bees, badging" in str(again.modal)


async def test_a_wrong_date_keeps_what_was_typed(world: World) -> None:
    preview = seen(await fill_in(world, world.member, **CALL))
    refused = await fill(world.member, preview, "Topics and dates", topics="badging", closes_on="3/4/2026")
    assert "can be read as two days" in words(refused)
    again = await world.member.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "badging" in str(again.modal)
    assert "3/4/2026" in str(again.modal)


async def test_a_closing_date_that_is_over_or_very_far_is_refused(world: World) -> None:
    assert "is over already" in words(await call(world, "2025-12-30"))
    assert "very far away" in words(await call(world, "2226-01-20"))


async def test_a_call_is_taken_for_an_opportunity_and_asked_for_its_date(world: World) -> None:
    preview = seen(await fill_in(world, world.member, **CALL))
    assert "Opportunity 📣" in words(preview)
    assert "When does it close?" in words(preview)
    assert "needs its closing date" in words(await send(world, world.member, preview))
    dated = await fill(world.member, preview, "Topics and dates", closes_on="January 20, 2026")
    assert "Closes January 20, 2026" in words(dated)
    assert "Thank you" in words(await send(world, world.member, dated))


async def test_who_gives_a_closing_date_means_an_opportunity(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    dated = await fill(world.member, preview, "Topics and dates", closes_on="2026-01-20")
    assert "Opportunity 📣" in words(dated)


async def test_an_opportunity_leaves_find_when_its_day_is_over_everywhere(world: World) -> None:
    await published_call(world)
    await world.env.advance_time(19.9 * DAY)  # still January 20 in the Pacific
    assert "[Call for proposals" in words(await find(world, world.other, "call for proposals makers"))
    assert await open_calls(world) == 1
    await world.env.advance_time(0.7 * DAY)
    assert "[Call for proposals" not in words(await find(world, world.other, "call for proposals makers"))
    titles = await world.other.autocomplete(world.general, "find", "query", "call for")
    assert "Call for proposals" not in "".join(str(choice["name"]) for choice in titles)
    assert await open_calls(world) == 0


async def open_calls(world: World) -> int:
    async with world.database.read() as connection:
        query = "SELECT count(*) FROM resource WHERE status = 'published' AND closes_on IS NOT NULL"
        return int((await connection.exec_driver_sql(query)).scalar_one())


async def test_the_chore_that_closes_it_is_promised_for_that_moment_and_may_run_twice(world: World) -> None:
    await published_call(world)
    async with world.database.read() as connection:
        (number,) = (await connection.exec_driver_sql("SELECT max(resource_id) FROM resource")).one()
        (promise,) = await delivery.of_subject(connection, world.guild.id, "opportunity-closed", f"resource:{number}")
    assert promise.due_at.isoformat() == "2026-01-21T12:00:00+00:00"
    await world.env.advance_time(21 * DAY)
    work = world.bot.kinds["opportunity-closed"].work
    assert work is not None
    await work(promise)
    await work(promise)
    async with world.database.read() as connection:
        closed = await resources.get(connection, world.guild.id, number)
    assert closed is not None
    assert closed.status == resources.CLOSED
    assert await world.bot.service(Finding).close_over(world.guild.id) == 0


async def test_a_call_that_closed_may_be_suggested_again_next_year(world: World) -> None:
    await published_call(world)
    await world.env.advance_time(21 * DAY)
    await find(world, world.other, "call for proposals")
    again = await call(world, "2027-01-20")
    assert "Closes January 20, 2027" in words(again)


async def test_a_call_that_closed_while_it_waited_is_not_published(world: World) -> None:
    await send(world, world.member, await call(world))
    await world.env.advance_time(21 * DAY)
    assert "This closed on January 20, 2026" in words(await press(world.organizer, world.desk.last_message, "Publish"))


async def test_many_who_look_in_the_moment_of_closing_close_it_once(world: World) -> None:
    await published_call(world)
    await world.env.advance_time(21 * DAY)
    async with at_once(world.env):
        for who in (world.member, world.other, world.organizer):
            await who.slash(world.general, "find", query="call for proposals")
    async with world.database.read() as connection:
        query = "SELECT version FROM resource WHERE status = 'closed'"
        assert (await connection.exec_driver_sql(query)).scalars().all() == [3]


async def test_the_preview_with_all_its_choices_fits_a_card(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    assert sum(1 for _ in components(preview)) <= 40


async def test_a_kind_chosen_after_the_date_forgets_the_date(world: World) -> None:
    dated = await call(world)
    result = await world.member.select(dated, values=["funding"], custom_id=select_id(dated, "What kind"))
    assert "Closes" not in words(seen(result))


async def test_publishing_sets_the_day_on_which_it_is_looked_at_again(world: World) -> None:
    number = await publish(world)
    async with world.database.read() as connection:
        resource = await resources.get(connection, world.guild.id, number)
    assert resource is not None
    assert str(resource.review_due_on) == "2027-01-01", "rules for the laser are a policy"
