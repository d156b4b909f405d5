from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import discord
import pytest

from db.faults import StorageFault
from tests.bot.delivery.steps import tick
from tests.cogs.resources.steps import PAGE, fill_in, find, press, send, suggest
from tests.kit.settling import at_once
from tests.kit.world import buttons, components, custom_id, seen, select_id, words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.world import World


MODAL = 9


def chosen(message: Any, placeholder: str) -> list[str]:
    """The values that are marked in a select."""
    select = next(part for part in components(message) if placeholder in str(part.get("placeholder", "")))
    return [option["value"] for option in select["options"] if option.get("default")]


async def test_what_a_member_suggests_is_found_once_an_organizer_has_published_it(world: World) -> None:
    assert "Thank you" in words(await suggest(world, world.member))
    assert "Our laser rules" not in words(await find(world, world.other, "our laser rules wall"))
    card = world.desk.last_message
    assert "Our laser rules" in words(card)
    assert f"<@{world.member.id}>" in words(card)
    await press(world.organizer, card, "Publish")
    assert "[Our laser rules](https://laser.example-library.org/rules/" in words(
        await find(world, world.other, "our laser rules wall")
    )


async def test_the_preview_guesses_kind_and_tools_from_the_title(world: World) -> None:
    preview = seen(await fill_in(world, world.member, title="Laser cutter waiver"))
    assert chosen(preview, "What kind") == ["policy"]
    assert chosen(preview, "Tools, 3D") == ["laser-cutter"]
    assert chosen(preview, "Who is it for") == ["all"]
    assert preview.ephemeral


