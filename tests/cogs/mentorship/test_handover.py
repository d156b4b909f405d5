"""What is taken away of mentoring: numbers of groups, and nothing that leads to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from db import guilds
from db.mentorship.tables import (
    member_table,
    pair_mentee_table,
    pair_table,
    round_member_table,
    round_table,
    topic_table,
)
from tests.bot.exporting.planting import GUILD, NOW, row_of
from tests.bot.exporting.reading import table, taken

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database


async def fill(database: Database, people: int) -> None:
    """A round with so many, the first of whom mentors the second, and another that was called off."""
    rows = {
        round_table: [
            row_of(round_table, round_id=1, name="Spring: first round", state="over"),
            row_of(round_table, round_id=2, name="Summer", state="off"),
        ],
        member_table: [
            row_of(
                member_table,
                member_no=number,
                user_id=number,
                mentors=number == 1,
                learns=number > 1,
                setting="public",
                paused="",
                reach="dm",
                left_at=None,
                waiting_since=None,
            )
            for number in range(1, people + 1)
        ],
        topic_table: [
            {"member_no": number, "side": "teach" if number == 1 else "learn", "topic": "laser-cutter"}
            for number in range(1, people + 1)
        ],
        round_member_table: [
            {"round_id": 1, "member_no": number, "signed_up_at": NOW} for number in range(1, people + 1)
        ],
        pair_table: [
            row_of(pair_table, pair_id=1, round_id=1, mentor_no=1, state="ended", how="finished", sort="pair")
        ],
        pair_mentee_table: [{"pair_id": 1, "member_no": 2, "left_at": None}],
    }
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
        for one, values in rows.items():
            await connection.execute(insert(one), values)


async def test_rounds_come_with_their_numbers(database: Database, tmp_path: Path) -> None:
    await fill(database, 7)
    folder = await taken(database, tmp_path / "out") / "mentoring"
    first, second = table(folder / "rounds.csv")
    assert (first["round"], first["state"], second["state"]) == ("Spring: first round", "over", "called off")
    assert [first[name] for name in ("signed up", "paired", "met", "finished")] == ["7", "2", "2", "2"]
    assert second["signed up"] == ""
    assert [path.name for path in (folder / "rounds").iterdir()] == ["1-spring-first-round.csv"]
    for file in (folder / "overview.csv", folder / "rounds/1-spring-first-round.csv"):
        rows = table(file)
        assert rows[0]["group"] == "Everybody"
        assert {row["group"]: row["signed up"] for row in rows}["Laser cutter"] == "7"


@pytest.mark.parametrize("people", [2, 4])
async def test_so_few_people_that_a_number_would_point_at_them_are_not_counted(
    database: Database, tmp_path: Path, people: int
) -> None:
    await fill(database, people)
    folder = await taken(database, tmp_path / "out") / "mentoring"
    assert [row["signed up"] for row in table(folder / "rounds.csv")] == ["", ""]
    assert table(folder / "overview.csv") == []
    assert table(folder / "rounds/1-spring-first-round.csv") == []


async def test_where_nobody_mentors_there_is_no_such_folder(database: Database, tmp_path: Path) -> None:
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, "NOM Libraries", NOW)
    assert not (await taken(database, tmp_path / "out") / "mentoring").exists()
