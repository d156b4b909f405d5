"""What each kind of message is to whoever gets it: whether it asks them for something, and whether they wanted it."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """Why a message comes."""

    ASKS = "asks"
    """The bot asks a person for something, of itself."""
    WISHED = "wished for"
    """A person asked for just this: pressed **Remind me** or **Tell me**, stands in line, is in a mentoring round."""
    CARRIED = "carried"
    """One person's words to another, carried by the bot."""
    STANDS = "stands"
    """A card that stands where everyone looks it up: an event, a post, a panel, a sign-up."""
    TELLS = "tells"
    """News for those who are concerned, without a question in it."""
    DESK = "for the desk"
    """For the organizers, in their own channel."""


SORTS = {
    "question-ask": Sort.ASKS,
    "question-solved": Sort.ASKS,
    "mentor-check-in": Sort.ASKS,
    "mentor-closing": Sort.ASKS,
    "event-after": Sort.ASKS,
    "event-own-reminder": Sort.WISHED,
    "event-told": Sort.WISHED,
    "reading-reminder": Sort.WISHED,
    "suggestion-decided": Sort.WISHED,
    "mentor-proposal": Sort.WISHED,
    "mentor-proposal-again": Sort.WISHED,
    "mentor-circle": Sort.WISHED,
    "mentor-news": Sort.WISHED,
    "suggestion-question": Sort.CARRIED,
    "mentor-question": Sort.CARRIED,
    "mentor-answer": Sort.CARRIED,
    "told-answer": Sort.CARRIED,
    "event-card": Sort.STANDS,
    "question-post": Sort.STANDS,
    "question-rest": Sort.STANDS,
    "question-card": Sort.STANDS,
    "question-link-back": Sort.STANDS,
    "question-leads-to": Sort.STANDS,
    "question-led-here": Sort.STANDS,
    "start-panel": Sort.STANDS,
    "desk-panel": Sort.STANDS,
    "mentor-round": Sort.STANDS,
    "mentor-agenda": Sort.STANDS,
    "event-reminder": Sort.TELLS,
    "greeting": Sort.TELLS,
    "question-thanks": Sort.TELLS,
    "mentor-thanks": Sort.TELLS,
    "mentor-joined": Sort.TELLS,
    "mentor-left": Sort.TELLS,
    "suggestion": Sort.DESK,
    "question-desk": Sort.DESK,
    "question-desk-list": Sort.DESK,
    "mentor-ready": Sort.DESK,
    "mentor-quiet": Sort.DESK,
    "mentor-help": Sort.DESK,
    "mentor-call": Sort.DESK,
    "mentor-no-thread": Sort.DESK,
    "event-asked": Sort.DESK,
    "event-trouble": Sort.DESK,
    "calendar-trouble": Sort.DESK,
    "delivery-trouble": Sort.DESK,
    "delivery-away": Sort.DESK,
    "told": Sort.DESK,
}
"""Every kind that draws a card, by its name; a test finds the one that is missing."""
