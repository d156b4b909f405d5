"""Cards of pairs: the agenda of the first meeting, check-ins, the last questions, and what organizers hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, rows, text
from bot.kit.words import listed, plain
from cogs.mentorship import terms
from cogs.mentorship.cards.people import moment, subjects_named, who
from db.mentorship.values import ACTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.meeting import Together
    from db.mentorship import Member

_WHY = "-# You get this because you are in a mentoring pair. **/mentor pause** in the server takes a break."


def agenda(
    together: Together, vocabulary: Vocabulary, weeks: Sequence[int], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """The first card in a pair's thread: who is who, and what to talk about first, from their own goals."""
    names = listed([who(one) for one in together.people])
    head = f"### Welcome, {names}\nThis thread is yours: nobody else is in it, unless you call an organizer in. "
    head += "Discord lets those who manage threads here look into it."
    points = ["**Your first meeting, about 45 minutes**", "1. Who are you, and how did you come to making? (10 min)"]
    points += [f"2. What {who(one)} wants to reach (15 min): “{plain(one.goal, 300)}”" for one in together.mentees]
    mentor = together.mentor
    if mentor is not None:
        both = [slug for one in together.mentees for slug in one.wants if slug in mentor.teaches]
        offers = subjects_named(vocabulary, list(dict.fromkeys(both)) or mentor.teaches)
        points.append(f"3. What {who(mentor)} can bring (10 min): {offers}. “{plain(mentor.goal, 300)}”")
    points += [
        "4. One small thing to try until you meet again (5 min)",
        "5. How often, how long, and by which way? What stays between you? (5 min)",
    ]
    ways = set.intersection(*(set(one.ways) for one in together.people)) if together.people else set()
    if ways:
        named = terms.labels(vocabulary, [term.slug for term in terms.WAYS if term.slug in ways])
        points.append(f"-# You all like to meet by: {listed([name.lower() for name in named], 'or')}.")
    zones = list(dict.fromkeys(one.zone for one in together.people))
    if len(zones) > 1:
        points.append(f"-# You live by {listed([terms.zone_named(zone) for zone in zones])}.")
    ends = moment(together.pair.ends_at, "D")
    how = f"-# I ask each of you how it goes in weeks {listed([str(week) for week in weeks])}, and at the end, {ends}."
    return card(text(head), line(), text("\n".join(points)), text(how), *rows(*buttons))


def check_in(together: Together, asked: int, week: int, server: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A check-in, for one of a pair."""
    others = listed([who(one) for one in together.others(asked)])
    thread = f" Your thread is <#{together.pair.thread_id}>." if together.pair.thread_id else ""
    place = f" ({plain(server)})" if server else ""
    if week == 1:
        words = f"### Do you have a date?\nYou and {others}{place}: do you have a date for your first meeting?{thread}"
    else:
        words = f"### How is it going?\nYou and {others}{place}, week {week}: have you met lately?{thread}"
    more = "-# Organizers hear of it only where help is needed, or where two of these go by without a word."
    return card(text(words), *rows(*buttons), text(more), text(_WHY), tone=Tone.ASK)


_SAID = {
    "date": "### Great\nEnjoy your first meeting. I ask again next week.",
    "no-date": "### Then this is the moment\nWrite two times that suit you into your thread; the rest follows by "
    "itself.",
    "met": "### Glad to hear it\nI will not disturb you before the next check-in.",
    "not-yet": "### That happens\nWrite two times that suit you into your thread. If it does not work out between you, "
    "**Find me someone else** ends it without blame.",
    "help": "### The organizers know\nSomebody writes to you soon. They hear only that you asked for help.",
}


def said(answer: str, together: Together, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """What one said is kept."""
    thread = f"\nYour thread: <#{together.pair.thread_id}>" if together.pair.thread_id else ""
    return note(f"{_SAID[answer]}{thread}", *buttons, tone=Tone.DONE)


def parted(*, mentee: bool) -> ui.LayoutView:
    """One ended a pair."""
    more = (
        "I am looking for somebody else for you." if mentee else "Your place is free, and I write when somebody fits."
    )
    words = f"### That is fine\nYour pair has ended. The other hears it kindly, and not why. {more}"
    return note(words, tone=Tone.DONE)


BEFORE_PARTING = (
    "### Find somebody else?\nIt ends this pair without blame: the other hears that it has ended, not why, and both of "
    "you can be paired anew."
)


def for_organizers(
    together: Together, kind: str, buttons: Sequence[ui.Item[Any]], by: int | None = None
) -> ui.LayoutView:
    """What organizers hear of a pair: `quiet`, `help`, `call` or `no-thread`."""
    names = listed([who(one) for one in together.people])
    asker = who(next((one for one in together.people if one.member_no == by), None))
    met = f" They met first {moment(together.pair.met_at, 'D')}." if together.pair.met_at else ""
    words = {
        "no-thread": f"### A thread could not be opened\nThe pair of {names} has no thread yet: I need a text "
        "channel in "
        "which I may **Create Private Threads** and **Send Messages in Threads**. **/setup check** shows what is "
        "missing; "
        "once it is there, the thread opens by itself.",
        "quiet": f"### Not heard from\nTwo check-ins went by without a word in the pair of {names}.{met} A kind "
        "message "
        "often helps; perhaps life came in between. Each check-in says beforehand that you hear of it then.",
        "help": f"### A pair asks for help\n{asker} says that the pair of {names} needs help. Please write to them; "
        "I have "
        "told them that somebody will.",
        "call": f"### Somebody is called into a thread\n{asker} asks an organizer into the thread of {names}. "
        "**Join the thread** lets you in; the two see that you came.",
    }
    return card(text(words[kind]), *rows(*buttons), tone=Tone.ASK)


def closing(together: Together, asked: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The last questions, for one of a pair."""
    others = listed([who(one) for one in together.others(asked)])
    over = together.pair.state != ACTIVE
    words = (
        f"### {'One last thing' if over else 'Your last week'}\nYour time with {others} {'ended' if over else 'ends'} "
        f"{moment(together.pair.ended_at or together.pair.ends_at, 'D')}. Four short questions help the "
        "next round: what worked, what did not, would you do it again, and may we quote you without a name?"
    )
    more = (
        "-# Organizers read your answers without your name, together with all others; where few answer they may guess."
    )
    return card(text(words), *rows(*buttons), text(more), text(_WHY), tone=Tone.ASK)


def closed() -> ui.LayoutView:
    """One has answered the last questions."""
    return note("### Thank you\nThat helps whoever comes next.", tone=Tone.DONE)


def came(member: Member) -> ui.LayoutView:
    """The word in the thread of a group or circle about somebody who came in after its first card."""
    goal = f" Their goal: “{plain(member.goal, 300)}”" if member.goal else ""
    words = f"### Welcome, {who(member)}\nYou are one more now.{goal}"
    return note(f"{words}\nThe first card in this thread says how to begin.")


def left() -> ui.LayoutView:
    """The line in the thread of a group or circle that somebody has left."""
    return note("One of you has left, which happens and is nobody's fault. You others go on as before.")


def thanks(together: Together) -> ui.LayoutView:
    """The note that stays in a pair's thread."""
    names = listed([who(one) for one in together.people])
    met = f" You met first {moment(together.pair.met_at, 'D')}." if together.pair.met_at else ""
    return note(
        f"### Thank you, {names}\nYour time as a mentoring pair is over.{met} What you gave each other stays; so "
        "does this "
        "thread, closed, for you to read. You can of course go on as you like. **/mentor join** is there for the next "
        "time.",
        tone=Tone.DONE,
    )
