"""Cards of rounds: the sign-up card, the review of a draft, and what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import counted, listed, plain
from cogs.mentorship.cards.people import STRENGTHS, moment, reasons_shown, who

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from discord import ui

    from cogs.mentorship.service.opening import Counted
    from cogs.mentorship.service.reviewing import Progress, Review
    from db.mentorship import DraftPair, Member, Round

PAIRS_A_PAGE = 4
WAITING_A_PAGE = 8
DECLINED_SHOWN = 10


def sign_up(one: Round, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The card on which people sign up for a round."""
    places = f" There are {one.at_most} places." if one.at_most else ""
    words = (
        f"### Mentoring: {plain(one.name)} 🌱\nLearn from somebody who has run the machine, the room or the budget, "
        "or pass "
        f"on what you know. Pairs meet for {one.weeks} weeks, as often as suits them; an hour or two a month is enough."
        f"\n**Sign up until {moment(one.sign_up_until)}.**{places} Then I look who fits whom, the organizers look "
        "over it, and both of a pair are asked before anything begins."
    )
    return card(text(words), *rows(*buttons), text("-# What you press here only you see. Nobody is paired unasked."))


def opened(one: Round) -> ui.LayoutView:
    """A round is open."""
    return note(
        f"### {plain(one.name)} is open\nThe sign-up card goes into <#{one.channel_id}> now. When sign-up ends "
        f"{moment(one.sign_up_until)}, I tell you on your desk. You can look at a draft before that.",
        tone=Tone.DONE,
    )


