"""Finding people: who has experience with a tool, in a library like mine; those who may be asked first, in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import GoneError, UserError
from bot.kit.paging import PER_PAGE, within
from bot.kit.words import clip, tidy
from cogs.people import places, terms
from cogs.people.sight import Viewer, seen_by
from db import drafts, people
from db.people import Profile, Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database

LIST = "people"
"""The name of a list, as a draft and as something whose pages turn."""
LISTED_AT_MOST = 200
"""How many people a list holds; who looks further narrows it."""
LONGEST_NEAR = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom somebody looks for, as they said it: slugs, and a place in their own words; empty does not matter."""

    tool: str = ""
    setting: str = ""
    near: str = ""

    def answers(self) -> dict[str, str]:
        """As a draft keeps it."""
        return {"tool": self.tool, "setting": self.setting, "near": self.near}


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of people, as the viewer sees each of them.

    `total` counts all pages, `found` all that fit, `list_id` is 0 where everything is on one page.
    """

    sought: Sought
    people: list[Profile]
    page: int = 0
    total: int = 0
    found: int = 0
    list_id: int = 0


class Finding:
    """The lists of people."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def find(self, viewer: Viewer, sought: Sought) -> Listed:
        """The first page of those who fit, and have chosen to show that they do.

        A list of several pages keeps its order, whoever is shown elsewhere meanwhile: it is kept as a draft, which
        holds the profiles' numbers and nobody's name. Raises UserError for a tool or kind of library that is none.
        """
        sought = Sought(sought.tool, sought.setting, clip(tidy(sought.near), LONGEST_NEAR))
        async with self._database.write() as connection:
            wanted = await self._wanted(connection, viewer, sought)
            numbers = await people.find(connection, viewer.guild_id, viewer.user_id, viewer.audiences, wanted)
            kept, list_id = numbers[:LISTED_AT_MOST], 0
            if len(kept) > PER_PAGE:
                list_id = await drafts.add(
                    connection,
                    guild_id=viewer.guild_id,
                    user_id=viewer.user_id,
                    form=LIST,
                    argument="",
                    answers={**sought.answers(), "profiles": kept, "found": len(numbers)},
                    now=self._clock(),
                )
            shown = await self._show(connection, viewer, kept[:PER_PAGE])
        return Listed(sought, shown, 0, len(kept), len(numbers), list_id)

    async def turn(self, viewer: Viewer, list_id: int, page: int) -> Listed:
        """Page `page` (from 0) of a list, without those who no longer show what it asks for. Raises GoneError."""
        async with self._database.write() as connection:
            draft = await drafts.get(connection, list_id)
            if draft is None or draft.guild_id != viewer.guild_id or draft.form != LIST:
                raise GoneError("This list is older than two weeks. Please look again.")
            sought = _sought(draft.answers)
            wanted = await self._wanted(connection, viewer, sought)
            numbers: Sequence[int] = draft.answers["profiles"]
            still = await people.find(
                connection, viewer.guild_id, viewer.user_id, viewer.audiences, wanted, among=numbers
            )
            page = within(page, len(still))
            shown = await self._show(connection, viewer, still[page * PER_PAGE : (page + 1) * PER_PAGE])
        return Listed(sought, shown, page, len(still), max(len(still), draft.answers["found"]), list_id)

    async def _show(self, connection: AsyncConnection, viewer: Viewer, numbers: Sequence[int]) -> list[Profile]:
        found = await people.several(connection, viewer.guild_id, numbers)
        if found:
            await people.note_listed(connection, numbers, self._clock())
        return [seen_by(profile, viewer.audiences) for profile in found]

    async def _wanted(self, connection: AsyncConnection, viewer: Viewer, sought: Sought) -> Wanted:
        tools: tuple[str, ...] = ()
        if sought.tool:
            if self._vocabulary.get(sought.tool) is None:
                raise UserError(
                    "I do not know that tool. Type a few letters and choose one from the list that appears."
                )
            tools = (sought.tool, *(tool.slug for tool in self._vocabulary.narrower(sought.tool)))
        setting, small = sought.setting, False
        if setting == terms.LIKE_MINE.slug:
            mine = await people.of_member(connection, viewer.guild_id, viewer.user_id)
            if mine is None or not (mine.setting or mine.small_or_rural):
                raise UserError(
                    "I do not know yet what kind of library yours is. Tell me in your profile, or choose a kind."
                )
            setting, small = mine.setting, mine.small_or_rural
        elif setting == terms.SMALL_OR_RURAL.slug:
            setting, small = "", True
        elif setting and terms.setting(setting) is None:
            raise UserError("I do not know that kind of library. Choose one from the list that appears.")
        near = places.sought(sought.near)
        if sought.near and not near:
            raise UserError("I look for the name of a city or a state, such as **Ames** or **Iowa**. Please type one.")
        return Wanted(tools, setting, small, near)


def _sought(answers: Mapping[str, Any]) -> Sought:
    return Sought(answers["tool"], answers["setting"], answers["near"])
