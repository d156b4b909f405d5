from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import discord
import pytest
from discord import app_commands, ui
from discord.utils import utcnow
from sqlalchemy import text, update

from bot.client import Benchmate
from bot.client.bot import MAX_RATELIMIT_WAIT_S
from bot.kit.buttons import PersistentButton
from bot.kit.cards import note
from bot.kit.errors import UserError
from bot.kit.forms import Field, Form
from db.commands import command_tree_table
from tests.kit.world import TOOLS, buttons, custom_id, make_bot, seen, words

if TYPE_CHECKING:
    from simcord import InteractionResult

    from db.engine import Database
    from tests.kit.world import World

REFERENCE = re.compile(r"\b[0-9A-F]{8}\b")
NO_MESSAGE = (5, 6, 9)  # types of answers to an interaction: two that come later, and a form
TYPED = "the only copy of these words"


async def fail(interaction: discord.Interaction[Any], how: str) -> None:
    """Fail in one of the ways a room can."""
    bot = interaction.client
    assert isinstance(bot, Benchmate)
    if how == "storage":
        async with bot.database.read() as connection:
            await connection.execute(text("DELETE FROM draft"))  # readers may not write
    if how == "words":
        raise UserError("There is no such shelf. Try another one.")
    if how == "late":
        await interaction.response.send_message("too late")
    if how == "deferred":
        await interaction.response.defer(ephemeral=True)
    if how == "signature":
        raise app_commands.CheckFailure
    raise ZeroDivisionError(f"nobody thought of {how}")


