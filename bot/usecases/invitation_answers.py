"""Answers to an invitation other than a seat: that somebody can't attend, or that somebody else will."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.audit import Act, Action, Authority
from bot.domain.folding import fold
from bot.domain.ids import UserId, WebinarId
from bot.domain.invitation_grammar import EnterAnswer
from bot.domain.invitation_outcomes import Answered, AnsweredNo, HoldsSeat, MayPassOn, PassedOn, TermEnded
from bot.domain.invitations import MOST_PASSES, AnswerState, Given, Party, Roll, Standing, facts, passed_to
from bot.domain.mechanism_names import read_mechanisms
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Answer, Member, Sender, check_is_here, may_organise, may_take_part
from bot.domain.refusals import Refusal
from bot.domain.representations import check_name
from bot.domain.representatives import speaking
from bot.domain.webinars import Session, Webinar, check_open
from bot.ports import Tx
from bot.usecases import audit, letters, rolls
from storage import invitation_answers, invitations, mechanisms, members, representatives, webinars


@dataclass(frozen=True, slots=True)
class _Invited:
    """Who answers, the webinar, which is locked, the seat that they have in it; `ended`: they were invited once."""

    member: Member
    webinar: Webinar
    held: Session | None
    roll: Roll
    ended: TermEnded | None


def decline(tx: Tx, sender: Sender, webinar_id: WebinarId, *, now: datetime) -> Answer[Answered]:
    """The sender can't attend. Who has a seat gives it back instead: nothing is stored for them.

    Raises:
        Refusal("invitation-none"), Refusal("webinar-not-open"), Refusal("invite-over")
    """
    invited = _invited_to(tx, sender, webinar_id, now)
    member, webinar = invited.member, invited.webinar
    if invited.ended is not None:
        return Answer(member, invited.ended)
    if invited.held is not None:
        return Answer(member, HoldsSeat(webinar, invited.held))
    parties = invited.roll.parties_of(member.id)
    outcome = AnsweredNo(webinar, member, _mechanisms(parties))
    if invited.roll.book.standing_of(member.id) is Standing.DECLINED:
        return Answer(member, replace(outcome, again=True))
    invitation_answers.put(tx, webinar, member.id, Given(AnswerState.DECLINED, now))
    audit.record(tx, member, _own(Action.DECLINED, webinar, member, parties), now)
    letters.plan(tx, webinar, now)
    return Answer(member, outcome)


def may_pass_on(
    tx: Tx, sender: Sender, webinar_id: WebinarId, *, now: datetime
) -> Answer[MayPassOn | HoldsSeat | TermEnded]:
    """Whether the sender may say who comes instead; refuses as `decline`, and Refusal("instead-chain")."""
    invited = _invited_to(tx, sender, webinar_id, now)
    member, webinar = invited.member, invited.webinar
    if invited.ended is not None:
        return Answer(member, invited.ended)
    if invited.held is not None:
        return Answer(member, HoldsSeat(webinar, invited.held))
    _check_chain(invited.roll, member)
    return Answer(member, MayPassOn(webinar, invited.roll.book.instead_of(member.id)))


def numbered(tx: Tx, sender: Sender, number: int) -> WebinarId:
    """The webinar that an invited person names. An unknown one is refused as one to which they aren't invited is:
    nobody learns here which webinars there are in private channels. Refusal("invitation-none").
    """
    member = members.get_or_add(tx, sender)
    found = webinars.numbered(tx, member.workspace.id, number)
    if found is None:
        raise Refusal("invitation-none")
    return found.id


def number_of(tx: Tx, sender: Sender, webinar_id: WebinarId) -> int:
    """The number of the webinar that a button is about: Refusal("invitation-none")."""
    member = members.get_or_add(tx, sender)
    found = webinars.maybe(tx, member.workspace.id, webinar_id)
    if found is None:
        raise Refusal("invitation-none")
    return found.number


def pass_on(
    tx: Tx, sender: Sender, webinar_id: WebinarId, user: UserId | None, name: str, *, now: datetime
) -> Answer[PassedOn | HoldsSeat | TermEnded]:
    """Somebody else will attend: by their account, who is invited at once, or by `name`, for an organiser to tell.

    Raises:
        Refusal("instead-nobody"), Refusal("instead-two"), Refusal("instead-self"), Refusal("instead-bot"),
        Refusal("member-left"),
        Refusal("instead-back"), Refusal("instead-account-name"), those of `check_name`, and as `may_pass_on` does.
    """
    allowed = may_pass_on(tx, sender, webinar_id, now=now)
    member = allowed.reader
    if not isinstance(allowed.outcome, MayPassOn):
        return Answer(member, allowed.outcome)
    webinar, before = allowed.outcome.webinar, allowed.outcome.now
    instead = _instead(tx, sender, member, user, name)
    roll = rolls.of_member(tx, webinar, member.id, now)
    if instead.id in passed_to(roll, member.id):
        raise Refusal("instead-back")
    parties = roll.parties_of(member.id)
    outcome = PassedOn(webinar, instead, _mechanisms(parties), before)
    if before is not None and before.id == instead.id:
        return Answer(member, replace(outcome, again=True))
    if roll.book.instead_of(instead.id) is not None:
        _forget_ended(tx, webinar, instead, now)
    invitation_answers.put(tx, webinar, member.id, Given(AnswerState.PASSED_ON, now, instead))
    act = replace(_own(Action.PASSED_ON, webinar, member, parties), member=instead.id)
    audit.record(tx, member, act, now)
    letters.plan(tx, webinar, now)
    return Answer(member, outcome)


def enter(tx: Tx, sender: Sender, asked: EnterAnswer, *, now: datetime) -> Answer[AnsweredNo]:
    """An organiser enters an answer that came otherwise: by whom, and how. The same one again changes nothing.

    Raises:
        Refusal("organisers-only"), Refusal("webinar-unknown"), Refusal("webinar-not-open"),
        Refusal("answer-person-missing"), Refusal("answer-not-invited"), Refusal("answer-holds-seat")
    """
    organiser = members.get_or_add(tx, sender)
    may_organise(organiser)
    found = webinars.find(tx, organiser, sender.channel, asked.number)
    if found is None:
        raise Refusal("webinar-unknown", number=asked.number)
    check_open(found)
    webinar, _ = webinars.lock(tx, found.workspace, found.id, organiser.id)
    roll = rolls.whole(tx, webinar, now)
    member = _meant(tx, roll, sender, asked)
    parties = roll.parties_of(member.id)
    if not parties:
        raise Refusal("answer-not-invited", typed=asked.name or member.name or "", number=webinar.number)
    if (held := roll.book.session_of(member.id)) is not None:
        raise Refusal("answer-holds-seat", typed=asked.name or member.name or "", label=held.label)
    answered = AnsweredNo(webinar, member, _mechanisms(parties), asked.how)
    if _stands(roll, member, asked):
        return Answer(organiser, replace(answered, again=True))
    invitation_answers.put(tx, webinar, member.id, Given(AnswerState.DECLINED, now, how=asked.how))
    audit.record(tx, organiser, _entered(answered, asked), now)
    letters.plan(tx, webinar, now)
    return Answer(organiser, answered)


def _own(action: Action, webinar: Webinar, member: Member, parties: tuple[Party, ...]) -> Act:
    """For those mechanisms that are invited, in the roles in which they are spoken for; others aren't answered for."""
    voices = {
        party.invitation.mechanism.id: voice.role
        for party in parties
        for voice in party.voices
        if party.invitation.mechanism is not None and voice.member.id == member.id and voice.role is not None
    }
    authority = Authority.REPRESENTATIVE if voices else Authority.SELF
    return Act(action, authority, webinar.id, voices=voices, facts=facts(webinar))


