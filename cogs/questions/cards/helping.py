"""What helpers see: what they offer, and a question that is brought to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Tone, card, line, link, note, row, rows, text
from bot.kit.words import counted, listed, plain
from cogs.questions.service.records import post_of
from db.delivery import Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary
    from cogs.questions.service.seeking import Request
    from db.questions import Choice, Offer

_WHAT = (
    "When a question about your tools has waited {after} without a reply, I bring it to up to two helpers, in turn. "
    "You say how often at most, and when not; never twice a day. You need not know it all: a hunch or a “same here” "
    "helps."
)


def waited(hours: int) -> str:
    """How long a question waits before helpers are asked, in words."""
    if hours % 24 == 0:
        return "one working day" if hours == 24 else f"{hours // 24} working days"  # noqa: PLR2004 - hours of a day
    return f"{hours} hours of working days"


def invitation(choice: Choice, helpers: int, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """What being a helper means, for who is none, with the ways in which they can be reached."""
    after = waited(choice.ask_after_hours or 24)
    others = f"\n-# {counted(helpers, 'member')} here {'helps' if helpers == 1 else 'help'} already." if helpers else ""
    words = f"### Help others with what you know 🤝\n{_WHAT.format(after=after)}\n\nHow may I reach you?{others}"
    return card(text(words), *rows(*buttons))


def own(
    offer: Offer,
    vocabulary: Vocabulary,
    quiet: str,
    zone: str,
    selects: Sequence[ui.Item[Any]],
    buttons: Sequence[ui.Item[Any]],
) -> ui.LayoutView:
    """What a helper offers, with all that can be changed about it."""
    named = [f"{tool.label} {tool.emoji}" for slug in offer.tools if (tool := vocabulary.get(slug))]
    about = listed(named) if named else "**Choose at least one tool below**, or nothing will be asked of you"
    way = "by direct message" if offer.way == Way.DM else "in a private thread"
    changed = f"You are asked {way}; the first button below changes that."
    state = "You pause: nothing is asked of you." if offer.paused else changed
    lines = [
        "### You are a helper 🤝" if not offer.paused else "### You are a helper, and pause 🤝",
        f"Tools: {about}",
        f"At most {often(offer.a_week)} · {quiet}",
        f"-# {state} Quiet hours are by {zone} time. Saved as you go.",
    ]
    tone = Tone.DONE if named and not offer.paused else Tone.ASK
    return card(text("\n".join(lines)), line(), *(row(select) for select in selects), *rows(*buttons), tone=tone)


def often(a_week: int) -> str:
    """How often at most, in words."""
    return "once a day" if a_week == 7 else f"{counted(a_week, 'question')} a week"  # noqa: PLR2004 - days of a week


def left(buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """They are a helper no longer."""
    words = "### You are no helper any more\nNothing will be asked of you. Thank you for being there!"
    if buttons:
        words += "\n-# If you change your mind, say how I may reach you."
    return note(words, *buttons, tone=Tone.DONE)


def request(due: Request, vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """A question that is brought to a helper, and why it comes to them."""
    question, offer = due.question, due.offer
    tool = vocabulary.get(due.tool)
    named = f"{tool.label} {tool.emoji}" if tool else "it"
    since = f"<t:{int(question.asked_at.timestamp())}:R>"
    begun = "nobody has replied yet" if question.first_reply_at is None else "it is not solved yet"
    about = [f"{one.label} {one.emoji}" for slug in question.tools if (one := vocabulary.get(slug))]
    words = (
        f"### Can you help with this? 🙋\n**{plain(question.title)}**\n"
        f"-# {' · '.join([*about, f'asked {since}', begun])}"
    )
    why = (
        f"-# I ask you because you said you can help with {named}, with {often(offer.a_week)} at most. Even a hunch "
        "helps; and no answer is fine, too."
    )
    return card(text(words), line(), text(why), *rows(link("Go to the question", post_of(question)), *buttons))


def declined() -> ui.LayoutView:
    """They said not now."""
    return note("That is fine, thank you for saying so. I ask somebody else.", tone=Tone.DONE)
