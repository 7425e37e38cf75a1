"""Sending what is owed: claiming it, recording what became of it, and finding out where that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from bot.domain.deliveries import (
    Claimed,
    DeliveryState,
    Doubted,
    Failed,
    NotSent,
    Pointless,
    RateLimited,
    Result,
    Sent,
    Unknown,
    is_reminder,
)
from bot.domain.gates import Pace, admit, answered, fresh, limited, resumed, unanswered, untried
from bot.domain.ids import ChannelId, DeliveryId, WorkspaceId
from bot.domain.members import Member
from bot.domain.planned_letters import INVITATION, PROGRESS
from bot.ports import Tx
from bot.usecases import contents, files, poll_files
from bot.usecases.subjects import CalendarFile, PollFile, Subject
from storage import gates, messages, sending

MOST_BLIND_ATTEMPTS = 3
"""How often a reminder is sent where Slack's history can't be read: more would be a flood."""


def is_any_due(tx: Tx, workspace: WorkspaceId, *, now: datetime, real_now: datetime) -> bool:
    return sending.is_any_due(tx, workspace, now, real_now)


def next_due(tx: Tx, workspace: WorkspaceId, *, now: datetime) -> datetime | None:
    """When the next delivery that still waits for its time is due, on the bot's clock."""
    return sending.next_due(tx, workspace, now)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a sender claims: for how long, how far ahead of the gates' times, and at what pace."""

    lease: timedelta
    ahead: timedelta
    pace: Pace


def claim(
    tx: Tx, workspace: WorkspaceId, terms: Terms, *, now: datetime, real_now: datetime, limit: int
) -> list[Claimed]:
    """Take at most `limit` of what is due, the most pressing first, as far as the gates admit it.

    Where one recipient is owed so much that nobody else is in view, those behind it are looked at as well.
    """
    gate = gates.lock(tx, workspace, fresh(terms.pace, real_now))
    until = real_now + terms.ahead
    claimed: list[Claimed] = []
    while len(claimed) < limit and not gate.is_paused and gate.opens_at <= until:
        asked = limit - len(claimed)
        waiting = sending.waiting(tx, workspace, now, real_now, until=until, limit=asked)
        recipients = gates.of_recipients(tx, workspace, {each.recipient for each in waiting})
        admitted = admit([each.recipient for each in waiting], gate, recipients, terms.pace, real_now, until)
        if not admitted.slots:
            break
        on_trial, gate = gate.is_on_trial, admitted.gate
        gates.set_(tx, workspace, gate)
        gates.set_recipients(tx, workspace, admitted.recipients)
        taken = sending.take(tx, [waiting[place].id for place in admitted.slots], now, real_now, terms.lease)
        claimed += [
            replace(taken[waiting[place].id], send_at=slot, on_trial=on_trial) for place, slot in admitted.slots.items()
        ]
        if len(waiting) < asked:
            break
    return claimed


def to_send(
    tx: Tx, claimed: Claimed, *, now: datetime, real_now: datetime
) -> Subject | CalendarFile | PollFile | Pointless | NotSent:
    """What a delivery says, now that its time has come; or that the gate was shut since it was claimed."""
    gate = gates.get(tx, claimed.workspace)
    if gate is not None and gate.is_shut(real_now, on_trial=claimed.on_trial):
        return NotSent("gate-shut", 0)
    return contents.of(tx, claimed, now=now)


def sweep(tx: Tx, workspace: WorkspaceId, *, now: datetime, real_now: datetime) -> None:
    """End what is past its use, doubt what a dead sender had in hand, and forget gates that stand open."""
    sending.expire(tx, workspace, now)
    sending.doubt(tx, workspace, real_now)
    gates.forget_open(tx, workspace, real_now)


def unreachable(tx: Tx, member: Member, reason: str, *, now: datetime) -> None:
    """Slack says that nobody can write to the member: the letters that wait for that have failed."""
    sending.fail_letters(tx, member, reason, now)


def finish(tx: Tx, claimed: Claimed, result: Result, version: int, *, real_now: datetime) -> bool:
    """Record what became of an attempt, and what it says of Slack; False where the claim had passed to another."""
    _tell_gate(tx, claimed, result, real_now)
    return _record(tx, claimed, result, version, real_now)


def is_paused(tx: Tx, workspace: WorkspaceId) -> bool:
    """Whether nothing is sent because Slack has not answered for a while."""
    gate = gates.get(tx, workspace)
    return gate is not None and gate.is_paused


def resume(tx: Tx, workspace: WorkspaceId) -> None:
    """Slack answers again: one message is tried."""
    gates.change(tx, workspace, resumed)


