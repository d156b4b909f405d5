"""What questions keep about people, said and registered for `/privacy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.privacy import PersonalData
from db import questions

if TYPE_CHECKING:
    from cogs.questions.service import Keeping
    from db.engine import AsyncConnection


def personal_data(keeping: Keeping) -> PersonalData:
    """Questions, answers, and what helpers offered; `keeping` lets the index and the cards follow a deletion."""

    async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
        await keeping.forget(connection, await questions.forget(connection, guild_id, user_id))

    return PersonalData(
        name="questions",
        kept="**What you asked and answered**: your questions and the answers of yours that were marked, so that the "
        "next person finds them; what you marked as an answer; and, if you are a helper, for which tools and when you "
        "may be asked, and what you were asked.",
        goes="title and text of what you asked and nobody answered, and what you said about helping",
        stays="questions that were answered, and answers",
        columns=questions.COLUMNS,
        export=questions.personal,
        delete=forget,
    )
