"""Voting: for oneself, or for a mechanism that one speaks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import electorates, objections
from bot.domain import votes as rules
from bot.domain.electorates import Holder, Voter
from bot.domain.ids import MechanismId, OptionId, PollId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Answer, Sender, may_take_part
from bot.domain.objections import ReasonAsked
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.voted import Already, ForWhich, Said, Voted, Wish, WishKind
from bot.domain.votes import Hand, Voice, chosen_options
from bot.ports import Tx
from bot.usecases.poll_access import there
from storage import members, messages, polls, voters, votes

Voting = Voted | ForWhich
Deciding = Callable[[Voice], Voice]
"""What a voice says after a click by that member."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click at Slack's time `clicked`, which is `now` to the bot; `mechanism` is for whom, where that was asked."""

    sender: Sender
    clicked: str
    now: datetime
    mechanism: MechanismId | None = None


def vote(
    tx: Tx, sender: Sender, option: OptionId, *, clicked: str, now: datetime, mechanism: MechanismId | None = None
) -> Answer[Voting] | Answer[ReasonAsked]:
    """A click on an option; whether it comes in time, the bot's clock decides.

    Raises:
        Refusal("option-gone"), those of `votes.vote`, of `electorates.holders` and of `objections.may_object`
    """
    poll = _of_option(tx, sender, option)
    if objections.is_objection(poll, option):
        return _ask_reason(tx, sender, poll, now)
    pressed = Pressed(sender, clicked, now, mechanism)
    wish = Wish(WishKind.VOTE, option)
    return _say(tx, poll, pressed, wish, lambda was: rules.vote(poll, was, option, clicked, now=now))


def remove(
    tx: Tx, sender: Sender, option: OptionId, *, clicked: str, now: datetime, mechanism: MechanismId | None = None
) -> Answer[Voting]:
    """*Remove* beside one's own answer; by mechanism the button bears whose answer that is.

    Raises:
        Refusal("option-gone"), Refusal("voice-not-yours"), those of `votes.remove` and of `electorates.holders`
    """
    poll = _of_option(tx, sender, option)
    pressed = Pressed(sender, clicked, now, mechanism)
    return _say(tx, poll, pressed, None, lambda was: rules.remove(poll, was, option, clicked, now=now))


def take_back(
    tx: Tx, sender: Sender, poll: PollId, *, clicked: str, now: datetime, mechanism: MechanismId | None = None
) -> Answer[Voting]:
    """*Take back my vote*; refuses as `votes.take_back` does, and Refusal("objection-stays")."""
    found = there(polls.lock_voted(tx, sender.team, poll))
    objections.refuse_withdrawal(found)
    pressed = Pressed(sender, clicked, now, mechanism)
    return _say(
        tx, found, pressed, Wish(WishKind.TAKE_BACK, poll), lambda was: rules.take_back(found, was, clicked, now=now)
    )


def abstain(
    tx: Tx, sender: Sender, poll: PollId, *, clicked: str, now: datetime, mechanism: MechanismId | None = None
) -> Answer[Voting]:
    """*Abstain*."""
    found = there(polls.lock_voted(tx, sender.team, poll))
    pressed = Pressed(sender, clicked, now, mechanism)
    return _say(
        tx, found, pressed, Wish(WishKind.ABSTAIN, poll), lambda was: rules.abstain(found, was, clicked, now=now)
    )


def store(tx: Tx, poll: Poll, hand: Hand, before: Voice, after: Voice) -> bool:
    """Keep what a voice says now, of a poll that is locked; whether that is something else than before."""
    if after is not before:
        votes.record(tx, poll, hand, before, after)
    changed = not after.says_as(before)
    if changed and poll.shows_counts:
        messages.stale(tx, poll=poll.id)
    return changed


def voice_of(tx: Tx, poll: Poll, voter: Voter, holder: Holder) -> Voice:
    """What a voice has said so far."""
    name = holder.name_in(poll)
    return votes.voice(tx, poll, name) if poll.anonymous else voter.voices.get(name, Voice())


