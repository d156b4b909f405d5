from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import BigInteger, inspect, text

from cogs.people.service import Leaving
from db.schema import metadata
from db.setup import Part
from tests.cogs.people.steps import introduce, people, press, view
from tests.cogs.resources.steps import fill_in as fill_resource
from tests.cogs.resources.steps import find, publish, suggest
from tests.db.test_migrations import fill, ours
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor
    from sqlalchemy import Connection

    from db.engine import Database
    from tests.kit.world import World

NOT_PEOPLE = {
    "guild_id",  # servers
    "application_id",  # the bot itself
    "record_id",  # numbers of our own
    "last_number",
    "place_id",  # channels, threads and messages
    "channel_id",
    "message_id",
    "thread_id",
    "tell_place",
    "organizer_role_id",
    *("forum_id", "card_id", "from_channel_id", "from_message_id", "answer_message_id"),
    *("seen_until", "answered_tag_id", "weight"),
    "news_role_id",
    "event.native_id",
    "event.where_id",
    "event_series.where_id",
    *(f"setup.{part}_id" for part in Part),
}
"""Columns of Discord's numbers, or large ones of our own, that are not people's: by name, or as table.column."""


def big_columns() -> set[str]:
    """All columns that could hold a person's number, as table.column."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, BigInteger) or isinstance(getattr(column.type, "impl", None), BigInteger)
        if column.name not in NOT_PEOPLE and f"{table.name}.{column.name}" not in NOT_PEOPLE
    }


async def test_every_column_that_names_a_person_is_covered_by_export_and_deletion(world: World) -> None:
    covered = [column for data in world.bot.personal.values() for column in data.columns]
    missing = big_columns() - set(covered)
    assert missing == set(), "say in a PersonalData how these are listed and deleted, or in NOT_PEOPLE what they are"
    assert len(covered) == len(set(covered))
    assert set(covered) <= big_columns(), "a column that is covered is no longer there"


PEOPLES_NAMES = r"(^|_)(by|user|member|keeper|actor|owner|author|who|helper|asker|mentor|mentee|host)(_id)?$"


async def test_a_column_named_like_a_person_is_covered_whatever_its_type(world: World) -> None:
    covered = {column for data in world.bot.personal.values() for column in data.columns}
    named = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if re.search(PEOPLES_NAMES, column.name)
    }
    assert len(named) > 5
    assert named - covered == set()


async def everything(database: Database) -> list[str]:
    """All that is in the database's tables, with the name of the table before each value."""

    def read(connection: Connection) -> list[str]:
        return [
            f"{table}: {value}"
            for table in inspect(connection).get_table_names()
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
            for value in row
        ]

    async with database.read() as connection:
        return await connection.run_sync(read)


def traces(values: list[str], number: int) -> list[str]:
    """The values in which a person's number stands."""
    return [value for value in values if str(number) in value]


KIM = 987_654_321_012_345_678


async def everywhere(world: World) -> int:
    """Put Kim's number into every column that is covered, in the rows of one of three servers; the server."""
    async with world.database.write() as connection:
        await connection.execute(text("DELETE FROM guild"))
        await connection.run_sync(empty_and_fill)
        for column in [column for data in world.bot.personal.values() for column in data.columns]:
            table, _, name = column.partition(".")
            await connection.execute(
                text(f'UPDATE "{table}" SET "{name}" = {KIM} WHERE rowid = (SELECT max(rowid) FROM "{table}")')  # noqa: S608
            )
        await connection.execute(text("UPDATE delivery SET way = 'dm'"))
        await connection.execute(text("UPDATE resource SET status = 'published'"))
    return 3


