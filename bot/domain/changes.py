"""Sessions that are moved, cancelled and reopened: what has changed for somebody, and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.audit import Facts
from bot.domain.deliveries import Owed, Priority
from bot.domain.ids import SessionId
from bot.domain.members import Member
from bot.domain.refusals import Refusal
from bot.domain.webinars import Session, Webinar


class ChangeKind(StrEnum):
    """Also the kinds of the deliveries that tell of it."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Change:
    """A session as somebody knew it, and as it is now."""

    before: Session
    after: Session

    @property
    def kind(self) -> ChangeKind | None:
        """None where there is nothing to tell: it was changed back, or is cancelled as it was."""
        if self.after.is_cancelled:
            return None if self.before.is_cancelled else ChangeKind.CANCELLED
        if self.before.is_cancelled:
            return ChangeKind.REOPENED
        return None if self.after.is_at(self.before) else ChangeKind.MOVED

    def is_over(self, now: datetime) -> bool:
        """Whether it is too late to tell: late is better than never, until the session is over at either time."""
        return now >= max(self.before.ends_at, self.after.ends_at)


@dataclass(frozen=True, slots=True)
class SessionsChanged:
    """What an organiser has changed; `told` is how many people with a seat are told."""

    webinar: Webinar
    kind: ChangeKind
    changes: tuple[Change, ...]
    told: int


def notices(
    webinar: Webinar,
    changes: Sequence[Change],
    kind: ChangeKind,
    seated: Iterable[tuple[Member, Session]],
    known: Mapping[tuple[str, SessionId | None], int],
    now: datetime,
) -> list[Owed]:
    """One to each member with a seat in a session that has changed, and one to the channel about them all.

    Who has no account is told nothing.

    `webinar` is as it is now. `known` says of a recipient and session (None: the channel's) who was about to be told of
    an earlier change which revision they last knew; everybody else knew the one before this. Until when a notice is of
    use hangs on that, and is seen when it is sent.
    """
    changed = {each.after.id: each for each in changes}
    previous = webinar.revision - 1
    owed = [
        Owed(
            kind=kind,
            recipient=member.user,
            due_at=now,
            priority=Priority.DUE,
            member=member.id,
            webinar=webinar.id,
            session=session.id,
            revision=session.revision,
            since=known.get((member.user, session.id), previous),
        )
        for member, session in seated
        if session.id in changed and member.has_account
    ]
    return [*owed, _to_channel(webinar, kind, known.get((webinar.channel, None), previous), now)]


def check_ahead(webinar: Webinar, session: Session, now: datetime) -> None:
    """What has begun is not changed any more: Refusal("session-started")."""
    if session.has_started(now):
        raise Refusal("session-started", label=session.label, title=webinar.title)


def facts(webinar: Webinar, change: Change) -> Facts:
    """What the record keeps of it: of a move both times (ISO, UTC), of a cancellation its reason."""
    was, session = change.before, change.after
    named: Facts = {"number": webinar.number, "title": webinar.title, "label": session.label}
    match change.kind:
        case ChangeKind.MOVED:
            times = {"was": was.starts_at, "ended": was.ends_at, "start": session.starts_at, "end": session.ends_at}
            return {**named, **{name: at.isoformat() for name, at in times.items()}}
        case ChangeKind.CANCELLED if session.reason is not None:
            return {**named, "reason": session.reason}
        case _:
            return named


def _to_channel(webinar: Webinar, kind: ChangeKind, since: int, now: datetime) -> Owed:
    return Owed(
        kind=kind,
        recipient=webinar.channel,
        due_at=now,
        priority=Priority.DUE,
        webinar=webinar.id,
        revision=webinar.revision,
        since=since,
    )