def said(poll: Poll, voice: Voice) -> Said:
    return Said(chosen_options(poll, voice.chosen), voice.abstained)


def _say(tx: Tx, poll: Poll, pressed: Pressed, wish: Wish | None, decide: Deciding) -> Answer[Voting]:
    """`poll` is locked, so that no other click for the same voice comes between.

    Without a `wish` it is never asked for which mechanism that is.
    """
    voter = voters.read(tx, pressed.sender, poll)
    may_take_part(voter.member)
    among = electorates.holders(poll, voter, pressed.now)
    holder = electorates.chosen(among, pressed.mechanism)
    if holder is None:
        if wish is None:
            raise Refusal("voice-not-yours")
        decide(Voice())  # what can't be done for any of them is refused at once
        return Answer(voter.member, _for_which(poll, wish, among))
    before = voice_of(tx, poll, voter, holder)
    after = decide(before)
    changed = store(tx, poll, hand(poll, holder, pressed.now), before, after)
    asked = () if pressed.mechanism is None else among
    others = [(each, voice_of(tx, poll, voter, each)) for each in asked if each is not holder]
    outcome = Voted(
        poll,
        chosen_options(poll, after.chosen),
        changed,
        abstained=after.abstained,
        mechanism=holder.mechanism,
        was=said(poll, before) if holder.mechanism and changed and before.has_answered else None,
        further=None if wish is None else _further(poll, wish, others),
        already=None if wish is None or changed else _already(tx, poll, holder, wish, before),
    )
    return Answer(voter.member, outcome)


def _of_option(tx: Tx, sender: Sender, option: OptionId) -> Poll:
    poll = polls.lock_of_option(tx, sender.team, option)
    if poll is None:
        raise Refusal("option-gone")
    return poll


def _ask_reason(tx: Tx, sender: Sender, poll: Poll, now: datetime) -> Answer[ReasonAsked]:
    """Nothing is stored yet; for which mechanism it is, the form asks as well."""
    objections.may_object(poll, now)
    voter = voters.read(tx, sender, poll)
    may_take_part(voter.member)
    among = electorates.holders(poll, voter, now)
    return Answer(voter.member, ReasonAsked(poll, _mechanisms(among)))


def _mechanisms(among: tuple[Holder, ...]) -> tuple[Mechanism, ...]:
    return tuple(each.mechanism for each in among if each.mechanism is not None)


def hand(poll: Poll, holder: Holder, now: datetime) -> Hand:
    """By whose hand a voice is set now."""
    mechanism = None if holder.mechanism is None else holder.mechanism.id
    return Hand(holder.name_in(poll), holder.member.id, mechanism, now)


def _for_which(poll: Poll, wish: Wish, among: tuple[Holder, ...]) -> ForWhich:
    option = next((each for each in poll.options if each.id == wish.about), None)
    return ForWhich(poll, wish, _mechanisms(among), option if wish.kind is WishKind.VOTE else None)


def _further(poll: Poll, wish: Wish, others: Sequence[tuple[Holder, Voice]]) -> ForWhich | None:
    """The same question for those of the others that don't say it yet."""
    unsaid = tuple(each for each, voice in others if not rules.says(voice, wish))
    return _for_which(poll, wish, unsaid) if unsaid else None


def _already(tx: Tx, poll: Poll, holder: Holder, wish: Wish, voice: Voice) -> Already | None:
    """What is said of a click on an option that a mechanism has chosen, in a multiple choice."""
    option = next((each for each in chosen_options(poll, voice.chosen) if each.id == wish.about), None)
    if option is None or wish.kind is not WishKind.VOTE or poll.single or holder.mechanism is None:
        return None
    is_own = voice.by in (None, holder.member.id)
    by = None if voice.by is None or is_own or voice.how else members.get(tx, poll.workspace, voice.by)
    return Already(option, by, voice.how)
