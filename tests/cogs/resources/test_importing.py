from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from cogs.resources.views.exchanging import StartImport
from tests.cogs.resources.files import HEAD, TWO, bring_in, content, export, importing_button, many, of_link, send, sent
from tests.cogs.resources.steps import PAGE, fill, find, lose_role, press, queue, shown_to_all, suggest
from tests.kit.world import buttons, components, custom_id, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def count(world: World, table: str) -> int:
    async with world.database.read() as connection:
        return int((await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


async def edit_by_hand(world: World, title: str, new: str) -> None:
    """An organizer gives a resource another title."""
    preview = seen(await world.organizer.slash(world.general, "catalogue edit", resource=title))
    there = await of_link(world, "yarn.org/swap")
    assert there is not None
    typed = {"link": there.about.link, "title": new, "text": there.about.description}
    preview = await fill(world.organizer, preview, "Change the text", **typed)
    await press(world.organizer, preview, "Save changes")


async def test_a_file_is_shown_before_anything_is_written(world: World) -> None:
    before = await count(world, "resource")
    card = await send(world, TWO)
    assert card.ephemeral
    assert "Nothing has been changed yet" in words(card)
    assert "2 new" in words(card)
    assert "Row 3 · new · Yarn swap" in words(card).replace("**", "")
    assert buttons(card) == ["Import 2 resources", "Throw away"]
    assert await count(world, "resource") == before
    assert await count(world, "import_batch") == 0


async def test_what_was_imported_is_found_by_everyone(world: World) -> None:
    done = await bring_in(world, TWO)
    assert "2 new" in words(done)
    found = words(await find(world, world.member, "yarn swap"))
    assert "[Yarn swap](https://yarn.org/swap)" in found
    assert "Policy 📜" in found
    there = await of_link(world, "zines.org/shelf")
    assert there is not None
    assert (there.origin, there.about.year) == ("import", 2020)
    assert there.review_due_on is not None


async def test_a_file_that_is_thrown_away_leaves_nothing_behind(world: World) -> None:
    card = await send(world, TWO)
    button = custom_id(card, "Import 2 resources")
    assert "Nothing was changed" in words(await press(world.organizer, card, "Throw away"))
    assert await count(world, "draft") == 0
    shown = await shown_to_all(world, StartImport(button.rpartition(":")[2]))
    assert "imported or thrown away" in words(seen(await world.organizer.click(shown, custom_id=button)))
    assert await of_link(world, "yarn.org/swap") is None


async def test_the_same_file_twice_doubles_nothing(world: World) -> None:
    await bring_in(world, TWO)
    before = await count(world, "resource")
    again = await send(world, TWO)
    assert "2 same as before" in words(again)
    assert "nothing in it to import" in words(again)
    assert buttons(again) == ["Throw away"]
    assert await count(world, "resource") == before


async def test_two_dry_runs_of_one_file_import_it_once(world: World) -> None:
    one, other = await send(world, TWO), await send(world, TWO)
    await press(world.organizer, one, "Import 2 resources")
    before = await count(world, "resource")
    assert "2 same as before" in words(await press(world.organizer, other, "Import 2 resources"))
    assert await count(world, "resource") == before


async def test_pressing_import_again_changes_nothing(world: World) -> None:
    card = await send(world, TWO)
    button = custom_id(card, "Import 2 resources")
    shown = await shown_to_all(world, StartImport(button.rpartition(":")[2]))
    await press(world.organizer, card, "Import 2 resources")
    before = await count(world, "resource")
    again = seen(await world.organizer.click(shown, custom_id=button))
    assert "has been imported or thrown away" in words(again)
    assert await count(world, "resource") == before


async def test_a_link_in_another_form_is_the_same_resource(world: World) -> None:
    await bring_in(world, TWO)
    again = await send(world, f"{HEAD}\nYarn swap,http://www.YARN.org/swap/?utm_source=mail,,policy,\n")
    assert "1 same as before" in words(again)


async def test_a_changed_row_brings_what_it_says_and_keeps_what_it_does_not_say(world: World) -> None:
    await bring_in(world, TWO)
    card = await send(
        world, "title,link,year\nZine shelf,https://zines.org/shelf,2021\nYarn swap,https://yarn.org/swap,\n"
    )
    assert "1 changed and 1 same as before" in words(card)
    assert "Year: “2020” → “2021”" in words(card)
    await press(world.organizer, card, "Import 1 resource")
    zines, yarn = await of_link(world, "zines.org/shelf"), await of_link(world, "yarn.org/swap")
    assert zines is not None
    assert yarn is not None
    assert (zines.about.year, zines.about.description) == (2021, "About zines")
    assert yarn.about.kind == "policy"  # no column says it, so no guess replaces it


async def test_what_a_person_changed_by_hand_is_said_before_it_is_overwritten(world: World) -> None:
    await bring_in(world, TWO)
    await edit_by_hand(world, "Yarn swap", "Yarn exchange")
    card = await send(world, TWO)
    assert "Title: “Yarn exchange” → “Yarn swap” (someone changed this one by hand)" in words(card)


async def test_what_was_changed_after_the_dry_run_is_left_alone(world: World) -> None:
    await bring_in(world, TWO)
    card = await send(world, TWO.replace("Yarn swap", "Wool swap"))
    await edit_by_hand(world, "Yarn swap", "Yarn exchange")
    done = await press(world.organizer, card, "Import 1 resource")
    assert "1 same as before and 1 left out" in words(done)
    yarn = await of_link(world, "yarn.org/swap")
    assert yarn is not None
    assert yarn.about.title == "Yarn exchange"


async def test_what_was_removed_after_the_dry_run_stays_away(world: World) -> None:
    await bring_in(world, TWO)
    card = await send(world, TWO.replace("Yarn swap", "Wool swap"))
    await world.organizer.slash(world.general, "catalogue remove", resource="Yarn swap")
    assert "1 left out" in words(await press(world.organizer, card, "Import 1 resource"))
    assert await of_link(world, "yarn.org/swap") is None


async def test_what_was_removed_before_is_new_again_and_says_so(world: World) -> None:
    await bring_in(world, TWO)
    await world.organizer.slash(world.general, "catalogue remove", resource="Yarn swap")
    assert "It was declined or removed before" in words(await send(world, TWO))


async def test_a_link_that_waits_for_review_is_not_published_from_behind(world: World) -> None:
    await suggest(world, world.member)
    card = await send(world, f"{HEAD}\nRules,{PAGE['link']},,policy,\n")
    assert "1 left out" in words(card)
    assert "waits in the review queue" in words(card)
    assert "Our laser rules" in words(await queue(world, world.organizer))


async def test_an_opportunity_needs_a_day_that_is_still_to_come(world: World) -> None:
    file = (
        "title,link,kind,closes\nCall A,https://a.org/call,opportunity,2026-03-01\n"
        "Call B,https://b.org/call,opportunity,\nCall C,https://c.org/call,opportunity,2020-01-01\n"
    )
    card = await send(world, file)
    assert "1 new and 2 left out" in words(card)
    assert "needs its closing date" in words(card)
    assert "closed on January 1, 2020" in words(card)
    await press(world.organizer, card, "Import 1 resource")
    assert "Call A" in words(await find(world, world.member, "call"))
    await world.env.advance_time(70 * 86_400)
    await world.bot.delivery.run_due()
    assert await of_link(world, "a.org/call") is None


async def test_long_files_bring_their_report_as_a_table(world: World) -> None:
    result = await sent(world, many(12) + "=HYPERLINK(1),nowhere\n")
    report, card = result.response, seen(result)
    name, data = await content(world, report)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert name == "report.csv"
    assert len(rows) == 13
    assert (rows[0]["row"], rows[0]["what"], rows[-1]["what"]) == ("2", "added", "refused")
    assert "link" in rows[-1]["why"]
    assert "Row 14" in words(card)  # what needs a look stands first
    assert "Row 13" in words(await press(world.organizer, card, "Next →"))


async def test_a_dry_run_can_be_imported_after_a_restart_and_for_two_weeks(world: World) -> None:
    card = await send(world, TWO)
    await world.env.advance_time(13 * 86_400)
    await world.restart()
    await world.bot.delivery.run_due()
    assert "2 new" in words(await press(world.organizer, card, "Import 2 resources"))


async def test_a_dry_run_is_forgotten_after_two_weeks(world: World) -> None:
    card = await send(world, TWO)
    await world.env.advance_time(15 * 86_400)
    await world.bot.drafts.purge()
    assert "older than two weeks" in words(await press(world.organizer, card, "Import 2 resources"))
    assert await count(world, "draft") == 0


@pytest.mark.parametrize("label", ["Import", "Throw away", "Next →"])
async def test_who_is_no_organizer_any_more_decides_nothing(world: World, label: str) -> None:
    card = await send(world, many(10))
    label = importing_button(card) if label == "Import" else label
    lose_role(world)
    assert "Only organizers" in words(await press(world.organizer, card, label))
    assert await of_link(world, "zines.org/1") is None


async def test_only_organizers_import_and_export(world: World) -> None:
    for result in (
        await world.member.slash(world.general, "catalogue import", file=("a.csv", TWO.encode())),
        await world.member.slash(world.general, "catalogue import"),
        await world.member.slash(world.general, "catalogue export", format="csv"),
    ):
        assert "Only organizers" in words(seen(result))


async def test_another_organizer_cannot_press_for_the_one_who_sent_it(world: World) -> None:
    button = custom_id(await send(world, TWO), "Import 2 resources")
    shown = await shown_to_all(world, StartImport(button.rpartition(":")[2]))
    assert "Someone else sent this file" in words(seen(await world.owner.click(shown, custom_id=button)))
    assert await of_link(world, "yarn.org/swap") is None


async def test_titles_from_a_file_act_in_no_card(world: World) -> None:
    card: Any = await send(world, f'{HEAD}\n"**@everyone** [x](https://y.org)",https://zines.org/shelf,,guide,\n')
    texts = [part["content"] for part in components(card) if "content" in part]
    assert any(r"\*\*\@everyone\*\* \[x\]" in text for text in texts)


async def test_exports_and_imports_meet(world: World) -> None:
    await bring_in(world, many(30))
    for form in ("csv", "ris", "bib", "json"):
        name, data = await content(world, await export(world, form))
        card = await send(world, data, name)
        assert "130 same as before" in words(card)
        assert buttons(card)[:1] == ["Throw away"]