def in_doubt(tx: Tx, workspace: WorkspaceId, *, attempted_before: datetime) -> list[Doubted]:
    """What has to be looked up in Slack, by conversation and each file by itself, the most pressing first."""
    unknown = sending.in_doubt(tx, workspace, attempted_before)
    went_to = sending.directs(tx, workspace, unknown)
    together: dict[tuple[ChannelId | None, DeliveryId | None], list[Claimed]] = {}
    for each in unknown:
        alone = None if each.thread is None else each.id
        together.setdefault((went_to[each.id], alone), []).append(each)
    return [Doubted(channel, tuple(among)) for (channel, _), among in together.items()]


def found(tx: Tx, results: Sequence[tuple[Claimed, Result]], *, real_now: datetime) -> None:
    """Record what Slack's history says of deliveries in doubt."""
    for claimed, result in results:
        _record(tx, claimed, result, 0, real_now)


def give_up_looking(
    tx: Tx, among: Sequence[Claimed], reason: str, *, now: datetime, real_now: datetime
) -> list[tuple[Claimed, DeliveryState]]:
    """Slack can't say what became of these: a reminder still of use is sent again, the rest waits for an organiser."""
    return [(each, _give_up(tx, each, reason, now, real_now)) for each in among]


def _give_up(tx: Tx, claimed: Claimed, reason: str, now: datetime, real_now: datetime) -> DeliveryState:
    useful = is_reminder(claimed.kind) and not isinstance(contents.of(tx, claimed, now=now), Pointless)
    if not useful or claimed.attempts >= MOST_BLIND_ATTEMPTS:
        _record(tx, claimed, Unknown(reason, asks=True), 0, real_now)
        return DeliveryState.UNKNOWN
    sending.finish(tx, claimed.id, claimed.fence, DeliveryState.PENDING, error="sent-again-unchecked", lease_until=None)
    return DeliveryState.PENDING


def _tell_gate(tx: Tx, claimed: Claimed, result: Result, real_now: datetime) -> None:
    workspace = claimed.workspace
    if claimed.on_trial:
        gates.change(tx, workspace, partial(untried, now=real_now))
    match result:
        case RateLimited(retry_in_s):
            gates.change(tx, workspace, partial(limited, now=real_now, retry_in=timedelta(seconds=retry_in_s)))
        case Unknown():
            gates.change(tx, workspace, unanswered)
        case Sent() | Failed():
            gate = gates.get(tx, workspace)
            if gate is not None and gate.unknowns:
                gates.change(tx, workspace, partial(answered, now=real_now))
        case NotSent() | Pointless():
            pass
        case _:
            assert_never(result)


def _record(tx: Tx, claimed: Claimed, result: Result, version: int, real_now: datetime) -> bool:
    done = _end(tx, claimed, result, version, real_now)
    if claimed.kind == INVITATION and claimed.webinar is not None:
        messages.letters_stale(tx, claimed.webinar)
    return done


def _end(tx: Tx, claimed: Claimed, result: Result, version: int, real_now: datetime) -> bool:
    end = partial(sending.finish, tx, claimed.id, claimed.fence)
    match result:
        case Sent(channel, ts):
            done = end(DeliveryState.SENT, channel=channel, ts=ts, error=None, lease_until=None)
            if done and ts is not None:
                _posted(tx, claimed, channel, ts, version)
            return done
        case NotSent(_, retry_in_s) | RateLimited(retry_in_s):
            later, before = real_now + timedelta(seconds=retry_in_s), claimed.attempts - 1
            return end(DeliveryState.PENDING, not_before=later, attempts=before, error=result.reason, lease_until=None)
        case Failed(reason):
            return end(DeliveryState.FAILED, error=reason)
        case Unknown(reason, channel, asks):
            where = channel or claimed.channel
            return end(DeliveryState.UNKNOWN, error=reason, channel=where, asks=asks, last_attempt_at=real_now)
        case Pointless(state, reason):
            return end(state, error=reason)
        case _:
            assert_never(result)


def _posted(tx: Tx, claimed: Claimed, channel: ChannelId, ts: str, version: int) -> None:
    if claimed.kind == "poll" and claimed.poll is not None:
        messages.posted(tx, claimed.workspace, "poll", claimed.poll, ts, version)
        poll_files.owe(tx, claimed.workspace, claimed.poll, claimed.first_attempt_at)
    elif claimed.kind == "webinar" and claimed.webinar is not None:
        messages.posted(tx, claimed.workspace, "webinar", claimed.webinar, ts, version)
    elif claimed.kind == PROGRESS:
        messages.letters_posted(tx, claimed, channel, ts, version)
    else:
        files.follow(tx, claimed, channel, ts)
