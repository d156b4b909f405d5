"""What the setup keeps about people, said and registered for `/privacy`."""

from __future__ import annotations

from bot.kit.privacy import PersonalData
from db import setup

PERSONAL = PersonalData(
    name="setup",
    kept="**What you set up or changed** as a manager of the server, as long as the server is set up, so that "
    "organizers can see who changed what.",
    goes="your name on what you set up or changed",
    stays="what you set up, and what was changed in the settings",
    columns=("setup.set_up_by", "setup.making_by", "setup_change.by"),
    export=setup.personal,
    delete=setup.forget,
)
"""Who set the server up, and who changed which setting."""
