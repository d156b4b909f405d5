"""Cards about calendars: an event for one's own, links to subscribe to, and what follows changes and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, rows, text
from cogs.events.cards import wording
from db.events import LINK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from db.calendars import Feed
    from db.events import Event

LAG = "Google looks once or twice a day, Outlook every 3 to 24 hours, Apple as you set it: changes show up late there."
OFF = (
    "Calendars to subscribe to are not switched on here. Until the caretaker does so (it takes a web link of its own), "
    "press **Add to calendar** on an event's card."
)
OFF_FOR_ORGANIZERS = (
    "Calendars to subscribe to are not switched on here. The caretaker can switch them on with the settings PORT and "
    "PUBLIC_URL."
)


def one(event: Event, file: ui.Item[Any], buttons: Sequence[ui.Item[Any]], *, told: bool) -> ui.LayoutView:
    """Ways to put an event into one's own calendar."""
    hidden = event.plan.where.kind == LINK and event.plan.where.hidden and not told
    words = f"### Add to calendar\n“{wording.title(event)}”, {wording.at(event.starts_at)}"
    if hidden:
        words += "\n-# The link is not in it, since it is shown only to those who go; the entry leads to the card."
    copy = "-# The file, Google and Outlook each take a copy, which does not follow when the event is moved. "
    return card(text(words), file, text(f"{copy}**My calendar** does."), *rows(*buttons))


def series(title: str, file: ui.Item[Any]) -> ui.LayoutView:
    """A whole series as a file."""
    return card(
        text(f"### {title}\nAll its dates, as a file. It is a copy, which does not follow when one is moved."), file
    )


def mine(feed: Feed | None, buttons: Sequence[ui.Item[Any]], *, shared: Sequence[Part] = ()) -> ui.LayoutView:
    """My own calendar: what it is, and whether there is a link."""
    words = (
        "### My calendar 🗓️\nOne link for your calendar program. It shows the events you said yes to and those you "
        "host, and follows when one is moved or called off."
    )
    if feed is not None:
        words += (
            f"\n\n**You have a link** since <t:{int(feed.made_at.timestamp())}:D>. I cannot show it again, because I "
            "do not keep it. A new one stops the old one."
        )
    return card(text(words), *rows(*buttons), *([line(), *shared] if shared else []))


def off(*, organizer: bool) -> ui.LayoutView:
    """There are no calendars to subscribe to."""
    return note(f"### My calendar 🗓️\n{OFF_FOR_ORGANIZERS if organizer else OFF}", tone=Tone.ASK)


def shared(address: str, buttons: Sequence[ui.Item[Any]]) -> list[Part]:
    """The server's own calendar, where everybody may have it."""
    words = "**All events of this server**, for everyone. Copy the link, or press a button:"
    return [text(f"{words}\n```\n{address}\n```"), *rows(*buttons)]


def given(address: str, buttons: Sequence[ui.Item[Any]], *, whose: str) -> ui.LayoutView:
    """A new link, shown once."""
    return card(
        text(
            f"### {whose}\nCopy this link now; I do not keep it, and cannot show it again.\n```\n{address}\n```\n"
            "**Google** and **Outlook** open with it. On an iPhone: Calendar, Calendars, Add Calendar, Add "
            "Subscription Calendar. In Thunderbird or on a Mac: New Calendar, from the network."
        ),
        *rows(*buttons),
        text(f"-# {LAG} Whoever has the link can see these events, so keep it to yourself."),
        tone=Tone.DONE,
    )


def stopped(button: ui.Item[Any]) -> ui.LayoutView:
    """A link that leads nowhere any more."""
    return note(
        "### The link leads nowhere now\nCalendar programs stop showing new events, and may keep the old ones until "
        "you remove the calendar there.",
        button,
    )


def servers(feed: Feed | None, address: str, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """The server's own calendar, for organizers; `address` where everybody may have it."""
    words = "### The server's calendar 🗓️\nOne link with all events, for websites and calendar programs. Links to take "
    words += "part that are only for those who go are not in it."
    if feed is None:
        words += "\n\nThere is none yet. **For everyone** shows its link to all members; **Secret** only to you, once."
    elif address:
        words += f"\n\n**Everyone here can get its link**, by **My calendar**:\n```\n{address}\n```"
    else:
        words += (
            f"\n\n**It has a secret link** since <t:{int(feed.made_at.timestamp())}:D>, made by <@{feed.made_by}>. I "
            "cannot show it again. A new one stops the old one."
        )
    return card(text(words), *rows(*buttons))
