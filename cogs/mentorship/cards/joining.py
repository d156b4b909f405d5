"""Cards for one's own side: joining, where one stands, pausing, leaving, and with whom one would rather not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import listed, plain
from cogs.mentorship.cards.people import about, moment, subjects_named, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.mentorship.service.joining import Standing
    from cogs.mentorship.service.saying import Said
    from db.mentorship import Member, Round

SEEN_BY = (
    "-# Who is proposed to you sees what you say here, and so do organizers. Whoever runs me could read it in the "
    "database. **/mentor leave** ends it, **/privacy delete** deletes it."
)


def joining(
    said: Said, vocabulary: Vocabulary, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """The first card: the four things that are required, and how to be reached."""
    head = "### Mentoring\nFour things are needed: your side, topics, goal and time zone. Three minutes, and I keep "
    head += "each step, so you can come back later."
    goal = f"**Your goal:** {plain(said.goal)}" if said.goal else "**Your goal:** not said yet; press **My goal**."
    lines = [goal]
    if said.wants and said.learns:
        lines.append(f"**Want to learn:** {subjects_named(vocabulary, said.wants)}")
    if said.teaches and said.mentors:
        lines.append(f"**Can teach:** {subjects_named(vocabulary, said.teaches)}")
    missing = said.missing()
    ready = f"Still missing: {listed(missing)}." if missing else "That is all I need. The rest helps, and can wait."
    return card(
        text(head),
        *(row(one) for one in selects),
        text("\n".join(lines)),
        text(ready),
        *rows(*buttons),
        text(SEEN_BY),
        tone=Tone.ASK if missing else Tone.DONE,
    )


def details(said: Said, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The second card: what is not required."""
    words = (
        "### A few details\nAll of it is optional; each one helps me to find somebody who fits. A **small or rural** "
        "library counts as well: your profile says so (**Introduce myself**, or **/profile edit**)."
    )
    if said.employer:
        words += (
            f"\nYour library: **{plain(said.employer)}**. I do not pair you with a colleague unless you both wish it."
        )
    return card(text(words), *(row(one) for one in selects), *rows(*buttons), tone=Tone.PLAIN)


def joined(member: Member, signed: Round | None, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """One has joined."""
    if signed is not None:
        next_ = (
            f"You are signed up for **{plain(signed.name)}**. Sign-up ends {moment(signed.sign_up_until)}; then "
            "the "
            "organizers look at who fits whom, and I write to you."
        )
    elif member.learns:
        next_ = "There is no round open now, so you are on the waitlist: as soon as somebody fitting has room, I ask."
    else:
        next_ = "There is no round open now. As soon as somebody fits, I ask you whether you would take them."
    ways = {"dm": "a direct message", "private": "a private thread in this server"}
    reach = f"I reach you by {ways[member.reach.value]}, and only about mentoring."
    return note(
        f"### You are in\n{next_}\n{reach} **/mentor pause** and **/mentor leave** are always there.",
        *buttons,
        tone=Tone.DONE,
    )


def standing(stand: Standing, vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Where one stands."""
    member = stand.member
    parts: list[ui.Item[Any]] = [text("### Where you stand"), text("\n".join(about(member, vocabulary)))]
    lines = []
    if member.paused:
        until = f" until {moment(member.paused_until, 'D')}" if member.paused_until else ""
        lines.append(f"You are paused{until}: I propose nobody to you. ⏸️")
    lines += [f"Signed up for **{plain(one.name)}**, {_round_state(one)}. 📝" for one in stand.rounds]
    for one in stand.proposals:
        mine = one.mentor_no if one.state == "mentor" else one.mentee_no
        if mine == member.member_no:
            lines.append(
                f"A proposal waits for your answer until {moment(one.due_at, 'D')}. It is in my message to you. 📬"
            )
        elif one.mentor_no == member.member_no:
            lines.append("You said yes to a mentee; they have not answered yet. ⏳")
        else:
            lines.append("I am asking somebody whether they would mentor you. ⏳")
    for pair in stand.pairs:
        others = listed([who(stand.others.get(number)) for number in pair.people if number != member.member_no])
        thread = f" in <#{pair.thread_id}>" if pair.thread_id else ""
        lines.append(f"You and {others}{thread}. Next check-in: {moment(stand.next_check_ins[pair.pair_id], 'D')}. 🤝")
    busy = bool(stand.proposals) or any(member.member_no in pair.mentees for pair in stand.pairs)
    if member.learns and member.waiting_since is not None and not busy:
        lines.append(f"Waiting for a match since {moment(member.waiting_since, 'D')}. You need not do anything. 🪑")
    if not lines:
        lines.append("Nothing waits for you. I write when there is something.")
    return card(*parts, line(), text("\n".join(lines)), *rows(*buttons))


def _round_state(one: Round) -> str:
    if one.state == "open":
        return f"open until {moment(one.sign_up_until)}"
    return f"under way until {moment(one.ends_at, 'D')}"


def not_in(buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """One has not joined."""
    return note(
        "### Mentoring\nYou have not joined yet. Learn from somebody who has run the machine, the room or the "
        "budget, or "
        "pass on what you know. It takes three minutes.",
        *buttons,
    )


def pausing(select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """For how long."""
    words = (
        "### Take a break\nI propose nobody to you meanwhile, and proposals that wait for you go to somebody else. A "
        "pair "
        "you are in goes on, without check-ins to you. For how long?"
    )
    return card(text(words), row(select), *rows(*buttons), tone=Tone.ASK)


def paused(member: Member, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """One is paused."""
    until = f"until {moment(member.paused_until, 'D')}" if member.paused_until else "until you come back"
    return note(f"### You are paused\nI propose nobody to you {until}. Enjoy the break.", *buttons, tone=Tone.DONE)


def back(buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """One has come back."""
    return note("### Welcome back\nYou can be paired again from now on.", *buttons, tone=Tone.DONE)


def left() -> ui.LayoutView:
    """One has left."""
    return note(
        "### You have left mentoring\nThank you for having been part of it. Whoever was paired with you hears it "
        "kindly. "
        "What you said is kept so that you can come back with **/mentor join**; **/privacy delete** deletes it.",
        tone=Tone.DONE,
    )


BEFORE_LEAVING = (
    "### Leave mentoring?\nProposals that wait for you go to somebody else. A pair you are in ends, and the other "
    "hears it "
    "kindly. With **/mentor pause** you only take a break."
)


def excluding(excluded: Sequence[int], parts: Sequence[ui.Item[Any]], *, together: bool = False) -> ui.LayoutView:
    """Whom one would rather not be paired with; only they see it."""
    names = "\n".join(f"{place}. <@{user}>" for place, user in enumerate(excluded, 1)) or "You have named nobody."
    words = (
        "### Rather not paired with\nI never propose the people below to you, nor you to them. I show this to nobody "
        "but "
        "you, not to organizers either, and no reason I give lets it show. Whoever runs me could read it in the "
        "database."
    )
    more = (
        "\n-# You are in a pair with them now. **Find me someone else** in your last check-in, or **/mentor leave**, "
    )
    ending = f"{more}ends it without blame." if together else ""
    return card(text(words), text(names + ending), *(row(one) for one in parts))
