"""What profiles keep about people, said and registered for `/privacy`."""

from __future__ import annotations

from bot.kit.privacy import PersonalData
from db import people

PERSONAL = PersonalData(
    name="people",
    kept="**Your profile**: what you wrote and chose there, until you change or delete it, so that people can find "
    "somebody who knows a tool; and when you were last listed or asked, so that it is not always the same ones.",
    goes="your profile and the tools in it",
    columns=("profile.user_id",),
    export=people.personal,
    delete=people.forget,
)
"""The profile and the tools in it."""
