"""Answering: a member says what an organizer asked about their suggestion, and it comes back to the queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, NotAllowedError, UserError
from bot.kit.words import clip, tidy
from cogs.resources import links
from cogs.resources.service.describing import texts
from cogs.resources.service.telling import show_to_desk_again
from db import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.clock import Clock
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

LONGEST_ANSWER = 500


class Answering:
    """The suggester's side of **Ask the member**. It works in direct messages too, so the server is named."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def asked(self, guild_id: int, user_id: int, resource_id: int) -> Resource:
        """The suggestion about which its suggester was asked. Raises GoneError or NotAllowedError."""
        async with self._database.read() as connection:
            return await _open(connection, guild_id, user_id, resource_id)

    async def answer(self, guild_id: int, user_id: int, resource_id: int, typed: Mapping[str, str]) -> Resource:
        """Keep the answer and the suggestion as it is now wanted, and show it to the organizers again.

        Raises GoneError where it was decided meanwhile, NotAllowedError for anybody else, UserError for a link or a
        title of no use and for a link that the catalogue has already.
        """
        kept = texts(typed)
        now = self._clock()
        async with self._database.write() as connection:
            resource = await _open(connection, guild_id, user_id, resource_id)
            key = links.key(kept["link"])
            other = await resources.with_link(connection, guild_id, key)
            if other is not None and other.resource_id != resource_id:
                raise UserError("The catalogue has that link already. Please give another one, or the one you had.")
            about = replace(
                resource.about, link=kept["link"], link_key=key, title=kept["title"], description=kept["text"]
            )
            said = clip(tidy(typed.get("answer", "")), LONGEST_ANSWER)
            changed = await resources.answered(connection, resource, about, said, now)
            if changed is None:
                raise GoneError("This suggestion has just changed. Please try once more.")
            await show_to_desk_again(connection, changed, now)
            return changed


async def _open(connection: AsyncConnection, guild_id: int, user_id: int, resource_id: int) -> Resource:
    resource = await resources.get(connection, guild_id, resource_id)
    if resource is None:
        raise GoneError("This suggestion is no longer there. If you still have the link, suggest it again.")
    if resource.suggested_by != user_id:
        raise NotAllowedError(
            "Someone else suggested this, so the question is theirs to answer. **/resource suggest** is for yours."
        )
    if resource.status != resources.WAITING or resource.asked.at is None:
        raise GoneError(
            "The organizers have decided about this already, so there is nothing to answer any more. **/find** "
            "shows whether it was published."
        )
    return resource