async def test_what_is_chosen_in_the_preview_is_what_is_published(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    kind, tools = select_id(preview, "What kind"), select_id(preview, "Tools, M")
    await world.member.select(preview, values=["template"], custom_id=kind)
    await world.member.select(preview, values=["sewing"], custom_id=tools)
    result = await world.member.select(preview, values=["all", "school"], custom_id=select_id(preview, "Who is"))
    shown = words(seen(result))
    assert "Template 📄" in shown
    assert "Laser cutter 🔆, Sewing 🧵" in shown, "the choice in one select leaves the other select's choice alone"
    assert "For school libraries" in shown
    await send(world, world.member, seen(result))
    assert "Template 📄" in words(world.desk.last_message)


async def test_details_are_optional_and_appear_on_the_card(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    form = await world.member.click(preview, custom_id=custom_id(preview, "Add details"))
    result = await world.member.submit_modal(
        form,
        {"creator": "Rosa Diaz", "publisher": "NOM", "year": "2024", "license": "CC BY 4.0", "language": "Spanish"},
    )
    assert "Rosa Diaz · NOM · 2024" in words(seen(result))
    assert "Spanish · CC BY 4.0" in words(seen(result))


async def test_a_year_that_is_none_is_refused_and_nothing_typed_is_lost(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    form = await world.member.click(preview, custom_id=custom_id(preview, "Add details"))
    refused = seen(await world.member.submit_modal(form, {"creator": "Rosa Diaz", "year": "soon"}))
    assert "four digits" in words(refused)
    again = await world.member.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "Rosa Diaz" in str(again.modal)
    assert "soon" in str(again.modal)


async def test_the_text_can_be_changed_before_it_is_sent(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    form = await world.member.click(preview, custom_id=custom_id(preview, "Change the text"))
    assert PAGE["title"] in str(form.modal)
    result = await world.member.submit_modal(form, {**PAGE, "title": "Rules for the laser"})
    assert "Rules for the laser" in words(seen(result))


async def test_throwing_away_asks_first(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    asked = await press(world.member, preview, "Throw away")
    assert "cannot be brought back" in words(asked)
    kept = await press(world.member, asked, "Keep it")
    assert "before it is sent" in words(kept)
    send = custom_id(kept, "Send to organizers")
    asked = await press(world.member, kept, "Throw away")
    gone = await press(world.member, asked, "Throw it away")
    assert "thrown away" in words(gone)
    assert send not in str(components(gone))
    assert buttons(gone) == []


async def test_the_preview_of_a_suggestion_that_was_thrown_away_elsewhere_says_so(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    await world.bot.drafts.forget(int(custom_id(preview, "Send to organizers").split(":")[1]))
    assert "start again" in words(await send(world, world.member, preview))


async def test_a_form_that_outlived_its_suggestion_starts_a_new_one(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    form = await world.member.click(preview, custom_id=custom_id(preview, "Change the text"))
    await send(world, world.member, preview)
    answer = seen(await world.member.submit_modal(form, {**PAGE, "link": "https://nom.org/other", "title": "Another"}))
    assert "before it is sent" in words(answer)
    assert "Another" in words(answer)


async def test_two_selects_pressed_at_once_both_count(world: World) -> None:
    preview = seen(await fill_in(world, world.member, title="Rules", text=""))
    async with at_once(world.env):
        for part, value in (("Tools, 3D", "laser-cutter"), ("Tools, M", "sewing")):
            await world.member.select(preview, values=[value], custom_id=select_id(preview, part))
    shown = words(preview)
    assert "Laser cutter" in shown
    assert "Sewing" in shown


@pytest.mark.parametrize("year", ["1200", "99999", "2029", "20²4"])
async def test_a_year_out_of_bounds_names_the_bounds(world: World, year: str) -> None:
    preview = seen(await fill_in(world, world.member))
    form = await world.member.click(preview, custom_id=custom_id(preview, "Add details"))
    assert "1450 and 2027" in words(seen(await world.member.submit_modal(form, {"year": year})))


async def test_a_lost_answer_from_the_desk_loses_nothing_and_frightens_nobody(world: World) -> None:
    world.wire.lose_answer = 1
    assert "Thank you" in words(await suggest(world, world.member))
    assert "Our laser rules" in words(seen(await world.organizer.slash(world.general, "catalogue review")))


async def test_a_desk_where_the_bot_may_not_post_is_left_alone(empty_world: World) -> None:
    world = await empty_world.build(desk=False)
    closed: dict[Any, discord.PermissionOverwrite] = {
        world.guild.default_role: discord.PermissionOverwrite(send_messages=False)
    }
    world.desk = world.guild.create_text_channel("organizers-desk", overwrites=closed)
    await world.env.settle()
    assert "review queue" in words(await suggest(world, world.member))
    assert not world.wire.requests[f"POST /channels/{world.desk.id}/messages"]


async def test_a_link_we_have_keeps_what_was_typed_for_another_link(world: World) -> None:
    answer = seen(await fill_in(world, world.member, link="https://github.com/LightBurnSoftware/Documentation"))
    form = await world.member.click(answer, custom_id=custom_id(answer, "Open the form again"))
    assert PAGE["text"] in str(form.modal)


async def test_suggesting_the_same_link_again_says_that_it_was_mine(world: World) -> None:
    await suggest(world, world.member)
    assert "You have suggested this already" in words(seen(await fill_in(world, world.member)))


async def test_a_form_nobody_knows_gives_the_text_back(world: World) -> None:
    form = await world.member.slash(world.general, "resource suggest")
    del world.bot.forms["suggest"]
    answer = words(seen(await world.member.submit_modal(form, PAGE)))
    assert "older version" in answer
    assert PAGE["text"] in answer


async def test_a_locked_file_gives_the_text_back_before_discord_stops_listening(world: World, tmp_path: Path) -> None:
    form = await world.member.slash(world.general, "resource suggest")
    with closing(sqlite3.connect(tmp_path / "benchmate.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = words(seen(await world.member.submit_modal(form, PAGE)))
        other.execute("ROLLBACK")
    assert "in use by another program" in answer
    assert PAGE["text"] in answer
    assert len(world.faults.take()) == 1


@pytest.mark.parametrize(
    ("link", "way_out"),
    [
        ("javascript:alert(1)", "https://"),
        ("ftp://files.example.net/a.pdf", "https://"),
        ("https://user:secret@nom.org/a", "without them"),
        ("http://192.168.1.10/laser", "from home"),
        ("http://127.0.0.1:8000/", "from home"),
        ("http://[::1]/", "from home"),
        ("http://[::ffff:10.0.0.1]/", "from home"),
        ("http://printer.local/", "from home"),
        ("http://localhost/", "from home"),
        ("http://169.254.169.254/latest/meta-data", "from home"),
        ("not a link", "space"),
        ("laser", "address bar"),
        ("http://2130706433/", "address bar"),
        ("https://", "address bar"),
        ("https://nom.org:99999/", "address bar"),
        ("\u202e\u200f", "missing"),
        ("https://nom.org/" + "a" * 1500, "characters long"),
    ],
)
async def test_a_link_that_cannot_be_used_is_explained_and_nothing_typed_is_lost(
    world: World, link: str, way_out: str
) -> None:
    refused = seen(await fill_in(world, world.member, link=link))
    assert way_out in words(refused)
    assert refused.ephemeral
    again = await world.member.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert PAGE["text"] in str(again.modal)
    result = await world.member.submit_modal(again, PAGE)
    assert "before it is sent" in words(seen(result))


@pytest.mark.parametrize("title", ["🎉🎉", "...", "\u202e\u202d "], ids=repr)
async def test_a_title_without_words_is_explained(world: World, title: str) -> None:
    assert "at least one word" in words(seen(await fill_in(world, world.member, title=title)))


async def test_control_and_direction_characters_do_not_reach_the_card(world: World) -> None:
    preview = seen(
        await fill_in(world, world.member, title="Rules\u202e for\x07 the laser", text="مرحبا @everyone **loud**")
    )
    assert "Rules for the laser" in words(preview)
    raw = "".join(part["content"] for part in components(preview) if "content" in part)
    assert "\\*\\*loud" in raw
    assert "\\@everyone" in raw


async def test_enormous_texts_are_cut_with_an_ellipsis_and_fit_every_card(world: World) -> None:
    await suggest(world, world.member, title="T" * 150, text="many words " * 54)
    card = world.desk.last_message
    assert len(words(card)) <= 4000
    await press(world.organizer, card, "Publish")
    assert "…" in words(await find(world, world.member, "T" * 150))


@pytest.mark.parametrize(
    "link",
    [
        "HTTP://www.GitHub.com/LightBurnSoftware/Documentation/?utm_medium=mail#top",
        "github.com/LightBurnSoftware/Documentation",
        "https://github.com:443/LightBurnSoftware/Documentation?fbclid=abc",
        "https://github.com/LightBurnSoftware/Documentation/#readme",
    ],
)
async def test_the_same_link_in_other_clothes_is_answered_with_the_one_that_exists(world: World, link: str) -> None:
    answer = seen(await fill_in(world, world.member, link=link))
    assert "We have this one already" in words(answer)
    assert "LightBurn Documentation" in words(answer)
    assert buttons(answer) == ["Save", "Open the form again"]


async def test_a_link_that_waits_for_review_is_not_suggested_twice(world: World) -> None:
    await suggest(world, world.member)
    assert "just faster" in words(seen(await fill_in(world, world.other)))


async def test_two_members_who_send_the_same_link_at_once_make_one_suggestion(world: World) -> None:
    first, second = seen(await fill_in(world, world.member)), seen(await fill_in(world, world.other))
    async with at_once(world.env):
        await world.member.click(first, custom_id=custom_id(first, "Send to organizers"))
        await world.other.click(second, custom_id=custom_id(second, "Send to organizers"))
    assert "Nothing waits" not in words(seen(await world.organizer.slash(world.general, "catalogue review")))
    assert "more wait" not in words(seen(await world.organizer.slash(world.general, "catalogue review")))


async def test_sending_twice_sends_once(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    async with at_once(world.env):
        for _ in range(5):
            await world.member.click(preview, custom_id=custom_id(preview, "Send to organizers"))
    await tick(world)
    cards = [message for message in world.desk.history() if "waits for you" in words(message)]
    assert len(cards) == 1


async def test_without_an_organizers_channel_the_suggestion_waits_in_the_queue(empty_world: World) -> None:
    world = await empty_world.build(desk=False)
    assert "review queue" in words(await suggest(world, world.member))
    assert "Our laser rules" in words(seen(await world.owner.slash(world.general, "catalogue review")))


async def test_a_channel_that_refuses_the_card_loses_nothing(world: World) -> None:
    world.env.inject_error("POST", f"/channels/{world.desk.id}/messages", status=403, code=50013)
    assert "Thank you" in words(await suggest(world, world.member))
    assert world.desk.last_message is None
    assert "Our laser rules" in words(seen(await world.organizer.slash(world.general, "catalogue review")))


async def test_a_form_that_was_open_during_a_restart_is_still_read(world: World) -> None:
    form = await world.member.slash(world.general, "resource suggest")
    await world.restart()
    assert "before it is sent" in words(seen(await world.member.submit_modal(form, PAGE)))


async def test_a_preview_survives_a_restart(world: World) -> None:
    preview = seen(await fill_in(world, world.member))
    await world.restart()
    assert "Thank you" in words(await send(world, world.member, preview))


async def fill_the_disk(world: World) -> None:
    """Let SQLite say that the disk is full, for whatever is as long as these drafts."""
    async with world.database.write() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1")  # it takes the file's present size instead
    with pytest.raises(StorageFault):  # noqa: PT012 - each of them may be the one that no longer fits
        while True:
            await world.bot.drafts.keep(guild_id=1, user_id=1, form="suggest", answers={"text": "word " * 100})


async def test_a_full_disk_gives_the_text_back(world: World) -> None:
    form = await world.member.slash(world.general, "resource suggest")
    await fill_the_disk(world)
    answer = words(seen(await world.member.submit_modal(form, {**PAGE, "text": "word " * 100})))
    assert "disk" in answer
    assert "https://Laser.Example-Library.org/rules/" in answer
    assert "word word" in answer
    assert all("disk is full" in fault.lower() for fault in world.faults.take())


async def test_no_card_ever_mentions_anyone_aloud(world: World) -> None:
    await suggest(world, world.member, title="@everyone look", text="<@&1> <@2> @here")
    assert world.wire.bodies, "the wire saw what was sent"
    for body in world.wire.bodies:
        message = body.get("data", body) if isinstance(body, dict) else {}
        if "components" in message and body.get("type") != MODAL:
            assert message["allowed_mentions"] == {"parse": []}
