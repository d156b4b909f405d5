from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.upcoming import Upcoming
from db.setup import Part
from tests.cogs.welcome.test_panels import panel, stand
from tests.kit.world import words

if TYPE_CHECKING:
    from tests.cogs.setup.steps import Empty

NEXT = "Laser night, in two hours"


def comes(house: Empty, *, hours: float, words: str = NEXT, name: str = "events") -> None:
    """A room has something that comes in so many hours, and lasts one."""
    starts_at = house.world.bot.clock() + timedelta(hours=hours)
    coming = Upcoming(starts_at, words, starts_at + timedelta(hours=1))

    async def ask(guild_id: int) -> Upcoming | None:
        assert guild_id == house.guild.id
        return coming if house.world.bot.clock() < coming.until else None

    house.world.bot.upcoming[name] = ask


async def test_the_desk_says_what_comes_next_the_earliest_first(house: Empty) -> None:
    comes(house, hours=5, words="Mentoring opens")
    comes(house, hours=2, name="rounds")
    await stand(house)
    desk = words(panel(house, Part.DESK))
    assert "**What comes next**" in desk
    assert desk.index(NEXT) < desk.index("Mentoring opens")


async def test_what_is_over_leaves_the_desk_by_itself(house: Empty) -> None:
    comes(house, hours=2)
    await stand(house)
    await house.env.advance_time(3 * 3600)
    await stand(house)
    assert "comes next" not in words(panel(house, Part.DESK))


async def test_a_room_that_is_behind_is_not_asked_for_ever(house: Empty) -> None:
    starts_at = house.world.bot.clock() - timedelta(days=1)

    async def ask(_guild_id: int) -> Upcoming:
        return Upcoming(starts_at, NEXT, starts_at)

    house.world.bot.upcoming["events"] = ask
    await stand(house)
    assert NEXT in words(panel(house, Part.DESK))
    await house.env.advance_time(24 * 3600)
    assert await house.world.bot.delivery.run_due() <= 2


async def test_where_nothing_comes_nothing_is_said(house: Empty) -> None:
    await stand(house)
    assert "comes next" not in words(panel(house, Part.DESK))
