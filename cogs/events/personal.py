"""What events keep about people, said and registered for `/privacy`."""

from __future__ import annotations

from bot.kit.privacy import PersonalData
from db import calendars
from db.events import personal

PERSONAL = PersonalData(
    name="events",
    kept="**Which events you said yes, maybe or no to**, what you were called then, and how you want to be reminded; "
    "everyone who sees an event sees who goes. **What you host or posted**, for as long as the event is kept, and "
    "whether you want to be asked afterwards. **What you put on an event's agenda**: its hosts read it, without your "
    "name where you wished so.",
    goes="your answers to events, your questions to their hosts, your reminders, and your place in their lines",
    stays="the events you posted",
    columns=personal.COLUMNS,
    export=personal.personal,
    delete=personal.forget,
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
