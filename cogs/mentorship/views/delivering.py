"""What mentoring sends and does by the clock, as kinds of delivery; each card shows what is true when it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from bot.kit.cards import tell_organizers
from bot.kit.delivery import Kind, Letter
from cogs.mentorship import days
from cogs.mentorship.cards import circles as circle_cards
from cogs.mentorship.cards import pairs as pair_cards
from cogs.mentorship.cards import proposals as cards
from cogs.mentorship.cards import rounds as round_cards
from cogs.mentorship.service import Answering, Circling, Joining, Meeting, Opening, Passing, Reviewing
from cogs.mentorship.service import telling as kinds
from cogs.mentorship.service.telling import BY, number_in
from cogs.mentorship.views import circles, dates, pairs, proposals
from cogs.mentorship.views.joining import SignUp
from cogs.mentorship.views.reviewing import OpenReview
from cogs.mentorship.views.threads import Threads
from db.mentorship.leaving import CIRCLE_DUE, LEFT, OUT
from db.mentorship.personal import AFTER, NEWS, NEXT, TO_MENTOR
from db.mentorship.values import ACTIVE, FINISHED, OPEN

if TYPE_CHECKING:
    import discord
    from discord import ui

    from bot.kit.host import Host
    from db.delivery import Delivery

_A_WEEK = timedelta(weeks=1)


def kinds_of(host: Host) -> tuple[Kind, ...]:
    """All kinds of the room."""
    cards_of, chores, threads = _Cards(host), _Chores(host), Threads(host)
    return (
        Kind(kinds.ROUND, "sign-up card", "sign-up cards", render=cards_of.round, says_late=False),
        Kind(kinds.READY, "end of a sign-up", "ends of sign-ups", render=cards_of.ready, says_late=False),
        Kind(kinds.PROPOSAL, "mentoring proposal", "mentoring proposals", render=cards_of.proposal, says_late=False),
        Kind(kinds.AGAIN, "reminder of a proposal", "reminders of proposals", render=cards_of.again, says_late=False),
        Kind(kinds.CIRCLE, "offer of a circle", "offers of circles", render=cards_of.circle, says_late=False),
        Kind(kinds.QUESTION, "question before a yes", "questions before a yes", render=cards_of.question),
        Kind(kinds.ANSWER, "answer to a question", "answers to questions", render=cards_of.answer),
        Kind(NEWS, "news of mentoring", "news of mentoring", render=cards_of.news, patience=_A_WEEK),
        Kind(kinds.AGENDA, "agenda of a pair", "agendas of pairs", render=cards_of.agenda, says_late=False),
        Kind(kinds.CHECK_IN, "check-in", "check-ins", render=cards_of.check_in, patience=_A_WEEK, says_late=False),
        Kind(kinds.QUIET, "pair not heard from", "pairs not heard from", render=cards_of.quiet, says_late=False),
        Kind(kinds.HELP, "pair that needs help", "pairs that need help", render=cards_of.help),
        Kind(kinds.CALL, "call into a thread", "calls into threads", render=cards_of.call),
        Kind(kinds.NO_THREAD, "pair without a thread", "pairs without a thread", render=cards_of.no_thread),
        Kind(kinds.FIND_DESK, "way to organizers", "ways to organizers", work=chores.find_desk),
        Kind(kinds.CLOSING, "last question", "last questions", render=cards_of.closing, patience=_A_WEEK * 2),
        Kind(kinds.THANKS, "thank-you note", "thank-you notes", render=cards_of.thanks, says_late=False),
        Kind(kinds.JOINED, "word about who joined", "words about who joined", render=cards_of.joined, says_late=False),
        Kind(LEFT, "line about who left", "lines about who left", render=cards_of.left),
        Kind(OUT, "way out of a thread", "ways out of threads", work=threads.let_out),
        Kind(kinds.RETURN, "end of a break", "ends of breaks", work=chores.returned),
        Kind(kinds.DUE, "end of a proposal", "ends of proposals", work=chores.due),
        Kind(CIRCLE_DUE, "start of a circle", "starts of circles", work=chores.circle_due),
        Kind(NEXT, "search for a mentor", "searches for mentors", work=chores.next),
        Kind(AFTER, "end of a pair", "ends of pairs", work=chores.after),
        Kind(kinds.SEND, "start of a round", "starts of rounds", work=chores.send),
        Kind(kinds.OVER, "end of a round", "ends of rounds", work=chores.over),
        Kind(kinds.THREAD, "thread for a pair", "threads for pairs", work=threads.make),
        Kind(kinds.WEEK, "week of a pair", "weeks of pairs", work=chores.week),
        Kind(kinds.END, "last day of a pair", "last days of pairs", work=chores.end),
        Kind(kinds.SHUT, "closing of a thread", "closings of threads", work=threads.shut),
    )


class _Cards:
    """Draws what is sent."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client = cast("discord.Client", host)

    def _server(self, delivery: Delivery) -> str:
        guild = self._client.get_guild(delivery.guild_id)
        return guild.name if guild is not None else ""

    async def round(self, delivery: Delivery) -> Letter | None:
        found = await self._host.service(Opening).counted(delivery.guild_id, number_in(delivery.subject))
        if found is None or found.round.state != OPEN:
            return None
        return Letter(round_cards.sign_up(found.round, [SignUp(str(found.round.round_id))]))

    async def ready(self, delivery: Delivery) -> Letter | None:
        found = await self._host.service(Opening).counted(delivery.guild_id, number_in(delivery.subject))
        if found is None or found.round.state != OPEN:
            return None
        return Letter(round_cards.ready(found, [OpenReview(str(found.round.round_id))]))

    async def proposal(self, delivery: Delivery) -> Letter | None:
        return await self._proposal(delivery, again=False)

    async def again(self, delivery: Delivery) -> Letter | None:
        return await self._proposal(delivery, again=True)

    async def _proposal(self, delivery: Delivery, *, again: bool) -> Letter | None:
        shown = await self._host.service(Answering).shown(number_in(delivery.subject))
        if shown is None or shown.proposal.state != delivery.moment or shown.asked.user_id != delivery.target_id:
            return None
        buttons = proposals.buttons(shown.proposal.proposal_id)
        return Letter(cards.proposal(shown, self._host.vocabulary, self._server(delivery), buttons, again=again))

    async def circle(self, delivery: Delivery) -> Letter | None:
        service = self._host.service(Circling)
        found = await service.offered(delivery.guild_id, delivery.target_id, number_in(delivery.subject))
        if found is None:
            return None
        pair, of_round, people = found
        buttons = circles.answers(delivery.guild_id, pair.pair_id)
        return Letter(circle_cards.offer(of_round, people, delivery.lapses_at, buttons))

    async def question(self, delivery: Delivery) -> Letter | None:
        found = await self._host.service(Answering).question(number_in(delivery.subject))
        if found is None or found[0].answered_at is not None:
            return None
        button = proposals.AnswerQuestion(str(found[0].question_id))
        return Letter(cards.question(*found, [button]))

    async def answer(self, delivery: Delivery) -> Letter | None:
        found = await self._host.service(Answering).question(number_in(delivery.subject))
        if found is None:
            return None
        question, shown = found
        asks = shown.proposal.state == question.side
        return Letter(cards.answer(question, proposals.buttons(shown.proposal.proposal_id) if asks else []))

    async def news(self, delivery: Delivery) -> Letter | None:
        what = delivery.moment.partition(":")[0]
        member = await self._host.service(Joining).member(delivery.guild_id, delivery.target_id)
        if member is None or member.left_at is not None or what not in cards.NEWS:
            return None
        buttons: list[ui.Item[Any]] = []
        guild = str(delivery.guild_id)
        if what in ("paused", "lapsed"):
            if not member.is_paused(self._host.clock()):
                return None
            buttons = [proposals.BackAnywhere(guild)]
        if what == "back":
            if member.paused:
                return None  # they pause again by now
            buttons = [proposals.PauseLonger(guild)]
        return Letter(cards.news(what, buttons, mentee=member.learns))

    async def agenda(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or together.pair.state != ACTIVE:
            return None
        length = round((together.pair.ends_at - together.pair.started_at) / _A_WEEK)
        pair = str(together.pair.pair_id)
        buttons = [dates.FindTime(pair), pairs.CallOrganizer(pair), tell_organizers()]
        view = pair_cards.agenda(together, self._host.vocabulary, days.weeks(length), buttons)
        return Letter(view, members=tuple(one.user_id for one in together.people))

    async def check_in(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or together.pair.state != ACTIVE:
            return None
        week = int(delivery.moment.removeprefix("w"))
        buttons = pairs.check_in_buttons(together.pair.pair_id, week)
        return Letter(pair_cards.check_in(together, delivery.target_id, week, self._server(delivery), buttons))

    async def quiet(self, delivery: Delivery) -> Letter | None:
        return await self._for_organizers(delivery, "quiet")

    async def help(self, delivery: Delivery) -> Letter | None:
        return await self._for_organizers(delivery, "help")

    async def call(self, delivery: Delivery) -> Letter | None:
        return await self._for_organizers(delivery, "call")

    async def no_thread(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is not None and together.pair.thread_id is not None:
            return None
        return await self._for_organizers(delivery, "no-thread")

    async def _for_organizers(self, delivery: Delivery, what: str) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or together.pair.state != ACTIVE:
            return None
        by = delivery.moment.partition(":")[2]
        buttons = [pairs.IntoThread(str(together.pair.pair_id))] if what == "call" else []
        return Letter(pair_cards.for_organizers(together, what, buttons, int(by) if by.isdigit() else None))

    async def closing(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or not (together.pair.state == ACTIVE or together.pair.how == FINISHED):
            return None
        button = pairs.LastQuestions(str(together.pair.pair_id))
        return Letter(pair_cards.closing(together, delivery.target_id, [button]))

    async def joined(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        if together is None or together.pair.state != ACTIVE:
            return None
        came = delivery.moment.removeprefix(kinds.WITH).partition("-")[0]
        member = next((one for one in together.mentees if str(one.member_no) == came), None)
        return None if member is None else Letter(pair_cards.came(member), members=(member.user_id,))

    async def left(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        return None if together is None or together.pair.state != ACTIVE else Letter(pair_cards.left())

    async def thanks(self, delivery: Delivery) -> Letter | None:
        together = await self._host.service(Meeting).together(number_in(delivery.subject))
        return None if together is None else Letter(pair_cards.thanks(together))


class _Chores:
    """Does what is to be done; each bears being done twice."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def circle_due(self, delivery: Delivery) -> None:
        await self._host.service(Circling).due(number_in(delivery.subject))

    async def due(self, delivery: Delivery) -> None:
        await self._host.service(Passing).lapse(number_in(delivery.subject))

    async def returned(self, delivery: Delivery) -> None:
        await self._host.service(Joining).returned(number_in(delivery.subject))

    async def next(self, delivery: Delivery) -> None:
        service, number = self._host.service(Passing), number_in(delivery.subject)
        if delivery.subject.startswith(TO_MENTOR):
            await service.look_for_mentees(delivery.guild_id, number)
        else:
            await service.look(delivery.guild_id, number)

    async def after(self, delivery: Delivery) -> None:
        by = delivery.moment.removeprefix(BY)
        service = self._host.service(Meeting)
        await service.see_to_the_others(number_in(delivery.subject), int(by) if by.isdigit() else None)

    async def send(self, delivery: Delivery) -> None:
        await self._host.service(Reviewing).send(delivery.guild_id, number_in(delivery.subject))

    async def over(self, delivery: Delivery) -> None:
        await self._host.service(Opening).over(delivery.guild_id, number_in(delivery.subject))

    async def week(self, delivery: Delivery) -> None:
        await self._host.service(Meeting).week(number_in(delivery.subject), int(delivery.moment.removeprefix("w")))

    async def end(self, delivery: Delivery) -> None:
        await self._host.service(Meeting).end(number_in(delivery.subject))

    async def find_desk(self, delivery: Delivery) -> None:
        await self._host.service(Meeting).find_desk(delivery)
