"""Exports: the whole catalogue or a part of it, as files that come back as they were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cogs.resources.formats import read
from cogs.resources.service import Exporting
from tests.cogs.resources.files import bring_in, content, export, many
from tests.cogs.resources.steps import find
from tests.kit.world import TOOLS, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_an_export_is_private_and_named_by_its_day(world: World) -> None:
    card = await export(world, "csv")
    name, data = await content(world, card)
    assert card.ephemeral
    assert "100 resources" in words(card)
    assert name == f"benchmate-catalogue-{world.env.now():%Y-%m-%d}.csv"
    assert data.startswith(b"\xef\xbb\xbftitle,link,")


async def test_an_export_can_be_narrowed_to_a_kind_and_a_tool_with_what_is_narrower(world: World) -> None:
    _, data = await content(world, await export(world, "json", kind="policy"))
    assert {each["type"] for each in json.loads(data)} == {"policy"}
    _, data = await content(world, await export(world, "json", tool="laser-cutter"))
    narrower = {"laser-cutter", *(tool.slug for tool in TOOLS.narrower("laser-cutter"))}
    found = json.loads(data)
    assert found
    assert all(narrower.intersection(each["subject"]) for each in found)


async def test_where_nothing_fits_or_the_tool_is_unknown_it_says_so(world: World) -> None:
    await find(world, world.member, "policy")
    assert "nothing to export" in words(await export(world, "csv", kind="opportunity"))
    assert "do not know that tool" in words(await export(world, "csv", tool="teleporter"))


async def test_tools_are_offered_while_typing(world: World) -> None:
    offered = await world.organizer.autocomplete(world.general, "catalogue export", "tool", "glow")
    assert [choice["value"] for choice in offered] == ["laser-cutter"]


async def test_what_is_too_large_for_discord_comes_in_parts_that_hold_it_all(world: World) -> None:
    await bring_in(world, many(60))
    total, files = await world.bot.service(Exporting).export(world.guild.id, "bib", limit=20_000)
    assert len(files) > 1
    assert all(len(data) <= 20_000 for _, data in files)
    assert files[0][0].endswith(f"-part-1-of-{len(files)}.bib")
    links = {entry.link for name, data in files for entry in read(data, name, vocabulary=TOOLS).entries}
    assert len(links) == total == 160
