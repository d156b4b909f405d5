"""What the catalogue keeps about people, said and registered for `/privacy`."""

from __future__ import annotations

from bot.kit.privacy import PersonalData
from db.resources import personal

PERSONAL = PersonalData(
    name="resources",
    kept="**What you saved**, with your notes, until you take it off your list; only you are shown it. **What you "
    "suggested or reported**, and for organizers what they reviewed, collected or imported, for as long as the "
    "catalogue is kept, so that somebody can be asked about it.",
    goes="what you saved, your notes, and what you suggested that was never published",
    stays="what was published, collected or imported",
    columns=personal.COLUMNS,
    export=personal.personal,
    delete=personal.forget,
)
"""Saved, suggested, reported, reviewed, collected, imported."""
