"""Describing: from what a person typed about a resource to a description that can be kept, and back into forms."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.kit.errors import UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.resources import days, freshness, identifiers, links, terms
from cogs.resources.limits import (
    LONGEST_DETAIL,
    LONGEST_LANGUAGE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    OLDEST_YEAR,
    TOPICS_AT_MOST,
)
from db import resources
from db.resources import Description

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.engine import AsyncConnection, Database
    from db.resources import Resource

_YEARS_AHEAD = 5  # a closing date further away is a slip


class Describing:
    """Checks what is typed about a resource, whether it is suggested or edited."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def checked(self, guild_id: int, typed: Mapping[str, str]) -> tuple[dict[str, str], Resource | None]:
        """The form's link, title and text as they will be kept, and the resource that has this link already.

        A resource whose own link leads there, as the link check has found, is as good as one that has it.
        Raises UserError, in words, for a link or a title that cannot be used.
        """
        answers = texts(typed)
        async with self._database.read() as connection:
            return answers, await known_with(connection, guild_id, links.key(answers["link"]))

    async def at(self, guild_id: int, link: str) -> Resource | None:
        """The resource that has this link, or whose own leads there; None where there is none."""
        async with self._database.read() as connection:
            return await known_with(connection, guild_id, links.key(link))

    def first_guess(self, answers: Mapping[str, str]) -> dict[str, Any]:
        """Kind, tools and audience as the title and the text suggest them, to be corrected by the member."""
        found = [tool.slug for tool in self._vocabulary.find(f"{answers['title']} {answers['text']}")]
        return {"kind": terms.guess_kind(answers["title"]), "tools": found[:5] or ["general"], "audience": ["all"]}

    def details(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """Author, publisher, year, license and language as they will be kept. Raises UserError for a wrong year."""
        kept = {key: clip(tidy(typed.get(key, "")), LONGEST_DETAIL) for key in ("creator", "publisher", "license")}
        kept["language"] = clip(tidy(typed.get("language", "")), LONGEST_LANGUAGE)
        year = tidy(typed.get("year", ""))
        latest = self._clock().year + 1
        if year and not (year.isascii() and year.isdigit() and OLDEST_YEAR <= int(year[:5]) <= latest):
            raise UserError(
                f"The year should be four digits between {OLDEST_YEAR} and {latest}, such as 2024; or leave it empty."
            )
        return {**kept, "year": int(year) if year else None}

    def subjects(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """Topics, identifier and closing date as they will be kept.

        Raises UserError, in words, for a day that cannot be read, is over or lies too far ahead, and for a wrong ISBN.
        """
        closes_on = days.read(typed.get("closes_on", ""))
        first = freshness.still_open(self._clock())
        if closes_on is not None and closes_on < first:
            raise UserError(f"{days.said(closes_on)} is over already. Please give a day that is still to come.")
        if closes_on is not None and closes_on.year > first.year + _YEARS_AHEAD:
            raise UserError(f"{days.said(closes_on)} is very far away. Please look at the year again.")
        return {
            "topics": topics(typed.get("topics", "")),
            "identifier": identifiers.kept(typed.get("identifier", "")),
            "closes_on": closes_on.isoformat() if closes_on else "",
        }


async def known_with(connection: AsyncConnection, guild_id: int, link_key: str) -> Resource | None:
    """The waiting or published resource that has this link, or whose own link leads there; None where there is none."""
    known = await resources.with_link(connection, guild_id, link_key)
    return known or await resources.leading_to(connection, guild_id, link_key)


def texts(typed: Mapping[str, str]) -> dict[str, str]:
    """Link, title and text as they will be kept. Raises UserError, in words, for a link or title of no use."""
    link = links.checked(typed.get("link", ""))
    title = tidy(typed.get("title", ""))
    if not has_letters(title):
        raise UserError("The title needs at least one word, so that people can find it. Please give it a name.")
    return {"link": link, "title": clip(title, LONGEST_TITLE), "text": clip(tidy(typed.get("text", "")), LONGEST_TEXT)}


def topics(typed: str) -> list[str]:
    """Topics separated by commas, semicolons or lines: each once, at most `TOPICS_AT_MOST`."""
    named = [clip(tidy(topic), LONGEST_TOPIC) for topic in typed.replace(";", ",").replace("\n", ",").split(",")]
    once: dict[str, str] = {}
    for topic in filter(has_letters, named):
        once.setdefault(topic.casefold(), topic)
    return list(once.values())[:TOPICS_AT_MOST]


def described(answers: Mapping[str, Any]) -> Description:
    """What a draft's answers would become. Only an opportunity has a closing date."""
    closes_on = answers.get("closes_on") if answers["kind"] == freshness.OPPORTUNITY else None
    return Description(
        link=answers["link"],
        link_key=links.key(answers["link"]),
        title=answers["title"],
        description=answers["text"],
        kind=answers["kind"],
        tools=tuple(answers["tools"]),
        topics=tuple(answers.get("topics", ())),
        audience=tuple(answers["audience"]),
        levels=tuple(answers.get("levels", ())),
        creator=answers.get("creator", ""),
        publisher=answers.get("publisher", ""),
        year=answers.get("year"),
        language=answers.get("language", ""),
        license=answers.get("license", ""),
        identifier=answers.get("identifier", ""),
        closes_on=date.fromisoformat(closes_on) if closes_on else None,
    )


def answers_of(about: Description) -> dict[str, Any]:
    """A description as a draft's answers, so that the same preview and forms can change it."""
    answers = asdict(about)
    del answers["link_key"]
    answers["text"] = answers.pop("description")
    answers["closes_on"] = about.closes_on.isoformat() if about.closes_on else ""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in answers.items()}


def require_closing_date(about: Description) -> None:
    """Raise UserError for an opportunity that does not say until when it is open."""
    if about.kind == freshness.OPPORTUNITY and about.closes_on is None:
        raise UserError(
            "An opportunity needs its closing date, so that it leaves the search in time. Press **Topics and dates** "
            "and add it; or choose another kind, such as Funding, if it never closes."
        )
