"""What an organizer takes away of the setup: what was chosen, and the community agreement; no invitation, no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.handover import File, Handover, json_file
from db import events, questions, setup

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kit.handover import Community
    from db.engine import AsyncConnection


async def files(connection: AsyncConnection, community: Community) -> AsyncIterator[File]:
    """The settings as JSON (channels and roles by Discord's numbers), and the agreement as it was written."""
    found = await setup.get(connection, community.guild_id)
    choice = await questions.choice(connection, community.guild_id)
    chosen = {
        "server": {"name": community.name, "number": str(community.guild_id)},
        "time_zone": community.zone.key,
        # As texts: such numbers are longer than what many programs can hold
        "channels": {part.value: str(number) for part, number in found.channels.items()},
        "left_out": sorted(part.value for part in found.left_out),
        "organizer_role": _number(found.organizer_role_id),
        "event_news_role": _number(await events.news_role(connection, community.guild_id)),
        "greets_newcomers": found.greets,
        "asks_helpers_after_hours": choice.ask_after_hours,
        "agreement": found.agreement,
        "agreement_version": found.agreement_version,
        "set_up_at": found.set_up_at,
    }
    yield File("settings.json", json_file(chosen), "what was chosen with /setup")
    if found.agreement:
        yield File("agreement.md", f"{found.agreement}\n".encode(), "the community agreement")


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)


HANDOVER = Handover(
    "Settings",
    files,
    ("the invitation, links to calendars, and who changed what.",),
)
