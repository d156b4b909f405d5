"""Events on the web page that an organizer takes away: what is coming up, and what there was lately."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.kit.handover import Chapter
from bot.kit.html import element, html, link, paragraphs
from bot.kit.words import tidy
from cogs.events import terms
from cogs.events.pointing import said_when
from cogs.events.service.repeating import in_words
from db import events
from db.events import CANCELLED, CHANNEL, LINK, OPEN

if TYPE_CHECKING:
    from bot.kit.handover import Community
    from bot.kit.html import Html
    from db.engine import AsyncConnection
    from db.events import Event, Series

AHEAD, BACK = timedelta(days=400), timedelta(days=365)
MOST, MOST_OF_A_SERIES, MOST_PAST = 60, 3, 40


async def chapters(connection: AsyncConnection, community: Community) -> list[Chapter]:
    """What is coming up, called off or not, of a series the next few; and the titles of what there was in a year."""
    now = community.now
    coming = await events.between(connection, community.guild_id, now, now + AHEAD, cancelled=True)
    past = await events.between(connection, community.guild_id, now - BACK, now)
    series = {one.series_id: one for one in await events.every_series(connection, community.guild_id)}
    seen: Counter[int | None] = Counter()
    shown: list[Html] = []
    for event in coming:
        seen[event.series_id] += 1
        if len(shown) < MOST and (event.series_id is None or seen[event.series_id] <= MOST_OF_A_SERIES):
            shown.append(_event(event, series.get(event.series_id or 0), community))
    nothing = element("p", "Nothing is planned just now.")
    made = [Chapter("events", "Coming events", element("ul", *shown, class_="events") if shown else nothing)]
    over = [event for event in past if event.ends_at <= now][-MOST_PAST:]
    if over:
        lines = [_past(event, community) for event in reversed(over)]
        made.append(Chapter("past-events", "Past events", element("ul", *lines)))
    return made


def _event(event: Event, series: Series | None, community: Community) -> Html:
    kind = terms.kind(event.plan.template)
    off = event.state == CANCELLED
    title = html(element("strong", "Called off: ") if off else "", tidy(event.plan.title))
    minutes = max(1, round(event.length.total_seconds() / 60))
    about = [
        element("h3", title),
        element("p", _time(event, community), f", {terms.length(minutes)}", class_="when"),
    ]
    if event.note:
        about.append(element("p", tidy(event.note)))
    if not off:
        about.append(_where(event))
    if kind.slug != terms.OWN and kind.label.casefold() not in event.plan.title.casefold():
        about.append(element("p", kind.label, class_="facts"))
    about.append(paragraphs(event.plan.about))
    if series is not None:
        about.append(element("p", f"Repeats: {in_words(series)}", class_="facts"))
    return element("li", *about, id=f"event-{event.event_id}")


def _time(event: Event, community: Community) -> Html:
    return element(
        "time", said_when(event.starts_at, community.zone.key), datetime=f"{event.starts_at:%Y-%m-%dT%H:%MZ}"
    )


def _where(event: Event) -> Html:
    where = event.plan.where
    if where.kind == CHANNEL:
        words = html("Where: in our Discord server")
    elif where.kind == OPEN or not where.text:
        words = html("Where: to be said")
    elif where.kind == LINK and where.hidden:
        words = html("Where: online. Who says Going in Discord gets the link.")
    else:
        words = html("Where: ", link(where.text, where.text) if where.kind == LINK else tidy(where.text))
    return element("p", words)


def _past(event: Event, community: Community) -> Html:
    day = event.starts_at.astimezone(community.zone)
    said = element("time", f"{day:%B} {day.day}, {day.year}", datetime=f"{day:%Y-%m-%d}")
    return element("li", said, ": ", tidy(event.plan.title))
