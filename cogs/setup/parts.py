"""The parts a community may have: what each is for, what its channel is called, and who may write there."""

from __future__ import annotations

from dataclasses import dataclass

from db.setup import Part


@dataclass(frozen=True, slots=True)
class About:
    """A part as people meet it. `topic` stands at the head of its channel.

    `forum` says that it is a forum and not a text channel, `read_only` that only organizers and Benchmate write there,
    `private` that only they see it, `basic` that every community wants it.
    """

    part: Part
    label: str
    channel: str
    use: str
    topic: str
    basic: bool = False
    forum: bool = False
    read_only: bool = False
    private: bool = False


PARTS = (
    About(
        Part.START,
        "Start here",
        "start-here",
        "the first thing newcomers see: what this is, and buttons for what they want to do",
        "New here? Begin with this.",
        basic=True,
        read_only=True,
    ),
    About(
        Part.ANNOUNCEMENTS,
        "Announcements",
        "announcements",
        "news and events; only organizers write there, so nothing gets lost",
        "News and events, from the organizers.",
        basic=True,
        read_only=True,
    ),
    About(
        Part.QUESTIONS,
        "Questions",
        "questions",
        "a forum with a post for each question and a tag for each tool, so that answers are found again",
        "Ask anything about your makerspace. Choose the tool as a tag, so that the right people see it.",
        basic=True,
        forum=True,
    ),
    About(
        Part.INTRODUCTIONS,
        "Introductions",
        "introductions",
        "where people say who they are, and in which library",
        "Who are you, where is your library, and what do you make there?",
        basic=True,
    ),
    About(
        Part.SHOW,
        "Show and tell",
        "show-and-tell",
        "pictures of what people have made, and what went wrong on the way",
        "What came off your workbench? Pictures welcome, failures too.",
        basic=True,
    ),
    About(
        Part.RESOURCES,
        "Resources",
        "resources",
        "a place to talk about guides, lesson plans and policies, and to look for them",
        "Guides, lesson plans and policies. Type /find to search them.",
    ),
    About(
        Part.MENTORING,
        "Mentoring",
        "mentoring",
        "where mentoring rounds are announced; pairs talk in private threads below it",
        "Learn from someone, or pass on what you know.",
    ),
    About(
        Part.DESK,
        "Organizers' desk",
        "organizers-desk",
        "where suggestions and what needs a decision arrive; only organizers and Benchmate see it",
        "What waits for the organizers. Only organizers and Benchmate see this channel.",
        basic=True,
        private=True,
    ),
)
"""In the order in which they are made and shown."""

BY_PART = {about.part: about for about in PARTS}
BASIC = frozenset(about.part for about in PARTS if about.basic)
ROLE_NAME = "Organizer"


def about(part: Part) -> About:
    """What is known of a part."""
    return BY_PART[part]
