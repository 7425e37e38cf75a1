"""What the sender of deliveries asks and records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias, assert_never

from bot.domain import reminders
from bot.domain.deliveries import (
    Claimed,
    DeliveryState,
    Failed,
    NotSent,
    Owed,
    Pointless,
    Priority,
    Result,
    Sent,
    Unknown,
)
from bot.domain.ids import ChannelId, MessageId, WorkspaceId
from bot.domain.members import Member
from bot.domain.polls import Poll, PollState
from bot.domain.webinars import Session, Webinar, WebinarState
from bot.ports import Tx
from storage import deliveries, members, messages, polls, signups, webinars

LOOKED_UP_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Reminder:
    """A session is near. `member` is None where the channel is told; `last`: no other reminder follows."""

    webinar: Webinar
    session: Session
    member: Member | None
    last: bool


@dataclass(frozen=True, slots=True)
class Announcement:
    """A webinar's channel message, drawn from `version` of what it shows."""

    webinar: Webinar
    version: int = 0


@dataclass(frozen=True, slots=True)
class PollPost:
    """A poll's channel message, drawn from `version` of what it shows."""

    poll: Poll
    version: int = 0


@dataclass(frozen=True, slots=True)
class Unposted:
    """To whoever made a poll or webinar: its channel message can't be posted."""

    about: Poll | Webinar
    member: Member


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The message should stand no longer."""

    version: int


Subject: TypeAlias = Reminder | Announcement | PollPost | Unposted

UNPOSTED = "unposted"


def due_shards(tx: Tx, workspace: WorkspaceId, *, now: datetime, real_now: datetime) -> set[int]:
    return deliveries.due_shards(tx, workspace, now, real_now)


def next_due(tx: Tx, *, now: datetime) -> datetime | None:
    """When the next delivery that still waits for its time is due, on the bot's clock."""
    return deliveries.next_due(tx, now)


def claim(
    tx: Tx, workspace: WorkspaceId, shard: int, *, now: datetime, real_now: datetime, lease: timedelta, limit: int
) -> list[Claimed]:
    return deliveries.claim(tx, workspace, shard, now, real_now, lease=lease, limit=limit)


def sweep(tx: Tx, *, now: datetime, real_now: datetime) -> None:
    """End what is past its use, and doubt what a dead sender had in hand."""
    deliveries.expire(tx, now)
    deliveries.doubt(tx, real_now)


def in_doubt(tx: Tx, workspace: WorkspaceId, *, attempted_before: datetime) -> list[Claimed]:
    return deliveries.unknown(tx, workspace, attempted_before, LOOKED_UP_AT_ONCE)


def subject(tx: Tx, claimed: Claimed, *, now: datetime) -> Subject | Pointless:
    """What a delivery says, from the database as it is now."""
    if claimed.poll is not None:
        return _poll(tx, claimed)
    if claimed.webinar is None:
        return Pointless(DeliveryState.CANCELLED, "about nothing")
    webinar = webinars.get(tx, claimed.workspace, claimed.webinar)
    if claimed.kind == UNPOSTED and claimed.member is not None:
        return Unposted(webinar, members.get(tx, claimed.workspace, claimed.member))
    if webinar.state is WebinarState.CANCELLED:
        return Pointless(DeliveryState.CANCELLED, "webinar cancelled")
    if claimed.session is None:
        return Announcement(webinar, messages.about(tx, claimed.workspace, "webinar", webinar.id).version)
    return _reminder(tx, claimed, webinar, webinar.session(claimed.session), now)


def went_to(tx: Tx, claimed: Claimed) -> ChannelId | None:
    """Where an attempt can have posted; None where the direct messages had not been opened even."""
    if claimed.channel is not None:
        return claimed.channel
    if claimed.member is None:
        return ChannelId(claimed.recipient)
    return members.get(tx, claimed.workspace, claimed.member).direct


def finish(tx: Tx, claimed: Claimed, result: Result, version: int, *, now: datetime, real_now: datetime) -> bool:
    """Record what became of a delivery; False where the claim had passed to somebody else."""
    end = partial(deliveries.finish, tx, claimed.id, claimed.fence)
    match result:
        case Sent(channel, ts):
            done = end(DeliveryState.SENT, channel=channel, ts=ts, error=None, lease_until=None)
            if done:
                _posted(tx, claimed, ts, version)
            return done
        case NotSent(reason, retry_in_s):
            later = real_now + timedelta(seconds=retry_in_s)
            return end(DeliveryState.PENDING, not_before=later, error=reason, lease_until=None)
        case Failed(reason):
            done = end(DeliveryState.FAILED, error=reason)
            if done:
                _tell_maker(tx, claimed, now)
            return done
        case Unknown(reason, channel):
            where = channel or claimed.channel
            return end(DeliveryState.UNKNOWN, error=reason, channel=where, last_attempt_at=real_now)
        case Pointless(state, reason):
            return end(state, error=reason)
        case _:
            assert_never(result)


