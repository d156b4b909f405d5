"""Every command, menu and completion there is, used by who must not, and from another server."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from discord import AppCommandType, app_commands

from tests.cogs.questions.steps import Forum
from tests.house import scenes_events, scenes_resources
from tests.house.auditing import names
from tests.house.commands import COMMANDS, COMPLETED, FROM_THE_VOCABULARY, MENUS
from tests.house.keeping import Keeper
from tests.house.pressing import CANARY, Presser, Refusals
from tests.house.scene import Scene
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from simcord import MemberActor

    from tests.house.cases import Case
    from tests.house.pressing import Pressed
    from tests.kit.world import World

SEEN_BY_ORGANIZERS = ("catalogue edit", "catalogue remove", "catalogue collection")


class Typist:
    """Types commands, and looks at what came of it."""

    def __init__(self, scene: Scene, keeper: Keeper, refusals: Refusals) -> None:
        self.scene, self.keeper, self.presser = scene, keeper, Presser(scene, refusals)
        self.troubles: list[str] = []

    async def type(self, who: MemberActor, case: Case, *, there: bool = False) -> Pressed:
        """Use a command in one of the two servers."""
        options: dict[str, Any] = {}
        for one in case.chosen:
            key, value = one.format_map(self.scene.numbers).split("=", 1)
            options[key] = self.scene.people[value[1:]] if value.startswith("@") else value
        place = self.scene.elsewhere.general if there else self.scene.world.general
        before = self.presser.listen()
        await who.slash(place, case.where, **options)
        return self.presser.heard(before)

    async def note(self, case: Case, who: str, wrong: list[str]) -> None:
        """Remember what is wrong, and put everything back."""
        self.troubles += [f"/{case.where}, typed by {who}: {one}" for one in wrong]
        await self.keeper.restore()


class Desk:
    """Where a typist sits down, once the test has the simulated world's clock."""

    def __init__(self, world: World, file: Path, refusals: Refusals) -> None:
        self.world, self.file, self.refusals = world, file, refusals

    @asynccontextmanager
    async def typist(self) -> AsyncIterator[Typist]:
        """A typist before two servers, one of them full of things."""
        scene = await Scene(self.world).build()
        await scenes_events.furnish(scene)
        await scenes_resources.furnish(scene)
        _open_setup_to_all(scene)
        keeper = Keeper(self.world, self.file)
        yield Typist(scene, keeper, self.refusals)
        keeper.close()


@pytest.fixture
def desk(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, tmp_path / "benchmate.db", Refusals(monkeypatch))


def _open_setup_to_all(scene: Scene) -> None:
    """As where an owner has opened it to everyone in Discord's own settings."""
    world = scene.world
    for guild in (world.guild, scene.elsewhere.guild):
        setup = world.env.backend.find_command("setup", guild.id, type=AppCommandType.chat_input.value)
        assert setup is not None
        guild.set_command_permissions(int(setup["id"]), {guild.roles["@everyone"]: True})


async def test_no_command_yields_to_who_must_not_type_it(desk: Desk) -> None:
    async with desk.typist() as typist:
        for case in COMMANDS:
            for name in case.wrong:
                pressed = await typist.type(typist.scene.people[name], case)
                wrong = pressed.troubles() + ([] if pressed.refused and not pressed.public else ["is let"])
                wrong += [f"changes {one}" for one in typist.keeper.changes()]
                wrong += [f"does {one} at Discord" for one in pressed.writes]
                await typist.note(case, name, wrong)
            pressed = await typist.type(typist.scene.people[case.right], case)
            allowed = not case.wrong or not any("Only" in str(one) for one in pressed.refusals)
            await typist.note(case, case.right, [*pressed.troubles(), *([] if allowed else ["is refused"])])
        assert typist.troubles == [], "\n".join(typist.troubles)


async def test_no_command_reaches_into_another_server(desk: Desk) -> None:
    async with desk.typist() as typist:
        scene = typist.scene
        for case in COMMANDS:
            if any("@" in one for one in case.chosen):
                continue
            pressed = await typist.type(scene.elsewhere.people["stranger"], case, there=True)
            wrong = pressed.troubles() + (["reveals it"] if CANARY.casefold() in pressed.words.casefold() else [])
            changes = typist.keeper.changes()
            wrong += [f"changes {one}" for one in changes if not names(one, scene.elsewhere.guild.id)]
            await typist.note(case, "a stranger in another server", wrong)
        assert typist.troubles == [], "\n".join(typist.troubles)


async def test_what_is_completed_while_somebody_types_is_theirs_to_see(desk: Desk) -> None:
    async with desk.typist() as typist:
        scene = typist.scene
        for command, option in COMPLETED:
            there = await scene.elsewhere.people["stranger"].autocomplete(
                scene.elsewhere.general, command, option, CANARY[:4]
            )
            assert CANARY not in str(there), (command, option)
            if command in SEEN_BY_ORGANIZERS:
                here = await scene.people["member"].autocomplete(scene.world.general, command, option, CANARY[:4])
                assert "waiting" not in str(here), (command, option)
                assert CANARY in str(
                    await scene.people["organizer"].autocomplete(scene.world.general, command, option, CANARY[:4])
                )


async def test_only_who_wrote_a_message_and_organizers_turn_it_into_a_question(world: World) -> None:
    await Forum(world).build()
    message = await world.member.send(world.general, "How do I cut felt?")
    refused = seen(await world.other.context_menu(world.general, "Turn into a question", message))
    assert refused.ephemeral
    assert "Only the person who wrote this" in words(refused)
    for who in (world.member, world.organizer):
        assert (await who.context_menu(world.general, "Turn into a question", message)).modal is not None


async def test_whoever_adds_a_command_says_who_may_use_it(world: World) -> None:
    commands = [one for one in world.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    known = {case.where for case in COMMANDS}
    assert {one.qualified_name for one in commands} - known == set(), "say in tests/house/commands.py who may use these"
    assert known - {one.qualified_name for one in commands} == set(), "these commands are no more"
    menus = [one.name for kind in (AppCommandType.message, AppCommandType.user) for one in _menus(world, kind)]
    assert set(menus) == set(MENUS), "say who may use these menus"
    completed = {(one.qualified_name, part.name) for one in commands for part in one.parameters if part.autocomplete}
    assert completed == set(COMPLETED) | FROM_THE_VOCABULARY, "say what these offer while somebody types"


def _menus(world: World, kind: AppCommandType) -> list[Any]:
    return list(world.bot.tree.get_commands(type=kind))
