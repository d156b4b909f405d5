from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit.world import buttons, custom_id, seen, words

if TYPE_CHECKING:
    from tests.kit.world import World


async def test_a_brand_finds_its_tool(world: World) -> None:
    answer = await world.member.slash(world.general, "find", query="Glowforge smells")
    assert answer.ephemeral
    print(words(seen(answer)))
    print(buttons(seen(answer)))
    assert "laser" in words(seen(answer)).lower()
