"""Answers that came to an organiser otherwise than by a click: by letter, by telephone, in person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import poll_answer_grammar
from bot.domain import votes as rules
from bot.domain.audit import Act, Action, Authority
from bot.domain.electorates import Holder
from bot.domain.ids import ChannelId, MechanismId, OptionId, PollId
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.members import Answer, Member, Sender, may_organise
from bot.domain.objections import is_objection, may_object, objection
from bot.domain.poll_answer_grammar import EnterVoice
from bot.domain.poll_answers import LetterObjection, VoiceEntered, may_know_before
from bot.domain.polls import Poll, PollState, check_there
from bot.domain.refusals import Refusal
from bot.domain.representations import check_in_use
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.domain.votes import Hand, Voice
from bot.ports import Tx
from bot.usecases import audit, objections, votes
from bot.usecases.poll_access import there
from storage import mechanisms, members, polls, voters
from storage import votes as voices


def enter(
    tx: Tx, sender: Sender, asked: EnterVoice, *, now: datetime
) -> Answer[VoiceEntered] | Answer[LetterObjection]:
    """An organiser enters a mechanism's answer that came otherwise than by a click; of an objection they are asked.

    Raises:
        Refusal("organisers-only"), Refusal("poll-unknown"), Refusal("voice-by-person"), Refusal("voice-late"),
        Refusal("mechanism-…"), those of `poll_answer_grammar` and of `votes.enter`
    """
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    letter = poll_answer_grammar.parse(asked)
    poll = _numbered(tx, organiser, sender.channel, asked.number)
    register = mechanisms.every(tx, organiser.workspace.id)
    mechanism = check_in_use(choose_mechanism(letter.mechanism, register))
    chosen = frozenset(each.id for each in poll_answer_grammar.meant(poll, letter))
    if any(is_objection(poll, each) for each in chosen):
        rules.enter(poll, Voice(), chosen, now=now)  # what can't be entered is refused at once
        return Answer(organiser, LetterObjection(poll, mechanism, letter.how))
    return Answer(organiser, _enter(tx, sender, poll, _Entering(organiser, mechanism, letter.how, chosen, now)))


def object_by_letter(
    tx: Tx, sender: Sender, poll: PollId, *, mechanism: MechanismId, how: How, now: datetime
) -> Answer[VoiceEntered]:
    """The objection that was asked about is meant: it stands, and closes the poll in the same transaction.

    Raises:
        Refusal("organisers-only"), Refusal("poll-gone"), Refusal("voice-late"), Refusal("button-gone"),
        Refusal("mechanism-…"), those of `objections.may_object`
    """
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    found = _numbered(tx, organiser, sender.channel, there(polls.get(tx, organiser.workspace.id, poll)).number)
    may_object(found, now)
    register = mechanisms.every(tx, organiser.workspace.id)
    named = next((each for each in register if each.id == mechanism), None)
    if named is None:
        raise Refusal("button-gone")
    chosen = frozenset({objection(found).id})
    return Answer(organiser, _enter(tx, sender, found, _Entering(organiser, check_in_use(named), how, chosen, now)))


@dataclass(frozen=True, slots=True)
class _Entering:
    organiser: Member
    mechanism: Mechanism
    how: How
    chosen: frozenset[OptionId]
    now: datetime


def _enter(tx: Tx, sender: Sender, poll: Poll, entering: _Entering) -> VoiceEntered:
    """`poll` is locked."""
    organiser, mechanism, now = entering.organiser, entering.mechanism, entering.now
    name = Holder(organiser, mechanism).name_in(poll)
    before = voices.voice(tx, poll, name)
    after = rules.enter(poll, before, entering.chosen, now=now)
    hand = Hand(name, organiser.id, mechanism.id, now, entering.how)
    knows = may_know_before(poll, mechanism, voters.read(tx, sender, poll), now)
    stopped = any(is_objection(poll, each) for each in entering.chosen)
    if stopped:
        objections.stop(tx, poll, hand, before)
    else:
        votes.store(tx, poll, hand, before, after)
    entered = VoiceEntered(poll, mechanism, votes.said(poll, after), entering.how, None, changed=True, stopped=stopped)
    if knows:
        entered = _compared(entered, before, after)
    if entered.changed or entered.confirmed:
        _record(tx, organiser, entered, now)
    return entered


def _compared(entered: VoiceEntered, before: Voice, after: Voice) -> VoiceEntered:
    """With what was said before, for who may know it."""
    changed = not after.says_as(before)
    was = votes.said(entered.poll, before) if before.has_answered and changed else None
    return replace(entered, was=was, changed=changed, confirmed=not changed and entered.how is not before.how)


def _record(tx: Tx, organiser: Member, entered: VoiceEntered, now: datetime) -> None:
    """Never what was chosen; and of an anonymous poll not who has answered either.

    Where `entered` doesn't say whether anything changed, the record doesn't either.
    """
    poll = entered.poll
    facts: dict[str, str | int] = {"number": poll.number, "question": poll.question}
    if poll.anonymous:
        act = Act(Action.ANONYMOUS_VOICE_ENTERED, Authority.ORGANISER, poll=poll.id, facts=facts)
    else:
        facts |= {"how": entered.how}
        voices: dict[MechanismId, Role | None] = {entered.mechanism.id: None}
        act = Act(Action.VOICE_ENTERED, Authority.ORGANISER, poll=poll.id, voices=voices, facts=facts)
    audit.record(tx, organiser, act, now)


def _numbered(tx: Tx, member: Member, here: ChannelId, number: int) -> Poll:
    """The poll, locked: one by mechanism that stands, and takes answers."""
    numbered = polls.find(tx, member.workspace.id, number, here)
    found = None if numbered is None else polls.lock(tx, member.workspace.id, numbered.id)
    if found is None:
        raise Refusal("poll-unknown", number=number)
    check_there(found)
    if not found.by_mechanism:
        raise Refusal("voice-by-person", number=number)
    if found.state is PollState.CLOSED:
        closed = polls.get(tx, member.workspace.id, found.id)
        raise Refusal("voice-late-objection" if closed and closed.objected else "voice-late", number=number)
    return found
