"""The buttons and the menu by which people vote, and see how it was voted."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import MechanismId, OptionId, PollId
from bot.domain.members import Answer
from bot.domain.objections import ReasonAsked
from bot.domain.poll_answer_grammar import EnterVoice
from bot.domain.poll_answers import LetterObjection
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.voted import ForWhich, Voted
from bot.usecases import poll_answers, poll_letters, votes
from bot.view import poll_voices, polls
from bot.view import votes as view
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Click, Typed
from handlers.objections import Objections


@dataclass(frozen=True, slots=True)
class VoteHandlers:
    desk: Desk

    async def vote(self, click: Click) -> Message | None:
        """Where the message itself will show the vote, no answer is needed."""
        return await self._vote(click, None)

    async def vote_for(self, click: Click) -> Message | None:
        """For one of several mechanisms."""
        return await self._vote(click, MechanismId(click.about))

    async def remove(self, click: Click) -> Message:
        return self._told(await self._remove(click, None))

    async def remove_for(self, click: Click) -> Message:
        return self._told(await self._remove(click, MechanismId(click.about)))

    async def abstain(self, click: Click) -> Message:
        return self._told(await self._abstain(click, None))

    async def abstain_for(self, click: Click) -> Message:
        return self._told(await self._abstain(click, MechanismId(click.about)))

    async def take_back_for(self, click: Click) -> Message:
        return self._told(await self._take_back(click, MechanismId(click.about)))

    async def menu(self, click: Click) -> Message:
        """What the menu offers to everybody.

        Raises:
            Refusal("button-gone"): it is another entry.
        """
        poll, now, db = PollId(click.value), self.desk.clock(), self.desk.db
        match click.choice:
            case polls.MINE:
                mine = await db.write(poll_answers.mine, click.sender, poll, now=now)
                return view.mine(self.desk.words(mine.reader), mine.outcome)
            case polls.TAKE_BACK:
                return self._told(await self._take_back(click, None))
            case poll_voices.ABSTAIN:
                return self._told(await self._abstain(click, None))
            case polls.WHO:
                who = await db.write(poll_answers.who, click.sender, poll)
                return view.who(self.desk.words(who.reader), who.outcome)
            case _:
                raise Refusal("button-gone")

    async def history(self, click: Click) -> Message:
        await self.desk.known(click.sender)
        found = await self.desk.db.write(poll_answers.history, click.sender, PollId(click.value))
        return view.history(self.desk.words(found.reader), found.reader, found.outcome)

    async def enter(self, typed: Typed, asked: EnterVoice) -> Message:
        """An answer that came by letter."""
        await self.desk.known(typed.sender)
        answer = await self.desk.db.write(poll_letters.enter, typed.sender, asked, now=self.desk.clock())
        words, outcome = self.desk.words(answer.reader), answer.outcome
        if isinstance(outcome, LetterObjection):
            return view.objecting(words, outcome)
        self.desk.work.redraw()
        return view.entered(words, outcome)

    async def object_by_letter(self, click: Click) -> Message:
        """The objection that came by letter is meant."""
        await self.desk.known(click.sender)
        mechanism, how = _letter(click.choice)
        answer = await self.desk.db.write(
            poll_letters.object_by_letter,
            click.sender,
            PollId(click.value),
            mechanism=mechanism,
            how=how,
            now=self.desk.clock(),
        )
        self.desk.changed(answer.reader.workspace.id)
        return view.entered(self.desk.words(answer.reader), answer.outcome)

    async def _vote(self, click: Click, mechanism: MechanismId | None) -> Message | None:
        option, now = OptionId(click.value), self.desk.clock()
        answer = await self.desk.db.write(
            votes.vote, click.sender, option, clicked=click.clicked, now=now, mechanism=mechanism
        )
        if isinstance(answer.outcome, ReasonAsked):
            await Objections(self.desk).ask(click, Answer(answer.reader, answer.outcome))
            return None
        told = self._told(Answer(answer.reader, answer.outcome))
        return None if isinstance(answer.outcome, Voted) and _is_seen(answer.outcome) else told

    async def _remove(self, click: Click, mechanism: MechanismId | None) -> Answer[Voted | ForWhich]:
        option, now = OptionId(click.value), self.desk.clock()
        return await self.desk.db.write(
            votes.remove, click.sender, option, clicked=click.clicked, now=now, mechanism=mechanism
        )

    async def _abstain(self, click: Click, mechanism: MechanismId | None) -> Answer[Voted | ForWhich]:
        poll, now = PollId(click.value), self.desk.clock()
        return await self.desk.db.write(
            votes.abstain, click.sender, poll, clicked=click.clicked, now=now, mechanism=mechanism
        )

    async def _take_back(self, click: Click, mechanism: MechanismId | None) -> Answer[Voted | ForWhich]:
        poll, now = PollId(click.value), self.desk.clock()
        return await self.desk.db.write(
            votes.take_back, click.sender, poll, clicked=click.clicked, now=now, mechanism=mechanism
        )

    def _told(self, answer: Answer[Voted | ForWhich]) -> Message:
        words, outcome = self.desk.words(answer.reader), answer.outcome
        if isinstance(outcome, ForWhich):
            return view.for_which(words, outcome)
        if outcome.changed:
            self.desk.work.redraw()
        return view.voted(words, outcome)


def _letter(carried: str) -> tuple[MechanismId, How]:
    """Whose answer came how, as the button carries it: Refusal("button-gone")."""
    mechanism, _, how = carried.partition(":")
    if not mechanism.isdecimal() or how not in set(How):
        raise Refusal("button-gone")
    return MechanismId(int(mechanism)), How(how)


def _is_seen(outcome: Voted) -> bool:
    """Whether the channel's message shows the vote by itself; a mechanism's voice is confirmed in any case."""
    poll = outcome.poll
    return poll.shows_counts and not poll.anonymous and poll.single and outcome.mechanism is None
