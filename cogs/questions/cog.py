"""The room's commands, message menus, and what it listens for in the forum."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.kit.boundary import WIRE_FAULTS
from bot.kit.host import host_of
from bot.kit.waiting import Waiting
from bot.kit.words import tidy
from cogs.questions import views
from cogs.questions.cards.answering import taken_back
from cogs.questions.personal import personal_data
from cogs.questions.service import Answering, Asking, Following, Helping, Joining, Keeping, Minding, Overview, Seeking
from cogs.questions.views import helping, overview
from cogs.questions.views.asking import open_form
from cogs.questions.views.catching_up import catch_up
from cogs.questions.views.listing import page_of_unanswered
from cogs.questions.views.marking import chooser, mark
from cogs.questions.views.places import forum_of, is_post, post_of, question_here, who_of
from cogs.questions.views.retagging import require_retagger, retagging
from cogs.questions.views.standing import tags_of
from cogs.questions.views.turning import save, turn
from db.faults import StorageFault

if TYPE_CHECKING:
    from bot.kit.host import Host

log = logging.getLogger(__name__)
CHOICES_LIMIT = 25
MENUS = (("Mark as answer", mark), ("Turn into a question", turn), ("Save as resource", save))


async def move_in(bot: Host) -> None:
    """Bring the room's services, commands and buttons into the bot."""
    for service in (Asking, Following, Answering, Keeping):
        bot.serve(service(bot.database, bot.clock, bot.vocabulary))
    for helpful in (Helping, Joining, Overview, Seeking):
        bot.serve(helpful(bot.database, bot.clock, bot.vocabulary))
    bot.serve(Minding(bot.database, bot.clock))
    views.register(bot)
    data = personal_data(bot.service(Keeping))
    bot.personal[data.name] = data
    count = bot.service(Keeping).count_to_check
    bot.waiting["answers-to-check"] = Waiting("answer to look at again", "answers to look at again", count)
    bot.thanks["questions"] = bot.service(Helping).thanks
    for name, callback in MENUS:
        bot.tree.add_command(app_commands.guild_only(app_commands.ContextMenu(name=name, callback=callback)))
    await bot.add_cog(Questions(bot))


