"""Cards of proposals: to the mentor, to the mentee, the one reminder, questions that are carried, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, note, rows, text
from bot.kit.words import plain
from cogs.mentorship import terms
from cogs.mentorship.cards.people import about, moment, reasons_shown, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.answering import Shown
    from db.mentorship import Question

_WHY_MENTOR = "-# You get this because you offered to mentor. **/mentor pause** in the server takes a break."
_WHY_MENTEE = "-# You get this because you asked for a mentor. **/mentor pause** in the server takes a break."
_WITHOUT = {
    terms.MENTOR: "Without an answer I ask somebody else, and that is fine.",
    terms.MENTEE: "Without an answer the place goes to somebody else, and I take it that you need a break.",
}
"""What happens if the side that is asked says nothing."""


def proposal(
    shown: Shown, vocabulary: Vocabulary, server: str, buttons: Sequence[ui.Item[Any]], *, again: bool = False
) -> ui.LayoutView:
    """A proposal, for the side that is asked now."""
    for_mentor = shown.proposal.state == terms.MENTOR
    other = shown.other
    place = f" in {plain(server)}" if server else ""
    if for_mentor:
        head = f"### A mentee for you?\n{who(other)}{place} is looking for a mentor."
        if shown.proposal.grouped:
            head += (
                " Mentors are few this time, so this would be for a **group** of up to five with one thread for all."
            )
    else:
        head = f"### A mentor for you\n{who(other)}{place} would like to mentor you."
        if shown.proposal.grouped:
            head += " Mentors are few this time, so it is in a **group** of up to five with one thread for all."
    if again:
        head = f"{head}\nThis still waits for your answer. ⏰"
    parts = [text(head), text("\n".join(about(other, vocabulary, terms.MENTEE if for_mentor else terms.MENTOR)))]
    if shown.proposal.reasons:
        parts.append(text(f"**Why you two**\n{reasons_shown(shown.proposal.reasons)}"))
    answered = [one for one in shown.questions if one.answer and one.side == shown.proposal.state]
    if answered:
        told = [f"**You asked:** {plain(one.question, 300)}\n**Answer:** {plain(one.answer, 500)}" for one in answered]
        parts.append(text("\n".join(told)))
    closing = f"Please answer by {moment(shown.proposal.due_at, 'D')}. {_WITHOUT[shown.proposal.state]} "
    closing += "A no is fine as well; you need not say why."
    why = _WHY_MENTOR if for_mentor else _WHY_MENTEE
    return card(*parts, text(closing), *rows(*buttons), text(why), tone=Tone.ASK)


def accepted_by_mentor(shown: Shown) -> ui.LayoutView:
    """The mentor said yes."""
    thread = (
        "they come into your group's thread" if shown.proposal.grouped else "a private thread for the two of you opens"
    )
    return note(
        f"### Thank you!\nNow I ask {who(shown.mentee)}. When they say yes as well, {thread}, with an agenda for your "
        "first meeting.",
        tone=Tone.DONE,
    )


def accepted_by_both(shown: Shown) -> ui.LayoutView:
    """The mentee said yes, too."""
    whose = f"{who(shown.mentor)} and the group" if shown.proposal.grouped else who(shown.mentor)
    return note(
        f"### You have a mentor\nA private thread for you and {whose} is in the server in a moment. Find a date for "
        "your first meeting there; its agenda is waiting.",
        tone=Tone.DONE,
    )


def declined() -> ui.LayoutView:
    """Somebody said no."""
    return note(
        "### That is fine\nThank you for saying so. I look for somebody else, and the other is not told why.",
        tone=Tone.DONE,
    )


def asked(shown: Shown) -> ui.LayoutView:
    """A question is on its way."""
    return note(
        "### Your question is on its way\nI bring you the answer. The proposal waits until "
        f"{moment(shown.proposal.due_at, 'D')} "
        "at least, and its buttons above still work.",
        tone=Tone.DONE,
    )


def question(one: Question, shown: Shown, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A question, for the one who can answer it. A mentee does not learn who asks: they have not said yes yet."""
    if one.side == terms.MENTOR:
        head = "### Somebody who may mentor you asks\nThey would like to know this before they say yes or no."
    else:
        head = f"### {who(shown.mentee)} asks before they say yes"
    why = _WHY_MENTEE if one.side == terms.MENTOR else _WHY_MENTOR
    return card(text(head), text(f">>> {plain(one.question)}"), *rows(*buttons), text(why), tone=Tone.ASK)


def carried() -> ui.LayoutView:
    """An answer is on its way."""
    return note("### Thank you\nI have passed your answer on.", tone=Tone.DONE)


def answer(one: Question, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The answer to one's question, with the proposal's buttons."""
    words = f"### The answer to your question\n**You asked:** {plain(one.question)}\n**Answer:** {plain(one.answer)}"
    why = "-# You get this because you asked before saying yes. **/mentor pause** in the server takes a break."
    return card(text(f"{words}\n{why}"), *rows(*buttons), tone=Tone.ASK)


def settled(words: str) -> ui.LayoutView:
    """Something is settled."""
    return note(words, tone=Tone.DONE)


_NEWS = {
    "paused": "### A break for you\nTwo proposals passed without an answer, so I have paused you: mentees should not "
    "wait "
    "for somebody who has no time now. No harm done. Press **I am back** whenever you like.",
    "lapsed": "### Your place in line is kept\nA mentor was found for you, and their proposal passed without an "
    "answer. I "
    "have paused you, so that nobody else waits in vain. Press **I am back**, and I look for somebody again.",
    "waiting": "### Waiting for a match\nNobody who fits has room just now. You need not do anything: as soon as "
    "somebody "
    "does, I ask them, and those who waited come first in the next round.",
    "not-now": "### This one did not come about\nThe mentee you said yes to has chosen otherwise, or something "
    "changed on "
    "the way. It says nothing about you. Your place is free again, and I write when somebody fits.",
    "ended": "### Your mentoring pair has ended\nThe other had to end it. That happens, and it is nobody's fault. Your "
    "thread stays for you to read.",
    "no-circle": "### The circle did not come about\nNobody else had time for it. You stay on the waitlist: when "
    "somebody fits, I ask.",
    "off": "### The round was called off\nThe organizers have closed the round you signed up for. You stay on the "
    "waitlist: "
    "when somebody fits, I ask.",
    "back": "### Your break ends today\nYou can be paired again from now on. If it is too early, press **Pause "
    "longer**.",
}
_MORE = {
    "mentee": " I am looking for somebody else for you already.",
    "mentor": " I write when somebody else fits.",
}
NEWS = frozenset(_NEWS)


def news(what: str, buttons: Sequence[ui.Item[Any]], *, mentee: bool = False) -> ui.LayoutView:
    """What changed for a member."""
    more = _MORE["mentee" if mentee else "mentor"] if what == "ended" else ""
    why = "-# You get this because you take part in mentoring. **/mentor leave** ends that."
    return card(text(f"{_NEWS[what]}{more}"), *rows(*buttons), text(why))
