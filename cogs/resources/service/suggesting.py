"""Suggesting: from what a member typed to a resource that waits for the organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.errors import GoneError, UserError
from bot.kit.words import clip, has_letters, tidy
from cogs.resources import links, terms
from db import drafts, guilds, resources
from db.resources import Description

if TYPE_CHECKING:
    from bot.kit.clock import Clock
    from bot.kit.vocabulary import Vocabulary
    from db.drafts import Draft
    from db.engine import Database
    from db.resources import Resource

LONGEST_TITLE = 150
LONGEST_TEXT = 600
LONGEST_DETAIL = 100
OLDEST_YEAR = 1450


class Suggesting:
    """Checks what was typed, keeps it as a draft, and sends it to the review queue."""

    def __init__(self, database: Database, clock: Clock, vocabulary: Vocabulary) -> None:
        self._database = database
        self._clock = clock
        self._vocabulary = vocabulary

    async def checked(self, guild_id: int, typed: dict[str, str]) -> tuple[dict[str, str], Resource | None]:
        """The form's link, title and text as they will be kept, and the resource that has this link already.

        Raises UserError, in words, for a link or a title that cannot be used.
        """
        link = links.checked(typed.get("link", ""))
        title = tidy(typed.get("title", ""))
        if not has_letters(title):
            raise UserError("The title needs at least one word, so that people can find it. Please give it a name.")
        answers = {
            "link": link,
            "title": clip(title, LONGEST_TITLE),
            "text": clip(tidy(typed.get("text", "")), LONGEST_TEXT),
        }
        async with self._database.read() as connection:
            return answers, await resources.with_link(connection, guild_id, links.key(link))

    def first_guess(self, answers: dict[str, str]) -> dict[str, Any]:
        """Kind, tools and audience as the title and the text suggest them, to be corrected by the member."""
        found = [tool.slug for tool in self._vocabulary.find(f"{answers['title']} {answers['text']}")]
        return {"kind": terms.guess_kind(answers["title"]), "tools": found[:5] or ["general"], "audience": ["all"]}

    def details(self, typed: dict[str, str]) -> dict[str, Any]:
        """Author, publisher, year, license and language as they will be kept. Raises UserError for a wrong year."""
        kept = {
            key: clip(tidy(typed.get(key, "")), LONGEST_DETAIL)
            for key in ("creator", "publisher", "license", "language")
        }
        year = tidy(typed.get("year", ""))
        latest = self._clock().year + 1
        if year and not (year.isascii() and year.isdigit() and OLDEST_YEAR <= int(year[:5]) <= latest):
            raise UserError(
                f"The year should be four digits between {OLDEST_YEAR} and {latest}, such as 2024; or leave it empty."
            )
        return {**kept, "year": int(year) if year else None}

    def described(self, draft: Draft) -> Description:
        """What the draft would become."""
        answers = draft.answers
        return Description(
            link=answers["link"],
            link_key=links.key(answers["link"]),
            title=answers["title"],
            description=answers["text"],
            kind=answers["kind"],
            tools=tuple(answers["tools"]),
            audience=tuple(answers["audience"]),
            creator=answers.get("creator", ""),
            publisher=answers.get("publisher", ""),
            year=answers.get("year"),
            language=answers.get("language", ""),
            license=answers.get("license", ""),
        )

    async def send(self, draft: Draft) -> Resource:
        """Put the draft into the review queue, once however often it is pressed, and forget the draft.

        Raises GoneError where it was sent already, UserError where its link has come into the catalogue meanwhile.
        """
        now = self._clock()
        async with self._database.write() as connection:
            newest = await drafts.get(connection, draft.draft_id)
            if newest is None:
                raise GoneError("This suggestion has been sent already. Thank you!")
            about = self.described(newest)
            await guilds.see(connection, draft.guild_id, now)
            if await resources.with_link(connection, draft.guild_id, about.link_key):
                raise UserError(
                    "Someone has suggested this link while you were writing, so it is on its way already. Thank you!"
                )
            await drafts.remove(connection, draft.draft_id)
            return await resources.add(
                connection, draft.guild_id, about, status=resources.WAITING, by=draft.user_id, now=now
            )
