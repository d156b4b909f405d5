from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cogs.events.steps import agreement_in, announced_in, card, natives, plan, post, press, settle
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_an_event_is_shown_back_in_words_before_it_is_posted(world: World) -> None:
    channel = await announced_in(world)
    preview = await plan(world)
    said = words(preview)
    assert "Vinyl cutters for beginners" in said
    assert "Tuesday, January 13, 2026 at 3:00 PM Eastern, for 45 minutes" in said
    assert f"It will be posted in {channel.mention}" in said
    assert preview.flags.ephemeral
    assert buttons(preview) == ["Post", "Edit", "Hide the link", "Throw away"]
    assert natives(world) == []


async def test_a_posted_event_has_its_card_its_thread_and_discords_own_event(world: World) -> None:
    channel = await announced_in(world)
    event = await post(world)
    said = words(card(world, event))
    assert event.posted.channel_id == channel.id
    assert "Vinyl cutters for beginners" in said
    assert f"<t:{int(event.starts_at.timestamp())}:F>" in said
    assert "https://zoom.example.org/j/123" in said
    assert world.organizer.mention in said
    assert buttons(card(world, event)) == [
        "Going",
        "Maybe",
        "Can't",
        "Remind me",
        "Add to calendar",
        "Copy for e-mail",
    ]
    (thread,) = channel.threads
    assert (thread.id, thread.name) == (event.posted.thread_id, "Vinyl cutters for beginners")
    (native,) = natives(world)
    assert native.name == "Vinyl cutters for beginners"
    assert native.scheduled_start_time.startswith("2026-01-13T20:00")
    assert native.entity_metadata["location"] == "https://zoom.example.org/j/123"


async def test_the_agreement_is_accepted_before_an_event_is_posted(world: World) -> None:
    await announced_in(world)
    await agreement_in(world)
    asked = await press(world.organizer, await plan(world), "Post")
    assert "Be kind." in words(asked)
    preview = await press(world.organizer, asked, "Not now")
    assert "Vinyl cutters for beginners" in words(preview)
    asked = await press(world.organizer, preview, "Post")
    assert "### Posted" in words(await press(world.organizer, asked, "Accept"))
    await settle(world)
    assert len(natives(world)) == 1


async def test_the_agreement_is_accepted_before_a_question_goes_on_the_agenda(world: World) -> None:
    await announced_in(world)
    event = await post(world, template="ama")
    await agreement_in(world)
    shown = await press(world.member, card(world, event), "Put it on the agenda")
    form = await world.member.click(shown, custom_id=f"event-ask:{event.event_id}:named")
    asked = seen(await world.member.submit_modal(form, {"question": "How loud is it?"}))
    assert "Be kind." in words(asked)
    done = words(await press(world.member, asked, "Accept"))
    assert "It is on the agenda" in done
    assert "How loud is it?" in done


async def test_posting_twice_posts_once(world: World) -> None:
    await announced_in(world)
    preview = await plan(world)
    async with at_once(world.env):
        first = await world.organizer.click(preview, custom_id=custom_id(preview, "Post"))
        second = await world.organizer.click(preview, custom_id=custom_id(preview, "Post"))
    said = [words(seen(first)), words(seen(second))]
    assert sum("### Posted" in one for one in said) == 1
    await settle(world)
    assert len(natives(world)) == 1
