"""The calendars' benchmark measures what it says: the same bytes on both sides, and anew only after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import Calendar

from bench import calendar_speed

if TYPE_CHECKING:
    from pathlib import Path


async def test_both_sides_answer_with_the_same_bytes_until_something_changes(tmp_path: Path) -> None:
    async with calendar_speed.running(tmp_path, 20) as server:
        status, tag, ours, _ = await server.ours.ask(server.path)
        assert (status, len(Calendar.from_ical(ours).events)) == (200, 20)
        assert (await server.bare.ask("/whole"))[2] == ours
        assert (await server.ours.ask(server.path, tag))[0] == (await server.bare.ask("/unchanged"))[0] == 304
        await server.change()
        status, new, changed, _ = await server.ours.ask(server.path, tag)
        assert (status, new != tag, changed != ours) == (200, True, True)
        assert server.resident_mebibytes() > 10


async def test_there_is_a_line_for_each_figure() -> None:
    lines = await calendar_speed.measure((5, 20), 100)
    assert [line.limit for line in lines] == [None, None, None, 2.0, 3.0, 1.3, 2.0]
    assert [line.size.number for line in lines if line.size] == [5] * 3 + [20] * 3
    assert all(line.pair.theirs > 0 for line in lines if line.pair)
