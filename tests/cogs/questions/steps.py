"""A community with a questions forum, and what people do in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simcord.builders import ChannelHandle

from cogs.questions.views.catching_up import catch_up
from db import questions, setup
from tests.bot.delivery.steps import tick
from tests.kit.world import custom_id, seen, select_id

if TYPE_CHECKING:
    from simcord import InteractionResult, MemberActor

    from db.questions import Question
    from tests.kit.world import World

TAGS = ("Answered", "Needs help", "3D printer", "Laser cutter", "Sewing", "Safety and policy")
ASKED = {
    "title": "How do I cut felt with our Glowforge?",
    "details": "The edges turn brown. It is 3 mm wool felt.",
    "tried": "Less power, more speed.",
}


class Forum:
    """The world with its forum. Posts are found by their question's title."""

    channel: ChannelHandle

    def __init__(self, world: World) -> None:
        self.world = world
        self.env = world.env
        self.member, self.other, self.organizer = world.member, world.other, world.organizer

    async def build(self, tags: tuple[str, ...] = TAGS) -> Forum:
        """Make the forum with these tags, and let the server know it as its own."""
        self.channel = self.world.guild.create_forum_channel("questions")
        self.tag(tags)
        return await self.build_on()

    async def build_on(self) -> Forum:
        """Let the server know a forum that is there as its own."""
        await self.env.settle()
        async with self.world.database.write() as connection:
            settings = await setup.change(
                connection, self.world.guild.id, self.world.bot.clock(), questions_id=self.channel.id
            )
        self.world.bot.servers.keep(settings)
        await self.meet()
        return self

    def tag(self, names: tuple[str, ...]) -> None:
        """Give the forum these tags; those it has keep their numbers."""
        there = {tag["name"]: tag for tag in self.env.backend.get_channel(self.channel.id).available_tags}
        made = [
            there.get(name)
            or {"id": str(self.env.backend.snowflake()), "name": name, "moderated": False, "emoji_name": None}
            for name in names
        ]
        self.env.backend.edit_channel(self.channel.id, {"available_tags": made})

    def rename_tag(self, before: str, after: str) -> None:
        """An organizer gives a tag another name."""
        made = [
            {**tag, "name": after if tag["name"] == before else tag["name"]}
            for tag in self.env.backend.get_channel(self.channel.id).available_tags
        ]
        self.env.backend.edit_channel(self.channel.id, {"available_tags": made})

    async def meet(self) -> None:
        """The bot sees the server as at a start."""
        guild = self.world.bot.get_guild(self.world.guild.id)
        assert guild is not None
        await catch_up(self.world.bot, guild)
        await self.env.settle()

    async def later(self, **span: float) -> None:
        """Time goes by, and what is due is delivered."""
        await self.env.advance_time(timedelta(**span).total_seconds())
        await tick(self.world)
        await tick(self.world)

    # Posts.

    def post(self, nth: int = -1) -> ChannelHandle:
        """The nth post of the forum, as people open it; the newest unless said otherwise."""
        backend = self.env.backend
        threads = [
            number
            for number in backend.get_guild(self.world.guild.id).thread_ids
            if backend.get_channel(number).parent_id == self.channel.id
        ]
        return ChannelHandle(self.env, self.world.guild, backend.get_channel(threads[nth]))

    @property
    def posts(self) -> int:
        backend = self.env.backend
        threads = backend.get_guild(self.world.guild.id).thread_ids
        return sum(backend.get_channel(number).parent_id == self.channel.id for number in threads)

    def tags_on(self, post: ChannelHandle) -> list[str]:
        """The names of a post's tags."""
        names = {int(tag["id"]): tag["name"] for tag in self.env.backend.get_channel(self.channel.id).available_tags}
        return [names.get(number, "gone") for number in self.env.backend.get_channel(post.id).applied_tags]

    def archived(self, post: ChannelHandle) -> bool:
        meta = self.env.backend.get_channel(post.id).thread_metadata
        assert meta is not None
        return bool(meta.archived)

    def locked(self, post: ChannelHandle) -> bool:
        meta = self.env.backend.get_channel(post.id).thread_metadata
        assert meta is not None
        return bool(meta.locked)

    async def by_hand(
        self, who: MemberActor, title: str, text: str = "It just stops.", tags: tuple[str, ...] = ()
    ) -> ChannelHandle:
        """Somebody writes a post in the forum itself."""
        backend = self.env.backend
        numbers = {tag["name"]: int(tag["id"]) for tag in backend.get_channel(self.channel.id).available_tags}
        thread = backend.create_thread(
            self.channel.id, title, who.id, applied_tags=[numbers[name] for name in tags], broadcast=False
        )
        backend.get_channel(self.channel.id).last_message_id = thread.id
        backend.announce_thread_create(thread)
        first = backend.create_message(thread.id, who.id, text, broadcast=False)
        first.id = thread.id  # as at Discord
        backend.messages[thread.id] = {first.id: first}
        backend.announce_message_create(first)
        await self.env.settle()
        return ChannelHandle(self.env, self.world.guild, thread)

    # Asking.

    async def ask(self, who: MemberActor, tool: str | None = None, **changed: Any) -> Any:
        """Fill in the form; the preview that is seen then."""
        options = {} if tool is None else {"tool": tool}
        form = await who.slash(self.world.general, "ask", **options)
        return seen(await who.submit_modal(form, {**ASKED, **changed}))

    async def asked(self, who: MemberActor, **changed: Any) -> ChannelHandle:
        """Ask and post it; the post."""
        preview = await self.ask(who, **changed)
        await press(who, preview, "Post my question")
        await tick(self.world)
        return self.post()

    def card(self, post: ChannelHandle) -> Any:
        """The bot's card in a post, as it stands now."""
        (found,) = [message for message in post.history() if self._is_card(message)]
        return found

    def _is_card(self, message: Any) -> bool:
        bot = self.world.bot.user
        return (
            bot is not None
            and message.author.id == bot.id
            and "question-" in str([part.to_dict() for part in message.components])
        )

    async def mark(self, who: MemberActor, post: ChannelHandle, message: Any) -> InteractionResult:
        """Mark a message with its menu, and let the card follow."""
        result = await who.context_menu(post, "Mark as answer", message)
        await tick(self.world)
        return result

    async def question(self, post: ChannelHandle) -> Question:
        """What is kept of a post's question."""
        async with self.world.database.read() as connection:
            found = await questions.by_thread(connection, self.world.guild.id, post.id)
        assert found is not None
        return found


def as_filled(form: InteractionResult, **typed: Any) -> dict[str, Any]:
    """What a form holds when it opens, as somebody sends it who changes only this."""
    shown = form.modal
    assert shown is not None
    fields = [label["component"] for label in shown["components"]]
    return {field["custom_id"]: field["value"] for field in fields if field.get("value")} | typed


async def press(who: MemberActor, message: Any, label: str, nth: int = 0) -> Any:
    """What a person sees after pressing a button by its label."""
    return seen(await who.click(message, custom_id=custom_id(message, label, nth)))


async def choose(who: MemberActor, message: Any, placeholder: str, *values: str) -> Any:
    """What a person sees after choosing in a select, known by what it says."""
    return seen(await who.select(message, list(values), custom_id=select_id(message, placeholder)))
