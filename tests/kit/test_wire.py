from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.kit.forms import Field, Form
from cogs.resources import starter
from tests.kit.settling import at_once
from tests.kit.wire import FormRefusedError, LostError, Wire, record_folder
from tests.kit.world import seen, words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.world import World


def channel_of(world: World) -> discord.TextChannel:
    channel = world.bot.get_channel(world.general.id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_message_that_comes_twice_with_its_nonce_is_there_once(world: World) -> None:
    first = await channel_of(world).send("once", nonce=7)
    second = await channel_of(world).send("once", nonce=7)
    assert first.id == second.id
    assert len(world.general.history()) == 1


async def test_two_nonces_are_two_messages(world: World) -> None:
    await channel_of(world).send("one", nonce=1)
    await channel_of(world).send("two", nonce=2)
    await channel_of(world).send("two")
    await channel_of(world).send("two")
    assert len(world.general.history()) == 4


async def test_a_lost_request_never_arrived(world: World) -> None:
    world.wire.lose_request = 1
    with pytest.raises(LostError):
        await channel_of(world).send("lost", nonce=1)
    assert world.general.history() == []


async def test_a_lost_answer_leaves_the_message_there_and_the_retry_finds_it(world: World) -> None:
    world.wire.lose_answer = 1
    with pytest.raises(LostError):
        await channel_of(world).send("there", nonce=1)
    await channel_of(world).send("there", nonce=1)
    assert len(world.general.history()) == 1


class AnswersWithAForm(Form):
    name = "answers-with-a-form"
    title = "Again"
    fields = (Field("text", "Text"),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        del answers
        if argument == "defer":
            await interaction.response.defer()
            interaction.response._response_type = None
        await interaction.response.send_modal(self.opened())


@pytest.mark.parametrize("argument", ["", "defer"])
async def test_a_form_in_answer_to_a_form_fails_the_test(world: World, argument: str) -> None:
    form = AnswersWithAForm()
    world.bot.forms[form.name] = form

    @world.bot.tree.command(name="again", description="opens a form")
    async def again(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(form.opened(argument))

    await world.bot.tree.sync()
    opened = await world.member.slash(world.general, "again")
    await world.member.submit_modal(opened, {"text": "hello"})
    assert FormRefusedError.__doc__
    assert any("Discord refuses" in fault for fault in world.faults.take())


@pytest.mark.parametrize("shelves", [starter.read])
async def test_within_at_once_presses_do_not_wait_for_each_other(world: World) -> None:
    async with at_once(world.env):
        first = await world.member.slash(world.general, "find", query="laser")
        second = await world.other.slash(world.general, "find", query="laser")
        assert not first.acknowledged
    assert "Best matches for “laser”" in words(seen(first))
    assert "Best matches for “laser”" in words(seen(second))


def test_bodies_are_written_one_a_line_where_a_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORD_BODIES", str(tmp_path / "bodies"))
    folder = record_folder()
    assert folder is not None
    wire = Wire(folder / "test.jsonl")
    wire.record("POST", "/channels/1/messages", {"content": "hello"})
    wire.record("GET", "/channels/1", None)
    lines = (folder / "test.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"method": "POST", "path": "/channels/1/messages", "body": {"content": "hello"}}
    ]
    monkeypatch.delenv("RECORD_BODIES")
    assert record_folder() is None
