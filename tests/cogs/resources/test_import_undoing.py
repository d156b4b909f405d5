"""An import goes on where it was cut off, shows how far it is, and can be undone as a whole within a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from discord import ui
from discord.utils import utcnow

from cogs.resources.service import Importing
from cogs.resources.service.planning import SLICE
from cogs.resources.views.exchanging import StartImport, UndoImport
from db.faults import busy
from tests.cogs.resources.files import TWO, bring_in, importing_button, many, of_link, send
from tests.cogs.resources.steps import fill, find, lose_role, press, shown_to_all
from tests.kit.settling import at_once
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from tests.kit.world import World

ROWS = 480  # more than two slices


async def imports(world: World) -> Any:
    return seen(await world.organizer.slash(world.general, "catalogue import"))


async def published(world: World) -> int:
    async with world.database.read() as connection:
        counted = "SELECT count(*) FROM resource WHERE origin = 'import' AND status = 'published'"
        return int((await connection.exec_driver_sql(counted)).scalar_one())


async def indexed(world: World) -> int:
    async with world.database.read() as connection:
        counted = "SELECT count(*) FROM search_record WHERE link LIKE 'https://zines.org/%'"
        return int((await connection.exec_driver_sql(counted)).scalar_one())


def cut_off(world: World, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The storage refuses after so many slices."""
    write, slices = Importing._write, []

    async def some(self: Importing, *given: Any) -> None:
        slices.append(given)
        if len(slices) > after:
            raise busy()
        await write(self, *given)

    monkeypatch.setattr(Importing, "_write", some)


async def test_an_import_is_undone_as_a_whole(world: World) -> None:
    done = await bring_in(world, many(ROWS))
    assert (await published(world), await indexed(world)) == (ROWS, ROWS)
    undone = await press(world.organizer, done, "Undo import")
    assert "is out of the catalogue again" in words(undone)
    assert buttons(undone) == []
    assert (await published(world), await indexed(world)) == (0, 0)
    assert "Zine" not in words(await find(world, world.member, "zine number"))
    assert f"undone by <@{world.organizer.id}>" in words(await imports(world))


async def test_undoing_brings_back_what_was_there_before(world: World) -> None:
    await bring_in(world, TWO)
    before = await of_link(world, "zines.org/shelf")
    done = await bring_in(world, TWO.replace("About zines", "Folded").replace("2020", "2024"))
    assert "[Zine shelf]" in words(await find(world, world.member, "folded"))
    undone = await press(world.organizer, done, "Undo import")
    assert "What ours.csv changed is as it was before" in words(undone).replace("**", "")
    after = await of_link(world, "zines.org/shelf")
    assert before is not None
    assert after is not None
    assert (after.about, after.review_due_on, after.touched) == (before.about, before.review_due_on, before.touched)
    assert "About zines" in words(await find(world, world.member, "zine shelf"))


async def test_what_a_person_changed_since_stays_and_is_said(world: World) -> None:
    done = await bring_in(world, TWO)
    preview = seen(await world.organizer.slash(world.general, "catalogue edit", resource="Yarn swap"))
    typed = {"link": "https://yarn.org/swap", "title": "Yarn exchange", "text": ""}
    await press(world.organizer, await fill(world.organizer, preview, "Change the text", **typed), "Save changes")
    undone = await press(world.organizer, done, "Undo import")
    assert "These stay as they are" in words(undone)
    assert "“Yarn exchange” (row 3)" in words(undone)
    assert await of_link(world, "yarn.org/swap") is not None
    assert await of_link(world, "zines.org/shelf") is None


async def test_an_undone_file_can_be_imported_again(world: World) -> None:
    await press(world.organizer, await bring_in(world, TWO), "Undo import")
    assert "2 new" in words(await bring_in(world, TWO))
    assert "[Yarn swap]" in words(await find(world, world.member, "yarn swap"))


async def test_the_last_imports_are_listed_and_undone_from_there(world: World) -> None:
    assert "up to 5,000 rows" in words(await imports(world))
    await bring_in(world, TWO, "autumn.csv")
    card = await imports(world)
    assert "autumn.csv" in words(card)
    assert "2 new" in words(card)
    assert "Undone" in words(await press(world.organizer, card, "Undo import"))
    assert "Undo import" not in buttons(await imports(world))


async def test_after_a_day_it_can_no_longer_be_undone(world: World) -> None:
    done = await bring_in(world, TWO)
    await world.env.advance_time(25 * 3_600)
    assert "More than a day has passed" in words(await press(world.organizer, done, "Undo import"))
    assert "Undo import" not in buttons(await imports(world))
    assert await of_link(world, "yarn.org/swap") is not None


async def test_only_organizers_undo(world: World) -> None:
    done = await bring_in(world, TWO)
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, done, "Undo import"))
    assert await of_link(world, "yarn.org/swap") is not None


