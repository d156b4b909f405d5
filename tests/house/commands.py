"""All commands and menus there are, and who may use them; written as in cases.py, with what is typed behind."""

from __future__ import annotations

from tests.house.cases import anyone, managers, organizers, some

COMMANDS = (
    *managers("setup start", "setup check", "setup settings"),
    *organizers(
        "catalogue review",
        "catalogue edit < resource={resource}",
        "catalogue remove < resource={resource}",
        "catalogue check-links",
        "catalogue import",
        "catalogue export < format=csv",
        "catalogue collection",
        "catalogue collection < name=Mine;add={resource}",
        "event create < template=talk",
        "event series",
        "event import",
        "event template < template=talk",
        "mentorship open < name=Mine;until=2026-03-01",
        "mentorship review",
        "mentorship approve",
        "mentorship close",
        "mentorship overview",
        "question overview",
    ),
    *some("host", ("member", "other"), "event edit < event={event}", "event cancel < event={event}"),
    *anyone(
        "shows what all may see, or what is one's own",
        "help",
        "find < query=laser",
        "events",
        "people",
        "profile view < member=@member",
        "resource recent",
        "resource saved",
        "question unanswered",
        "question helpers",
        "mentor status",
        "privacy export",
    ),
    *anyone(
        "begins something of one's own",
        "ask",
        "resource suggest",
        "profile edit",
        "mentor join",
        "mentor pause",
        "mentor leave",
        "mentor exclude < member=@member",
        "privacy delete",
    ),
    *anyone(
        "works in a question's post only, by the rules of its buttons",
        "question answered",
        "question reopen",
        "question retag",
    ),
)
MENUS = {
    "Mark as answer": "works in a question's post only, by the rules of its buttons",
    "Turn into a question": "",
    "Save as resource": "everyone may suggest what stands in a message they see",
}
"""Message menus, and why everyone may; empty where only who wrote the message and organizers may."""
COMPLETED = (
    ("event edit", "event"),
    ("event cancel", "event"),
    ("catalogue edit", "resource"),
    ("catalogue remove", "resource"),
    ("catalogue collection", "add"),
    ("catalogue collection", "name"),
    ("find", "query"),
)
"""What is offered while somebody types, out of what the server has; the rest is from the tool vocabulary."""
FROM_THE_VOCABULARY = {("find", "tool"), ("people", "tool"), ("ask", "tool"), ("question unanswered", "tool")}
FROM_THE_VOCABULARY |= {("catalogue export", "tool")}