def signed_up(one: Round, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A member signed up by one press."""
    return note(
        f"### You are in\nYou are signed up for **{plain(one.name)}** with what you said before. Sign-up ends "
        f"{moment(one.sign_up_until)}; then I write to you.",
        *buttons,
        tone=Tone.DONE,
    )


def ready(found: Counted, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """To organizers: sign-up is over."""
    words = (
        f"### Sign-up for {plain(found.round.name)} is over\n{_numbers(found)} The draft shows who fits whom, and why."
    )
    return card(text(words), *rows(*buttons), tone=Tone.ASK)


def _numbers(found: Counted) -> str:
    said = [counted(number, one) for number, one in ((found.mentors, "mentor"), (found.mentees, "mentee")) if number]
    return f"Signed up: {listed(said)}." if said else "Nobody has signed up yet."


def before_first_run(found: Counted, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A round without a draft."""
    until = f"Sign-up goes on until {moment(found.round.sign_up_until)}."
    words = f"### {plain(found.round.name)}\n{_numbers(found)} {until}"
    words += "\n**Make a draft** shows who fits whom. It sends nothing."
    return card(text(words), *rows(*buttons))


def review(
    seen: Review,
    page: int,
    of_pair: Callable[[DraftPair], Sequence[ui.Item[Any]]],
    buttons: Sequence[ui.Item[Any]],
    pager: Sequence[ui.Item[Any]],
    circle: bool = False,
) -> ui.LayoutView:
    """A page of a draft: pairs with their reasons, who waits and why, and what changed since the last run."""
    draft = seen.draft
    pairs = draft.pairs if draft else ()
    waiting = draft.waiting if draft else ()
    head = f"### Draft for {plain(seen.round.name)}\n{_summary(pairs, len(waiting))}"
    if draft and draft.changes and page == 0:
        changes = "\n".join(f"- {_named(change, seen)}" for change in draft.changes)
        head += f"\n**Since the last run**\n{changes}"
    if circle:
        head += "\nWith so few people a **circle** may be warmer than pairs: all meet together."
    parts: list[ui.Item[Any]] = [text(head)]
    for pair in pairs[page * PAIRS_A_PAGE : (page + 1) * PAIRS_A_PAGE]:
        wish = {"lock": " · Locked 🔒", "hand": " · By hand ✋"}.get(
            seen.wishes.get((pair.mentor_no, pair.mentee_no), ""), ""
        )
        wish += " · In a group 👥" if pair.grouped else ""
        couple = f"{who(seen.members.get(pair.mentor_no))} mentors {who(seen.members.get(pair.mentee_no))}"
        words = f"**{STRENGTHS[pair.strength]}** · {couple}{wish}\n{reasons_shown(pair.reasons)}"
        parts += [line(), text(words), row(*of_pair(pair))]
    first = (page - _first_waiting(len(pairs))) * WAITING_A_PAGE
    if waiting and first >= 0:
        shown = waiting[first : first + WAITING_A_PAGE]
        lines = [f"- {who(seen.members.get(number))}: {plain(why)}" for number, why in shown]
        parts += [line(), text("**Waiting for a match**\n" + "\n".join(lines))]
    pages = [row(*pager)] if pager else []
    return card(*parts, line(), *pages, *rows(*buttons))


def pages_of(seen: Review) -> int:
    """How many pages a draft has: its pairs, and on the last of them the first who wait; then the others who do."""
    if seen.draft is None:
        return 1
    further = -(-len(seen.draft.waiting) // WAITING_A_PAGE) - 1
    return _first_waiting(len(seen.draft.pairs)) + 1 + max(0, further)


def _first_waiting(pairs: int) -> int:
    """The page on which those who wait begin."""
    return max(0, -(-pairs // PAIRS_A_PAGE) - 1)


def _summary(pairs: Sequence[DraftPair], waiting: int) -> str:
    if not pairs and not waiting:
        return "Nobody could be looked at yet: it takes somebody who mentors and somebody who learns."
    said = [counted(len(pairs), "pair")] if pairs else []
    by_strength = [
        f"{number} {strength}" for strength in STRENGTHS if (number := sum(one.strength == strength for one in pairs))
    ]
    words = f"{listed(said)}: {', '.join(by_strength)}." if pairs else "No pair yet."
    return f"{words} {counted(waiting, 'person waits', 'people wait')} for a match." if waiting else words


def _named(change: str, seen: Review) -> str:
    return re.sub(r"\{(\d+)\}", lambda found: who(seen.members.get(int(found[1]))), change)


def progress(found: Progress, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """How a round goes; the reasons of those who said no are here, and nowhere else."""
    numbers = (
        (found.pairs, "pair is together", "pairs are together"),
        (found.asked["mentor"], "mentor is asked", "mentors are asked"),
        (found.asked["mentee"], "mentee is asked", "mentees are asked"),
        (len(found.waiting), "person waits for a match", "people wait for a match"),
    )
    said = [counted(number, one, many) for number, one, many in numbers if number]
    ended = found.round.closed_at is not None
    when = (
        f"Ended {moment(found.round.closed_at, 'D')}"
        if ended
        else f"Under way until {moment(found.round.ends_at, 'D')}"
    )
    words = f"### {plain(found.round.name)}\n{when}. {listed(said)}."
    parts: list[ui.Item[Any]] = [text(words.replace(". .", "."))]
    lines = []
    for one in found.declined[:DECLINED_SHOWN]:
        side = found.members.get(one.mentor_no if one.said_no == "mentor" else one.mentee_no)
        other = found.members.get(one.mentee_no if one.said_no == "mentor" else one.mentor_no)
        why = f": “{plain(one.why_not, 200)}”" if one.why_not else ", without a reason"
        lines.append(f"- {who(side)} said no to {who(other)}{why}")
    if lines:
        parts.append(text("**Said no** (only they and you see the reasons)\n" + "\n".join(lines)))
    return card(*parts, *rows(*buttons))


def approved(one: Round, sent: int, waiting: int) -> ui.LayoutView:
    """The proposals go out."""
    more = (
        f" {counted(waiting, 'person hears', 'people hear')} that they wait, and come first next time."
        if waiting
        else ""
    )
    words = (
        f"### {plain(one.name)} has begun\n{counted(sent, 'proposal')} go out now, to the mentors first.{more} Each "
        "has "
        "five working days; without an answer I ask the next best. You need not do anything."
    )
    return note(words.replace("1 proposal go out", "1 proposal goes out"), tone=Tone.DONE)


def by_hand(
    selects: Sequence[ui.Item[Any]], chosen: tuple[Member | None, Member | None], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """Choosing two people: the mentor, then the mentee."""
    mentor, mentee = (who(one) if one is not None else "not chosen yet" for one in chosen)
    said = f"**Mentor:** {mentor}\n**Mentee:** {mentee}"
    words = "### Pair by hand\nTwo who shall be together, whatever I think of it. Both are still asked."
    return card(text(words), *(row(one) for one in selects), text(said), *rows(*buttons), tone=Tone.ASK)


def before_closing(one: Round) -> str:
    """The words of the question before a round is closed."""
    if one.state == "open":
        return f"### Call off {plain(one.name)}?\nEverybody who signed up hears of it, and stays on the waitlist."
    return (
        f"### Bring {plain(one.name)} to its last week?\nProposals that wait for an answer end. Every pair is asked "
        "the last "
        "questions now, and ends in a week."
    )


def closed(one: Round) -> ui.LayoutView:
    """A round is closed."""
    words = "called off" if one.state == "off" else "in its last week"
    return note(f"### {plain(one.name)} is {words}\nEverybody whom it concerns hears of it from me.", tone=Tone.DONE)


def no_round(buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """No round is there."""
    return note(
        "### No round is open\nOpen one: I post a sign-up card, and tell you when it is time to look.", *buttons
    )
