"""The ways into the other rooms: the buttons they answer to, and the wishes that their commands fulfil.

A test presses every button and looks up every command, so that none of them leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.setup import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.setup import Settings


def always(_settings: Settings) -> bool:
    """A door that every server has."""
    return True


def with_part(part: Part) -> Callable[[Settings], bool]:
    """For a door that only servers have where this part has a channel."""
    return lambda settings: part in settings.channels


def with_agreement(settings: Settings) -> bool:
    """For a door that only servers have whose organizers wrote an agreement."""
    return bool(settings.agreement)


@dataclass(frozen=True, slots=True)
class Door:
    """A button of another room: the custom_id it answers to, and what it is called here (20 characters at most).

    `where` says which servers have it, by what they set up: `always`, or `with_part(Part.MENTORING)`. `in_place` says
    that what it opens takes the card's place: such a button never stands on a panel for everyone. Lists are opened with
    `open:` and their name.
    """

    custom_id: str
    label: str
    emoji: str
    primary: bool = False
    in_place: bool = False
    where: Callable[[Settings], bool] = always


@dataclass(frozen=True, slots=True)
class Wish:
    """How "I want to" goes on, and the commands that do it; without any, a button below does."""

    words: str
    commands: tuple[str, ...]
    where: Callable[[Settings], bool] = always


def open_in(doors: Iterable[Door], settings: Settings) -> list[Door]:
    """The doors that a server has, in order."""
    return [door for door in doors if door.where(settings)]


ASK = Door("ask", "Ask a question", "❓", primary=True, where=with_part(Part.QUESTIONS))
OPEN_QUESTIONS = Door("open:waits", "Unanswered", "🙋", where=with_part(Part.QUESTIONS))
TURN = Door("question-turn", "Make it a question", "↪️", where=with_part(Part.QUESTIONS))
OLD_ANSWERS = Door("open:to-check", "Answers to check", "🦺", where=with_part(Part.QUESTIONS))
HELPERS = Door("open:helpers", "Help others", "🤲", where=with_part(Part.QUESTIONS))
NUMBERS = Door("open:q-numbers", "Questions in numbers", "📊", where=with_part(Part.QUESTIONS))
FIND = Door("find", "Find a resource", "🔎", primary=True)
SUGGEST = Door("suggest", "Suggest a resource", "💡")
COMING = Door("open:events", "What's coming up", "📅")
MY_CALENDAR = Door("calendar-mine", "My calendar", "🗓️")
SERVER_CALENDAR = Door("calendar-server", "Server's calendar", "🗓️")
CALENDARS = Door("calendars", "Bring in a calendar", "📥")
NEW_EVENT = Door("event-new", "New event", "➕")
SERIES = Door("event-series", "All series", "🔁")
EVENT_NEWS = Door("event-news", "Event news", "🔔")
INTRODUCE = Door("profile-edit", "Introduce myself", "👋")
PEOPLE = Door("people-find:", "Find people", "👥")
MENTOR = Door("mentor-start", "Find a mentor", "🌱", where=with_part(Part.MENTORING))
ROUND = Door("mentor-review:0", "Mentoring round", "🌱", where=with_part(Part.MENTORING))
NEW = Door("open:recent", "What is new", "🆕")
CLOSING = Door("open:closing", "By deadline", "📣")
SAVED = Door("open:saved", "My saved list", "🔖")
COLLECTIONS = Door("open:colls", "Collections", "📚")
LINKS = Door("open:links", "Links", "🔗")
IMPORTS = Door("imports", "Imports", "🗂️")
CHANGES = Door("open:setup-log", "Who changed what", "📜")
AGREEMENT = Door("agreement", "Our agreement", "🤝", where=with_agreement)
TELL = Door("tell-organizers", "Tell the organizers", "📨")
TOLD = Door("open:told", "Messages to us", "📨")
KEPT = Door("privacy-kept", "What is kept", "🔒")
REVIEW = Door("waiting", "Review", "📥", primary=True)
POINT = Door("catalogue-one", "Edit or remove", "✏️")
SET_UP = Door("setup-begin", "Set up", "🏗️")
SETTINGS = Door("setup-open", "Settings", "⚙️")
CHECK = Door("setup-check", "Check the setup", "🩺", in_place=True)
BRING = Door("setup-bring", "Bring your people", "✉️")

FOR_ALL = (
    *(ASK, FIND, OPEN_QUESTIONS, HELPERS, COMING, MY_CALENDAR, EVENT_NEWS, NEW, CLOSING, SAVED),
    *(SUGGEST, COLLECTIONS, INTRODUCE, PEOPLE, MENTOR, TELL, AGREEMENT, KEPT),
)
FOR_ORGANIZERS = (
    *(REVIEW, NEW_EVENT, SERIES, CALENDARS, SERVER_CALENDAR, ROUND, TOLD, OLD_ANSWERS),
    *(TURN, NUMBERS, POINT, COLLECTIONS, LINKS, IMPORTS, CHANGES),
)
FOR_MANAGERS = (SET_UP, SETTINGS, CHECK, BRING)
"""What `/help` shows to whom."""
ON_START = (ASK, FIND, COMING, SUGGEST, INTRODUCE, PEOPLE, MENTOR, TELL)
ON_DESK = (REVIEW, NEW_EVENT, ROUND, TOLD, OPEN_QUESTIONS, OLD_ANSWERS, LINKS, COLLECTIONS, PEOPLE, SETTINGS)
"""What the panels show, three to a row; the desk shows what comes next as well (bot/kit/upcoming.py)."""
ALL = tuple(dict.fromkeys((*FOR_ALL, *FOR_ORGANIZERS, *FOR_MANAGERS, *ON_START, *ON_DESK)))

WISHES = (
    Wish("ask a question", ("ask",), with_part(Part.QUESTIONS)),
    Wish("answer one that waits", ("question unanswered",), with_part(Part.QUESTIONS)),
    Wish("help others with the tools I know", ("question helpers",), with_part(Part.QUESTIONS)),
    Wish("say what answered mine", ("question answered", "question reopen"), with_part(Part.QUESTIONS)),
    Wish("find a guide, a lesson plan or a policy", ("find",)),
    Wish("see what is coming up, and say that I come", ("events",)),
    Wish("see what is new", ("resource recent",)),
    Wish("come back to what I saved", ("resource saved",)),
    Wish("share something that helped me", ("resource suggest",)),
    Wish("say who I am, and who sees it", ("profile edit", "profile view")),
    Wish("find people who know a tool", ("people",)),
    Wish("tell the organizers something, privately", ()),
    Wish("find a mentor, or be one", ("mentor join", "mentor status"), with_part(Part.MENTORING)),
    Wish("take a break from mentoring, or leave it", ("mentor pause", "mentor leave"), with_part(Part.MENTORING)),
    Wish("name people I would rather not be paired with", ("mentor exclude",), with_part(Part.MENTORING)),
    Wish("have my data, or delete it", ("privacy export", "privacy delete")),
)
ORGANIZERS_WISHES = (
    Wish("post an event, change it or call it off", ("event create", "event edit", "event cancel", "event template")),
    Wish("change a series, skip one of its dates, or end it", ("event series",)),
    Wish("see how quickly questions are answered", ("question overview",), with_part(Part.QUESTIONS)),
    Wish("bring in the calendar that we keep already", ("event import",)),
    Wish("open a mentoring round, or close it", ("mentorship open", "mentorship close"), with_part(Part.MENTORING)),
    Wish("see who fits whom, and pair them", ("mentorship review", "mentorship approve"), with_part(Part.MENTORING)),
    Wish("correct what a question is about", ("question retag",), with_part(Part.QUESTIONS)),
    Wish("decide about what waits", ("catalogue review",)),
    Wish("correct a resource, or take it out", ("catalogue edit", "catalogue remove")),
    Wish("see which links are broken", ("catalogue check-links",)),
    Wish("put resources into a list", ("catalogue collection",)),
    Wish("read resources from a file, or get them as one", ("catalogue import", "catalogue export")),
)
MANAGERS_WISHES = (
    Wish("set up channels and the organizers' role", ("setup start",)),
    Wish("see what is missing, and fix it", ("setup check",)),
    Wish("change what is set up", ("setup settings",)),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A card of `/help`: what one can do as a member, an organizer or a manager. `label` is on the button to it."""

    label: str
    heading: str
    wishes: tuple[Wish, ...]
    doors: tuple[Door, ...]


MEMBERS, ORGANIZERS, MANAGERS = "members", "organizers", "managers"
SECTIONS = {
    MEMBERS: Section("As a member", "I want to…", WISHES, FOR_ALL),
    ORGANIZERS: Section("As an organizer", "As an organizer, I want to…", ORGANIZERS_WISHES, FOR_ORGANIZERS),
    MANAGERS: Section("As a manager", "As a manager of the server, I want to…", MANAGERS_WISHES, FOR_MANAGERS),
}
"""By name, in order."""