async def _tools(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
    """Tools whose name or brand begins so."""
    tools = host_of(interaction).vocabulary.complete(tidy(current)[:100])[:CHOICES_LIMIT]
    return [app_commands.Choice(name=f"{tool.label} {tool.emoji}", value=tool.slug) for tool in tools]


class Questions(commands.Cog):
    """Ask, answer, and keep the forum in order."""

    question = app_commands.Group(name="question", description="Questions: answered, open, waiting", guild_only=True)

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._looked: dict[int, int | None] = {}

    @app_commands.command(name="ask", description="Ask a question; you see first what others found out already")
    @app_commands.guild_only()
    @app_commands.describe(tool="Which tool it is about, if you like")
    @app_commands.autocomplete(tool=_tools)
    async def ask(self, interaction: discord.Interaction[Any], tool: str | None = None) -> None:
        """Open the form."""
        await open_form(interaction, tool or "")

    @question.command(name="answered", description="Say what answered this question, here in its post")
    async def answered(self, interaction: discord.Interaction[Any]) -> None:
        """Ask which message, resource or words it was."""
        question = await question_here(interaction)
        await self._bot.service(Answering).may_mark(question.guild_id, question.question_id, who_of(interaction))
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await chooser(interaction, question), ephemeral=True)

    @question.command(name="reopen", description="Say that this question is open again, here in its post")
    async def reopen(self, interaction: discord.Interaction[Any]) -> None:
        """Take its answer back."""
        question = await question_here(interaction)
        service = self._bot.service(Answering)
        opened = await service.take_back(question.guild_id, question.question_id, who_of(interaction))
        await interaction.response.send_message(view=taken_back(opened), ephemeral=True)

    @question.command(name="retag", description="Change which tools this question is about, here in its post")
    async def retag(self, interaction: discord.Interaction[Any]) -> None:
        """Show the card on which they are changed."""
        question = await question_here(interaction)
        require_retagger(interaction, question)
        await interaction.response.send_message(
            view=retagging(self._bot, question, who_of(interaction)), ephemeral=True
        )

    @question.command(name="unanswered", description="What waits for an answer, oldest first")
    @app_commands.describe(tool="Only about this tool")
    @app_commands.autocomplete(tool=_tools)
    async def unanswered(self, interaction: discord.Interaction[Any], tool: str | None = None) -> None:
        """Show the list, privately."""
        view = await page_of_unanswered(interaction, tool or "", 0)
        await interaction.response.send_message(view=view, ephemeral=True)

    @question.command(name="helpers", description="Help others: for which tools, how often, and when not")
    async def helpers(self, interaction: discord.Interaction[Any]) -> None:
        """Show what one offers, or what it means to be a helper, privately."""
        await interaction.response.send_message(view=await helping.page(interaction), ephemeral=True)

    @question.command(name="overview", description="How quickly questions get answered, by tool and month")
    async def overview(self, interaction: discord.Interaction[Any]) -> None:
        """Show the numbers, privately."""
        await interaction.response.send_message(view=await overview.page(interaction), ephemeral=True)

    @commands.Cog.listener("on_raw_member_remove")
    async def left(self, event: discord.RawMemberRemoveEvent) -> None:
        """Who leaves is no helper any more. Discord tells it only where the members intent is switched on."""
        with suppress(StorageFault):  # the next question for them finds that they have left
            await self._bot.service(Helping).leave(event.guild_id, event.user.id)

    @commands.Cog.listener("on_thread_create")
    async def found(self, thread: discord.Thread) -> None:
        """Take in a post that somebody wrote by hand."""
        if is_post(thread, self._bot) and thread.owner_id != _me(thread.guild):
            with suppress(StorageFault):  # the next start looks for what was missed
                await self._bot.service(Following).found(post_of(thread))

    @commands.Cog.listener("on_message")
    async def heard(self, message: discord.Message) -> None:
        """Note that somebody wrote in a post; one that was put away is not at hand, and known only by its number."""
        channel = message.channel
        if message.guild is None or message.author.bot:
            return
        if not isinstance(channel, discord.Thread | discord.PartialMessageable):
            return
        service = self._bot.service(Following)
        with suppress(StorageFault):
            if message.id != channel.id:  # a post's first message has the post's number
                await service.heard(message.guild.id, channel.id, message.author.id, message.created_at)
            elif message.content and isinstance(channel, discord.Thread) and is_post(channel, self._bot):
                await service.found(post_of(channel, message.content))
                await service.read(post_of(channel, message.content))

    @commands.Cog.listener("on_raw_message_delete")
    async def unsaid(self, event: discord.RawMessageDeleteEvent) -> None:
        """Forget the text of an answer that was deleted."""
        if event.guild_id is not None:
            await self._bot.service(Following).unsaid(event.guild_id, [event.message_id])

    @commands.Cog.listener("on_raw_bulk_message_delete")
    async def unsaid_many(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Forget the texts of answers that were deleted together."""
        if event.guild_id is not None:
            await self._bot.service(Following).unsaid(event.guild_id, event.message_ids)

    @commands.Cog.listener("on_raw_message_edit")
    async def reworded(self, event: discord.RawMessageUpdateEvent) -> None:
        """Take over what an answer says now, where that may be read."""
        if event.guild_id is not None and event.message.content and not event.message.author.bot:
            await self._bot.service(Following).reworded(event.guild_id, event.message_id, event.message.content)

    @commands.Cog.listener("on_thread_update")
    async def renamed(self, before: discord.Thread, after: discord.Thread) -> None:
        """A post got another title or other tags."""
        service, before_, after_ = self._bot.service(Following), _tags(before), _tags(after)
        if before.name != after.name:
            await service.renamed(after.guild.id, after.id, after.name)
        if before_ != after_ and isinstance(after.parent, discord.ForumChannel):
            every = tags_of(after.parent)
            await service.retagged(after.guild.id, after.id, every, before_ - after_, after_ - before_)

    @commands.Cog.listener("on_raw_thread_delete")
    async def gone(self, event: discord.RawThreadDeleteEvent) -> None:
        """A post was deleted."""
        await self._bot.service(Following).gone(event.guild_id, event.thread_id)

    @commands.Cog.listener("on_guild_channel_delete")
    async def forum_gone(self, channel: discord.abc.GuildChannel) -> None:
        """A forum was deleted, and all in it."""
        if isinstance(channel, discord.ForumChannel):
            await self._bot.service(Following).forum_gone(channel.guild.id, channel.id)

    @commands.Cog.listener("on_guild_join")
    @commands.Cog.listener("on_guild_available")
    async def look(self, guild: discord.Guild) -> None:
        """See what was written while nobody looked."""
        try:
            self._looked[guild.id] = await catch_up(self._bot, guild)
            await self._bot.service(Asking).tidy()
        except WIRE_FAULTS as fault:
            log.warning("What was written in the forum of server %s could not be read: %s", guild.id, fault)

    @commands.Cog.listener("on_answered")
    async def look_at_a_new_forum(self, interaction: discord.Interaction[Any]) -> None:
        """Look through a forum that somebody has just chosen, so that one knows from when on to follow it."""
        guild = interaction.guild
        if guild is not None and guild.id in self._looked:
            forum = forum_of(guild, self._bot)
            if forum is not None and self._looked[guild.id] != forum.id:
                self._looked[guild.id] = forum.id
                await self.look(guild)


def _tags(thread: discord.Thread) -> set[int]:
    return {tag.id for tag in thread.applied_tags}


def _me(guild: discord.Guild) -> int:
    return guild.me.id
