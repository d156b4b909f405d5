"""What is asked about before an event is posted, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.cogs.events.steps import TALK, announced_in, fill_in, newest, plan, post, press
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_a_time_that_is_over_is_asked_about_and_not_posted(world: World) -> None:
    await announced_in(world)
    preview = await plan(world, when="December 30, 2025 at 3pm")
    assert "That is in the past" in words(preview)
    assert "Post" not in buttons(preview)
    form = await world.organizer.click(preview, custom_id=custom_id(preview, "Edit"))
    better = seen(await world.organizer.submit_modal(form, {**TALK, "when": "January 30, 2026 at 3pm"}))
    assert "in the past" not in words(better)
    assert "Post" in buttons(better)


async def test_a_time_that_passes_while_the_preview_stands_is_not_posted(world: World) -> None:
    await announced_in(world)
    preview = await plan(world, when="in 2 hours")
    await world.env.advance_time(3 * 3600)
    assert "That time has passed" in words(await press(world.organizer, preview, "Post"))


async def test_an_end_before_its_start_is_asked_about(world: World) -> None:
    await announced_in(world)
    shown = seen(await fill_in(world, when="January 13, 2026 3pm to 2pm"))
    assert "It would go on until the next day, for 23 hours" in words(shown)


async def test_a_clash_with_another_event_is_asked_about(world: World) -> None:
    await announced_in(world)
    await post(world)
    preview = await plan(world, title="Another talk", when="January 13, 2026 at 3:30pm")
    assert "“Vinyl cutters for beginners” is at the same time" in words(preview)
    assert "Post" in buttons(preview), "two rooms may meet at once"
    after = await plan(world, title="A third talk", when="January 13, 2026 at 3:45pm")
    assert "at the same time" not in words(after)


async def test_an_hour_that_does_not_exist_is_asked_about(world: World) -> None:
    await announced_in(world)
    preview = await plan(world, when="March 8, 2026 at 2:30am")
    assert "the clocks go forward, and 2:30 AM does not happen" in words(preview)


async def test_an_hour_that_happens_twice_is_asked_about_and_the_second_can_be_taken(world: World) -> None:
    await announced_in(world)
    preview = await plan(world, when="November 1, 2026 at 1:30am")
    assert "happens twice" in words(preview)
    other = await press(world.organizer, preview, "Use the other time")
    await press(world.organizer, other, "Post")
    assert (await newest(world)).starts_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"when": "whenever"}, "I could not read"),
        ({"title": "🛠️"}, "The title needs at least one word"),
        ({"places": "many"}, "The number of places should be a number"),
        ({"places": "0"}, "The number of places should be a number"),
        ({"where": "ftp://files.example.org"}, "Only links that start with https"),
        ({"where": "https://a b"}, "A link has no spaces"),
    ],
)
async def test_what_cannot_be_used_is_kept_and_the_form_offered_again(
    world: World, changed: dict[str, Any], said: str
) -> None:
    await announced_in(world)
    refused = seen(await fill_in(world, **changed))
    assert said in words(refused)
    form = await world.organizer.click(refused, custom_id=custom_id(refused, "Open the form again"))
    shown = seen(await world.organizer.submit_modal(form, TALK))
    assert "Your event, before it is posted" in words(shown)


async def test_what_was_planned_can_be_thrown_away_after_a_question(world: World) -> None:
    await announced_in(world)
    preview = await plan(world)
    asked = await press(world.organizer, preview, "Throw away")
    kept = await press(world.organizer, asked, "Keep it")
    assert "Post" in buttons(kept)
    asked = await press(world.organizer, kept, "Throw away")
    assert "nothing was posted" in words(await press(world.organizer, asked, "Throw it away"))
