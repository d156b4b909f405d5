"""Files as organizers send them, and what the importer answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import resources
from tests.cogs.resources.steps import press
from tests.kit.world import buttons, seen

if TYPE_CHECKING:
    from simcord import InteractionResult, MemberActor

    from db.resources import Resource
    from tests.kit.world import World

HEAD = "title,link,description,kind,year"
TWO = f"{HEAD}\nZine shelf,https://zines.org/shelf,About zines,guide,2020\nYarn swap,https://yarn.org/swap,,policy,\n"


def many(count: int, *, year: int = 2020) -> str:
    """A table of `count` rows."""
    rows = (f"Zine {n},https://zines.org/{n},Issue number {n},guide,{year}" for n in range(count))
    return "\n".join([HEAD, *rows]) + "\n"


async def sent(world: World, file: str | bytes, name: str = "ours.csv", who: MemberActor | None = None) -> Any:
    """All that an organizer's file is answered with."""
    data = file.encode() if isinstance(file, str) else file
    result: InteractionResult = await (who or world.organizer).slash(
        world.general, "catalogue import", file=(name, data)
    )
    return result


async def send(world: World, file: str | bytes, name: str = "ours.csv", who: MemberActor | None = None) -> Any:
    """The last card that an organizer sees after sending a file."""
    return seen(await sent(world, file, name, who))


def importing_button(card: Any) -> str:
    """The label of the button that imports."""
    return next(label for label in buttons(card) if label.startswith("Import "))


async def bring_in(world: World, file: str | bytes, name: str = "ours.csv") -> Any:
    """Send a file and import it; the card that says what it did."""
    card = await send(world, file, name)
    return await press(world.organizer, card, importing_button(card))


async def of_link(world: World, link_key: str) -> Resource | None:
    """What is waiting or published under a link, without its https://."""
    async with world.database.read() as connection:
        return await resources.with_link(connection, world.guild.id, link_key)


async def export(world: World, form: str, **narrowed: str) -> Any:
    """What an organizer sees after /catalogue export."""
    return seen(await world.organizer.slash(world.general, "catalogue export", format=form, **narrowed))


async def content(world: World, message: Any) -> tuple[str, bytes]:
    """Name and bytes of a message's file."""
    file = message.attachments[0]
    data = world.env.backend.cdn.get(file.url)
    assert data is not None
    return file.filename, data
