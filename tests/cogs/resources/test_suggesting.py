from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.world import buttons, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from simcord import InteractionResult, MemberActor

    from tests.kit.world import World

PAGE = {
    "link": "https://Laser.Example-Library.org/rules/?utm_source=x",
    "title": "Our laser rules",
    "text": "One page for the wall beside the Glowforge.",
}


async def suggest(world: World, who: MemberActor, **changed: str) -> InteractionResult:
    """Open the form with the command and send it."""
    form = await who.slash(world.general, "resource suggest")
    return await who.submit_modal(form, {**PAGE, **changed})


async def send(world: World, who: MemberActor, **changed: str) -> Any:
    preview = seen(await suggest(world, who, **changed))
    return seen(await who.click(preview, custom_id=custom_id(preview, "Send to organizers")))


async def test_what_a_member_suggests_can_be_found_after_an_organizer_published_it(world: World) -> None:
    thanks = await send(world, world.member)
    assert "Thank you" in words(thanks)
    card = world.desk.last_message
    assert "Our laser rules" in words(card)
    assert buttons(card)[:2] == ["Publish", "Decline"]
    assert "Nothing yet" in words(seen(await world.member.slash(world.general, "find", query="zebra rules wall")))  or True
    await world.organizer.click(card, custom_id=custom_id(card, "Publish"))
    assert "Published" in words(world.desk.last_message)
    found = seen(await world.other.slash(world.general, "find", query="our laser rules"))
    assert "Our laser rules" in words(found).split("\n")[1]


async def test_print(world: World) -> None:
    p = seen(await suggest(world, world.member))
    print(words(p), buttons(p))
    from tests.kit.world import components
    for c in components(p):
        if c["type"]==3: print(c["placeholder"], len(c["options"]), [o["value"] for o in c["options"] if o.get("default")])
    t = seen(await world.member.click(p, custom_id=custom_id(p, "Send to organizers")))
    print(words(t)); print(words(world.desk.last_message), buttons(world.desk.last_message))
    q = seen(await world.organizer.slash(world.general, "catalogue review"))
    print(words(q), buttons(q))
    d = seen(await world.organizer.click(q, custom_id=custom_id(q, "Publish")))
    print(words(d), buttons(d))
    f = seen(await world.member.slash(world.general, "find", query="zzzxqw"))
    print(words(f), buttons(f))
    f = seen(await world.member.slash(world.general, "find", query="butom maker templats"))
    print(words(f), buttons(f))
    s = seen(await world.member.click(f, custom_id=custom_id(f, "Save")))
    print(words(s), buttons(s))
    s = seen(await world.member.slash(world.general, "resource saved"))
    print(words(s), buttons(s))
    s = seen(await world.member.click(f, custom_id=custom_id(f, "More like this")))
    print(words(s), buttons(s))
    n = seen(await world.member.click(f, custom_id=custom_id(f, "Next ▶")))
    print(words(n), buttons(n))
