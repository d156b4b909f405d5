from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.agreement import Accept, Read, agreed
from bot.kit.reactions import Confirm
from cogs.setup.views.agreeing import WriteText
from db import agreement, setup
from tests.cogs.setup.steps import Empty, choose, press
from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from simcord import MemberActor

TEXT = "Be kind.\nAsk before you share a patron's photo."
LINK = {"link": "https://makers.org/laser", "title": "Laser safety checklist", "text": "It saved my eyebrows."}


async def settings_card(empty: Empty, who: MemberActor | None = None) -> Any:
    who = who or empty.owner
    return await choose(who, seen(await who.slash(empty.general, "setup settings")), "What would you", "agreement")


async def write(empty: Empty, text: str = TEXT, way: str = "Use it", label: str = "Write it") -> Any:
    """The owner writes the agreement in the settings; what they see then."""
    form = await empty.owner.click(await settings_card(empty), custom_id="setup-agree-write")
    preview = seen(await empty.owner.submit_modal(form, {"text": text}))
    assert text in words(preview)
    return await press(empty.owner, preview, way)


async def preview_of(empty: Empty, who: MemberActor, **changed: str) -> Any:
    """A member's suggestion before it is sent."""
    form = await who.slash(empty.general, "resource suggest")
    return seen(await who.submit_modal(form, {**LINK, **changed}))


async def suggest(empty: Empty, who: MemberActor, **changed: str) -> Any:
    return await press(who, await preview_of(empty, who, **changed), "Send to organizers")


async def resources_waiting(empty: Empty) -> int:
    return await empty.world.bot.waiting["review"].count(empty.guild.id)


async def test_where_there_is_no_agreement_nothing_is_asked(empty: Empty) -> None:
    assert "Thank you" in words(await suggest(empty, empty.member))


async def test_a_member_accepts_it_once_and_what_they_wrote_goes_straight_on(empty: Empty) -> None:
    await write(empty)
    asked = await suggest(empty, empty.member)
    assert asked.ephemeral
    assert TEXT in words(asked)
    assert buttons(asked) == ["Accept", "Not now"]
    assert await resources_waiting(empty) == 0
    assert "Thank you" in words(await press(empty.member, asked, "Accept"))
    assert await resources_waiting(empty) == 1
    assert "Thank you" in words(await suggest(empty, empty.member, link="https://makers.org/b", title="Another one"))


async def test_not_now_brings_back_what_was_there_and_asks_again_later(empty: Empty) -> None:
    await write(empty)
    back = await press(empty.member, await suggest(empty, empty.member), "Not now")
    assert "Laser safety checklist" in words(back)
    assert "Accept" in buttons(await press(empty.member, back, "Send to organizers"))


async def test_a_form_that_posts_goes_on_with_all_that_was_typed_also_after_a_restart(empty: Empty) -> None:
    await write(empty)
    form = await empty.member.slash(empty.general, "profile edit")
    asked = seen(await empty.member.submit_modal(form, {"name": "Kim", "zone": "Chicago"}))
    assert TEXT in words(asked)
    kept = await press(empty.member, asked, "Not now")
    assert "Nothing was posted" in words(kept)
    again = await empty.member.click(kept, custom_id=custom_id(kept, "Open the form again"))
    assert "Kim" in str(again.modal)
    asked = seen(await empty.member.submit_modal(again, {"name": "Kim", "zone": "Chicago"}))
    await empty.world.restart()
    assert "step" in words(await press(empty.member, asked, "Accept")).casefold()
    assert "Kim" in words(seen(await empty.member.slash(empty.general, "profile view")))


async def test_a_refused_form_after_accepting_is_offered_again(empty: Empty) -> None:
    await write(empty)
    form = await empty.member.slash(empty.general, "profile edit")
    asked = seen(await empty.member.submit_modal(form, {"name": "Kim", "zone": "Nowhereville"}))
    refused = await press(empty.member, asked, "Accept")
    assert "do not know a time zone" in words(refused)
    again = await empty.member.click(refused, custom_id=custom_id(refused, "Open the form again"))
    assert "Nowhereville" in str(again.modal)


async def test_better_words_ask_nobody_again_and_a_new_demand_asks_everyone(empty: Empty) -> None:
    await write(empty)
    await press(empty.member, await suggest(empty, empty.member), "Accept")
    await write(empty, TEXT + " Always.", "Save the text")
    assert "Thank you" in words(await suggest(empty, empty.member, link="https://makers.org/b", title="B one"))
    await write(empty, TEXT + " No sales.", "Ask everyone again")
    assert "No sales" in words(await suggest(empty, empty.member, link="https://makers.org/c", title="C one"))