async def test_an_import_of_another_server_is_not_undone_here(world: World) -> None:
    await bring_in(world, TWO)
    elsewhere = world.env.create_guild("Elsewhere", owner=(owner := world.env.create_user("eve")))
    channel = elsewhere.create_text_channel("general")
    eve = elsewhere.add_member(owner)
    await world.env.settle()
    place: Any = world.bot.get_channel(channel.id)
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.ActionRow(UndoImport("1")))
    assert "no longer known" in words(await press(eve, await place.send(view=view), "Undo import"))
    assert await of_link(world, "yarn.org/swap") is not None


async def test_what_a_fault_cut_off_goes_on_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        cut_off(world, patched, 1)
        card = await send(world, many(ROWS))
        result = await world.organizer.click(card, custom_id=custom_id(card, importing_button(card)))
    assert "in use by another program" in words(seen(result))
    assert "It has paused" in words(result.response)
    world.faults.take()
    assert 0 < await published(world) < ROWS
    assert f"of {ROWS} rows are done" in words(await imports(world))
    await world.env.advance_time(90)
    await world.bot.delivery.run_due()
    assert await published(world) == ROWS
    assert f"{ROWS} new" in words(await imports(world))


async def test_what_a_restart_cut_off_goes_on_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        cut_off(world, patched, 2)
        card = await send(world, many(ROWS))
        await press(world.organizer, card, importing_button(card))
    world.faults.take()
    await world.restart()
    await world.env.advance_time(90)
    await world.bot.delivery.run_due()
    assert (await published(world), await indexed(world)) == (ROWS, ROWS)


async def test_what_was_cut_off_goes_on_with_a_press(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        cut_off(world, patched, 1)
        card = await send(world, many(ROWS))
        await press(world.organizer, card, importing_button(card))
    world.faults.take()
    done = await press(world.organizer, await imports(world), "Go on")
    assert f"{ROWS} new" in words(done)
    assert await published(world) == ROWS


async def test_an_undoing_that_was_cut_off_goes_on_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    done = await bring_in(world, many(ROWS))
    undone, slices = Importing._undone, []

    async def some(self: Importing, *given: Any) -> str:
        slices.append(given)
        if len(slices) > 70:
            raise busy()
        return await undone(self, *given)

    with monkeypatch.context() as patched:
        patched.setattr(Importing, "_undone", some)
        await press(world.organizer, done, "Undo import")
    world.faults.take()
    assert 0 < await published(world) < ROWS
    await world.env.advance_time(90)
    await world.bot.delivery.run_due()
    assert (await published(world), await indexed(world)) == (0, 0)


async def test_an_import_that_is_under_way_cannot_be_undone_yet(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        cut_off(world, patched, 1)
        card = await send(world, many(ROWS))
        await press(world.organizer, card, importing_button(card))
    world.faults.take()
    shown = await shown_to_all(world, UndoImport("1"))
    assert "still under way" in words(await press(world.organizer, shown, "Undo import"))


async def test_two_presses_at_once_import_once(world: World) -> None:
    card = await send(world, many(ROWS))
    button = custom_id(card, importing_button(card))
    shown = await shown_to_all(world, StartImport(button.rpartition(":")[2]))
    async with at_once(world.env):
        await world.organizer.click(card, custom_id=button)
        await world.organizer.click(shown, custom_id=button)
    assert (await published(world), await indexed(world)) == (ROWS, ROWS)


async def test_the_card_shows_how_far_it_is_every_few_seconds(world: World) -> None:
    begun, ticks = utcnow(), []

    def second_by_second() -> datetime:
        ticks.append(1)
        return begun + timedelta(seconds=len(ticks))

    card = await send(world, many(1200))
    world.bot.clock = second_by_second
    world.wire.bodies.clear()
    done = await press(world.organizer, card, importing_button(card))
    said = [str(body) for body in world.wire.bodies if "rows are done" in str(body)]
    assert len(said) == 2  # six slices, a second each, an edit every three
    assert "of 1,200 rows are done" in said[0]
    assert "1,200 new" in words(done)


async def test_an_import_goes_on_when_its_card_can_no_longer_be_drawn(world: World) -> None:
    card = await send(world, many(ROWS))
    world.env.inject_error("PATCH", "/messages/@original", status=404, code=10015, times=None)
    await world.organizer.click(card, custom_id=custom_id(card, importing_button(card)))
    assert await published(world) == ROWS


async def test_members_write_between_the_slices_of_an_import(world: World) -> None:
    importing = world.bot.service(Importing)
    card = await send(world, many(ROWS))
    plan = int(custom_id(card, importing_button(card)).rpartition(":")[2])
    number = await importing.begin(world.guild.id, world.organizer.id, plan)
    heard: list[tuple[int, int]] = []

    async def told(done: int, total: int) -> None:
        async with world.database.write():  # as a member's Save would
            heard.append((done, total))

    await importing.go_on(world.guild.id, number, told)
    assert heard == [(SLICE, ROWS), (2 * SLICE, ROWS), (ROWS, ROWS)]
