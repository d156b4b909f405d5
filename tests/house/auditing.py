"""Every case pressed by everyone who must not, in every place where one must not, and with wrong numbers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.house.pressing import CANARY, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simcord import MemberActor

    from tests.house.cases import Case
    from tests.house.keeping import Change, Keeper
    from tests.house.pressing import Pressed, Presser
    from tests.house.scene import Scene

WRONG_NUMBERS = ("0", "999999999", "8999999999999999999")
NO_NUMBERS = ("x-y", "1.2.3.4", "")
_ARGUED = ("confirm:", "undo:", "keep:", "page:", "form:", "agree:")
"""What carries an argument as text: anything can stand there."""

_BESIDE = {4, 5, 6}
"""A message, now or in a moment; after 6 it comes beside the card, which stays as it is."""


class Audit:
    """Gathers what is wrong, case by case, and puts everything back after each press."""

    def __init__(self, presser: Presser, keeper: Keeper, scene: Scene) -> None:
        self.presser, self.keeper, self.scene = presser, keeper, scene
        self.troubles: list[str] = []

    async def of(self, cases: Iterable[Case]) -> list[str]:
        """All that is wrong with these cases."""
        self.here = await self.presser.message_in(self.scene.world.general)
        self.there = await self.presser.message_in(self.scene.elsewhere.general)
        for case in cases:
            custom_id = case.where.format_map(self.scene.numbers)
            refusals = [await self._by_who_must_not(case, custom_id, name) for name in case.wrong]
            if refusals:
                await self._by_who_may(case, custom_id, refusals)
            else:
                await self._by_anyone(case, custom_id)
            if case.numbered:
                await self._from_another_server(case, custom_id)
                await self._with_wrong_numbers(case)
            await self._from_direct_messages(case, custom_id)
        return self.troubles

    async def _by_who_must_not(self, case: Case, custom_id: str, name: str) -> str:
        pressed = await self._press(self.scene.people[name], custom_id, case)
        wrong = pressed.troubles()
        if not pressed.refused:
            wrong.append("is let")
        elif not set(pressed.kinds) <= _BESIDE or pressed.public:
            wrong.append(f"is not answered privately beside the card: {pressed.kinds}")
        wrong += [f"changes {change}" for change in self._beside_a_draft(self.scene.people[name].id)]
        wrong += [f"does {write} at Discord" for write in pressed.writes]
        await self._note(custom_id, name, wrong)
        return str(pressed.refusals[0]) if pressed.refusals else ""

    async def _by_who_may(self, case: Case, custom_id: str, refusals: list[str]) -> None:
        """Else a case would prove nothing: what it names must be there, and its person let."""
        pressed = await self._press(self.scene.people[case.right], custom_id, case)
        wrong = pressed.troubles()
        if pressed.refused and str(pressed.refusals[0]) in refusals:
            wrong.append(f"is refused like the others: {pressed.refusals[0]}")
        await self._note(custom_id, f"{case.right}, who may,", wrong)

    async def _by_anyone(self, case: Case, custom_id: str) -> None:
        pressed = await self._press(self.scene.people["other"], custom_id, case)
        member = self.scene.people[case.right].id
        wrong = pressed.troubles()
        wrong += ["is answered in public"] if pressed.public else []
        wrong += [f"changes what is somebody else's: {one}" for one in self.keeper.changes() if names(one, member)]
        await self._note(custom_id, "other", wrong)

    async def _from_another_server(self, case: Case, custom_id: str) -> None:
        for name in dict.fromkeys(("stranger", case.right)):
            who = self.scene.elsewhere.people.get(name)
            if who is None:
                continue
            pressed = await self._press(who, custom_id, case, there=True)
            wrong, there = [*pressed.troubles(), *self._revealed(case, pressed)], self.scene.elsewhere.guild.id
            wrong += [f"changes {one}" for one in self.keeper.changes() if not names(one, there)]
            own = self.scene.places()
            wrong += [f"does {one} at Discord" for one in pressed.writes if own & set(re.findall(r"\d+", one))]
            await self._note(custom_id, f"{name} in another server", wrong)

    async def _with_wrong_numbers(self, case: Case) -> None:
        numbers: dict[str, Any] = self.scene.numbers
        variants = [case.where.format_map(dict.fromkeys(numbers, wrong)) for wrong in WRONG_NUMBERS]
        older = {name: str(int(number) + 7) if name.endswith("_v") else number for name, number in numbers.items()}
        variants.append(case.where.format_map(older))
        if case.where.startswith(_ARGUED):
            variants += [case.where.format_map(dict.fromkeys(numbers, wrong)) for wrong in NO_NUMBERS]
        own = case.where.format_map(numbers)
        who = self.scene.people[case.right]
        for custom_id in dict.fromkeys(variants):
            if custom_id == own or not (custom_id.startswith("form:") or template_of(self.scene.world.bot, custom_id)):
                continue
            pressed = await self._press(who, custom_id, case)
            wrong = pressed.troubles()
            wrong += ["is answered in public"] if pressed.public else []
            wrong += [f"changes {one}" for one in self.keeper.changes() if not names(one, who.id)]
            await self._note(custom_id, case.right, wrong)

    async def _from_direct_messages(self, case: Case, custom_id: str) -> None:
        if any(one.startswith(("&", "#")) for one in case.chosen):
            return  # Discord has no such select there
        stranger = self.scene.elsewhere.people["stranger"].user
        place = stranger.dm_channel
        message = await self.presser.message_in(place)
        pressed = await self.presser.press(stranger, place, message, custom_id, case.chosen)
        wrong = [*pressed.troubles(), *self._revealed(case, pressed)]
        wrong += [f"changes {change}" for change in self._beside_a_draft(stranger.id)]
        await self._note(custom_id, "a stranger in direct messages", wrong)

    async def _press(self, who: MemberActor, custom_id: str, case: Case, *, there: bool = False) -> Pressed:
        place = self.scene.elsewhere.general if there else self.scene.world.general
        message = self.there if there else self.here
        chosen = tuple(one.format_map(self.scene.numbers) for one in case.chosen)
        return await self.presser.press(who, place, message, custom_id, chosen)

    def _beside_a_draft(self, who: int) -> list[Change]:
        """What changed, but for the text of a refused form, which is kept for who typed it."""
        return [one for one in self.keeper.changes() if not (one[0] == "draft" and one[1]["user_id"] == who)]

    def _revealed(self, case: Case, pressed: Pressed) -> list[str]:
        found = [f"reveals {pressed.words[:300]}"] if CANARY.casefold() in pressed.words.casefold() else []
        if case.numbered and '"attachments": [{' in pressed.words:
            found.append("gives a file")
        return found

    async def _note(self, custom_id: str, who: str, wrong: list[str]) -> None:
        self.troubles += [f"{custom_id}, pressed by {who}: {one}" for one in wrong]
        await self.keeper.restore()


def names(change: Change, number: int) -> bool:
    """Whether a row names this person, or this server."""
    return str(number) in json.dumps(change[1])
