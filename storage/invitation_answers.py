"""What invited people have answered: what they said, and the seats that they took or gave back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from bot.domain.ids import MemberId, SessionId
from bot.domain.invitations import AnswerState, Given, Seat
from bot.domain.representatives import How
from bot.domain.signups import SignupState
from bot.domain.webinars import Webinar
from bot.ports import Tx
from storage import members as people
from storage.consultation_tables import answers
from storage.tables import members as member_rows
from storage.tables import signups
from storage.upserts import upsert

PASSED_ON = (
    select(*people.COLUMNS, answers.c.member_id.label("by_id"), answers.c.how, answers.c.changed_at)
    .select_from(people.JOINED.join(answers, answers.c.instead_id == member_rows.c.id))
    .where(answers.c.state == AnswerState.PASSED_ON)
)


def passed_on(tx: Tx, webinar: Webinar) -> dict[MemberId, Given]:
    """By whom the webinar's invitation was passed on, and to whom."""
    of = (answers.c.workspace_id == webinar.workspace) & (answers.c.webinar_id == webinar.id)
    return {
        MemberId(row.by_id): Given(AnswerState.PASSED_ON, row.changed_at, people.of_row(row), _how(row.how))
        for row in tx.execute(PASSED_ON.where(of))
    }


def declined(tx: Tx, webinar: Webinar, among: Collection[MemberId] | None) -> dict[MemberId, Given]:
    """Those who said that they can't attend; `among` is None for everybody."""
    of = (answers.c.workspace_id == webinar.workspace) & (answers.c.webinar_id == webinar.id)
    statement = select(answers.c.member_id, answers.c.how, answers.c.changed_at).where(of)
    if among is not None:
        statement = statement.where(answers.c.member_id.in_(among))
    rows = tx.execute(statement.where(answers.c.state == AnswerState.DECLINED))
    return {MemberId(row.member_id): Given(AnswerState.DECLINED, row.changed_at, None, _how(row.how)) for row in rows}


def seats(tx: Tx, webinar: Webinar, among: Collection[MemberId] | None) -> dict[MemberId, Seat]:
    """The seats that these hold or have given back; `among` is None for everybody."""
    of = (signups.c.workspace_id == webinar.workspace) & (signups.c.webinar_id == webinar.id)
    statement = select(signups.c.member_id, signups.c.session_id, signups.c.state, signups.c.changed_at).where(of)
    if among is not None:
        statement = statement.where(signups.c.member_id.in_(among))
    return {
        MemberId(row.member_id): Seat(
            webinar.session(SessionId(row.session_id)) if row.state == SignupState.CONFIRMED else None, row.changed_at
        )
        for row in tx.execute(statement)
    }


def put(tx: Tx, webinar: Webinar, member: MemberId, given: Given) -> None:
    row = {
        "workspace_id": webinar.workspace,
        "webinar_id": webinar.id,
        "member_id": member,
        "state": given.state,
        "instead_id": None if given.instead is None else given.instead.id,
        "how": given.how,
        "changed_at": given.at,
    }
    changed = ("state", "instead_id", "how", "changed_at")
    tx.execute(upsert(tx.dialect.name, answers, ("webinar_id", "member_id"), changed), row)


def remove(tx: Tx, webinar: Webinar, member: MemberId) -> None:
    """Forget what somebody said; the record keeps it."""
    of = (answers.c.workspace_id == webinar.workspace) & (answers.c.webinar_id == webinar.id)
    tx.execute(delete(answers).where(of, answers.c.member_id == member))


def _how(said: str | None) -> How | None:
    return None if said is None else How(said)
