"""The card that brings people: the link, its QR code, and a text to paste into an e-mail list."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.kit.cards import Tone, card, line, text
from bot.kit.words import clip, plain, tidy

PICTURE = "invitation.png"
_NAME_SHOWN = 80


def bring(name: str, link: str, start: str) -> ui.LayoutView:
    """`name` is the server's, `start` the name of the channel where people begin."""
    letter = mail(name, link, start).replace("```", "'''")
    gallery: ui.MediaGallery[Any] = ui.MediaGallery(
        discord.MediaGalleryItem(
            f"attachment://{PICTURE}",
            description=clip(f"QR code that leads to the server {tidy(name)}: {link}", 256),
        )
    )
    return card(
        text(
            f"### Bring your people\nThis link leads to **{plain(name, _NAME_SHOWN)}** and does not expire:\n{link}\n"
            "Anyone who has it can join, so share it where your people are. The QR code is the same link, for a poster "
            "or the last page of a talk."
        ),
        gallery,
        line(),
        text(f"**For your e-mail list**; copy it and change what you like:\n```\n{letter}\n```"),
        tone=Tone.DONE,
    )


def mail(name: str, link: str, start: str) -> str:
    """The text for an e-mail list: what Discord is, how to join, how to hear only what is meant for you."""
    return f"""\
Subject: Join us: {tidy(name)}

We have a new home for questions, resources and show and tell about library makerspaces, and we would love to have you \
there: {link}

What is Discord, in five lines
1. A free place for a community to talk, in a browser or on a phone.
2. Channels are like rooms: each has a topic, named at the left.
3. You read when you like; what was said stays there.
4. Other members do not see your e-mail address.
5. You see only the servers you join, and you can leave at any time.

How to join
1. Open {link} and make an account (13 or older), or sign in.
2. Call yourself by first name, library and place, so that we know each other: Kim (Oak Hill Library, OH). Press the \
server's name, then Edit Per-server Profile.
3. Begin in #{start}.

To hear only what is meant for you
Press the server's name, then Notification Settings, then "Only @mentions". On a phone: hold the server's picture, \
then Notifications.

If your workplace blocks Discord, it works on your own phone as well."""


def cannot(channel: str | None) -> ui.LayoutView:
    """I may not make a link."""
    where = f" in {channel}" if channel else ""
    return card(
        text(
            "### I need your permission for this\nMy role on this server lacks **Create Invite**, to make the link "
            f"that brings your people{where}. Allow it in the server's settings under Roles, then try again. Or make a "
            "link yourself: press the server's name, then Invite People, and set it to never expire."
        ),
        tone=Tone.ASK,
    )
