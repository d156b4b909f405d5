"""What the welcome room keeps about people, said and registered for `/privacy`."""

from __future__ import annotations

from bot.kit.privacy import PersonalData
from db import welcome

PERSONAL = PersonalData(
    name="welcome",
    kept="**What you told the organizers**, with their answer, until 90 days after they dealt with it; also without "
    "your name I keep who you are, so that you can be answered. **That you were greeted**, so that it happens once. "
    "**That you are an organizer** and were here lately, so that members know who reads what they tell.",
    goes="what you told the organizers, as far as I keep it, that you were greeted, and that you are an organizer",
    stays="what you answered a member as an organizer",
    columns=("told.user_id", "told.answered_by", "told.settled_by", "greeting.user_id", "organizer.user_id"),
    export=welcome.personal,
    delete=welcome.forget,
)
"""What was told the organizers and by whom it was answered, who was greeted, and who looks after a server."""
