"""Cards of **Tell the organizers**, as the member sees them: before it is sent, sent, and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, note, row, rows, text
from bot.kit.words import clip, counted, listed, plain
from db.delivery import Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from cogs.welcome.readers import Readers
    from db.welcome import Told

SHOWN = 300
"""Characters of a member's own words that are shown with the answer."""
CARETAKER = "Whoever runs me could find it in my database, with who you are"


def quoted(words: str) -> str:
    """What somebody wrote, as a quotation; its lines stay, its markdown does nothing."""
    return "\n".join(f"> {plain(one)}" for one in words.splitlines())


def preview(
    words: str, to: Readers, *, named: bool, heading: str, select: ui.Item[Any], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What will be sent, exactly who reads it, and what can still be chosen."""
    name = "**Your name** is shown to them."
    if not named:
        name = (
            "**Your name** is not shown to them. I keep it, so that I can bring you their answer. What you write may "
            "still tell who you are."
        )
    parts = [text(f"{heading}### Before it is sent\n{quoted(words)}"), line(), text(f"{_who(to)}\n{name}")]
    return card(*parts, text(f"-# {CARETAKER}."), row(select), *rows(*buttons), tone=Tone.ASK)


def _who(to: Readers) -> str:
    """Who reads it, in words: no promise is made that does not hold."""
    if to.facts.without is not None:
        return _all_but_one(to, to.facts.without)
    if to.way is Way.CHANNEL:
        return _in_channel(to)
    if not to.people:
        return "**Nobody would read it**: you are the only organizer I know of."
    only = " They are the only organizer there is." if len(to.people) == 1 and to.facts.unmet == 0 else ""
    why = "Everyone can see the organizers' channel" if to.facts.desk_open else "The organizers have no channel"
    return (
        f"**Who reads it**: {_named(to.people, to.facts.owner)}, {_how(to)}{only}\n-# {why}, so it does not go there."
    )


def _in_channel(to: Readers) -> str:
    facts = to.facts
    words = (
        f"**Who reads it**: everyone who can see **#{plain(facts.desk_name)}**, which is where it goes. "
        "Those are the organizers, the server's owner and its administrators."
    )
    met = list(dict.fromkeys([*to.people, facts.owner]))
    if facts.unmet == 0 and len(met) == 1:
        return f"{words} There is only one organizer: {_named(met, facts.owner)}."
    more = f", and {counted(facts.unmet, 'other')} whom I have not met" if facts.unmet else ""
    unknown = " Discord does not tell me who else there is." if facts.unmet is None else ""
    return f"{words} Among them: {_named(met, facts.owner)}{more}.{unknown}"


def _all_but_one(to: Readers, without: int) -> str:
    if not to.people:
        return (
            f"**Nobody would read it**: apart from <@{without}> I know no organizer here. You can choose nobody to "
            "leave out, or turn to somebody you trust. What breaks Discord's rules you can report to Discord itself: "
            "hold the message, or press … beside it, then **Report Message**."
        )
    words = f"**Who reads it**: {_named(to.people, to.facts.owner)}, {_how(to)}"
    if to.facts.without_sees_all:
        words += (
            f"\n**Not** <@{without}>, who may open every channel and thread of this server: so I put it into none. "
            "Until the others come by it may take days."
        )
    else:
        words += f"\n**Not** <@{without}>: it does not go into the organizers' channel, and is not counted there."
    if to.facts.unmet is None or to.facts.unmet:
        words += "\n-# Organizers whom I have not met yet can read it once they look at **Messages to us**."
    return words


def _how(to: Readers) -> str:
    each = "each " if len(to.people) > 1 else ""
    if to.way is Way.PRIVATE:
        return f"{each}in a private thread with me. Who may manage threads in this server could open such a thread too."
    return f"{each}in a private note that nobody else can see, when they next use something of mine."


def _named(people: Sequence[int], owner: int) -> str:
    shown = [f"<@{one}>{' (the owner)' if one == owner else ''}" for one in people]
    return listed(shown)


def sent(to: Readers, ways: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """It is on its way, and the ways to be answered."""
    soon = " That may take days." if to.way is Way.NOTE else ""
    words = (
        f"### Sent\nThank you for telling them.{soon}\n**If they answer**, I show it to you privately the next time "
        "you use one of my buttons or commands. Would you rather have it another way?"
    )
    return card(text(words), *rows(*ways), tone=Tone.DONE)


def chosen(words: str) -> ui.LayoutView:
    """How the answer will come."""
    return note(words, tone=Tone.DONE)


def answered(told: Told, server: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """An organizer's answer, with why it comes."""
    words = (
        f"### The organizers of {plain(server)} answer you\nYou told them:\n{quoted(clip(told.text, SHOWN))}\n\n"
        f"<@{told.answered_by}> answers:\n{quoted(told.answer)}\n"
        "-# This comes because you told the organizers something. Nothing more comes unless they answer again."
    )
    return card(text(words), *rows(*buttons))
