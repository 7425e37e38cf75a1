"""A closed poll's result as files: into its thread by themselves, and to whoever exports it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.domain import poll_posting as rules
from bot.domain import poll_results as results
from bot.domain.deliveries import Claimed, DeliveryState, Pointless
from bot.domain.given_voices import GivenVoice
from bot.domain.ids import PollId, WorkspaceId
from bot.domain.members import Answer, Sender
from bot.domain.poll_posting import EXPORT, PollExported
from bot.domain.poll_results import (
    AnonymousResult,
    Given,
    NamedResult,
    Objection,
    Result,
    SilenceProcedure,
    VoiceAnswer,
    tallied,
)
from bot.domain.poll_times import refuse_unposted
from bot.domain.polls import Poll, PollState
from bot.ports import Tx
from bot.usecases import poll_running
from bot.usecases.subjects import PollExport, PollFile
from storage import deliveries, given_voices, mechanisms, members, messages, objections, polls

R = TypeVar("R", AnonymousResult, NamedResult)


def owe(tx: Tx, workspace: WorkspaceId, poll: PollId, now: datetime) -> None:
    """A poll was closed, or the message of a closed one stands: owe its thread what belongs there, once a revision."""
    found, kept = polls.get(tx, workspace, poll), messages.about(tx, workspace, "poll", poll)
    if found is not None and found.state is PollState.CLOSED and kept.ts is not None and kept.lost is None:
        deliveries.owe(tx, workspace, rules.to_thread(found, kept.ts, now))


def export(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[PollExported]:
    """Owe the sender's direct messages the workbook and the table, as they are now; they can be asked for again.

    Raises:
        Refusal("poll-unposted"), Refusal("poll-results-later"), and those of `poll_running.to_run`.
    """
    answer = poll_running.to_run(tx, sender, number)
    poll, reader = answer.outcome, answer.reader
    refuse_unposted(poll, now)
    rules.check_shown(poll)
    exports = deliveries.number_of_poll(tx, reader, poll.id, EXPORT)
    deliveries.owe(tx, poll.workspace, (rules.exported(poll, reader, exports + 1, now),))
    return Answer(reader, PollExported(poll))


def when_due(tx: Tx, claimed: Claimed, poll: Poll) -> PollFile | PollExport | Pointless:
    """A file shows the poll as it is, where its counts are still shown; in its thread none of a poll opened again."""
    member = None if claimed.member is None else members.get(tx, poll.workspace, claimed.member)
    if member is not None and not poll.shows_counts:
        return Pointless(DeliveryState.SUPERSEDED, "counts-hidden")
    if claimed.kind == EXPORT and member is not None:
        return PollExport(poll, member)
    if member is None and (poll.state is not PollState.CLOSED or claimed.revision != poll.revision):
        return Pointless(DeliveryState.SUPERSEDED, "poll-reopened")
    return PollFile(poll, result(tx, poll), claimed.kind, member)


def result(tx: Tx, poll: Poll) -> Result:
    """What the poll came to. An anonymous one's has no place for whose voice it was."""
    stopped = objections.with_objection(tx, poll).objected if poll.objection else None
    silence, reason = _silence(poll, int(stopped is not None)), "" if stopped is None else stopped.reason or ""
    if poll.anonymous:
        return _counted(AnonymousResult, poll, silence, reasons=frozenset({reason} - {""}))
    answers = tuple(_answer(poll, each) for each in given_voices.with_given(tx, poll).given)
    told = _objections(poll, answers, reason) if stopped is not None else ()
    missing = _missing(tx, poll, answers)
    could = len(answers) + len(missing) if poll.by_mechanism else None
    return _counted(NamedResult, poll, silence, answers=(*answers, *missing), objections=told, could=could)


def _answer(poll: Poll, given: GivenVoice) -> VoiceAnswer:
    """By mechanism under its full name, else under the person's."""
    by, chosen = given.by.name or given.by.user, tuple(each.text for each in poll.options if each.id in given.chosen)
    told = Given(chosen, by, given.at or poll.closed_at or poll.created_at, given.how)
    facts = None if given.mechanism is None else given.mechanism.facts
    return VoiceAnswer(by, told) if facts is None else VoiceAnswer(facts.name, told, facts.code)


def _counted(kind: Callable[..., R], poll: Poll, silence: SilenceProcedure | None, **more: object) -> R:
    """A result of that kind, with what all of them say."""
    return kind(
        number=poll.number,
        question=poll.question,
        state=poll.state,
        tallies=tallied(poll.options),
        voted=poll.choosers,
        abstained=poll.abstained,
        choices=poll.choices,
        by_mechanism=poll.by_mechanism,
        silence=silence,
        ends_at=poll.ends_at,
        closed_at=poll.closed_at,
        **more,
    )


def _silence(poll: Poll, objected: int) -> SilenceProcedure | None:
    if not poll.objection or poll.ends_at is None:
        return None
    return results.silence(poll.state, objected, poll.ends_at, poll.closed_at)


def _objections(poll: Poll, answers: tuple[VoiceAnswer, ...], reason: str) -> tuple[Objection, ...]:
    """One is enough, so there is one at most."""
    against = poll.options[-1].text
    return tuple(
        Objection(each.name, each.given.by, each.given.at, reason)
        for each in answers
        if each.given is not None and against in each.given.chosen
    )


def _missing(tx: Tx, poll: Poll, answers: tuple[VoiceAnswer, ...]) -> tuple[VoiceAnswer, ...]:
    """By mechanism, those that are active and have not answered."""
    if not poll.by_mechanism:
        return ()
    codes = {each.code for each in answers}
    register = (each for each in mechanisms.every(tx, poll.workspace) if each.is_active)
    return tuple(
        VoiceAnswer(each.facts.name, None, each.facts.code) for each in register if each.facts.code not in codes
    )
