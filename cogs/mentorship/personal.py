"""What mentoring keeps about people, said and registered for `/privacy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.privacy import PersonalData
from db.mentorship import personal

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import AsyncConnection


def personal_data(clock: Clock) -> PersonalData:
    """What is kept, with the clock by which those hear of it whom a deletion leaves alone."""

    async def forget(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
        await personal.forget(connection, guild_id, user_id, clock())

    return PersonalData(
        name="mentorship",
        kept="**Your mentoring**: what you said when you joined, proposals and your answers, with whom you were "
        "paired, "
        "what you said in check-ins and at the end, for as long as you take part and until you delete it. **Whom you "
        "would rather not be paired with** is shown to nobody but you, not to organizers either, and to no reason it "
        "can be seen from; whoever runs me could read it in the database.",
        goes="what you said in mentoring, your sign-ups, proposals, check-ins and last words; a pair you are in ends",
        stays="that a pair was there and how it ended",
        columns=personal.COLUMNS,
        export=personal.personal,
        delete=forget,
    )