class Fragile(PersistentButton, template=r"test-fragile:([a-z]+)"):
    """A button whose press fails."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(ui.Button(label="Press me", custom_id=f"test-fragile:{how}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await fail(interaction, self.how)


class FragileForm(Form):
    """A form whose answer fails."""

    name: ClassVar[str] = "test-fragile"
    title: ClassVar[str] = "Fragile"
    fields: ClassVar[tuple[Field, ...]] = (Field("text", "Anything"),)

    async def received(self, interaction: discord.Interaction[Any], argument: str, answers: dict[str, str]) -> None:
        assert answers == {"text": TYPED}
        await fail(interaction, argument)


@app_commands.command(name="test-fail", description="Fails")
async def fail_command(interaction: discord.Interaction[Any], how: str) -> None:
    await fail(interaction, how)


@app_commands.command(name="test-button", description="Shows a button that fails")
async def button_command(interaction: discord.Interaction[Any], how: str) -> None:
    await interaction.response.send_message(view=note("Here.", Fragile(how)))


@app_commands.command(name="test-form", description="Opens a form that fails")
async def form_command(interaction: discord.Interaction[Any], how: str) -> None:
    await interaction.response.send_modal(FragileForm().opened(how))


class WithFragileRoom(Benchmate):
    """Benchmate with one room more, in which everything fails."""

    async def setup_hook(self) -> None:
        self.tree.add_command(fail_command)
        self.tree.add_command(button_command)
        self.tree.add_command(form_command)
        self.add_dynamic_items(Fragile)
        self.forms[FragileForm.name] = FragileForm()
        await super().setup_hook()

    async def on_typing(self, *_: object) -> None:
        raise ZeroDivisionError("nobody thought of typing")


@pytest.fixture
async def fragile(world: World) -> World:
    """The community, with a bot in which everything fails."""
    await world.env.restart_bot(WithFragileRoom(world.database, clock=utcnow, vocabulary=TOOLS))
    return world


def sent(world: World) -> int:
    """How often the commands were sent."""
    return sum(count for request, count in world.wire.requests.items() if re.fullmatch(r"PUT .*/commands", request))


def the_bot(world: World) -> Benchmate:
    bot = world.env.bot
    assert isinstance(bot, Benchmate)
    return bot


async def test_the_commands_are_sent_once_and_not_again_after_restarts(world: World) -> None:
    assert sent(world) == 1
    await world.restart()
    await world.restart()
    assert sent(world) == 1
    assert "find" in words(seen(await world.member.slash(world.general, "find", query="zzqqx"))).casefold()


async def test_the_commands_are_sent_again_when_they_have_changed(world: World) -> None:
    await world.env.restart_bot(WithFragileRoom(world.database, clock=utcnow, vocabulary=TOOLS))
    assert sent(world) == 2
    await world.restart()
    assert sent(world) == 3


async def test_the_commands_are_sent_again_when_others_were_sent_last(world: World) -> None:
    async with world.database.write() as connection:
        await connection.execute(update(command_tree_table).values(tree_hash="0" * 64))
    await world.restart()
    assert sent(world) == 2
    await world.restart()
    assert sent(world) == 2


async def test_a_command_is_mentioned_as_a_real_link_also_after_a_restart(world: World) -> None:
    numbers = {command.name: command.id for command in await the_bot(world).tree.fetch_commands()}
    before = the_bot(world).mention("resource saved")
    assert before == f"</resource saved:{numbers['resource']}>"
    await world.restart()
    assert the_bot(world).mention("resource saved") == before
    assert the_bot(world).mention("find") == f"</find:{numbers['find']}>"


async def test_a_command_discord_does_not_know_is_mentioned_by_its_name(world: World) -> None:
    assert the_bot(world).mention("nothing like it") == "**/nothing like it**"


async def test_no_message_can_ping_anybody(fragile: World) -> None:
    """Discord pings whom `allowed_mentions` lets it; the bodies as they go over the wire say: nobody."""
    await fragile.member.slash(fragile.general, "test-fail", how="words")
    shown = await fragile.member.slash(fragile.general, "test-button", how="deferred")
    await fragile.member.click(seen(shown), custom_id=custom_id(seen(shown), "Press me"))
    channel = the_bot(fragile).get_channel(fragile.general.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(f"@everyone <@{fragile.other.id}>")
    fragile.faults.take()
    bodies = [
        request.json.get("data", request.json)
        for request in fragile.env.http_requests
        if request.method == "POST" and isinstance(request.json, dict) and request.json.get("type") not in NO_MESSAGE
    ]
    assert len(bodies) == 4
    assert {str(body.get("allowed_mentions")) for body in bodies} == {"{'parse': []}"}


async def test_no_privileged_intent_is_asked_for_and_no_member_is_kept(world: World) -> None:
    intents = the_bot(world).intents
    assert [name for name, wanted in intents if wanted] == ["guilds", "guild_messages", "guild_scheduled_events"]
    assert [guild.chunked for guild in the_bot(world).guilds] == [False]


async def test_a_wait_that_discord_asks_for_is_bounded(database: Database) -> None:
    assert make_bot(database).http.max_ratelimit_timeout == MAX_RATELIMIT_WAIT_S == 60


async def test_what_opens_web_addresses_is_one_for_all_rooms_and_closed_with_the_bot(database: Database) -> None:
    bot = Benchmate(database, clock=utcnow, vocabulary=TOOLS)
    fetcher = bot.fetcher
    assert bot.fetcher is fetcher
    await bot.close()
    with pytest.raises(RuntimeError, match="closed"):
        await fetcher.fetch("https://makers.org/")


async def cause(world: World, where: str, how: str) -> InteractionResult:
    """What comes of failing in that way in a command, a button or a form."""
    if where == "command":
        return await world.member.slash(world.general, "test-fail", how=how)
    shown = await world.member.slash(world.general, f"test-{where}", how=how)
    if where == "button":
        return await world.member.click(seen(shown), custom_id=custom_id(seen(shown), "Press me"))
    return await world.member.submit_modal(shown, {"text": TYPED})


WHERE = pytest.mark.parametrize("where", ["command", "button", "form"])


@WHERE
@pytest.mark.parametrize("how", ["anything", "deferred"])
async def test_an_unknown_fault_gives_the_member_a_number_that_is_in_the_log_with_the_traceback(
    fragile: World, where: str, how: str
) -> None:
    answer = seen(await cause(fragile, where, how))
    assert answer.ephemeral
    (number,) = REFERENCE.findall(words(answer))
    assert "it is not your doing" in words(answer)
    assert "ZeroDivisionError" not in words(answer)
    assert "nobody thought of" not in words(answer)
    (record,) = fragile.faults.records
    assert number in record.getMessage()
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ZeroDivisionError)
    assert record.exc_info[2] is not None
    assert TYPED not in record.getMessage()
    fragile.faults.take()


@WHERE
async def test_a_fault_of_the_storage_gives_the_member_words_of_its_own(fragile: World, where: str) -> None:
    answer = seen(await cause(fragile, where, "storage"))
    assert "I can read my notebook but not write in it right now." in words(answer)
    (number,) = REFERENCE.findall(words(answer))
    (logged,) = fragile.faults.take()
    assert number in logged
    assert "cannot be written" in logged


@WHERE
async def test_what_a_member_can_put_right_is_told_as_it_is_and_is_no_fault(fragile: World, where: str) -> None:
    answer = seen(await cause(fragile, where, "words"))
    assert words(answer) == "There is no such shelf. Try another one."
    assert answer.ephemeral
    assert fragile.faults.take() == []


@pytest.mark.parametrize("where", ["command", "button", "form"])
async def test_an_answer_that_discord_no_longer_takes_is_a_warning_and_no_fault(
    fragile: World, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    shown = None if where == "command" else await fragile.member.slash(fragile.general, f"test-{where}", how="late")
    fragile.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction")
    if shown is None:
        await fragile.member.slash(fragile.general, "test-fail", how="late")
    elif where == "button":
        await fragile.member.click(seen(shown), custom_id=custom_id(seen(shown), "Press me"))
    else:
        await fragile.member.submit_modal(shown, {"text": TYPED})
    assert fragile.faults.take() == []
    assert "Discord no longer took the answer" in caplog.text


async def test_what_was_typed_into_a_form_that_failed_is_offered_again(fragile: World) -> None:
    answer = seen(await cause(fragile, "form", "anything"))
    fragile.faults.take()
    assert buttons(answer) == ["Open the form again"]
    again = await fragile.member.click(answer, custom_id=custom_id(answer, "Open the form again"))
    assert TYPED in str(again.modal)


async def test_a_check_that_fails_is_told_in_words(fragile: World) -> None:
    answer = seen(await cause(fragile, "command", "signature"))
    assert "works only inside a server" in words(answer)
    assert fragile.faults.take() == []


async def test_a_fault_in_a_listener_is_logged_and_the_bot_goes_on(fragile: World) -> None:
    await fragile.member.typing(fragile.general)
    the_bot(fragile).dispatch("typing")
    await fragile.env.settle()
    (logged,) = fragile.faults.take()
    assert "The listener on_typing failed nobody thought of typing" in logged
    assert "shelf" in words(seen(await cause(fragile, "command", "words")))


async def test_a_button_of_an_old_card_works_after_a_restart(fragile: World) -> None:
    card = seen(await fragile.member.slash(fragile.general, "test-button", how="words"))
    await fragile.env.restart_bot(WithFragileRoom(fragile.database, clock=utcnow, vocabulary=TOOLS))
    answer = seen(await fragile.other.click(card, custom_id=custom_id(card, "Press me")))
    assert "There is no such shelf" in words(answer)


async def test_what_is_known_of_the_commands_is_kept_for_each_application(world: World, database: Database) -> None:
    async with database.read() as connection:
        rows = (await connection.execute(command_tree_table.select())).all()
    assert [row.application_id for row in rows] == [the_bot(world).application_id]
    assert rows[0].command_ids["find"] > 0
