"""Who may mark an answer, change it, or take it back. Plain rules over plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.errors import NotAllowedError, UserError

if TYPE_CHECKING:
    from db.questions import Question


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who wants to mark an answer: their number, and what they are here."""

    user_id: int
    organizer: bool = False
    helper: bool = False

    def asked(self, question: Question) -> bool:
        """Whether it is their own question; nobody else's is one whose asker is forgotten."""
        return question.asker_id is not None and question.asker_id == self.user_id


def require_marker(question: Question, who: Who, author_id: int | None) -> None:
    """Raise NotAllowedError unless they may say what answers the question; `author_id` wrote what they point at."""
    if who.asked(question) or who.organizer or who.helper or (author_id is not None and author_id == who.user_id):
        return
    raise NotAllowedError(
        "The person who asked can mark this, whoever wrote it, helpers and organizers. To become a helper, use "
        "**/question helpers**."
    )


def require_changer(question: Question, who: Who) -> None:
    """Raise unless they may put another answer in the place of the one there is.

    The asker has the last word. Without it, whoever marked it and organizers may.
    """
    answer = question.answer
    if answer is None or who.asked(question):
        return
    if answer.asker_chose and question.asker_id is not None:
        raise UserError("The person who asked chose the answer themselves. If another one is better, tell them here.")
    if not (who.organizer or answer.marked_by == who.user_id):
        raise UserError(
            "Somebody has marked an answer already; you find it on the card of this post. The person who asked has "
            "the last word: if yours is better, tell them here."
        )


def require_opener(question: Question, who: Who) -> None:
    """Raise NotAllowedError unless they may say that an answered question is open again."""
    answer = question.answer
    if who.asked(question) or who.organizer or (answer and not answer.asker_chose and answer.marked_by == who.user_id):
        return
    raise NotAllowedError("Only the person who asked and organizers can open this again.")


def require_keeper(question: Question, who: Who) -> None:
    """Raise NotAllowedError unless they may change what a question is about."""
    if not (who.asked(question) or who.organizer):
        raise NotAllowedError(
            "Only the person who asked and organizers can change this. Write in the post what you would change."
        )
