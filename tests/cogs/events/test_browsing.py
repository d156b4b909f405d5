from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cogs.events.steps import announced_in, card, natives, newest, plan, post, press, settle, until
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import MemberActor

    from tests.kit.world import World


async def listed(world: World, who: MemberActor, **options: Any) -> Any:
    return seen(await who.slash(world.general, "events", **options))


async def three(world: World) -> None:
    """A talk, a tour and a book club, on three days."""
    await announced_in(world)
    await post(world, title="Tool talk: lasers")
    await post(world, title="Virtual tour of Ames", template="tour", when="January 20, 2026 at 3pm")
    await post(world, title="Book club: Making", template="bookclub", when="January 10, 2026 at 3pm")


async def test_what_is_coming_up_is_listed_the_next_first_by_kind_and_only_mine(world: World) -> None:
    await three(world)
    shown = await listed(world, world.member)
    said = words(shown)
    assert said.index("Book club") < said.index("Tool talk") < said.index("Virtual tour")
    assert "3 events" in said
    tours = seen(await world.member.select(shown, ["tour"], custom_id=select_id(shown, "Only one kind")))
    assert "Virtual tour of Ames" in words(tours)
    assert "Tool talk" not in words(tours)
    opened = await press(world.member, await listed(world, world.member, kind="talk"), "Open")
    await press(world.member, opened, "Maybe")
    mine = words(await listed(world, world.member, mine=True))
    assert "Tool talk: lasers" in mine
    assert "you said maybe" in mine
    assert "Book club" not in mine
    assert "Nothing yet" in words(await listed(world, world.other, mine=True))


async def test_lists_have_pages(world: World) -> None:
    await announced_in(world)
    for day in range(10, 15):
        await post(world, title=f"Open lab {day}", when=f"January {day}, 2026 at 3pm")
    shown = await listed(world, world.member)
    assert "Open lab 14" not in words(shown)
    assert "Open lab 14" in words(await press(world.member, shown, "Next →"))


async def test_an_opened_event_offers_hosts_what_they_can_do_and_members_not(world: World) -> None:
    await announced_in(world)
    await post(world)
    opened = await press(world.organizer, await listed(world, world.organizer), "Open")
    assert {"Edit", "Call it off"} <= set(buttons(opened))
    assert "Edit" not in buttons(await press(world.member, await listed(world, world.member), "Open"))


async def test_an_event_is_found_by_find_until_it_is_over(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    found = seen(await world.member.slash(world.general, "find", query="vinyl cutters", kind="event"))
    assert f"/{event.posted.channel_id}/{event.posted.message_id}" in words(found)
    assert "Tuesday, January 13, 2026, 3:00 PM (New York time)" in words(found)
    await until(world, event, -event.length)
    await settle(world)
    gone = seen(await world.member.slash(world.general, "find", query="vinyl cutters", kind="event"))
    assert "Nothing yet" in words(gone)


async def test_an_event_is_posted_by_button_alone(world: World) -> None:
    await announced_in(world)
    desk = await listed(world, world.organizer)
    choose: Any = seen(await world.organizer.click(desk, custom_id=custom_id(desk, "New event")))
    form = await world.organizer.select(choose, ["tour"], custom_id=select_id(choose, "What kind of event"))
    typed = {
        "title": "Virtual tour: Ames",
        "about": "",
        "when": "tomorrow at noon",
        "where": "#general",
        "places": "30",
    }
    preview = seen(await world.organizer.submit_modal(form, typed))
    assert f"**Where** {world.general.mention}" in words(preview)
    posted = await press(world.organizer, preview, "Post")
    await settle(world)
    event = await newest(world)
    assert (event.plan.template, event.plan.places) == ("tour", 30)
    assert natives(world)[0].entity_metadata["location"] == "#general"
    opened = await press(world.organizer, posted, "Open")
    form = await world.organizer.click(opened, custom_id=custom_id(opened, "Call it off"))
    assert "Called off" in words(seen(await world.organizer.submit_modal(form, {"note": ""})))


async def test_members_cannot_post(world: World) -> None:
    refused = seen(await world.member.slash(world.general, "event create", template="talk"))
    assert "Only organizers can do this" in words(refused)
    assert "New event" not in buttons(await listed(world, world.member))


async def test_event_news_is_taken_and_laid_down(world: World) -> None:
    await announced_in(world)
    await post(world)
    shown = await listed(world, world.member)
    taken = await press(world.member, shown, "Event news")
    assert "You get event news" in words(taken)
    role = world.guild.roles["Event news"]
    member = world.env.backend.get_guild(world.guild.id).members[world.member.id]
    assert role.id in member.role_ids
    await press(world.other, await listed(world, world.other), "Event news")
    assert [name for name in world.guild.roles if name == "Event news"] == ["Event news"]
    assert "No more news" in words(await press(world.member, shown, "Event news"))
    assert role.id not in member.role_ids


async def test_two_who_are_first_to_want_event_news_get_one_role(world: World) -> None:
    lists = [(who, await listed(world, who)) for who in (world.member, world.other)]
    async with at_once(world.env):
        for who, shown in lists:
            await who.click(shown, custom_id=custom_id(shown, "Event news"))
    guild = world.env.backend.get_guild(world.guild.id)
    (role,) = [each for each in guild.roles.values() if each.name == "Event news"]
    assert [role.id in guild.members[who.id].role_ids for who, _ in lists] == [True, True]


async def test_the_next_event_stands_on_the_desk(world: World) -> None:
    await announced_in(world)
    event = await post(world)
    await press(world.member, card(world, event), "Going")
    coming = await world.bot.upcoming["events"](world.guild.id)
    assert coming is not None
    assert "Vinyl cutters for beginners" in coming.words
    assert "1 going" in coming.words
    assert coming.until == event.ends_at


async def test_hosts_are_chosen_in_the_preview(world: World) -> None:
    await announced_in(world)
    preview = await plan(world)
    changed = seen(
        await world.organizer.select(
            preview, [world.member.user, world.other.user], custom_id=select_id(preview, "Who hosts it")
        )
    )
    changed = seen(await world.organizer.select(changed, ["90"], custom_id=select_id(changed, "How long")))
    changed = seen(await world.organizer.select(changed, ["tour"], custom_id=select_id(changed, "What kind")))
    await press(world.organizer, changed, "Post")
    event = await newest(world)
    assert event.plan.hosts == (world.member.id, world.other.id)
    assert (event.length.total_seconds(), event.plan.template) == (5400, "tour")


async def test_a_template_begins_with_what_the_organizers_want(world: World) -> None:
    await announced_in(world)
    form = await world.organizer.slash(world.general, "event template", template="talk")
    typed = {"title": "Tool talk: ", "about": "Bring coffee.", "minutes": "25", "where": "#general", "places": "12"}
    refused = seen(await world.organizer.submit_modal(form, {**typed, "minutes": "an hour"}))
    assert "a number of minutes" in words(refused)
    form = await world.organizer.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "Saved" in words(seen(await world.organizer.submit_modal(form, typed)))
    form = await world.organizer.slash(world.general, "event create", template="talk")
    begun = str(form.modal)
    for said in ("Bring coffee.", "#general", "'value': '12'"):
        assert said in begun
    preview = seen(await world.organizer.submit_modal(form, {"title": "Tool talk: lasers", "when": "tomorrow 3pm"}))
    assert "for 25 minutes" in words(preview)
