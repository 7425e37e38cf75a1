"""A database that owes a great many reminders, of which some are due at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from bot.domain.deliveries import DeliveryState, Owed, Priority
from bot.domain.ids import MemberId, SessionId, UserId, WebinarId, WorkspaceId
from bot.usecases import members
from storage import deliveries, tables

HOUR = timedelta(hours=1)
SENT = 5
"""Every so manyth webinar is over: its reminders are sent."""


def fill(tx: Connection, rows: int, due: int) -> WorkspaceId:
    """Owe `rows` reminders, `due` of them now: as many people hold a seat in each of `rows / due` webinars."""
    workspace, now = members.recognise(tx, "T1").id, datetime.now(UTC)
    people = [{"id": each, "workspace_id": workspace, "user": _user(each), "standing": "member"} for each in _to(due)]
    tx.execute(insert(tables.members), people)
    for number in _to(rows // due):
        _arrange(tx, workspace, number, now)
        deliveries.owe(tx, workspace, reminders(number, due, _due_at(number, now)))
    past = tables.deliveries.c.webinar_id % SENT == 0
    tx.execute(update(tables.deliveries).where(past).values(state=DeliveryState.SENT))
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("ANALYZE")  # it would by itself, some time
    return workspace


def reminders(webinar: int, people: int, due_at: datetime, kind: str = "lead-60m") -> list[Owed]:
    return [
        Owed(
            kind=kind,
            recipient=UserId(_user(each)),
            due_at=due_at,
            priority=Priority.DUE,
            expires_at=due_at + HOUR,
            member=MemberId(each),
            webinar=WebinarId(webinar),
            session=SessionId(webinar),
        )
        for each in _to(people)
    ]


def restore(tx: Connection) -> int:
    """Have what was claimed be due again, and every gate open; how many were claimed."""
    claimed = tables.deliveries.c.state == DeliveryState.SENDING
    tx.execute(delete(tables.channel_gates))
    tx.execute(delete(tables.workspace_gates))
    return tx.execute(update(tables.deliveries).where(claimed).values(state=DeliveryState.PENDING)).rowcount


def forget(tx: Connection, kind: str) -> None:
    tx.execute(delete(tables.deliveries).where(tables.deliveries.c.kind == kind))


def _due_at(number: int, now: datetime) -> datetime:
    """Of the first webinar a minute ago, of those that are over long ago, of the others in the weeks to come."""
    if number == 1:
        return now - HOUR / 60
    return now - number * HOUR if number % SENT == 0 else now + number * HOUR


def _arrange(tx: Connection, workspace: WorkspaceId, number: int, now: datetime) -> None:
    same = {"id": number, "workspace_id": workspace}
    webinar = {
        "number": number,
        "title": f"Review {number}",
        "zone": "UTC",
        "channel": "C1",
        "organiser_id": 1,
        "cause": str(number),
        "typed": str(number),
        "created_at": now,
    }
    wall = now.replace(tzinfo=None)
    session = {
        "webinar_id": number,
        "label": "first",
        "position": 0,
        "wall_start": wall,
        "wall_end": wall + HOUR,
        "fold": 0,
        "starts_at": now,
        "ends_at": now + HOUR,
    }
    tx.execute(insert(tables.webinars), same | webinar)
    tx.execute(insert(tables.sessions), same | session)


def _user(number: int) -> str:
    return f"U{number:09}"


def _to(last: int) -> Iterator[int]:
    return iter(range(1, last + 1))