def _stands(roll: Roll, member: Member, asked: EnterAnswer) -> bool:
    """Whether that they can't attend, and how they said so, is what is known of them already."""
    given = roll.book.answers.get(member.id)
    declined = roll.book.standing_of(member.id) is Standing.DECLINED
    return declined and given is not None and given.how is asked.how


def _entered(answered: AnsweredNo, asked: EnterAnswer) -> Act:
    return Act(
        Action.DECLINED,
        Authority.ORGANISER,
        answered.webinar.id,
        member=answered.member.id,
        voices={each.id: None for each in answered.mechanisms},
        facts={**facts(answered.webinar), "how": asked.how},
    )


def _invited_to(tx: Tx, sender: Sender, webinar_id: WebinarId, now: datetime) -> _Invited:
    """Whether they are or were is asked before all else: who never was learns nothing of the webinar."""
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    if webinars.maybe(tx, member.workspace.id, webinar_id) is None:
        raise Refusal("invitation-none")
    webinar, held = webinars.lock(tx, member.workspace.id, webinar_id, member.id)
    roll = rolls.of_member(tx, webinar, member.id, now)
    ended = None if roll.parties_of(member.id) else _ended(tx, webinar, member, now)
    check_open(webinar)
    if not webinar.is_open(now):
        raise Refusal("invite-over", number=webinar.number, title=webinar.title)
    return _Invited(member, webinar, held, roll, ended)


