"""What is owed to people: written with its cause, and ended with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from bot.domain.changes import ChangeKind
from bot.domain.deliveries import LEAD, Claimed, DeliveryState, Owed, shard_of
from bot.domain.ids import MemberId, PollId, SessionId, WebinarId, WorkspaceId
from bot.domain.members import Member
from bot.ports import Tx
from storage.tables import deliveries
from storage.upserts import upsert

END_OF_SEAT = (
    update(deliveries)
    .where(
        deliveries.c.workspace_id == bindparam("workspace"),
        deliveries.c.state == DeliveryState.PENDING,
        deliveries.c.session_id == bindparam("session"),
        deliveries.c.member_id == bindparam("member"),
    )
    .values(state=bindparam("ended"), error=bindparam("reason"))
)
SHIFT = (
    update(deliveries)
    .where(
        deliveries.c.workspace_id == bindparam("workspace"),
        deliveries.c.state == DeliveryState.PENDING,
        deliveries.c.session_id == bindparam("session"),
        deliveries.c.kind == bindparam("lead"),
    )
    .values(due_at=bindparam("due"), expires_at=bindparam("ends"))
)
CHANGED_AGAIN = "changed-again"
GIVEN_UP = (deliveries.c.state == DeliveryState.CANCELLED) | (deliveries.c.state == DeliveryState.SUPERSEDED)


def owe(tx: Tx, workspace: WorkspaceId, owed: Iterable[Owed]) -> None:
    """Write deliveries. One that was cancelled is owed again; one under way or done is left alone."""
    rows = [_row(workspace, each) for each in owed]
    if not rows:
        return
    again = ("state", "error", "due_at", "expires_at", "since", "report_id")
    tx.execute(upsert(tx.dialect.name, deliveries, ("key",), again, GIVEN_UP), rows)


def give_up(
    tx: Tx, workspace: WorkspaceId, state: DeliveryState, reason: str, *, session: SessionId, member: MemberId
) -> None:
    """End what one member is still owed for one session."""
    seat = {"workspace": workspace, "session": session, "member": member}
    tx.execute(END_OF_SEAT, seat | {"ended": state, "reason": reason})


def give_up_kinds(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, kinds: Collection[str], reason: str) -> None:
    """End what anybody is still owed of these kinds about the webinar."""
    _give_up_about(tx, workspace, webinar, deliveries.c.kind.in_(kinds), reason)


def give_up_in_channel(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, but: str, reason: str) -> None:
    """End the reminders that the channel is still owed about the webinar's sessions, except of the kind `but`."""
    reminding = deliveries.c.member_id.is_(None) & deliveries.c.session_id.is_not(None)
    _give_up_about(tx, workspace, webinar, reminding & (deliveries.c.kind != but), reason)


def give_up_reminders(
    tx: Tx, workspace: WorkspaceId, sessions: Collection[SessionId], state: DeliveryState, reason: str
) -> None:
    """End the reminders that anybody is still owed for these sessions."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.session_id.in_(sessions), deliveries.c.kind.startswith(LEAD))
        .values(state=state, error=reason)
    )


def give_up_overdue(tx: Tx, member: Member, now: datetime, reason: str) -> None:
    """End the reminders to a member that were due by now and have not been sent."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == member.workspace.id, deliveries.c.member_id == member.id)
        .where(deliveries.c.state == DeliveryState.PENDING, deliveries.c.kind.startswith(LEAD))
        .where(deliveries.c.due_at <= now)
        .values(state=DeliveryState.CANCELLED, error=reason)
    )


def supersede_changes(
    tx: Tx, workspace: WorkspaceId, webinar: WebinarId, sessions: Collection[SessionId]
) -> dict[tuple[str, SessionId | None], int]:
    """End what is still to be told of earlier changes of these sessions; what each recipient knew before them.

    The channel is told of the whole webinar, and stands under no session.
    """
    statement = (
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.webinar_id == webinar, deliveries.c.kind.in_(list(ChangeKind)))
        .where(or_(deliveries.c.session_id.is_(None), deliveries.c.session_id.in_(sessions)))
        .values(state=DeliveryState.SUPERSEDED, error=CHANGED_AGAIN)
        .returning(deliveries.c.recipient, deliveries.c.session_id, deliveries.c.since)
    )
    return {(recipient, session): since for recipient, session, since in tx.execute(statement)}


