"""What was learned from answered questions: which words came with which tools, how often.

Each question that was learned from is kept with its traits, so that it can be unlearned to the last digit when its
answer is taken back or its text is deleted. The sums are what a suggestion reads: a few rows for each word of a text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)

from db.schema import metadata, of_guild

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

_AT_A_TIME = 500  # traits of a text that are looked up in one step

learned_table = Table(
    "question_learned",
    metadata,
    of_guild(key=True),
    Column("key", String(40), primary_key=True),
    Column("tools", JSON, nullable=False),
    Column("traits", JSON, nullable=False),
)

trait_table = Table(
    "question_trait",
    metadata,
    of_guild(key=True),
    Column("trait", String(40), primary_key=True),
    Column("tool", String(40), primary_key=True),
    Column("weight", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tool_table = Table(
    "question_tool",
    metadata,
    of_guild(key=True),
    Column("tool", String(40), primary_key=True),
    Column("weight", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
)

_ADD_TRAIT = text("""
    INSERT INTO question_trait (guild_id, trait, tool, weight, questions)
    VALUES (:guild, :trait, :tool, :weight, :times)
    ON CONFLICT (guild_id, trait, tool) DO UPDATE SET
        weight = question_trait.weight + excluded.weight, questions = question_trait.questions + excluded.questions
""")
_ADD_TOOL = text("""
    INSERT INTO question_tool (guild_id, tool, weight, questions) VALUES (:guild, :tool, :weight, :times)
    ON CONFLICT (guild_id, tool) DO UPDATE SET
        weight = question_tool.weight + excluded.weight, questions = question_tool.questions + excluded.questions
""")
_DROP_TRAIT = text(
    "DELETE FROM question_trait WHERE guild_id = :guild AND trait = :trait AND tool = :tool AND questions <= 0"
)
_DROP_TOOL = text("DELETE FROM question_tool WHERE guild_id = :guild AND tool = :tool AND questions <= 0")


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of some traits. `questions` counts a question once for each of its tools.

    `tools` holds the weight of all that was learned about a tool; `traits` for each known trait and tool its weight and
    in how many questions it was. Weights are hundredths.
    """

    questions: int = 0
    tools: Mapping[str, int] = field(default_factory=dict)
    traits: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)


async def learn(
    connection: AsyncConnection, guild_id: int, key: str, tools: Sequence[str], traits: Mapping[str, int]
) -> None:
    """Add a question's traits (weights in hundredths) to its tools, in place of what the same `key` said before."""
    await unlearn(connection, guild_id, key)
    if not tools or not traits:
        return
    values = {"guild_id": guild_id, "key": key, "tools": list(tools), "traits": dict(traits)}
    await connection.execute(insert(learned_table).values(values))
    await _add(connection, guild_id, tools, traits, 1)


async def unlearn(connection: AsyncConnection, guild_id: int, key: str) -> None:
    """Take back what was learned from a question; nothing happens where that is nothing."""
    here = (learned_table.c.guild_id == guild_id, learned_table.c.key == key)
    gone = delete(learned_table).where(*here).returning(learned_table.c.tools, learned_table.c.traits)
    row = (await connection.execute(gone)).first()
    if row is not None:
        await _add(connection, guild_id, row.tools, row.traits, -1)


async def _add(
    connection: AsyncConnection, guild_id: int, tools: Iterable[str], traits: Mapping[str, int], times: int
) -> None:
    """Add a question's weights to the sums or, with -1, take them away; a sum of no question goes."""
    for tool in tools:
        of_tool = {"guild": guild_id, "tool": tool, "times": times}
        rows = [of_tool | {"trait": trait, "weight": weight * times} for trait, weight in traits.items()]
        whole = of_tool | {"weight": sum(traits.values()) * times}
        await connection.execute(_ADD_TRAIT, rows)
        await connection.execute(_ADD_TOOL, whole)
        if times < 0:
            await connection.execute(_DROP_TRAIT, rows)
            await connection.execute(_DROP_TOOL, whole)


async def recall(connection: AsyncConnection, guild_id: int, traits: Iterable[str]) -> Learned:
    """What a server's answered questions say about these traits."""
    tools = await connection.execute(
        select(tool_table.c.tool, tool_table.c.weight, tool_table.c.questions).where(tool_table.c.guild_id == guild_id)
    )
    sums = {row.tool: (row.weight, row.questions) for row in tools}
    if not sums:
        return Learned()
    known: dict[str, dict[str, tuple[int, int]]] = {}
    wanted = list(traits)
    columns = trait_table.c
    for start in range(0, len(wanted), _AT_A_TIME):
        rows = await connection.execute(
            select(columns.trait, columns.tool, columns.weight, columns.questions).where(
                columns.guild_id == guild_id, columns.trait.in_(wanted[start : start + _AT_A_TIME])
            )
        )
        for trait, tool, weight, questions in rows:
            known.setdefault(trait, {})[tool] = (weight, questions)
    return Learned(sum(many for _, many in sums.values()), {tool: weight for tool, (weight, _) in sums.items()}, known)


async def learned_count(connection: AsyncConnection, guild_id: int) -> int:
    """From how many questions a server's suggestions were learned."""
    many = select(func.count()).select_from(learned_table).where(learned_table.c.guild_id == guild_id)
    return int((await connection.execute(many)).scalar_one())
