"""Nudging those who have not answered a poll, by direct message."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain import poll_nudges as rules
from bot.domain.audit import Action
from bot.domain.deliveries import Claimed, DeliveryState, Pointless
from bot.domain.ids import MemberId, PollId, UserId
from bot.domain.mechanisms import Mechanism
from bot.domain.members import Answer, Member, Sender
from bot.domain.poll_nudges import PollNudged
from bot.domain.polls import Poll, PollState, may_run
from bot.domain.representatives import speaking
from bot.ports import Tx
from bot.usecases import poll_running, rolls
from bot.usecases.poll_access import locked, record
from bot.usecases.subjects import PollNudge
from storage import deliveries, members, messages, poll_nudges, representatives, webinars

ANSWERED = Pointless(DeliveryState.SUPERSEDED, "answered")


def may_nudge(tx: Tx, sender: Sender, number: int, *, now: datetime) -> Answer[Poll]:
    """P`number`, for who may nudge about it now; refuses as `poll_running.to_run` and `check_nudging` do."""
    answer = poll_running.to_run(tx, sender, number)
    rules.check_nudging(answer.outcome, now)
    return answer


def nudge(
    tx: Tx, sender: Sender, poll: PollId, people: Collection[UserId] | None, *, now: datetime
) -> Answer[PollNudged]:
    """Owe a message to each who has not answered; `people` are those in the channel, None where Slack didn't tell.

    By mechanism they are its representatives. Of two who ask at once the second is refused.

    Raises:
        as `may_nudge` does.
    """
    runner = members.get_or_add(tx, sender)
    found = locked(tx, runner, sender.channel, poll=poll)
    may_run(found, runner)
    rules.check_nudging(found, now)
    answered = poll_nudges.answered(tx, found)
    missing = [
        each
        for each, voices in _electorate(tx, found, people, now).items()
        if rules.can_be_nudged(each) and not voices <= answered
    ]
    deliveries.owe(tx, found.workspace, [rules.owed(found, each, now) for each in missing])
    poll_nudges.count(tx, found, now)
    record(tx, runner, Action.POLL_NUDGED, found, now)
    return Answer(runner, rules.nudged(found, len(missing)))


def when_due(tx: Tx, claimed: Claimed, poll: Poll, member: MemberId, now: datetime) -> PollNudge | Pointless:
    """What a nudge says now that it is to be sent: nothing, where an answer has come meanwhile."""
    if poll.state is not PollState.OPEN or poll.has_ended(now):
        return Pointless(DeliveryState.EXPIRED, "poll-closed")
    reader = members.get(tx, claimed.workspace, member)
    if not reader.has_account:
        return Pointless(DeliveryState.CANCELLED, "no-person")
    if not reader.reminded:
        return Pointless(DeliveryState.CANCELLED, "reminders-off")
    answered, ts = poll_nudges.answered(tx, poll), messages.about(tx, poll.workspace, "poll", poll.id).ts
    if not poll.by_mechanism:
        return ANSWERED if poll.voice_of(reader.id) in answered else PollNudge(poll, reader, ts)
    spoken = {
        each.mechanism.id: each.mechanism
        for each in speaking(representatives.of_member(tx, poll.workspace, reader.id), now)
    }
    silent = tuple(each for each in spoken.values() if _voice(poll, each) not in answered)
    return PollNudge(poll, reader, ts, silent) if silent else ANSWERED


def _electorate(tx: Tx, poll: Poll, people: Collection[UserId] | None, now: datetime) -> dict[Member, frozenset[str]]:
    """Who is asked, each with the voices that they may set."""
    if not poll.by_mechanism:
        asked = _invited(tx, poll, now) if people is None else _present(tx, poll, people)
        return {each: frozenset({poll.voice_of(each.id)}) for each in asked}
    found: dict[Member, frozenset[str]] = {}
    for each in speaking(representatives.standing(tx, poll.workspace), now):
        found[each.member] = found.get(each.member, frozenset()) | {_voice(poll, each.mechanism)}
    return found


def _present(tx: Tx, poll: Poll, people: Collection[UserId]) -> list[Member]:
    """People of the channel: apps are left aside as far as they are known."""
    found = members.get_or_add_each(tx, poll.workspace, people).values()
    return [each for each in found if each.has_account]


def _invited(tx: Tx, poll: Poll, now: datetime) -> list[Member]:
    """Those who were invited to what was announced in the poll's channel."""
    found: dict[MemberId, Member] = {}
    for webinar in poll_nudges.webinars_in(tx, poll.workspace, poll.channel):
        roll = rolls.whole(tx, webinars.get(tx, poll.workspace, webinar), now)
        found |= {each.member.id: each.member for each in roll.addressees.values()}
    return list(found.values())


def _voice(poll: Poll, mechanism: Mechanism) -> str:
    """By mechanism its id stands where a member's would."""
    return poll.voice_of(mechanism.id)
