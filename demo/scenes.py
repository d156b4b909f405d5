"""What there is in the simulated server when the demo opens: a community that lives, or an empty server to set up.

The people are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OWNER = "owner"
PRIVATE_CATEGORY = "Organizers"


@dataclass(frozen=True, slots=True)
class Scene:
    """A beginning. The visitor begins as the first of `people` and in the channel `first_place`.

    `people` are (key, name, part, color, what to try first), `said` (channel, person, hours ago, text); `categories`
    hold channels with their topics, `roles` a color for each part that has a role.
    """

    first_place: str
    people: tuple[tuple[str, str, str, str, str], ...]
    categories: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, int] = field(default_factory=dict)
    said: tuple[tuple[str, str, float, str], ...] = ()
    set_up: bool = False
    """Whether a manager has set the server up already."""
    forum: str = ""
    """The category in which the questions forum stands, if there is one."""
    closed: tuple[str, ...] = ()
    """Who takes no direct messages, as many do not: their settings or their school forbid it."""


LIVELY = Scene(
    first_place="resources",
    people=(
        (
            "kim",
            "Kim Tran",
            "new member",
            "#3f6fb5",
            "type /find laser in #resources, or press Going in #announcements.",
        ),
        ("rosa", "Rosa Alvarez", "organizer", "#a8552a", "open #organizers-desk and publish what members suggested."),
        ("sam", "Sam Whitfield", "mentor", "#2c7a74", "type /resource suggest in #resources."),
        ("nora", "Nora Lind", OWNER, "#7a4b9c", "type /find policy in #resources."),
        (
            "jo",
            "Jo Park",
            "mentor",
            "#8a6d1f",
            "type /mentor join in #mentoring: Jo takes no direct messages, so Benchmate writes elsewhere.",
        ),
    ),
    closed=("jo",),
    categories={
        "Welcome": {
            "start-here": "New to the server? Begin here.",
            "announcements": "What is coming up. Say whether you come with one press.",
            "introductions": "Who are you, where is your library, and what do you make there?",
        },
        "Library makerspaces": {
            "general": "Anything about making in libraries.",
            "resources": "Guides, lesson plans and policies. Type /find to search them.",
            "show-and-tell": "What came off your workbench this week?",
            "mentoring": "Learn from someone, or pass on what you know.",
        },
        PRIVATE_CATEGORY: {"organizers-desk": "Suggestions to look at. Only organizers see this channel."},
    },
    set_up=True,
    forum="Library makerspaces",
    roles={"organizer": 0xE0A03C, "mentor": 0x4FB0A5},
    said=(
        ("start-here", "rosa", 46.0, "Welcome to NOM Libraries! Say hello in {general}, and bring your questions."),
        ("start-here", "rosa", 45.9, "Looking for a guide or a policy? Go to {resources} and type `/find`."),
        ("general", "sam", 26.0, "Our laser cutter is open at last, and six staff members are badged."),
        ("general", "rosa", 25.5, "Congratulations! Would you share your checklist for the badge?"),
        ("general", "sam", 25.2, "Happy to. I will suggest it as a resource, so it does not get lost here."),
        ("show-and-tell", "sam", 20.0, "Vinyl-cut labels for our new picture book corner. The kids chose the animals."),
        ("announcements", "rosa", 12.0, "New here: events with buttons. Press **Going**, and I know you come."),
        (
            "general",
            "kim",
            0.6,
            "Hello! I just started at a small rural branch. We have one 3D printer and many ideas.",
        ),
        ("general", "sam", 0.4, "Welcome, Kim! Ask away, we all started with one printer."),
        ("resources", "rosa", 0.3, "Kim, try typing `/find` here. What helps you, **Save** for later."),
    ),
)

EMPTY = Scene(
    first_place="general",
    people=(
        ("nora", "Nora Lind", OWNER, "#7a4b9c", "type /setup start in #general."),
        ("kim", "Kim Tran", "new member", "#3f6fb5", "come back when Nora has set up the server."),
        ("sam", "Sam Whitfield", "new member", "#2c7a74", "come back when Nora has set up the server."),
    ),
    categories={"Text channels": {"general": ""}},
    said=(("general", "nora", 0.1, "A new server! I have invited Benchmate; let us see what it can do."),),
)
