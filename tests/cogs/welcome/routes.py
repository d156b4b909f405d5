"""How every command's use is reached with buttons alone: from which panel, and what is pressed on the way.

A room with a new command adds its line; the last press opens a form or shows a card. They are walked in this order.
What belongs to one question begins at the card in its post (QUESTION).
"""

from __future__ import annotations

from db.setup import Part

HELP = "What can you do?"
START, DESK, QUESTION = Part.START, Part.DESK, Part.QUESTIONS
ROUND = "Mentoring round"

ROUTES: dict[str, tuple[Part, tuple[str, ...]]] = {
    "help": (START, (HELP,)),
    "find": (START, ("Find a resource",)),
    "resource suggest": (START, ("Suggest a resource",)),
    "resource recent": (START, (HELP, "What is new")),
    "resource saved": (START, (HELP, "My saved list")),
    "profile edit": (START, ("Introduce myself",)),
    "profile view": (START, ("Find people", "My profile")),
    "people": (START, ("Find people",)),
    "privacy export": (START, (HELP, "What is kept", "My data")),
    "privacy delete": (START, (HELP, "What is kept", "Delete my data")),
    "events": (START, ("What's coming up",)),
    "event create": (DESK, ("New event",)),
    "event edit": (START, ("What's coming up", "Open", "Edit")),
    "event cancel": (START, ("What's coming up", "Open", "Call it off")),
    "event series": (DESK, (HELP, "All series")),
    "event import": (DESK, (HELP, "Bring in a calendar")),
    "event template": (DESK, ("New event", "Change a template")),
    "ask": (START, ("Ask a question",)),
    "question unanswered": (START, (HELP, "Unanswered")),
    "question helpers": (START, (HELP, "Help others")),
    "question overview": (DESK, (HELP, "Questions in numbers")),
    "question retag": (QUESTION, ("Change tools",)),
    "question answered": (QUESTION, ("Mark as answer",)),
    "question reopen": (QUESTION, ("Open it again",)),
    "mentor join": (START, ("Find a mentor",)),
    "mentorship open": (DESK, (ROUND, "Open a round")),
    "mentor status": (START, ("Find a mentor",)),
    "mentor pause": (START, ("Find a mentor", "Take a break")),
    "mentor exclude": (START, ("Find a mentor", "Rather not with…")),
    "mentor leave": (START, ("Find a mentor", "Leave mentoring")),
    "mentorship review": (DESK, (ROUND,)),
    "mentorship approve": (DESK, (ROUND, "Approve")),
    "mentorship overview": (DESK, (ROUND, "Overview")),
    "mentorship close": (DESK, (ROUND, "Close this round")),
    "catalogue review": (DESK, ("Review",)),
    "catalogue edit": (DESK, (HELP, "Edit or remove")),
    "catalogue remove": (DESK, (HELP, "Edit or remove")),
    "catalogue collection": (DESK, ("Collections",)),
    "catalogue check-links": (DESK, ("Links",)),
    "catalogue import": (DESK, (HELP, "Imports", "Choose a file")),
    "catalogue export": (DESK, (HELP, "Imports")),
    "setup start": (DESK, (HELP, "As a manager", "Set up")),
    "setup check": (DESK, (HELP, "As a manager", "Check the setup")),
    "setup settings": (DESK, ("Settings",)),
}