async def test_a_text_that_changed_while_it_was_read_is_shown_anew(empty: Empty) -> None:
    await write(empty)
    asked = await suggest(empty, empty.member)
    await write(empty, "No sales.", "Ask everyone again")
    newer = await press(empty.member, asked, "Accept")
    assert "No sales." in words(newer)
    assert await resources_waiting(empty) == 0
    assert "Thank you" in words(await press(empty.member, newer, "Accept"))


async def test_every_change_of_it_stands_in_the_log_and_it_can_be_done_without(empty: Empty) -> None:
    await write(empty)
    card = await settings_card(empty)
    back = await press(empty.owner, await press(empty.owner, card, "Do without it"), "Keep it")
    assert TEXT in words(back)
    settings = await press(empty.owner, await press(empty.owner, back, "Do without it"), "Do without it")
    assert "**Community agreement**: none" in words(settings)
    log = words(await press(empty.owner, settings, "Who changed what"))
    assert log.count("**Community agreement**") == 2
    assert "“Be kind." in log
    assert f"({len(TEXT)} characters) → none" in log
    assert "Thank you" in words(await suggest(empty, empty.member))


async def test_two_texts_that_begin_alike_are_two_texts(empty: Empty) -> None:
    await write(empty, "Be kind to each other, always. " * 9 + "People.")
    await write(empty, "Be kind to each other, always. " * 9 + "Robots.", "Save the text")
    assert (await empty.settings()).agreement.endswith("Robots.")
    assert empty.world.bot.servers.of(empty.guild.id).agreement.endswith("Robots.")


async def test_only_who_manages_the_server_writes_it(empty: Empty) -> None:
    card = await empty.public(WriteText())
    assert "Manage Server" in words(seen(await empty.member.click(card, custom_id="setup-agree-write")))
    form = await empty.manager.click(await settings_card(empty, empty.manager), custom_id="setup-agree-write")
    nothing = seen(await empty.manager.submit_modal(form, {"text": "***"}))
    assert "cannot find words" in words(nothing)
    assert not (await empty.settings()).agreement


async def test_whoever_deletes_their_data_is_asked_again(empty: Empty) -> None:
    await write(empty)
    await press(empty.member, await suggest(empty, empty.member), "Accept")
    asked = seen(await empty.member.slash(empty.general, "privacy delete"))
    assert "accepted the community's agreement" in words(asked)
    await press(empty.member, asked, "Delete it")
    async with empty.world.database.read() as connection:
        assert await agreement.accepted(connection, empty.guild.id, empty.member.id) == 0
        assert (await setup.get(connection, empty.guild.id)).agreement == TEXT


async def test_who_accepts_what_was_taken_away_or_written_anew_since_is_not_bound_by_the_old_words(
    empty: Empty,
) -> None:
    await write(empty)
    first = await suggest(empty, empty.member)
    form = await empty.owner.click(await settings_card(empty), custom_id="setup-agree-write")
    await press(empty.owner, seen(await empty.owner.submit_modal(form, {"text": "Newer words."})), "Ask everyone again")
    newer = await press(empty.member, first, "Accept")
    assert "Newer words." in words(newer)
    assert await resources_waiting(empty) == 0
    await press(empty.owner, await press(empty.owner, await settings_card(empty), "Do without it"), "Do without it")
    assert "Thank you" in words(await press(empty.member, newer, "Accept"))
    async with empty.world.database.read() as connection:
        assert await agreement.accepted(connection, empty.guild.id, empty.member.id) == 0


async def test_what_began_with_an_answer_is_asked_below_it_and_put_away_in_words(empty: Empty) -> None:
    async def late(interaction: Any, argument: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if await agreed(interaction, "late", argument):
            await interaction.followup.send("done", ephemeral=True)

    await write(empty)
    empty.world.bot.reactions["late"] = late
    asked = seen(await empty.member.click(await empty.public(Confirm("late", "1")), custom_id="confirm:late:1"))
    assert asked.ephemeral
    assert "kept for two weeks" in words(await press(empty.member, asked, "Not now"))
    assert "done" in str(await press(empty.member, await empty.public(Accept("1", "late", "1")), "Accept"))


async def test_where_nothing_was_written_there_is_nothing_to_accept(empty: Empty) -> None:
    shown = seen(await empty.member.click(await empty.public(Read()), custom_id="agreement"))
    assert "have written no agreement" in words(shown)
