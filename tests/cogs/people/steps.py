"""Steps that several tests of the people room take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.world import custom_id, seen, select_id

if TYPE_CHECKING:
    from simcord import InteractionResult, MemberActor

    from tests.kit.world import World

TYPED = {
    "name": "Kim Tran",
    "library": "Ames Public Library",
    "place": "Ames, IA",
    "zone": "Chicago",
    "interests": "Teens and repair cafés",
}
KIND, ROLE, TEACH, LEARN = "kind of library", "What are you", "teach", "still learning"
"""Parts of the placeholders of the second step's selects."""


async def press(who: MemberActor, message: Any, label: str, nth: int = 0) -> Any:
    """What a person sees after pressing a button by its label."""
    return seen(await who.click(message, custom_id=custom_id(message, label, nth)))


async def pick(who: MemberActor, message: Any, part_of_placeholder: str, *values: str) -> Any:
    """What a person sees after choosing in a select."""
    return seen(await who.select(message, values=list(values), custom_id=select_id(message, part_of_placeholder)))


async def fill_in(world: World, who: MemberActor, **changed: str) -> InteractionResult:
    """Open the form of the profile with the command and send it."""
    form = await who.slash(world.general, "profile edit")
    return await who.submit_modal(form, {**TYPED, **changed})


async def choose_tools(who: MemberActor, step: Any, **levels: str) -> Any:
    """Choose tools on the second step, with a level each; names have _ for -."""
    tools = {name.replace("_", "-").removeprefix("n"): level for name, level in levels.items()}
    for part in ("Tools you know, 3D", "Tools you know, M"):
        here = [value for value in _options(step, part) if value in tools]
        if here:
            step = await pick(who, step, part, *here)
    for level, part in (("teach", TEACH), ("learning", LEARN)):
        at = [tool for tool, wanted in tools.items() if wanted == level]
        if at:
            step = await pick(who, step, part, *at)
    return step


def _options(message: Any, part_of_placeholder: str) -> list[str]:
    from tests.kit.world import components

    for part in components(message):
        if part_of_placeholder in str(part.get("placeholder", "")):
            return [option["value"] for option in part["options"]]
    raise AssertionError(f"no select that says {part_of_placeholder!r}")


async def introduce(world: World, who: MemberActor, *, kind: str = "public", asks: bool = True, **levels: str) -> Any:
    """A whole profile, shown to everyone here; the last step as the person sees it. Tools are named as in levels."""
    typed = {key: levels.pop(key) for key in TYPED if key in levels}
    step = seen(await fill_in(world, who, **typed))
    step = await pick(who, step, KIND, *kind.split())
    step = await choose_tools(who, step, **levels)
    step = await press(who, step, "Next: who sees it")
    step = await press(who, step, "Everyone sees all")
    return await press(who, step, "Others may ask me") if asks else step


async def view(world: World, who: MemberActor, whose: MemberActor | None = None) -> Any:
    """What a person sees after /profile view."""
    options = {"member": whose} if whose else {}
    return seen(await who.slash(world.general, "profile view", **options))


async def people(world: World, who: MemberActor, **options: str) -> Any:
    """What a person sees after /people."""
    return seen(await who.slash(world.general, "people", **options))