def last_known(tx: Tx, claimed: Claimed) -> int:
    """The webinar's revision that the recipient of a change knew before it.

    That is an earlier one than was believed where a message about an earlier change was under way when this one was
    made, and did not go out.
    """
    statement = (
        select(deliveries.c.since, deliveries.c.error)
        .where(deliveries.c.workspace_id == claimed.workspace, deliveries.c.webinar_id == claimed.webinar)
        .where(deliveries.c.session_id == claimed.session, deliveries.c.member_id == claimed.member)
        .where(deliveries.c.kind.in_(list(ChangeKind)), deliveries.c.id < claimed.id)
        .order_by(deliveries.c.id.desc())
    )
    untold = takewhile(lambda row: row.error == CHANGED_AGAIN, tx.execute(statement))
    return min((claimed.since or 0, *(int(row.since) for row in untold)))


def shift(tx: Tx, workspace: WorkspaceId, session: SessionId, due: Mapping[str, datetime], starts_at: datetime) -> None:
    """Have what is still owed of these kinds for the session go out at other times."""
    rows = [
        {"workspace": workspace, "session": session, "lead": kind, "due": at, "ends": starts_at}
        for kind, at in due.items()
    ]
    if rows:
        tx.execute(SHIFT, rows)


def told_in_channel(tx: Tx, workspace: WorkspaceId, webinar: WebinarId) -> frozenset[tuple[SessionId, int]]:
    """The sessions, and their revisions, of which the channel has been reminded, or may have been."""
    statement = (
        select(deliveries.c.session_id, deliveries.c.revision)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.webinar_id == webinar)
        .where(deliveries.c.member_id.is_(None), deliveries.c.session_id.is_not(None))
        .where(deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)))
    )
    return frozenset((SessionId(session), revision) for session, revision in tx.execute(statement))


def webinar_of(tx: Tx, workspace: WorkspaceId, kind: str) -> WebinarId | None:
    """What the delivery of a kind that there is but once is about."""
    statement = select(deliveries.c.webinar_id).where(deliveries.c.workspace_id == workspace, deliveries.c.kind == kind)
    found = tx.execute(statement.limit(1)).scalar()
    return None if found is None else WebinarId(found)


def number_of(tx: Tx, member: Member, webinar: WebinarId, kinds: Collection[str]) -> int:
    """How many deliveries the member was ever owed about the webinar whose kind begins with one of these."""
    begins = or_(*(deliveries.c.kind.startswith(each) for each in kinds))
    statement = (
        select(func.count())
        .select_from(deliveries)
        .where(deliveries.c.workspace_id == member.workspace.id, deliveries.c.member_id == member.id)
        .where(deliveries.c.webinar_id == webinar, begins)
    )
    return tx.execute(statement).scalar_one()


def number_of_poll(tx: Tx, member: Member, poll: PollId, kind: str) -> int:
    """How many deliveries of the kind the member was ever owed about the poll."""
    its = (deliveries.c.workspace_id == member.workspace.id) & (deliveries.c.poll_id == poll)
    statement = select(func.count()).select_from(deliveries).where(its, deliveries.c.member_id == member.id)
    return tx.execute(statement.where(deliveries.c.kind == kind)).scalar_one()


def may_stand(tx: Tx, workspace: WorkspaceId, poll: PollId) -> bool:
    """Whether the poll's message has reached its channel, or may have."""
    statement = (
        select(deliveries.c.id)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.poll_id == poll, deliveries.c.kind == "poll")
        .where(deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)))
    )
    return tx.execute(statement.limit(1)).first() is not None


def give_up_poll(
    tx: Tx, workspace: WorkspaceId, poll: PollId, reason: str, state: DeliveryState = DeliveryState.CANCELLED
) -> None:
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.poll_id == poll)
        .values(state=state, error=reason)
    )


def _give_up_about(tx: Tx, workspace: WorkspaceId, webinar: WebinarId, which: ColumnElement[bool], reason: str) -> None:
    tx.execute(
        update(deliveries)
        .where(deliveries.c.workspace_id == workspace, deliveries.c.state == DeliveryState.PENDING)
        .where(deliveries.c.webinar_id == webinar, which)
        .values(state=DeliveryState.CANCELLED, error=reason)
    )


def _row(workspace: WorkspaceId, owed: Owed) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "key": owed.key(workspace),
        "shard": shard_of(workspace),
        "kind": owed.kind,
        "priority": owed.priority,
        "recipient": owed.recipient,
        "member_id": owed.member,
        "webinar_id": owed.webinar,
        "session_id": owed.session,
        "poll_id": owed.poll,
        "revision": owed.revision,
        "since": owed.since,
        "channel": owed.channel,
        "thread": owed.thread,
        "due_at": owed.due_at,
        "expires_at": owed.expires_at,
        "state": DeliveryState.PENDING,
        "error": None,
        "report_id": None,
    }