def empty_and_fill(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        if ours(table.name):
            connection.execute(table.delete())
    fill(connection)


async def test_after_a_deletion_no_table_holds_the_persons_number(world: World) -> None:
    await everywhere(world)
    before = traces(await everything(world.database), KIM)
    columns = [column for data in world.bot.personal.values() for column in data.columns]
    assert len(before) == len(columns), "the number was not put everywhere"
    exported = await world.bot.service(Leaving).export(None, KIM)
    assert set(world.bot.personal) <= set(exported)
    rows = sum(len(part) for name in world.bot.personal for part in exported[name].values())
    assert rows >= len(columns), "something that is kept was not exported"
    await world.bot.service(Leaving).delete(None, KIM)
    assert traces(await everything(world.database), KIM) == []


async def test_a_deletion_takes_only_what_is_that_persons(world: World) -> None:
    await everywhere(world)
    before = await everything(world.database)
    await world.bot.service(Leaving).delete(None, KIM + 1)
    assert await everything(world.database) == before
    await world.bot.service(Leaving).delete(1, KIM)
    assert await everything(world.database) == before, "it was the data of another server"


async def test_a_deletion_that_leaves_something_does_nothing_at_all(world: World) -> None:
    await everywhere(world)
    before = await everything(world.database)

    async def forget_to(*_: object) -> None:
        return None

    world.bot.personal["people"] = replace(world.bot.personal["people"], delete=forget_to)
    with pytest.raises(RuntimeError, match="left something in \\['people'\\]"):
        await world.bot.service(Leaving).delete(None, KIM)
    assert await everything(world.database) == before


async def read_file(answer: Any) -> dict[str, Any]:
    """The file of an answer, read."""
    (file,) = answer.attachments
    return dict(json.loads(await file.read()))


async def test_the_export_is_a_private_file_with_what_every_room_keeps(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    await publish(world)
    page = await find(world, world.member, "laser rules")
    saved = await press(world.member, page, "Save")
    await press(world.member, saved, "Tomorrow")
    await suggest(world, world.member, link="https://nom.org/b", title="Waiting")
    seen(await fill_resource(world, world.member, link="https://nom.org/c", title="Not sent"))
    answer = seen(await world.member.slash(world.general, "privacy export"))
    assert answer.ephemeral
    assert "Only you can see this message" in words(answer)
    found = await read_file(answer)
    assert found["you"] == str(world.member.id)
    assert found["servers"] == {str(world.guild.id): "NOM Libraries"}
    assert found["people"]["profiles"][0]["library"] == "Ames Public Library"
    assert found["people"]["tools"][0]["tool"] == "laser-cutter"
    assert [one["title"] for one in found["resources"]["suggested"]] == ["Our laser rules", "Waiting"]
    assert found["resources"]["saved"][0]["title"] == "Our laser rules"
    assert "Not sent" in str(found["drafts"]["not_sent"])
    assert found["messages_to_you"]["promised"][0]["kind"] == "reading-reminder"
    other = await read_file(seen(await world.other.slash(world.general, "privacy export")))
    assert not set(other) & set(world.bot.personal)
    organizer = await read_file(seen(await world.organizer.slash(world.general, "privacy export")))
    assert organizer["resources"]["reviewed"][0]["title"] == "Our laser rules"


async def test_a_file_too_large_for_discord_is_packed(world: World) -> None:
    for _ in range(3):
        await world.bot.drafts.keep(
            guild_id=world.guild.id, user_id=world.member.id, form="import-slice", answers={"rows": ["word " * 800_000]}
        )
    (file,) = seen(await world.member.slash(world.general, "privacy export")).attachments
    assert file.filename == "benchmate-my-data.json.zip"
    packed = await file.read()
    assert len(packed) < 1_000_000
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = json.loads(archive.read("benchmate-my-data.json"))
    assert len(found["drafts"]["not_sent"]) == 3


async def test_a_deletion_says_what_goes_and_what_stays_asks_and_is_done_at_once(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    await publish(world)
    saved = await press(world.member, await find(world, world.member, "laser rules"), "Save")
    await press(world.member, saved, "Tomorrow")
    await suggest(world, world.member, link="https://nom.org/b", title="Waiting")
    asked = seen(await world.member.slash(world.general, "privacy delete"))
    assert asked.ephemeral
    for words_of_it in ("your profile", "what you saved", "reminders", "without your name", "messages in channels"):
        assert words_of_it in words(asked)
    assert traces(await everything(world.database), world.member.id)
    done = words(await press(world.member, asked, "Delete it"))
    assert "it is deleted" in done
    assert "I looked again" in done
    assert traces(await everything(world.database), world.member.id) == []
    assert "Our laser rules" in words(await find(world, world.other, "laser rules"))
    assert "is empty" in words(await view(world, world.member))
    assert "nobody shows that yet" in words(await people(world, world.other, tool="laser-cutter"))
    again = seen(await world.member.slash(world.general, "privacy delete"))
    assert "keep nothing about you" in words(again)


async def test_keeping_it_changes_nothing(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    asked = seen(await world.member.slash(world.general, "privacy delete"))
    assert "Nothing was changed" in words(await press(world.member, asked, "Keep it"))
    assert "Kim Tran" in words(await view(world, world.member))


async def test_a_card_on_the_desk_whose_suggester_deleted_it_says_so(world: World) -> None:
    await suggest(world, world.member)
    card = world.desk.last_message
    await press(world.member, seen(await world.member.slash(world.general, "privacy delete")), "Delete it")
    assert "no longer there" in words(await press(world.organizer, card, "Publish"))
    assert "Our laser rules" not in words(await find(world, world.other, "laser rules"))


async def test_a_reminder_does_not_come_after_a_deletion(world: World) -> None:
    await publish(world)
    saved = await press(world.member, await find(world, world.member, "laser rules"), "Save")
    await press(world.member, saved, "Tomorrow")
    await press(world.member, seen(await world.member.slash(world.general, "privacy delete")), "Delete it")
    await world.env.advance_time(3 * 24 * 3600)
    await world.bot.delivery.run_due()
    assert not [message for message in world.general.history() if "Time to read" in words(message)]
    assert traces(await everything(world.database), world.member.id) == []


async def test_what_an_organizer_decided_stays_without_their_name(world: World) -> None:
    await suggest(world, world.member)
    opened = seen(await world.owner.slash(world.general, "catalogue review"))
    await press(world.organizer, world.desk.last_message, "Publish")
    await press(world.organizer, seen(await world.organizer.slash(world.general, "privacy delete")), "Delete it")
    assert traces(await everything(world.database), world.organizer.id) == []
    assert "An organizer has published this" in words(await press(world.owner, opened, "Publish"))
    assert "Our laser rules" in words(await find(world, world.other, "laser rules"))


async def test_a_collection_stays_without_the_name_of_its_keeper(world: World) -> None:
    made = seen(await world.organizer.slash(world.general, "catalogue collection", name="Start here"))
    assert f"Kept by <@{world.organizer.id}>" in words(made)
    await press(world.organizer, seen(await world.organizer.slash(world.general, "privacy delete")), "Delete it")
    kept = seen(await world.owner.slash(world.general, "catalogue collection", name="Start here"))
    assert "Start here" in words(kept)
    assert "Kept by" not in words(kept)


async def in_two_servers(world: World) -> tuple[MemberActor, MemberActor, Any]:
    """The same person with a profile in both; in the first server, in the second, and a channel there."""
    user = world.env.create_user("lee")
    here = world.guild.add_member(user)
    elsewhere = world.env.create_guild("Other Libraries", owner=world.env.create_user("pat"))
    there = elsewhere.add_member(user)
    channel = elsewhere.create_text_channel("general")
    await world.env.settle()
    await introduce(world, here, laser_cutter="teach")
    form = await there.slash(channel, "profile edit")
    await there.submit_modal(form, {"name": "Lee there"})
    return here, there, channel


async def test_what_another_server_keeps_is_exported_and_deleted_only_on_request(world: World) -> None:
    here, there, channel = await in_two_servers(world)
    answer = seen(await here.slash(world.general, "privacy export"))
    assert "Lee there" not in str(await read_file(answer))
    assert "Other Libraries" not in str(await read_file(answer))
    assert "Lee there" in str(await read_file(await press(here, answer, "All servers")))
    asked = seen(await here.slash(world.general, "privacy delete"))
    await press(here, asked, "Delete it")
    assert "is empty" in words(await view(world, here))
    assert "Lee there" in words(seen(await there.slash(channel, "profile view")))
    asked = seen(await here.slash(world.general, "privacy delete"))
    assert "keep nothing about you in this server" in words(asked)
    asked = await press(here, asked, "Delete everywhere")
    assert "all servers" in words(asked)
    await press(here, asked, "Delete it")
    assert traces(await everything(world.database), here.id) == []


async def test_who_is_in_one_server_only_is_not_asked_about_others(world: World) -> None:
    await introduce(world, world.member, laser_cutter="teach")
    answer = seen(await world.member.slash(world.general, "privacy export"))
    assert buttons(answer) == ["What is kept", "Delete my data"]


async def test_who_has_left_the_server_can_still_delete_by_direct_message(world: World) -> None:
    user = world.env.create_user("lee")
    lee = world.guild.add_member(user)
    await introduce(world, lee, laser_cutter="teach")
    world.guild.remove_member(lee)
    await world.env.settle()
    asked = seen(await user.slash("privacy delete"))
    assert "all servers" in words(asked)
    result = await user.click(asked, custom_id=custom_id(asked, "Delete it"))
    assert "it is deleted" in words(seen(result))
    assert traces(await everything(world.database), user.id) == []


async def test_what_is_kept_is_said_by_every_room_in_the_card_and_on_the_page(world: World) -> None:
    answer = seen(await world.member.slash(world.general, "privacy export"))
    card = words(await press(world.member, answer, "What is kept"))
    page = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text(encoding="utf-8")
    for data in world.bot.personal.values():
        assert data.kept in card
        for heading in re.findall(r"\*\*.+?\*\*", data.kept):
            assert heading in page, f"docs/privacy.md does not speak of {heading}"
    assert "could read all of it in the database" in card
    assert "birthday" in card


async def test_a_fault_in_one_room_is_told_and_no_half_file_is_given(world: World) -> None:
    async def fall(*_: object) -> dict[str, Any]:
        raise ValueError("this room fell over")

    world.bot.personal["people"] = replace(world.bot.personal["people"], export=fall)
    answer = words(seen(await world.member.slash(world.general, "privacy export")))
    assert "tell an organizer this number" in answer
    assert len(world.faults.take()) == 1
