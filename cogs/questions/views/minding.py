"""Following up: how notes to helpers, organizers and askers are drawn when due, and what can be pressed on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from discord import ui

from bot.kit.buttons import NUMBER, PersistentButton
from bot.kit.delivery import Kind, Letter
from bot.kit.errors import GoneError
from bot.kit.host import host_of
from bot.kit.permissions import guild_of, has_left, organizers_channel
from cogs.questions.cards import helping, minding
from cogs.questions.service import Helping, Minding, Seeking
from cogs.questions.service.looking import ASK, DESK, DESK_LIST, QUIET_LOOK, SEEK, SOLVED, TO_DESK
from cogs.questions.service.minding import Desk
from cogs.questions.service.promises import number_in
from cogs.questions.service.seeking import Found
from cogs.questions.views.helping import NotNow, StopAsking
from cogs.questions.views.listing import to_the_list
from cogs.questions.views.marking import InWords, MarkAnswer
from cogs.questions.views.places import who_of

if TYPE_CHECKING:
    import discord

    from bot.kit.forms import Form
    from bot.kit.host import Host, PageMaker, Reaction
    from db.delivery import Delivery


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """The kinds of delivery by which a question is followed until it has an answer."""
    return (*_letters(host), *_chores(host))


def _letters(host: Host) -> tuple[Kind, ...]:
    async def ask(due: Delivery) -> Letter | None:
        if await has_left(host, due.guild_id, due.target_id):
            await host.service(Helping).leave(due.guild_id, due.target_id)
            return None
        request = await host.service(Seeking).to_ask(due)
        if request is None:
            return None
        guild, question = str(due.guild_id), str(request.question.question_id)
        view = helping.request(request, host.vocabulary, [NotNow(guild, question), StopAsking(guild)])
        return Letter(view, members=(due.target_id,))

    async def desk(due: Delivery) -> Letter | None:
        waits = await host.service(Minding).for_desk(due)
        return None if waits is None else Letter(minding.for_desk(waits, host.vocabulary, [to_the_list()]))

    async def desk_list(due: Delivery) -> Letter | None:
        waiting = await host.service(Minding).list_for_desk(due)
        return Letter(minding.list_for_desk(waiting, host.vocabulary, [to_the_list()])) if waiting else None

    async def solved(due: Delivery) -> Letter | None:
        question = await host.service(Minding).to_ask_whether_solved(due)
        if question is None or question.asker_id is None:
            return None
        if await has_left(host, due.guild_id, question.asker_id):
            return None  # the organizers hear of it as of any question that waits
        number = str(question.question_id)
        buttons = [MarkAnswer(number, "Yes, this one"), NotYet(number), InWords(number, "Solved it myself")]
        return Letter(minding.solved(question, buttons), members=(question.asker_id,))

    return (
        Kind(ASK, "question to a helper", "questions to helpers", render=ask, says_late=False),
        Kind(DESK, "note about a question", "notes about questions", render=desk, says_late=False),
        Kind(DESK_LIST, "note about questions", "notes about questions", render=desk_list, says_late=False),
        Kind(SOLVED, "question to who asked", "questions to who asked", render=solved, says_late=False),
    )


def _chores(host: Host) -> tuple[Kind, ...]:
    async def seek(due: Delivery) -> None:
        found = await host.service(Seeking).seek(due.guild_id, number_in(due.subject))
        if found is Found.NOBODY:
            await to_desk(due, nobody=True)

    async def to_desk(due: Delivery, *, nobody: bool = False) -> None:
        service, number = host.service(Minding), number_in(due.subject)
        await service.to_desk(due.guild_id, number, desk_of(host, due.guild_id), nobody=nobody)

    async def quiet_look(due: Delivery) -> None:
        await host.service(Minding).quiet_look(due.guild_id, number_in(due.subject))

    return (
        Kind(SEEK, "look for helpers", "looks for helpers", work=seek),
        Kind(TO_DESK, "look at a waiting question", "looks at waiting questions", work=to_desk),
        Kind(QUIET_LOOK, "look at a quiet question", "looks at quiet questions", work=quiet_look),
    )


def desk_of(host: Host, guild_id: int) -> Desk:
    """Where a server's organizers are told, and how many people it has."""
    guild = cast("discord.Client", host).get_guild(guild_id)
    if guild is None:
        return Desk(None, 0)
    channel = organizers_channel(guild, host)
    return Desk(channel.id if channel else None, guild.member_count or len(guild.members))


class NotYet(PersistentButton, template=rf"question-not-yet:{NUMBER}"):
    """Says that it is not solved: others are asked."""

    def __init__(self, question: str) -> None:
        self.question = int(question)
        super().__init__(ui.Button(label="Not yet", custom_id=f"question-not-yet:{question}"))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Note it, and say so to all in the post."""
        service = host_of(interaction).service(Seeking)
        question = await service.not_yet(guild_of(interaction).id, self.question, who_of(interaction))
        if question is None:
            raise GoneError("This question has an answer already. To open it again, use **/question reopen**.")
        await interaction.response.edit_message(view=minding.not_yet())


ITEMS = (NotYet,)
PAGES: dict[str, PageMaker] = {}
REACTIONS: dict[str, Reaction] = {}
FORMS: tuple[Form, ...] = ()
