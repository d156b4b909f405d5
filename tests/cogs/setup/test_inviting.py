from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.cards import TEXT_LIMIT
from bot.kit.permissions import USED
from cogs.setup import qr
from cogs.setup.cards.inviting import bring
from tests.cogs.setup.steps import press, set_up
from tests.kit.world import components, custom_id, seen, words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty


async def bring_people(empty: Empty) -> Any:
    return await press(empty.owner, await set_up(empty), "Bring your people")


def only_invite(empty: Empty) -> Any:
    (invite,) = empty.guild.invites()
    return invite


async def test_the_link_does_not_expire_and_stands_in_the_card_and_in_the_text(empty: Empty) -> None:
    card = await bring_people(empty)
    invite = only_invite(empty)
    assert (invite.max_age, invite.max_uses) == (0, 0)
    assert invite.channel_id == empty.guild.channels["start-here"].id
    said = words(card)
    assert said.count(invite.code) >= 3
    for part in ("What is Discord, in five lines", "How to join", "Only @mentions", "first name, library and place"):
        assert part in said
    assert "Begin in #start-here." in said


async def test_the_qr_code_is_a_picture_with_alternative_text(empty: Empty) -> None:
    card = await bring_people(empty)
    (gallery,) = [part for part in components(card) if part["type"] == 12]
    (item,) = gallery["items"]
    assert "QR code that leads to the server Oak County Makers" in item["description"]
    assert only_invite(empty).code in item["description"]
    (file,) = card.attachments
    assert file.filename == "invitation.png"


async def test_the_same_link_is_shown_the_second_time(empty: Empty) -> None:
    card = await bring_people(empty)
    again = seen(await empty.manager.slash(empty.general, "setup settings"))
    shown = seen(await empty.manager.click(again, custom_id=custom_id(again, "Bring your people")))
    assert only_invite(empty).code in words(shown)
    assert only_invite(empty).code in words(card)


async def test_a_link_that_was_taken_back_is_made_anew(empty: Empty) -> None:
    await bring_people(empty)
    old = only_invite(empty).code
    empty.env.backend.delete_invite(old)
    again = seen(await empty.owner.slash(empty.general, "setup settings"))
    shown = words(await press(empty.owner, again, "Bring your people"))
    assert only_invite(empty).code != old
    assert only_invite(empty).code in shown


async def test_without_the_permission_it_says_which_and_how_to_do_it_by_hand(empty: Empty) -> None:
    done = await set_up(empty)
    allowed = USED
    empty.bot_may(type(allowed)(allowed.value & ~1))
    empty.env.backend.edit_role(empty.guild.id, empty.guild.id, {"permissions": 1 << 10})
    await empty.env.settle()
    said = words(await press(empty.owner, done, "Bring your people"))
    assert "**Create Invite**" in said
    assert "set it to never expire" in said
    assert empty.guild.invites() == []


def test_the_picture_is_a_png_of_a_size_that_phones_read() -> None:
    png = qr.picture("https://discord.gg/abcdefghij")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width == height
    assert width >= 300
    assert qr.picture("https://discord.gg/abcdefghik") != png


@given(st.text(max_size=100))
def test_whatever_the_server_is_called_the_card_fits(name: str) -> None:
    view = bring(name, "https://discord.gg/abcdefghij", "start-here")
    texts = [part for part in view.walk_children() if isinstance(part, ui.TextDisplay)]
    assert sum(len(part.content) for part in texts) <= TEXT_LIMIT
    letter = texts[-1].content
    assert letter.count("```") == 2
    assert "works on your own phone as well." in letter