def _ended(tx: Tx, webinar: Webinar, member: Member, now: datetime) -> TermEnded:
    """Of which invited mechanisms the member was a voice once; Refusal("invitation-none"): of none."""
    once = {each.mechanism.id for each in representatives.ever_of_member(tx, webinar.workspace, member.id)}
    invited = [each.mechanism for each in invitations.of_these(tx, webinar, once, ()) if each.mechanism is not None]
    if not invited:
        raise Refusal("invitation-none")
    voices = speaking(representatives.of_mechanisms(tx, webinar.workspace, [each.id for each in invited]), now)
    return TermEnded(
        webinar,
        tuple(
            (each, tuple(dict.fromkeys(voice.member for voice in voices if voice.mechanism.id == each.id)))
            for each in invited
        ),
    )


def _mechanisms(parties: tuple[Party, ...]) -> tuple[Mechanism, ...]:
    return tuple(each.invitation.mechanism for each in parties if each.invitation.mechanism is not None)


def _forget_ended(tx: Tx, webinar: Webinar, instead: Member, now: datetime) -> None:
    """What somebody said for a term that has ended counts no more where it is passed on to them by others."""
    if not rolls.of_member(tx, webinar, instead.id, now).parties_of(instead.id):
        invitation_answers.remove(tx, webinar, instead.id)


def _check_chain(roll: Roll, member: Member) -> None:
    if roll.passes_to(member.id) >= MOST_PASSES:
        raise Refusal("instead-chain", limit=MOST_PASSES)


def _instead(tx: Tx, sender: Sender, member: Member, user: UserId | None, name: str) -> Member:
    if user is not None and name:
        raise Refusal("instead-two")
    if user is None:
        return _named(tx, member, name)
    if user == member.user:
        raise Refusal("instead-self")
    instead = members.get_or_add(tx, sender.about(user))
    check_is_here(instead)
    if not instead.has_account:
        raise Refusal("instead-bot")
    return instead


def _named(tx: Tx, member: Member, name: str) -> Member:
    if not fold(name):
        raise Refusal("instead-nobody")
    shown = check_name(name)
    if shown.startswith("@"):
        raise Refusal("instead-account-name", typed=shown)
    return members.get_or_add_named(tx, member.workspace, shown)


def _meant(tx: Tx, roll: Roll, sender: Sender, asked: EnterAnswer) -> Member:
    """By a mention, or by the name of one who was invited."""
    if asked.user is not None:
        return members.get_or_add(tx, sender.about(asked.user))
    voices = {voice.member.id: voice.member for party in roll.parties for voice in party.voices}
    alike = [each for each in voices.values() if each.name and fold(each.name) == fold(asked.name)]
    if len(alike) == 1:
        return alike[0]
    named = read_mechanisms(asked.name, mechanisms.every(tx, roll.book.webinar.workspace))
    if named.mechanisms and not named.unread:
        raise Refusal("answer-person-missing", mechanism=named.mechanisms[0].title, number=roll.book.webinar.number)
    raise Refusal("answer-not-invited", typed=asked.name, number=roll.book.webinar.number)
