"""What events keep about people, said and registered for `/privacy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kit.privacy import PersonalData
from cogs.events.service.following import keep_in_step, look_at_line
from db import calendars, events
from db.events import personal

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from db.engine import AsyncConnection

_KEPT = (
    "**Which events you said yes, maybe or no to**, what you were called then, and how you want to be reminded; "
    "everyone who sees an event sees who goes. **What you host or posted**, for as long as the event is kept, and "
    "whether you want to be asked afterwards. **What you put on an event's agenda**: its hosts read it, without your "
    "name where you wished so."
)
CALENDARS = PersonalData(
    name="calendars",
    kept="**Your calendar's link**, if you asked for one: not the link itself, only what it takes to recognize it. It "
    "leads to the events you said yes to, until you stop it. **Which calendars you brought in** as an organizer, as "
    "long as they are followed.",
    goes="your calendar's link, which leads nowhere from then on",
    stays="the calendars you brought in",
    columns=calendars.COLUMNS,
    export=calendars.personal,
    delete=calendars.forget,
)


def personal_data(clock: Clock) -> PersonalData:
    """What is kept, how it is listed, and how it is deleted: the cards say so in a few seconds, and lines go on."""

    async def delete(connection: AsyncConnection, guild_id: int | None, user_id: int) -> None:
        now = clock()
        named = await events.naming(connection, guild_id, user_id, now)
        await personal.forget(connection, guild_id, user_id)
        for event in named:
            await keep_in_step(connection, event, now)
            if event.plan.places is not None:
                await look_at_line(connection, event, now, now)

    return PersonalData(
        name="events",
        kept=_KEPT,
        goes="your answers to events, your questions to their hosts, your reminders, and your place in their lines",
        stays="the events you posted",
        columns=personal.COLUMNS,
        export=personal.personal,
        delete=delete,
    )
