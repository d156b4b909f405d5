"""The room's deliveries: how each kind is drawn when its time has come, and what its chores do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.kit.delivery import Kind, Letter
from bot.kit.permissions import has_left
from cogs.resources.cards import told
from cogs.resources.service import Finding, Refreshing, Telling
from cogs.resources.service.records import number_in, record_of
from cogs.resources.service.refreshing import REVIEW_DATES
from cogs.resources.service.shelving import CLOSING
from cogs.resources.service.telling import DECIDED, QUESTION, SUGGESTION, asked_moment, moment
from cogs.resources.views.reviewing import review_card
from cogs.resources.views.telling import Answer
from db import resources
from db.delivery import Way

if TYPE_CHECKING:
    import discord

    from bot.kit.host import Host
    from db.delivery import Delivery
    from db.resources import Resource


def kinds(host: Host) -> tuple[Kind, ...]:
    """The kinds of delivery that this room promises."""
    return (*_letters(host), *_chores(host))


async def _current(host: Host, delivery: Delivery) -> Resource | None:
    """What a delivery is about, as it is now; None where it is gone, or its member has left the server."""
    if delivery.way is not Way.CHANNEL and await has_left(host, delivery.guild_id, delivery.target_id):
        return None
    return await host.service(Telling).current(delivery.guild_id, number_in(delivery.subject))


def _letters(host: Host) -> tuple[Kind, ...]:
    def server(delivery: Delivery) -> str:
        """What the server is called, for a card that stands outside of it."""
        guild = cast("discord.Client", host).get_guild(delivery.guild_id) if delivery.way is Way.DM else None
        return guild.name if guild else ""

    async def suggestion(delivery: Delivery) -> Letter | None:
        resource = await _current(host, delivery)
        if resource is None or resource.status != resources.WAITING or moment(resource) != delivery.moment:
            return None
        return Letter(review_card(host, resource))

    async def question(delivery: Delivery) -> Letter | None:
        resource = await _current(host, delivery)
        if resource is None or resource.status != resources.WAITING or asked_moment(resource) != delivery.moment:
            return None
        if resource.asked.answered_at is not None:
            return None
        button = Answer(str(resource.guild_id), str(resource.resource_id))
        view = told.question(record_of(resource, host.vocabulary), resource, server(delivery), button)
        return Letter(view, members=(delivery.target_id,))

    async def decided(delivery: Delivery) -> Letter | None:
        resource = await _current(host, delivery)
        if resource is None or resource.status not in (resources.PUBLISHED, resources.DECLINED):
            return None  # taken back or taken out since; an edit in between changes nothing about the decision
        view = told.decided(record_of(resource, host.vocabulary), resource, server(delivery))
        return Letter(view, members=(delivery.target_id,))

    return (
        Kind(SUGGESTION, "suggestion", "suggestions", render=suggestion),
        Kind(QUESTION, "question to a member", "questions to members", render=question, says_late=False),
        Kind(DECIDED, "word about a suggestion", "words about suggestions", render=decided, says_late=False),
    )


def _chores(host: Host) -> tuple[Kind, ...]:
    async def close(delivery: Delivery) -> None:
        await host.service(Finding).close_over(delivery.guild_id)

    async def bring(delivery: Delivery) -> None:
        await host.service(Refreshing).bring(delivery.guild_id, delivery.due_at)

    return (
        Kind(CLOSING, "closing opportunity", "closing opportunities", work=close),
        Kind(REVIEW_DATES, "look at review dates", "looks at review dates", work=bring),
    )