def stale_messages(tx: Tx, workspace: WorkspaceId) -> list[MessageId]:
    return list(messages.all_stale(tx, workspace))


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept message and what it should show now; None where nothing has changed."""

    message: messages.KeptMessage
    subject: Announcement | PollPost | Withdrawn | None


def picture(tx: Tx, message: MessageId) -> Picture:
    kept = messages.get(tx, message)
    if kept.ts is None or kept.shown >= kept.version:
        return Picture(kept, None)
    if kept.webinar is not None:
        return Picture(kept, Announcement(webinars.get(tx, kept.workspace, kept.webinar), kept.version))
    poll = None if kept.poll is None else polls.get(tx, kept.workspace, kept.poll)
    if poll is None or poll.state is PollState.TAKEN_BACK:
        return Picture(kept, Withdrawn(kept.version))
    return Picture(kept, PollPost(poll, kept.version))


def shown(tx: Tx, message: MessageId, version: int) -> None:
    messages.shown(tx, message, version)


def _poll(tx: Tx, claimed: Claimed) -> PollPost | Unposted | Pointless:
    poll = None if claimed.poll is None else polls.get(tx, claimed.workspace, claimed.poll)
    if poll is None or poll.state is PollState.TAKEN_BACK:
        return Pointless(DeliveryState.CANCELLED, "taken back")
    if claimed.kind == UNPOSTED and claimed.member is not None:
        return Unposted(poll, members.get(tx, claimed.workspace, claimed.member))
    return PollPost(poll, messages.about(tx, claimed.workspace, "poll", poll.id).version)


def _reminder(tx: Tx, claimed: Claimed, webinar: Webinar, session: Session, now: datetime) -> Reminder | Pointless:
    if not session.is_open(now):
        return Pointless(DeliveryState.EXPIRED, "the session has started")
    if reminders.is_reminder(claimed.kind) and claimed.kind not in {lead.kind for lead in webinar.leads}:
        return Pointless(DeliveryState.CANCELLED, "reminder removed")
    if claimed.member is not None and reminders.overtaken(webinar, session, claimed.kind, now):
        return Pointless(DeliveryState.SUPERSEDED, "a later reminder is due as well")
    last = claimed.kind == webinar.leads[-1].kind
    if claimed.member is None:
        return Reminder(webinar, session, None, last)
    held = signups.held(tx, webinar, claimed.member)
    if held is None:
        return Pointless(DeliveryState.CANCELLED, "gave the seat back")
    if held.id != session.id:
        return Pointless(DeliveryState.SUPERSEDED, "moved")
    return Reminder(webinar, session, members.get(tx, claimed.workspace, claimed.member), last)


def _tell_maker(tx: Tx, claimed: Claimed, now: datetime) -> None:
    """Owe a word to whoever made what can't be posted in its channel."""
    if claimed.kind not in ("poll", "webinar"):
        return
    if claimed.poll is not None:
        poll = polls.get(tx, claimed.workspace, claimed.poll)
        maker = None if poll is None else poll.maker
    else:
        maker = None if claimed.webinar is None else webinars.get(tx, claimed.workspace, claimed.webinar).organiser
    if maker is None:
        return
    user = members.get(tx, claimed.workspace, maker).user
    word = Owed(
        kind=UNPOSTED,
        recipient=user,
        due_at=now,
        priority=Priority.ANSWER,
        member=maker,
        webinar=claimed.webinar,
        poll=claimed.poll,
    )
    deliveries.owe(tx, claimed.workspace, (word,))


def _posted(tx: Tx, claimed: Claimed, ts: str, version: int) -> None:
    if claimed.kind == "poll" and claimed.poll is not None:
        messages.posted(tx, claimed.workspace, "poll", claimed.poll, ts, version)
    elif claimed.kind == "webinar" and claimed.webinar is not None:
        messages.posted(tx, claimed.workspace, "webinar", claimed.webinar, ts, version)
